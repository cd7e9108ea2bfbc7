package seed

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/seed/sheet"
)

// leading is a file of a catalogue that says where its files are changed; else nil.
func (l *loader) leading(f sheet.File) *fact.File {
	h := l.about
	if h.EditURL == "" && h.IssueURL == "" {
		return nil
	}
	return &fact.File{ID: fact.FileID(f.Name, h.EditURL, h.IssueURL), Path: f.Name, EditURL: h.EditURL, IssueURL: h.IssueURL}
}

// maxLines is how many facts one document tells of: the record bounds its size.
const maxLines = 1000

// files adds the files that the facts are written in.
func (l *loader) files() {
	all := map[string]*fact.File{}
	for _, n := range fact.Nouns {
		for i := range n.Len(&l.ds) {
			where := n.Word() + " " + n.ID(&l.ds, i)
			f := l.written[where]
			if f == nil {
				continue
			}
			if all[f.ID] == nil {
				all[f.ID] = f
			}
			all[f.ID].Lines = append(all[f.ID].Lines, fact.Line{Fact: where, Line: l.places[where].Line})
		}
	}
	for _, id := range slices.Sorted(maps.Keys(all)) {
		slices.SortStableFunc(all[id].Lines, func(a, b fact.Line) int { return cmp.Compare(a.Line, b.Line) })
		for i, some := range slices.Collect(slices.Chunk(all[id].Lines, maxLines)) {
			part := *all[id]
			if part.Lines = some; i > 0 {
				part.ID += fmt.Sprintf(" %d", i+1)
			}
			l.ds.Files = append(l.ds.Files, part)
		}
	}
}
