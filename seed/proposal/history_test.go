package proposal_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/seed/proposal"
)

// TestFollow follows pages of a release. A revision is the lines of a table of operating
// systems under "Tested operating systems"; one that begins with "#" is a page of its own.
func TestFollow(t *testing.T) {
	const gone, unread = "gone", "unread"
	m := matrix(t, importBase(t))
	tests := []struct {
		name      string
		before    bool // the page may have stood before the first one
		revisions []string
		want      string // what was stated, with its times by the numbers of revisions, then what is told
	}{
		{name: "added and withdrawn", revisions: []string{"RHEL | 8", "RHEL | 8, 9", "RHEL | 9"}, want: "RHEL 8: 1-3; RHEL 9: 2-"},
		{name: "narrowed", revisions: []string{"RHEL | 9", "RHEL | 9.6"}, want: "RHEL 9: 1-2; RHEL 9.6: 2-"},
		{name: "came back", revisions: []string{"RHEL | 8, 9", "RHEL | 9", "RHEL | 8, 9", "RHEL | 9"}, want: "RHEL 8: 1-2 3-4; RHEL 9: 1-"},
		{name: "no beginning", before: true, revisions: []string{"RHEL | 8", "RHEL | 8, 9"}, want: "RHEL 8: ?1-; RHEL 9: 2-"},
		{name: "other words for the same", revisions: []string{"RHEL | 8", "Red Hat Enterprise Linux | 8"}, want: "RHEL 8: 1-"},
		{name: "another status", revisions: []string{"# Kite\n## Supported operating systems\n- RHEL 8\n", "RHEL | 8"}, want: "RHEL 8: 1-2; RHEL 8: 2-"},
		{name: "another heading", revisions: []string{"# Kite\n## Tested OS\n- RHEL 8\n", "RHEL | 8"}, want: "RHEL 8: 1-"},
		{name: "gone and back", revisions: []string{"RHEL | 8", gone, "RHEL | 8"}, want: "RHEL 8: 1-2 3-"},
		{name: "gone", revisions: []string{"RHEL | 8", gone}, want: "RHEL 8: 1-2"},
		{name: "unread once", revisions: []string{"RHEL | 8", unread, "RHEL | 8, 9", "RHEL | 9"},
			want: "RHEL 8: 1-4; RHEL 9: ?3-; 2 was not read: it is a link; 3 RHEL 9 may have stood before: the revision before was not read"},
		{name: "nothing understood once", revisions: []string{"RHEL | 8", "# Kite\nCome back later.\n", "RHEL | 8"}, want: "RHEL 8: 1-; 2 was not read: nothing that it states was understood"},
		{name: "a slip once", revisions: []string{"RHEL | 8, 9", "RHEL | 9\nRHLE | 8", "RHEL | 9"},
			want: `RHEL 8: 1-3; RHEL 9: 1-; 2 RHEL 8 goes on: "RHLE 8" (page.md:6) was not resolved`},
		{name: "a slip mended", revisions: []string{"RHEL | 9\nRHLE | 8", "RHEL | 8, 9"},
			want: `RHEL 9: 1-; RHEL 8: ?2-; 2 RHEL 8 may have stood before: "RHLE 8" (page.md:6) was not resolved`},
		{name: "a kind that is not spoken of, with its words", revisions: []string{"RHEL | 8", "# Kite\n## Tested JDKs\n- Corretto 21\n## More\nSee RHEL, say version 8.\n"},
			want: "RHEL 8: 1-; Corretto 21: 2-; 2 RHEL 8 goes on: the page has these words, and says nothing by them that was understood"},
		{name: "in a command", revisions: []string{"RHEL | 8, 9", "# Kite\n## Tested operating systems\n- RHEL 9\n\n## Install\n```\n# RHEL 8\nyum install kite\n```\n"},
			want: "RHEL 8: 1-; RHEL 9: 1-; 2 RHEL 8 goes on: the page has these words, and says nothing by them that was understood"},
		{name: "a kind that is not spoken of", revisions: []string{"RHEL | 8", "# Kite\n## Tested JDKs\n- Corretto 21\n"}, want: "RHEL 8: 1-2; Corretto 21: 2-"},
		{name: "of another release first", revisions: []string{"# Kite Server\n## Tested operating systems of Kite Server 1.0\n- RHEL 8\n", "RHEL | 8"}, want: "RHEL 8: 2-"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			revisions := make([]proposal.Revision, len(test.revisions))
			for i, text := range test.revisions {
				r := proposal.Revision{Commit: fmt.Sprintf("%07d", i+1), Day: fact.Day(20_000 + i).String(), Subject: "s"}
				switch {
				case text == unread:
					r.Unread, text = "it is a link", ""
				case text == gone:
					r.Gone, text = true, ""
				case !strings.HasPrefix(text, "#"):
					text = "# Kite\n## Tested operating systems\n| OS | Versions |\n|---|---|\n| " + strings.ReplaceAll(text, "\n", " |\n| ") + " |\n"
				}
				r.Document = proposal.Document{Name: "page.md", Text: []byte(text)}
				revisions[i] = r
			}
			h, err := proposal.NewHistory(m, proposal.Subject{Product: "kite", Release: "2.0", Source: "kite-page"}, "page.md")
			if err != nil {
				t.Fatal(err)
			}
			h.Follow(!test.before, revisions)
			if got := followed(h); got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
		})
	}
}

