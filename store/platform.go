package store

import "github.com/testedon/testedon/compat"

var platforms = &noun[compat.Platform]{
	word:    "platform",
	table:   "platforms",
	columns: []string{"id", "name", "vendor", "aliases", "deployments"},
	facts:   func(ds *compat.Dataset) *[]compat.Platform { return &ds.Platforms },
	id:      func(p *compat.Platform) string { return p.ID },
	encode: func(p *compat.Platform, w *scribe) []any {
		return []any{
			w.platforms.key(p.ID, w), p.Name, p.Vendor, listText(p.Aliases), listText(p.Deployments),
		}
	},
	decode: func(r *row, g *registers, p *compat.Platform) {
		*p = compat.Platform{
			ID:          g.platforms.take(r),
			Name:        r.text(),
			Vendor:      r.text(),
			Aliases:     list[string](r),
			Deployments: list[compat.Deployment](r),
		}
	},
}
