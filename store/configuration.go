package store

import "github.com/testedon/testedon/compat"

var configurations = &noun[compat.Configuration]{
	word:    "configuration",
	table:   "configurations",
	columns: []string{"id", "release", "components", "result", "date", "note", "citation", "build", "culprit", "update_level"},
	facts:   func(ds *compat.Dataset) *[]compat.Configuration { return &ds.Configurations },
	id:      func(c *compat.Configuration) string { return c.ID },
	encode: func(c *compat.Configuration, w *scribe) []any {
		return []any{
			c.ID, w.releases.key(releaseID{c.Product, c.Release}, w), listText(c.Components),
			string(c.Result), c.Date, c.Note, w.citations.key(c.Citation, w), c.Build, c.Culprit, c.Update,
		}
	},
	decode: func(r *row, g *registers, c *compat.Configuration) {
		c.ID = r.text()
		release := g.releases.take(r)
		c.Product, c.Release = release.product, release.version
		c.Components = list[compat.Target](r)
		c.Result = compat.Result(r.text())
		c.Date = r.text()
		c.Note = r.text()
		c.Citation = g.citations.take(r)
		c.Build = r.text()
		c.Culprit = r.text()
		c.Update = r.text()
	},
}
