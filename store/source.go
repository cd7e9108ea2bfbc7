package store

import "github.com/testedon/testedon/compat/fact"

var sources = &noun[fact.Source]{
	word:    "source",
	table:   "sources",
	columns: []string{"id", "title", "url", "document", "revision", "date", "authority", "page", "branch", "checked", "cadence", "undated"},
	facts:   func(ds *fact.Dataset) *[]fact.Source { return &ds.Sources },
	id:      func(s *fact.Source) string { return s.ID },
	encode: func(s *fact.Source, w *scribe) []any {
		return []any{w.sources.key(s.ID, w), s.Title, s.URL, s.Document, s.Revision, s.Date, string(s.Authority),
			s.Page, s.Branch, s.Checked, s.Cadence, s.Undated}
	},
	decode: func(r *row, g *registers, s *fact.Source) {
		*s = fact.Source{
			ID:        g.sources.take(r),
			Title:     r.text(),
			URL:       r.text(),
			Document:  r.text(),
			Revision:  r.text(),
			Date:      r.text(),
			Authority: fact.Authority(r.text()),
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
func citationRegister() *register[fact.Citation] {
	return &register[fact.Citation]{
		table:   "citations",
		columns: []string{"source", "section", "quote"},
		encode: func(c fact.Citation, w *scribe) []any {
			return []any{w.sources.key(c.Source, w), c.Section, c.Quote}
		},
		decode: func(r *row, g *registers) fact.Citation {
			return fact.Citation{Source: g.sources.take(r), Section: r.text(), Quote: r.text()}
		},
	}
}
