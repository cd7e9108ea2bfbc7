package store

import "github.com/testedon/testedon/compat/fact"

var products = &noun[fact.Product]{
	word:    "product",
	table:   "products",
	columns: []string{"id", "name", "vendor", "aliases", "platform", "published", "published_by"},
	facts:   func(ds *fact.Dataset) *[]fact.Product { return &ds.Products },
	id:      func(p *fact.Product) string { return p.ID },
	encode: func(p *fact.Product, w *scribe) []any {
		return []any{w.products.key(p.ID, w), p.Name, p.Vendor, listText(p.Aliases), w.platforms.key(p.Platform, w), fewText(p.Published), w.sources.key(p.PublishedBy, w)}
	},
	decode: func(r *row, g *registers, p *fact.Product) {
		*p = fact.Product{
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
