package compat

import "github.com/testedon/testedon/compat/fact"

// Advisories gives the caveats that concern a release, in the order of IDs: those
// about it, its product or its platform, and those about everything that touch
// a technology it lists. A profile, which may be empty, leaves out those about
// other profiles. The error is an *Error of code unknown_product,
// unknown_release or invalid.
func (m *Matrix) Advisories(product, release, profile string) ([]*fact.Advisory, error) {
	r, err := m.release(product, release)
	if err != nil {
		return nil, err
	}
	p, err := r.stated.Profile(profile)
	if err != nil {
		return nil, err
	}
	found := []*fact.Advisory{}
	for i := range m.ds.Advisories {
		a := &m.ds.Advisories[i]
		if reaches(&a.Scope, r) && a.Concerns(p) && (a.Scope != fact.Scope{} || r.lists(a.Applies)) {
			found = append(found, a)
		}
	}
	return found, nil
}

// lists reports whether the release lists one of some technologies.
func (r *release) lists(targets []fact.Target) bool {
	for _, target := range targets {
		for i := range r.groups {
			if r.groups[i].tech.ID == target.Technology {
				return true
			}
		}
	}
	return false
}
