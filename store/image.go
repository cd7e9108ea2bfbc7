package store

import "github.com/testedon/testedon/compat/fact"

var images = &noun[fact.Image]{
	word:    "image",
	table:   "images",
	columns: []string{"id", "release", "components", "path", "tag", "date", "citation"},
	facts:   func(ds *fact.Dataset) *[]fact.Image { return &ds.Images },
	id:      func(i *fact.Image) string { return i.ID },
	encode: func(i *fact.Image, w *scribe) []any {
		return []any{
			i.ID, w.releases.key(releaseID{i.Product, i.Release}, w), listText(i.Components), i.Path, i.Tag, i.Date, w.citations.key(i.Citation, w),
		}
	},
	decode: func(r *row, g *registers, i *fact.Image) {
		i.ID = r.text()
		release := g.releases.take(r)
		i.Product, i.Release = release.product, release.version
		i.Components = list[fact.Target](r)
		i.Path = r.text()
		i.Tag = r.text()
		i.Date = r.text()
		i.Citation = g.citations.take(r)
	},
}
