package store

import "github.com/testedon/testedon/compat"

var sources = &noun[compat.Source]{
	word:    "source",
	table:   "sources",
	columns: []string{"id", "title", "url", "document", "revision", "date", "authority", "page", "branch", "checked", "cadence", "undated"},
	facts:   func(ds *compat.Dataset) *[]compat.Source { return &ds.Sources },
	id:      func(s *compat.Source) string { return s.ID },
	encode: func(s *compat.Source, w *scribe) []any {
		return []any{w.sources.key(s.ID, w), s.Title, s.URL, s.Document, s.Revision, s.Date, string(s.Authority),
			s.Page, s.Branch, s.Checked, s.Cadence, s.Undated}
	},
	decode: func(r *row, g *registers, s *compat.Source) {
		*s = compat.Source{
			ID:        g.sources.take(r),
			Title:     r.text(),
			URL:       r.text(),
			Document:  r.text(),
			Revision:  r.text(),
			Date:      r.text(),
			Authority: compat.Authority(r.text()),
			Page:      r.text(),
			Branch:    r.text(),
			Checked:   r.text(),
			Cadence:   r.text(),
			Undated:   r.text(),
		}
	},
}

// citationRegister keeps the places in sources that facts stand on. Many facts
// stand under one heading, and in a series of releases on the same words.
func citationRegister() *register[compat.Citation] {
	return &register[compat.Citation]{
		table:   "citations",
		columns: []string{"source", "section", "quote"},
		encode: func(c compat.Citation, w *scribe) []any {
			return []any{w.sources.key(c.Source, w), c.Section, c.Quote}
		},
		decode: func(r *row, g *registers) compat.Citation {
			return compat.Citation{Source: g.sources.take(r), Section: r.text(), Quote: r.text()}
		},
	}
}
