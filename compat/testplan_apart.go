package compat

import (
	"slices"

	"github.com/testedon/testedon/compat/fact"
)

// space is the values of a plan and which of them do not go together. What goes with
// nothing is left out of the plan.
func (m *Matrix) space(p *TestPlan) *space {
	p.Dimensions = slices.DeleteFunc(p.Dimensions, func(d PlanDimension) bool { return len(d.Values) == 0 })
	s := p.sizes()
	if p.Release.interacts() {
		s.apart = m.apart(p, s)
		if p.drop(s) {
			return m.space(p)
		}
	}
	return s
}

// sizes are the dimensions by how many values they have. Of what is taken for granted
// the plan has more than of what stands beside it.
func (p *TestPlan) sizes() *space {
	sizes := make([]int, len(p.Dimensions))
	for d := range p.Dimensions {
		sizes[d] = len(p.Dimensions[d].Values)
	}
	s := newSpace(sizes)
	for d := range p.Dimensions {
		s.usual[d] = p.Release.grants(p.Dimensions[d].Values[0].Tech)
	}
	return s
}

// drop takes out the values that no environment can have; it reports whether there were
// any.
func (p *TestPlan) drop(s *space) bool {
	dropped := false
	for d := range p.Dimensions {
		var kept []*Listing
		for i, l := range p.Dimensions[d].Values {
			if p.decides(l) && s.complete(s.open(d, i), func(_ []int, d int) []int { return upTo(s.sizes[d]) }) {
				kept = append(kept, l)
			}
		}
		dropped = dropped || len(kept) < len(p.Dimensions[d].Values)
		p.Dimensions[d].Values = kept
	}
	return dropped
}

// decides reports whether the plan has values of every kind that some claim on the
// versions of a value holds with.
func (p *TestPlan) decides(v *Listing) bool {
	return p.Release.grants(v.Tech) || slices.ContainsFunc(p.Release.group(v.Tech), func(l *Listing) bool {
		return l.environment() && l.display == v.display && !slices.ContainsFunc(l.with, func(k condition) bool {
			return !slices.ContainsFunc(p.Dimensions, func(d PlanDimension) bool { return d.Kind == k.kind })
		})
	})
}

// upTo gives the numbers below n.
func upTo(n int) []int {
	all := make([]int, n)
	for i := range all {
		all[i] = i
	}
	return all
}

// apart finds the pairs of values that do not go together.
func (m *Matrix) apart(p *TestPlan, s *space) [][]bool {
	all := make([][]bool, s.total())
	for i := range all {
		all[i] = make([]bool, len(all))
	}
	for d := range p.Dimensions {
		for i, v := range p.Dimensions[d].Values {
			for e := range d {
				for j, w := range p.Dimensions[e].Values {
					if m.clash(p.Release, v, w) {
						all[s.first[d]+i][s.first[e]+j], all[s.first[e]+j][s.first[d]+i] = true, true
					}
				}
			}
		}
	}
	return all
}

// clash reports whether an environment of two values is worse than what is stated of
// each, or leaves open what a claim on one of them holds with.
func (m *Matrix) clash(r *Release, v, w *Listing) bool {
	if !r.bears(v.Tech) && !r.bears(w.Tech) {
		return false
	}
	if !r.allows(v, w) || !r.allows(w, v) {
		return true
	}
	one, other := component(v.Tech, v.Range), component(w.Tech, w.Range)
	together := m.verdict(r, one, other)
	return together.Worse(m.verdict(r, one)) && together.Worse(m.verdict(r, other))
}

// bears reports whether what is stated of a technology depends on others.
func (r *Release) bears(t *Technology) bool {
	return slices.ContainsFunc(r.group(t), func(l *Listing) bool { return len(l.with) > 0 }) ||
		slices.ContainsFunc(r.touches[t], func(one touch) bool { return one.Incompatible })
}

// allows reports whether some claim on the versions of a value holds with another value,
// or asks for nothing of its kind.
func (r *Release) allows(v, w *Listing) bool {
	if r.grants(v.Tech) {
		return true
	}
	with := component(w.Tech, w.Range)
	return slices.ContainsFunc(r.group(v.Tech), func(l *Listing) bool {
		at := slices.IndexFunc(l.with, func(k condition) bool { return k.kind == w.Tech.kind })
		return l.environment() && l.display == v.display && (at < 0 || l.with[at].by(&with) == met)
	})
}

// verdict is that of an environment; the best where all of it is assumed.
func (m *Matrix) verdict(r *Release, components ...Component) fact.Verdict {
	var a Answer
	m.conclude(r, Question{Components: components}, nil, &a)
	if len(a.Components) == 0 {
		return fact.Tested
	}
	return a.Verdict
}

// runs reports whether an environment passes at the bar of a plan. Claims on one technology
// may have conditions of several kinds, of which values two by two meet some and all together
// none; and a run of it may have failed.
func (m *Matrix) runs(r *Release, environment []*Listing) bool {
	all := make([]Component, len(environment))
	for i, l := range environment {
		all[i] = l.Component()
	}
	return !m.verdict(r, all...).Worse(PlanBar)
}

// interacts reports whether components of an environment bear on each other: by what a statement
// holds with, or by two that do not work together.
func (r *Release) interacts() bool { return r.conditional || r.paired }
