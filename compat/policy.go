package compat

import (
	"cmp"

	"github.com/testedon/testedon/version"
)

// policy is a Policy with its range read.
type policy struct {
	within version.Range
	via    *Via
}

// reach is the versions that the policy leads to from those of a label: those
// above them in their cycle.
func (p policy) reach(from *reading) version.Range {
	if !from.versions.Within(p.within) {
		return version.Range{}
	}
	return from.versions.Above().Intersect(from.cycle).Intersect(p.within)
}

// policies reads the ranges of policies by themselves: a label that is read is
// kept with what the policies make of it.
func (b *builder) policies(where string, t *Technology) {
	for _, p := range t.Policies {
		within := version.All()
		if p.Within != "" && t.scheme != nil {
			var err error
			if within, err = t.scheme.Parse(p.Within); err != nil {
				b.fault(where, "policy: %v", err)
			}
		}
		via := b.via(where, "policy", t, p.Note, p.Citation)
		via.By = cmp.Or(p.By, t.Name)
		t.policies = append(t.policies, policy{within, via})
	}
}
