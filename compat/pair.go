package compat

import (
	"slices"

	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/version"
)

// conflict says whether an advisory holds that two components of an environment
// do not work together.
type conflict int

const (
	without  conflict = iota // none does
	possible                 // for some of the versions asked for
	certain                  // for all of them
)

// side is how far a component lies in one side of an advisory.
func (r *Release) side(c *Component, a *fact.Advisory, with bool) conflict {
	found := without
	if c.Reason != "" {
		return found
	}
	for _, t := range c.Technology.meant {
		for _, touch := range r.touches[t] {
			if touch.Advisory == a && touch.with == with {
				found = max(found, c.lies(t, touch.versions))
			}
		}
	}
	return found
}

// lies says how far the versions asked for lie in those of a technology that may
// be meant. That it is meant is certain only where the name says so.
func (c *Component) lies(t *Technology, versions version.Range) conflict {
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
	one, other := a.Release.holds(a.asked, adv, false), a.Release.holds(a.asked, adv, true)
	if adv.Incompatible {
		a.conflict = max(a.conflict, min(one, other))
	}
	return one > without && other > without || one > without && !a.asks(m, adv.With) || other > without && !a.asks(m, adv.Applies)
}

// holds says how far an environment lies in one side of an advisory.
func (r *Release) holds(asked []Component, a *fact.Advisory, with bool) conflict {
	found := without
	for i := range asked {
		found = max(found, r.side(&asked[i], a, with))
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
