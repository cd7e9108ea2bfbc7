package store

import "github.com/testedon/testedon/compat"

var notes = &noun[compat.Note]{
	word:    "note",
	table:   "notes",
	columns: []string{"id", "scope", "topic", "title", "text", "path", "settings", "citation"},
	facts:   func(ds *compat.Dataset) *[]compat.Note { return &ds.Notes },
	id:      func(n *compat.Note) string { return n.ID },
	encode: func(n *compat.Note, w *scribe) []any {
		return []any{
			n.ID, w.scopes.key(n.Scope, w), n.Topic, n.Title, n.Text, n.Path, listText(n.Settings),
			w.citations.key(n.Citation, w),
		}
	},
	decode: func(r *row, g *registers, n *compat.Note) {
		*n = compat.Note{
			ID:       r.text(),
			Scope:    g.scopes.take(r),
			Topic:    r.text(),
			Title:    r.text(),
			Text:     r.text(),
			Path:     r.text(),
			Settings: list[compat.Setting](r),
			Citation: g.citations.take(r),
		}
	},
}
