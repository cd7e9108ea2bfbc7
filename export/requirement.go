package export

import (
	"cmp"
	"slices"

	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/internal/order"
)

// requirements gathers all that is stated, the examples for several instances
// among it.
func (g *collector) requirements() {
	all := g.m.Dataset().Requirements
	for i := range all {
		q := &all[i]
		if d := g.deployment(q.Deployment); g.reaches(q.Scope) && d != nil {
			g.Requirements = append(g.Requirements, Requirement{q, d, g.m.Source(q.Citation.Source), map[bool]*fact.Platform{true: g.Platform}[q.Platform != ""]})
		}
	}
	order.Stable(g.Requirements, func(a, b Requirement) int {
		return cmp.Or(
			cmp.Compare(slices.Index(g.Deployments, a.Deployment), slices.Index(g.Deployments, b.Deployment)),
			cmp.Compare(slices.Index(fact.Resources, a.Resource), slices.Index(fact.Resources, b.Resource)),
			cmp.Compare(slices.Index(fact.Levels, a.Level), slices.Index(fact.Levels, b.Level)),
			cmp.Compare(a.Instances, b.Instances),
			a.Amount.Compare(b.Amount),
		)
	})
}

// deployment finds a way to run the release by ID; nil when there is none.
func (g *collector) deployment(id string) *fact.Deployment {
	for _, d := range g.Deployments {
		if d.ID == id {
			return d
		}
	}
	return nil
}

// reaches reports whether a statement is about the release, its product or its
// platform.
func (g *collector) reaches(s fact.Scope) bool {
	if s.Platform != "" {
		return s.Platform == g.Product.Platform
	}
	return s.Product == g.Product.ID && (s.Release == "" || s.Release == g.Release.Release.Version)
}
