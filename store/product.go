package store

import "github.com/testedon/testedon/compat"

var products = &noun[compat.Product]{
	word:    "product",
	table:   "products",
	columns: []string{"id", "name", "vendor", "aliases", "platform", "published", "published_by"},
	facts:   func(ds *compat.Dataset) *[]compat.Product { return &ds.Products },
	id:      func(p *compat.Product) string { return p.ID },
	encode: func(p *compat.Product, w *scribe) []any {
		return []any{w.products.key(p.ID, w), p.Name, p.Vendor, listText(p.Aliases), w.platforms.key(p.Platform, w), fewText(p.Published), w.sources.key(p.PublishedBy, w)}
	},
	decode: func(r *row, g *registers, p *compat.Product) {
		*p = compat.Product{
			ID:          g.products.take(r),
			Name:        r.text(),
			Vendor:      r.text(),
			Aliases:     list[string](r),
			Platform:    g.platforms.take(r),
			Published:   few[string](r),
			PublishedBy: g.sources.take(r),
		}
	},
}
