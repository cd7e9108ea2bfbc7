package store

import "github.com/testedon/testedon/compat"

var claims = &noun[compat.Claim]{
	word:    "claim",
	table:   "claims",
	columns: []string{"id", "release", "technology", "label", "version", "status", "citation"},
	facts:   func(ds *compat.Dataset) *[]compat.Claim { return &ds.Claims },
	id:      func(c *compat.Claim) string { return c.ID },
	encode: func(c *compat.Claim, w *scribe) []any {
		return []any{
			c.ID, w.releases.key(releaseID{c.Product, c.Release}, w), w.technologies.key(c.Technology, w),
			c.Label, c.Version, string(c.Status), w.citations.key(c.Citation, w),
		}
	},
	decode: func(r *row, g *registers, c *compat.Claim) {
		c.ID = r.text()
		release := g.releases.take(r)
		c.Product, c.Release = release.product, release.version
		c.Technology = g.technologies.take(r)
		c.Label = r.text()
		c.Version = r.text()
		c.Status = compat.Status(r.text())
		c.Citation = g.citations.take(r)
	},
}
