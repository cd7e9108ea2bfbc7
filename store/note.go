package store

import "github.com/testedon/testedon/compat/fact"

var notes = &noun[fact.Note]{
	word:    "note",
	table:   "notes",
	columns: []string{"id", "scope", "topic", "title", "text", "path", "settings", "citation"},
	facts:   func(ds *fact.Dataset) *[]fact.Note { return &ds.Notes },
	id:      func(n *fact.Note) string { return n.ID },
	encode: func(n *fact.Note, w *scribe) []any {
		return []any{
			n.ID, w.scopes.key(n.Scope, w), n.Topic, n.Title, n.Text, n.Path, listText(n.Settings),
			w.citations.key(n.Citation, w),
		}
	},
	decode: func(r *row, g *registers, n *fact.Note) {
		*n = fact.Note{
			ID:       r.text(),
			Scope:    g.scopes.take(r),
			Topic:    r.text(),
			Title:    r.text(),
			Text:     r.text(),
			Path:     r.text(),
			Settings: list[fact.Setting](r),
			Citation: g.citations.take(r),
		}
	},
}
