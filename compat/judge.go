package compat

import (
	"cmp"
	"slices"

	"github.com/testedon/testedon/version"
)

// judge gives the verdict for one component. Q is the versions asked for, L
// those of a claim. The first step that applies decides:
//
//  1. The component could not be read, or its versions cannot be: unresolved.
//  2. Q = L or Q ⊂ L for a claim on the technology, or on another name of it
//     (see edge): the match is exact or series, and the claim's status gives the
//     verdict, at best conditional where a condition of the claim is open, or where
//     it is not known to mean what is asked about (see meant). Of several claims
//     one decides (see strongest). All of them are shown, and that they disagree is said.
//  3. Q ⊂ L for a claim on an older name, in versions that existed under both
//     names: the match is policy, the verdict at best compatible. Or for a claim
//     that names any member of the family ("JDK 8"): the match is series, the
//     verdict at best compatible, as it is not stated which member was meant.
//  4. Q ⊃ L, or they overlap: the match is broader. Every part of Q gets its own
//     verdict, and the component's is conditional unless all parts agree.
//  5. A written policy of the technology leads upward from an L of Q's cycle to
//     Q: the match is policy, the verdict compatible. Or Q is what a provider runs
//     or packs, and Q ⊂ L for a claim on the technology itself: likewise, at best.
//  6. Q names any technology of a family, and members of it are listed: see
//     generic.
//  7. An L of Q's cycle lies above or below Q: older or newer, not listed.
//  8. The technology is listed, but nothing near Q: none, not listed.
//  9. A relative of the technology is listed: family, not listed; also what the
//     technology is made from.
//  10. Nothing of it is listed: none, not listed.
//
// A claim that has a condition is held against the other components asked about: a
// broken one is as if it were not there, an open one supports at best conditional (see
// state).
func (r *release) judge(asked *Component, all []Component) ComponentAnswer {
	c := ComponentAnswer{Component: asked, Verdict: Unresolved, Match: MatchNone, release: r, asked: all}
	if asked.Reason != "" {
		return c
	}
	c.Verdict = NotListed
	c.Advisories = r.touching(asked)
	own := c.group(asked.tech)
	switch {
	case c.direct(own, nil):
	case c.denied(own) && c.partly():
	case c.renamed(true):
	case !c.overlaps(own) && c.renamed(false):
	case !c.overlaps(own) && c.unnamed():
	case c.partly():
	case c.promised(own):
	case !c.overlaps(own) && c.managed():
	case asked.Technology.Generic && c.generic():
	case c.near(own):
	case len(own) > 0:
		c.Nearest = c.nearest(own, anyCycle)
	default:
		c.relatives()
	}
	return c
}

// touching gives the advisories that speak of an asked component.
func (r *release) touching(asked *Component) []*Advisory {
	var all []*Advisory
	for _, t := range asked.tech.meant {
		all = r.cautions(all, t, asked.Range)
	}
	return all
}

// cautions appends the advisories that speak of versions of a technology, each
// once.
func (r *release) cautions(all []*Advisory, t *technology, versions version.Range) []*Advisory {
	for _, a := range r.touches[t] {
		if a.versions.Overlaps(versions) && !slices.Contains(all, a.Advisory) {
			all = append(all, a.Advisory)
		}
	}
	return all
}

// direct is step 2. The claims are on the technology, or via an edge on another
// name of it.
func (c *ComponentAnswer) direct(claims []*Listing, via *Via) bool {
	first, last := -1, -1
	for i, l := range claims {
		if l.Status == StatusIncompatible && c.Range.Overlaps(l.Range) && !c.Range.Within(l.Range) {
			return false // no for a part of what was asked
		}
		if c.Range.Within(l.Range) {
			if first < 0 {
				first = i
			}
			last = i
		}
	}
	if first < 0 {
		return false
	}
	covering := claims[first : last+1]
	if last > first {
		covering = slices.DeleteFunc(slices.Clone(covering), func(l *Listing) bool { return !c.Range.Within(l.Range) })
		c.strongestFirst(covering)
	}
	c.Listed, c.Via = covering, via
	c.Verdict = c.worth(covering[0])
	c.Match = MatchSeries
	if c.Range.Equal(covering[0].Range) {
		c.Match = MatchExact
	}
	switch {
	case c.state(covering[0]) == open:
		c.Conditions = []Condition{{Range: c.printed, When: covering[0].When, Verdict: verdictOf(covering[0].Status)}}
	case !c.meant(covering[0]):
		c.Conditions = []Condition{{Range: c.printed, When: oneOf, Verdict: verdictOf(covering[0].Status)}}
	}
	return true
}

// oneOf is the condition of a claim that does not tell which version it means.
const oneOf = "if it is the one that was meant"

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

// denied reports whether some claim says no to a part of what was asked. Then
// step 4 comes before a claim on another name.
func (c *ComponentAnswer) denied(claims []*Listing) bool {
	return slices.ContainsFunc(claims, func(l *Listing) bool {
		return l.Status == StatusIncompatible && c.Range.Overlaps(l.Range)
	})
}

