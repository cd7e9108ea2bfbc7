package compat

import (
	"slices"

	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/version"
)

// Passing gives the versions of a technology that pass for the release, at the bar of its product,
// asked about alone; without a part of which only a wider statement is known, and empty where none
// passes.
func (r *Release) Passing(t *Technology) (passing version.Range) {
	var a Answer
	bar, _ := r.product.bar()
	for _, asked := range append([]version.Range{version.All()}, t.cycles...) {
		r.product.m.conclude(r, Question{Components: []Component{t.Component(asked)}}, nil, &a)
		if a.Pass && len(a.Components) > 0 && !asked.IsAll() {
			passing = passing.Union(asked)
			continue
		}
		for i := range a.Components {
			for _, c := range slices.Clone(a.Components[i].Conditions) {
				if !c.Verdict.Worse(bar) && c.When == "" && !c.versions.IsAll() && r.Passes(Question{Components: []Component{t.Component(c.versions)}}) {
					passing = passing.Union(c.versions)
				}
			}
		}
	}
	return passing.Minus(t.never)
}

// Grant reports whether the release takes a component for granted, or it passes for it.
func (r *Release) Grant(c *Component) bool {
	q := Question{Components: []Component{*c}}
	return r.assumes(c, q.Components) || r.Passes(q)
}

// Bar is the worst verdict that passes for the product unless somebody asks for another.
func (p *Product) Bar() fact.Verdict {
	bar, _ := p.bar()
	return bar
}

// MostNumbers is how many numbers a version of a technology may have at least, whichever of these
// versions it is; a question with more may be refused.
func (t *Technology) MostNumbers(of version.Range) int {
	const unlimited = 8
	if t.counted.Parts == 0 {
		return unlimited
	}
	most := unlimited
	for _, c := range t.cycles {
		if c.Overlaps(of) {
			most = min(most, c.Shared()+t.counted.Parts)
		}
	}
	return max(most, t.counted.Parts+1)
}
