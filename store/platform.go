package store

import "github.com/testedon/testedon/compat/fact"

var platforms = &noun[fact.Platform]{
	word:    "platform",
	table:   "platforms",
	columns: []string{"id", "name", "vendor", "aliases", "deployments"},
	facts:   func(ds *fact.Dataset) *[]fact.Platform { return &ds.Platforms },
	id:      func(p *fact.Platform) string { return p.ID },
	encode: func(p *fact.Platform, w *scribe) []any {
		return []any{
			w.platforms.key(p.ID, w), p.Name, p.Vendor, listText(p.Aliases), listText(p.Deployments),
		}
	},
	decode: func(r *row, g *registers, p *fact.Platform) {
		*p = fact.Platform{
			ID:          g.platforms.take(r),
			Name:        r.text(),
			Vendor:      r.text(),
			Aliases:     list[string](r),
			Deployments: list[fact.Deployment](r),
		}
	},
}
