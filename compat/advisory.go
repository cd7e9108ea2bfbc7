package compat

import (
	"slices"

	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/version"
)

// advised is an advisory and the versions it speaks of.
type advised struct {
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
		b.indexAdvisory(where, a, a.Applies, false, reached)
		b.indexAdvisory(where, a, a.With, true, reached)
	}
}

// indexAdvisory makes an advisory found, for the releases that it reaches, by the technologies
// of one of its sides.
func (b *builder) indexAdvisory(where string, a *fact.Advisory, targets []fact.Target, with bool, reached []*Release) {
	for _, target := range targets {
		t := b.technology(where, target.Technology)
		if t == nil {
			continue
		}
		one := advised{a, b.read(where, t, target.Version), with}
		for _, r := range reached {
			if r.advisories == nil {
				r.advisories = map[*Technology][]advised{}
			}
			r.advisories[t] = append(r.advisories[t], one)
			r.paired = r.paired || a.Incompatible
		}
	}
}

// conflict says whether an advisory holds that two components of an environment
// do not work together.
type conflict int

const (
	without  conflict = iota // none does
	possible                 // for some of the versions asked for
	certain                  // for all of them
)

// overlapOfSide is how far a component lies in one side of an advisory.
func (r *Release) overlapOfSide(c *Component, a *fact.Advisory, with bool) conflict {
	found := without
	if c.Reason != "" {
		return found
	}
	for _, t := range c.Technology.meant {
		for _, touch := range r.advisories[t] {
			if touch.Advisory == a && touch.with == with {
				found = max(found, c.overlap(t, touch.versions))
			}
		}
	}
	return found
}

// overlap says how far the versions asked for lie in those of a technology that may
// be meant. That it is meant is certain only where the name says so.
func (c *Component) overlap(t *Technology, versions version.Range) conflict {
	switch {
	case c.Range.Within(versions) && (t == c.Technology || t.Generic):
		return certain
	case c.Range.Overlaps(versions):
		return possible
	}
	return without
}

// pair holds the advisories that speak of two components against the whole
// environment. One stays where both sides of it are there, or the other side is
// of a kind that is not asked about.
func (a *Answer) pair(m *Matrix) {
	for i := range a.Components {
		c := &a.Components[i]
		if slices.ContainsFunc(c.Advisories, func(adv *fact.Advisory) bool { return len(adv.With) > 0 }) {
			c.Advisories = slices.DeleteFunc(c.Advisories, func(adv *fact.Advisory) bool { return !a.concerns(m, adv) })
		}
	}
}

// concerns reports whether both sides of an advisory may be there, and notes
// where they do not work together.
func (a *Answer) concerns(m *Matrix, adv *fact.Advisory) bool {
	if len(adv.With) == 0 {
		return true
	}
	one, other := a.Release.widestOverlap(a.asked, adv, false), a.Release.widestOverlap(a.asked, adv, true)
	if adv.Incompatible {
		a.conflict = max(a.conflict, min(one, other))
	}
	return one > without && other > without || one > without && !a.asks(m, adv.With) || other > without && !a.asks(m, adv.Applies)
}

// widestOverlap says how far an environment lies in one side of an advisory.
func (r *Release) widestOverlap(asked []Component, a *fact.Advisory, with bool) conflict {
	found := without
	for i := range asked {
		found = max(found, r.overlapOfSide(&asked[i], a, with))
	}
	return found
}

// asks reports whether the environment has a component of the kind of some of
// the technologies.
func (a *Answer) asks(m *Matrix, targets []fact.Target) bool {
	return slices.ContainsFunc(targets, func(target fact.Target) bool {
		return slices.ContainsFunc(a.Components, func(c ComponentAnswer) bool {
			return m.technologies[target.Technology].Kind == c.Kind
		})
	})
}
