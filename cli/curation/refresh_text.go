package curation

import (
	"fmt"
	"path"
	"strings"

	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/cli/report"
	"github.com/testedon/testedon/internal/str"
)

// lookedStatuses are the statuses of a source in the order of the report, with their headings.
var lookedStatuses = [][2]string{
	{"changed", "Changed"}, {"moved", "Moved"}, {"gone", "Gone"}, {"not_compared", "Not compared"},
	{"not_comparable", "Nothing to compare"}, {"checked", "Still the same"},
}

// Text tells a person of the sources by what became of them, then what is proposed, and
// what to do next. The catalogue is that of a folder, and empty that of the program.
func (d *Refresh) Text(dir string, writes bool) string {
	var t report.Text
	fmt.Fprintf(&t, "%s:", str.Count(len(d.Sources)+d.Counts["settled"], "source"))
	for _, s := range lookedStatuses {
		fmt.Fprintf(&t, " %d %s,", d.Counts[s[0]], str.Words(s[0]))
	}
	t.Line(fmt.Sprintf(" %d that change no more", d.Counts["settled"]))
	for _, s := range lookedStatuses {
		var rows [][]string
		for _, l := range d.Sources {
			if l.Status == s[0] {
				rows = append(rows, lookedCells(l))
			}
		}
		t.Table(s[1], rows...)
	}
	waiting, doubtful := false, false
	for _, l := range d.Sources {
		for _, p := range l.proposals {
			if len(p.Changes)+len(p.Unresolved) > 0 {
				t.Line("")
				writeProposal(&t, p)
			}
		}
		waiting = waiting || l.news != nil && !writes
		doubtful = doubtful || l.Status == "changed" && l.Reason != ""
	}
	t.List("Written", wire.Each(d.Written, func(name string) string { return path.Join(dir, name) })...)
	t.List("Next",
		map[bool]string{true: "Nothing is written yet. --write writes it into a catalogue in a folder, but for what needs another look."}[waiting],
		map[bool]string{true: "What needs another look: git show REVISION:PATH gives the page for testedon import, with --source; then give the source its revision and date."}[doubtful],
		str.With("Look at the difference, then: testedon seed lint ", map[bool]string{true: dir}[len(d.Written) > 0]))
	return t.String()
}

// lookedCells is the row of one source.
func lookedCells(l *Look) []string {
	day := str.With("on ", l.Day)
	if l.Date != "" {
		const short = 12
		day = "by " + l.Revision[:short] + " of " + l.Date
	}
	return []string{"sources/" + l.Source + ".yaml", l.Document, str.With("branch ", l.Branch), day,
		str.Join(": ", str.With("now at ", strings.Join(strings.Fields(l.Path), " ")), l.Reason)}
}
