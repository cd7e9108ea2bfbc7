package compat

import (
	"slices"

	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/version"
)

// touch is an advisory and the versions it speaks of.
type touch struct {
	*fact.Advisory
	versions version.Range
	with     bool // on the second side of the advisory
}

// Advisories gives the caveats that concern a release, in the order of IDs: those
// about it, its product or its platform, and those about everything that touch
// a technology it lists. A profile, which may be empty, leaves out those about
// other profiles. The error is an *Error of code unknown_product,
// unknown_release or invalid.
func (r *Release) Advisories(profile string) ([]*fact.Advisory, error) {
	p, err := r.stated.Profile(profile)
	if err != nil {
		return nil, err
	}
	found := []*fact.Advisory{}
	for i := range r.product.m.ds.Advisories {
		a := &r.product.m.ds.Advisories[i]
		if reaches(&a.Scope, r) && a.Concerns(p) && (a.Scope != fact.Scope{} || r.lists(a.Applies)) {
			found = append(found, a)
		}
	}
	return found, nil
}

// lists reports whether the release lists one of some technologies.
func (r *Release) lists(targets []fact.Target) bool {
	for _, target := range targets {
		for i := range r.groups {
			if r.groups[i].tech.ID == target.Technology {
				return true
			}
		}
	}
	return false
}

func (b *builder) advisories() {
	for i := range b.m.ds.Advisories {
		a := &b.m.ds.Advisories[i]
		where := "advisory " + a.ID
		b.cite(where, a.Citation)
		if !slices.Contains([]fact.Severity{fact.SeverityInfo, fact.SeverityWarning, fact.SeverityError}, a.Severity) {
			b.fault(where, "severity %q is none of info, warning, error", a.Severity)
		}
		reached := b.reach(where, a.Scope, false)
		if a.Scope == (fact.Scope{}) {
			reached = b.m.Releases()
		}
		if a.Incompatible && len(a.With) == 0 {
			b.fault(where, "is incompatible with nothing; name the other side under with, or state a claim of status incompatible")
		}
		b.touch(where, a, a.Applies, false, reached)
		b.touch(where, a, a.With, true, reached)
	}
}

// touch makes an advisory found, for the releases that it reaches, by the technologies
// of one of its sides.
func (b *builder) touch(where string, a *fact.Advisory, targets []fact.Target, with bool, reached []*Release) {
	for _, target := range targets {
		t := b.technology(where, target.Technology)
		if t == nil {
			continue
		}
		one := touch{a, b.read(where, t, target.Version), with}
		for _, r := range reached {
			if r.touches == nil {
				r.touches = map[*Technology][]touch{}
			}
			r.touches[t] = append(r.touches[t], one)
			r.paired = r.paired || a.Incompatible
		}
	}
}
