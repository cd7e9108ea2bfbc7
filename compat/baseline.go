package compat

import (
	"slices"
	"strings"

	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/version"
)

// baselines marks the technologies that pages take for granted.
func (b *builder) baselines() {
	for i := range b.m.ds.Kinds {
		k := &b.m.ds.Kinds[i]
		if k.Baseline == "" {
			continue
		}
		where := "kind " + k.ID
		t := b.technology(where, k.Baseline)
		switch {
		case t == nil:
		case t.kind != k:
			b.fault(where, "its baseline %s is of kind %s; name a technology of kind %s", t.ID, t.Kind, k.ID)
		case t.Generic:
			b.fault(where, "its baseline %s stands for any member of its family; name one technology", t.ID)
		default:
			t.baseline, t.whole = true, unstated(t)
		}
	}
}

// unstated is every version of a technology as a statement of no source.
func unstated(t *Technology) *Listing {
	read := &reading{Range: version.All(), display: t.Name}
	return &Listing{Claim: &fact.Claim{Technology: t.ID, Label: t.Name}, Tech: t, cited: &cited{}, reading: read, sense: &read.usual}
}

// Grants reports whether a release takes a technology for granted: it is the
// baseline of its kind, and no page names everything of that kind that counts.
func (r *Release) Grants(t *Technology) bool {
	return t != nil && t.baseline && !slices.Contains(r.exclusive, t.kind)
}

// assumes reports whether a component that is asked for stands aside, as a release
// takes it for granted and nothing that counts is stated of it: neither by a claim
// nor, as an incompatibility, together with another component of the environment.
func (r *Release) assumes(c *Component, asked []Component) bool {
	return r.Grants(c.Technology) && !r.states(c.Technology, asked) && !r.opposes(c, asked)
}

// states reports whether a claim that counts speaks of a technology, under any of
// its names. One whose condition is broken or open does not count.
func (r *Release) states(t *Technology, asked []Component) bool {
	counts := func(l *Listing) bool { return l.state(r, asked) == met }
	for _, named := range t.meant {
		if slices.ContainsFunc(r.group(named), counts) {
			return true
		}
	}
	for _, e := range t.edges {
		for _, l := range r.group(e.other) {
			if counts(l) && l.Range.Overlaps(e.same) {
				return true
			}
		}
	}
	return false
}

// opposes reports whether it is stated that a component does not work together with
// another one of the environment.
func (r *Release) opposes(c *Component, asked []Component) bool {
	for _, t := range c.Technology.meant {
		for _, touch := range r.advisories[t] {
			if touch.Incompatible && r.overlapOfSide(c, touch.Advisory, touch.with) == certain && r.widestOverlap(asked, touch.Advisory, !touch.with) == certain {
				return true
			}
		}
	}
	return false
}

// NothingWeighed reports a question of which nothing is left but what is assumed,
// and tells what could be asked besides.
func NothingWeighed(assumed []*Component, kinds []*fact.Kind) *fact.Error {
	var names []string
	for _, c := range assumed {
		names = fact.AppendNew(names, c.display)
	}
	e := fact.Refuse("environment", "environment.assumed", fact.Enumerate(names))
	for _, k := range kinds {
		if !slices.ContainsFunc(assumed, func(c *Component) bool { return c.Kind == k.ID }) {
			e.Candidates = append(e.Candidates, k.ID)
		}
	}
	if len(e.Candidates) > 0 {
		e = e.Advise("environment.assumed.add", strings.Join(e.Candidates, ", "))
	}
	return e
}
