package proposal_test

import (
	"os"
	"strings"
	"testing"

	"github.com/testedon/testedon/seed/proposal"
)

// TestReleases reads, for each line of the file, a page with that heading: what stands under
// it is proposed where it is about the release that is asked for, and else left out with its line.
func TestReleases(t *testing.T) {
	data, err := os.ReadFile("testdata/releases.txt")
	try(t, err)
	m := matrix(t, importBase(t))
	for line := range strings.Lines(string(data)) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		parts := strings.SplitN(strings.TrimSpace(line), "|", 3)
		asked, heading, want := strings.TrimSpace(parts[0]), strings.TrimSpace(parts[1]), strings.TrimSpace(parts[2])
		text := "# Compatibility\n\n## " + heading + "\n\n### Tested JDKs\n\n| JDK | Versions |\n|---|---|\n| OpenJDK | 23 |\n"
		all, err := proposal.Propose(m, proposal.Subject{Product: "kite", Release: asked, Source: "page"}, proposal.Document{Name: "page.md", Text: []byte(text)})
		try(t, err)
		got := map[bool]string{true: "ours", false: "other"}[len(all[0].Found) == 1]
		if out := all[0].LeftOut; got != want || len(all[0].Found)+len(out) != 1 || len(out) == 1 && (out[0].Line != 9 || out[0].Text != "OpenJDK 23") {
			t.Errorf("%s under %q: %s, left out %+v; want %s", asked, heading, got, out, want)
		}
	}
}

// TestOtherReleases reads sentences about other releases: they are told, and take nothing of
// the page away.
func TestOtherReleases(t *testing.T) {
	m := matrix(t, importBase(t))
	for _, sentence := range []string{
		"In Kite Server 9.0, OpenJDK 11 is supported.",
		"Kite Server 9.0 is tested with OpenJDK 11.",
		"As of Kite Server 9.0, OpenJDK 11 is required.",
	} {
		text := "# Kite Server\n\n## JDKs\n\n" + sentence + "\n\n### Tested JDKs\n\n| JDK | Versions |\n|---|---|\n| OpenJDK | 23 |\n"
		all, err := proposal.Propose(m, proposal.Subject{Product: "kite", Release: "2.0", Source: "page"}, proposal.Document{Name: "page.md", Text: []byte(text)})
		try(t, err)
		p := all[0]
		if len(p.Found) != 1 || p.Found[0].Version != "23" || len(p.LeftOut) != 1 || p.LeftOut[0].Line != 5 || len(p.Unresolved) != 1 || p.Unresolved[0].Line != 5 {
			t.Errorf("%s: found %+v, left out %+v, unresolved %+v", sentence, p.Found, p.LeftOut, p.Unresolved)
		}
	}
}
