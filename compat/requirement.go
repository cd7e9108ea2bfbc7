package compat

import "github.com/testedon/testedon/compat/requirement"

// Stated gives a release as far as documents state what it needs and where it listens.
func (r *Release) Stated() *requirement.Release { return r.stated }

func (b *builder) requirements() {
	for i := range b.m.ds.Requirements {
		q := &b.m.ds.Requirements[i]
		where := "requirement " + q.ID
		b.cite(where, q.Citation)
		requirement.Check(q, b.m.platforms[q.Platform], b.fault)
		for _, r := range b.reach(where, q.Scope, true) {
			r.stated.Add(q, b.fault)
		}
	}
	b.eachRelease(func(b *builder, r *Release) { r.stated.Settle(b.fault) })
}
