package store

import "github.com/testedon/testedon/compat/fact"

var ports = &noun[fact.Port]{
	word:    "port",
	table:   "ports",
	columns: []string{"id", "scope", "name", "number", "offset", "protocol", "purpose", "file", "citation"},
	facts:   func(ds *fact.Dataset) *[]fact.Port { return &ds.Ports },
	id:      func(p *fact.Port) string { return p.ID },
	encode: func(p *fact.Port, w *scribe) []any {
		return []any{
			p.ID, w.scopes.key(p.Scope, w), p.Name, p.Number, p.Offset, p.Protocol, p.Purpose, p.File,
			w.citations.key(p.Citation, w),
		}
	},
	decode: func(r *row, g *registers, p *fact.Port) {
		*p = fact.Port{
			ID:       r.text(),
			Scope:    g.scopes.take(r),
			Name:     r.text(),
			Number:   int(r.integer()),
			Offset:   int(r.integer()),
			Protocol: r.text(),
			Purpose:  r.text(),
			File:     r.text(),
			Citation: g.citations.take(r),
		}
	},
}