// TestFollowKeepsTheTimeBefore follows the end of a page whose whole history is written: what it
// does not know of stays as it is.
func TestFollowKeepsTheTimeBefore(t *testing.T) {
	dir := t.TempDir()
	try(t, os.CopyFS(dir, importBase(t)))
	var revisions []proposal.Revision
	for i, versions := range []string{"17, 21", "21", "17, 21", "21, 17"} {
		text := "# Kite\n## Tested JDKs\n| JDK | Versions |\n|---|---|\n| OpenJDK | " + versions + " |\n"
		revisions = append(revisions, proposal.Revision{Commit: fmt.Sprintf("%07d", i+1), Day: fact.Day(20_000 + i).String(), Document: proposal.Document{Name: "page.md", Text: []byte(text)}})
	}
	var written string
	for _, from := range []int{0, 3} {
		h, err := proposal.NewHistory(matrix(t, os.DirFS(dir)), proposal.Subject{Product: "kite", Release: "2.0", Source: "kite-page"}, "page.md")
		try(t, err)
		h.Follow(from == 0, revisions[from:])
		try(t, h.Write(dir))
		if from == 0 {
			written = contents(t, dir)
		}
	}
	if now := contents(t, dir); now != written || !strings.Contains(now, "earlier: ") {
		t.Errorf("the folder has changed from\n%s\nto\n%s", written, now)
	}
}

// followed is a history in one line. A time with a question mark was brought by no known change.
func followed(h *proposal.History) string {
	var pairs []string
	for i, r := range h.Revisions {
		pairs = append(pairs, r.Day+", commit "+r.Commit+":", fmt.Sprint(i+1), r.Day, fmt.Sprint(i+1))
	}
	days := strings.NewReplacer(pairs...)
	var all []string
	for _, s := range h.Statements {
		line := s.Label + ":"
		for _, t := range s.Terms {
			unknown := map[bool]string{true: "?"}[t.BroughtBy == ""]
			if t.BroughtBy != "" && !strings.HasSuffix(t.BroughtBy, "000"+days.Replace(t.Since)) || t.Until != "" && !strings.HasSuffix(t.EndedBy, "000"+days.Replace(t.Until)) {
				line += " of other changes"
			}
			line += " " + unknown + days.Replace(t.Since) + "-" + days.Replace(t.Until)
		}
		all = append(all, line)
	}
	for _, line := range h.Told {
		if strings.HasPrefix(line, "no revision states kite/") { // the catalogue has other things
			continue
		}
		all = append(all, days.Replace(line))
	}
	return strings.Join(all, "; ")
}
