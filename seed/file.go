package seed

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/internal/order"
)

// maxLines is how many facts one document tells of: the record bounds its size.
const maxLines = 1000

// files adds the files of facts, of the catalogues that say where theirs are changed.
func (l *loader) files() {
	all := map[string]*fact.File{}
	for _, n := range fact.Nouns {
		for i := range n.Len(&l.ds) {
			where := n.Word() + " " + n.ID(&l.ds, i)
			f := l.written[where]
			id := f.Path + " " + cmp.Or(f.EditURL, f.IssueURL)
			if all[id] == nil {
				all[id] = &f
			}
			all[id].Lines = append(all[id].Lines, fact.Line{Fact: where, Line: l.places[where].Line})
		}
	}
	for _, id := range slices.Sorted(maps.Keys(all)) {
		part, lines := *all[id], all[id].Lines
		if part.EditURL+part.IssueURL == "" {
			continue
		}
		order.Stable(lines, func(a, b fact.Line) int { return cmp.Compare(a.Line, b.Line) })
		for i := 0; i < len(lines); i += maxLines {
			part.ID, part.Lines = fmt.Sprintf("%s %d", id, 1+i/maxLines), lines[i:min(i+maxLines, len(lines))]
			l.ds.Files = append(l.ds.Files, part)
		}
	}
}
