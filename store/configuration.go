package store

import "github.com/testedon/testedon/compat/fact"

var configurations = &noun[fact.Configuration]{
	word:    "configuration",
	table:   "configurations",
	columns: []string{"id", "release", "components", "result", "date", "note", "citation", "build", "culprit", "update_level"},
	facts:   func(ds *fact.Dataset) *[]fact.Configuration { return &ds.Configurations },
	id:      func(c *fact.Configuration) string { return c.ID },
	encode: func(c *fact.Configuration, w *scribe) []any {
		return []any{
			c.ID, w.releases.key(releaseID{c.Product, c.Release}, w), listText(c.Components),
			string(c.Result), c.Date, c.Note, w.citations.key(c.Citation, w), c.Build, c.Culprit, c.Update,
		}
	},
	decode: func(r *row, g *registers, c *fact.Configuration) {
		c.ID = r.text()
		release := g.releases.take(r)
		c.Product, c.Release = release.product, release.version
		c.Components = list[fact.Target](r)
		c.Result = fact.Result(r.text())
		c.Date = r.text()
		c.Note = r.text()
		c.Citation = g.citations.take(r)
		c.Build = r.text()
		c.Culprit = r.text()
		c.Update = r.text()
	},
}
