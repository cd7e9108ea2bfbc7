package store

import "github.com/testedon/testedon/compat/fact"

var claims = &noun[fact.Claim]{
	word:  "claim",
	table: "claims",
	columns: []string{"id", "scope", "technology", "label", "version", "condition", "status", "position", "citation", "exclusive", "others",
		"since", "until", "ended_by"},
	facts: func(ds *fact.Dataset) *[]fact.Claim { return &ds.Claims },
	id:    func(c *fact.Claim) string { return c.ID },
	encode: func(c *fact.Claim, w *scribe) []any {
		return []any{
			c.ID, w.scopes.key(fact.Scope{Platform: c.Platform, Product: c.Product, Release: c.Release}, w),
			w.technologies.key(c.Technology, w), c.Label, c.Version, c.When, string(c.Status), c.Position, w.citations.key(c.Citation, w),
			c.Exclusive, fewText(c.With), c.Since, c.Until, w.sources.key(c.EndedBy, w),
		}
	},
	decode: func(r *row, g *registers, c *fact.Claim) {
		c.ID = r.text()
		scope := g.scopes.take(r)
		c.Platform, c.Product, c.Release = scope.Platform, scope.Product, scope.Release
		c.Technology = g.technologies.take(r)
		c.Label = r.text()
		c.Version = r.text()
		c.When = r.text()
		c.Status = fact.Status(r.text())
		c.Position = int(r.integer())
		c.Citation = g.citations.take(r)
		c.Exclusive = r.integer() == 1
		c.With = few[fact.Target](r)
		c.Since = r.text()
		c.Until = r.text()
		c.EndedBy = g.sources.take(r)
	},
}