// overlaps reports whether some claim lists a part of what was asked.
func (c *ComponentAnswer) overlaps(claims []*Listing) bool {
	return slices.ContainsFunc(claims, func(l *Listing) bool { return c.Range.Overlaps(l.Range) })
}

// renamed is step 2 for claims on another name of the technology where both
// names mean one thing, and step 3 where they do not.
func (c *ComponentAnswer) renamed(same bool) bool {
	for _, e := range c.tech.edges {
		within := c.Range.Within(e.same)
		if within != same || !same && !e.forward {
			continue
		}
		if !c.direct(c.group(e.other), e.via) {
			continue
		}
		if !same && c.Verdict != Incompatible {
			c.Match, c.Verdict = MatchPolicy, c.Verdict.atBest(Compatible)
		}
		return true
	}
	return false
}

// unnamed is step 3 for a claim that names any member of the family.
func (c *ComponentAnswer) unnamed() bool {
	for _, t := range c.tech.meant {
		if t == c.tech || !t.Generic || c.tech.related() || !c.direct(c.group(t), nil) {
			continue
		}
		if c.Match = MatchSeries; c.Verdict != Incompatible {
			c.Verdict = c.Verdict.atBest(Compatible)
		}
		return true
	}
	return false
}

// managed is step 5 for what a provider runs or packs.
func (c *ComponentAnswer) managed() bool {
	e := c.tech.managed
	if e == nil || !c.Range.Within(e.same) || !c.direct(c.group(e.other), e.via) {
		return false
	}
	if c.Verdict != Incompatible {
		c.Match, c.Verdict = MatchPolicy, c.Verdict.atBest(Compatible)
	}
	return true
}

// promised is step 5.
func (c *ComponentAnswer) promised(own []*Listing) bool {
	if len(c.tech.policies) == 0 {
		return false
	}
	for i := len(own) - 1; i >= 0; i-- {
		for k, p := range c.tech.policies {
			if !c.Range.Within(c.reached(own[i], k)) {
				continue
			}
			for i > 0 && own[i-1].Range.Equal(own[i].Range) && c.worth(own[i-1]) == c.worth(own[i]) {
				i-- // what pages say stands before what images and runs do
			}
			c.Match, c.Verdict = MatchPolicy, Compatible
			c.Listed, c.Via = own[i:i+1:i+1], p.via
			return true
		}
	}
	return false
}

// reached is the versions that a policy of the technology leads to from a claim. An image
// promises nothing of a later one.
func (c *ComponentAnswer) reached(l *Listing, policy int) version.Range {
	if c.worth(l).Worse(Compatible) || l.shipped() {
		return version.Range{}
	}
	return l.reach[policy]
}

// near is step 7.
func (c *ComponentAnswer) near(own []*Listing) bool {
	c.Nearest = c.nearest(own, func(l *Listing) bool { return c.Range.Within(l.cycle) })
	if len(c.Nearest) == 0 {
		return false
	}
	c.Match = MatchOlder
	if c.Range.Relate(c.Nearest[0].Range) == version.Above {
		c.Match = MatchNewer
	}
	return true
}

// relatives are steps 9 and 10.
func (c *ComponentAnswer) relatives() {
	for _, t := range c.tech.head.members {
		if t == c.tech {
			continue
		}
		if l := c.closest(c.group(t)); l != nil {
			if c.Nearest == nil {
				c.Nearest = make([]*Listing, 0, len(c.tech.head.members))
			}
			c.Match, c.Nearest = MatchFamily, append(c.Nearest, l)
		}
	}
	if c.tech.derived != nil && c.Match == MatchFamily {
		c.Via = c.tech.derived.via
	}
	head := c.tech.head
	slices.SortStableFunc(c.Nearest, func(a, b *Listing) int {
		return cmp.Or(
			-compareBool(c.Range.Within(a.Range), c.Range.Within(b.Range)),
			-compareBool(a.tech == head, b.tech == head),
		)
	})
}

// closest is the claim to move to that overlaps what is asked, else the one nearest to
// it; nil when there is none.
func (c *ComponentAnswer) closest(claims []*Listing) *Listing {
	for _, l := range claims {
		if c.Range.Overlaps(l.Range) && !c.worth(l).Worse(Compatible) {
			return l
		}
	}
	if near := c.nearest(claims, anyCycle); len(near) > 0 {
		return near[0]
	}
	return nil
}

// nearest gives the claims next to what is asked that one could move to, of those that
// count: the lowest above it, then the highest below.
func (c *ComponentAnswer) nearest(claims []*Listing, counts func(*Listing) bool) []*Listing {
	above, below := -1, -1
	for i, l := range claims { // lowest first
		if c.worth(l).Worse(Compatible) || !counts(l) {
			continue
		}
		switch c.Range.Relate(l.Range) {
		case version.Below:
			if above < 0 {
				above = i
			}
		case version.Above:
			if below < 0 || !l.Range.Equal(claims[below].Range) {
				below = i
			}
		}
	}
	switch {
	case above >= 0 && below >= 0:
		return []*Listing{claims[above], claims[below]}
	case above >= 0:
		return claims[above : above+1 : above+1]
	case below >= 0:
		return claims[below : below+1 : below+1]
	}
	return nil
}

func anyCycle(*Listing) bool { return true }
