package cli

import (
	"fmt"
	"strings"
)

// lookedStatuses are the statuses of a source in the order of the report, with their headings.
var lookedStatuses = [][2]string{
	{"changed", "Changed"}, {"moved", "Moved"}, {"gone", "Gone"}, {"not_compared", "Not compared"},
	{"not_comparable", "Nothing to compare"}, {"checked", "Still the same"},
}

// text writes the report for a person: the sources by what became of them, then what is
// proposed, and what to do next.
func (d *refreshed) text(r *refresh) string {
	var b strings.Builder
	b.WriteString(count(len(d.Sources)+d.Counts["settled"], "source") + ":")
	for _, s := range lookedStatuses {
		fmt.Fprintf(&b, " %d %s,", d.Counts[s[0]], words(s[0]))
	}
	fmt.Fprintf(&b, " %d that change no more\n", d.Counts["settled"])
	for _, s := range lookedStatuses {
		var those []*lookedAt
		for _, l := range d.Sources {
			if l.Status == s[0] {
				those = append(those, l)
			}
		}
		writeTable(&b, s[1], those, lookedCells)
	}
	waiting, doubtful := false, false
	for _, l := range d.Sources {
		for _, p := range l.proposals {
			if len(p.Changes)+len(p.Unresolved) > 0 {
				b.WriteByte('\n')
				writeProposal(&b, p)
			}
		}
		waiting = waiting || l.news != nil && !r.Write
		doubtful = doubtful || l.Status == "changed" && l.Reason != ""
	}
	writeList(&b, "Written", d.Written, func(name string) string { return r.Dir + "/" + name })
	writeList(&b, "Next", []string{
		map[bool]string{true: "Nothing is written yet. --write writes it into a catalogue in a folder, but for what needs another look."}[waiting],
		map[bool]string{true: "What needs another look: git show REVISION:PATH gives the page for testedon import, with --source; then give the source its revision and date."}[doubtful],
		with("Look at the difference, then: testedon seed lint ", map[bool]string{true: r.Dir}[len(d.Written) > 0]),
	}, func(s string) string { return s })
	return b.String()
}

// lookedCells is the row of one source.
func lookedCells(l *lookedAt) []string {
	day := with("on ", l.Day)
	if l.Date != "" {
		const short = 12
		day = "by " + l.Revision[:short] + " of " + l.Date
	}
	return []string{"sources/" + l.Source + ".yaml", l.Document, with("branch ", l.Branch), day, list(": ", with("now at ", strings.Join(strings.Fields(l.Path), " ")), l.Reason)}
}
