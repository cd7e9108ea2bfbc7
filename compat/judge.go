package compat

import (
	"cmp"
	"slices"

	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/internal/order"
	"github.com/testedon/testedon/version"
)

// judge gives the verdict for one component, point by point: for each version asked about
// the strongest statement that covers it decides, and a range is the union of its versions
// (see parts). Statements are gathered by the steps below, in this order; what one step
// decides no later one looks at.
//
//  1. statedByName: statements on the technology, and on its other names. Where both names
//     mean one thing they count as they stand; one on an older name that then was another
//     thing supports at best compatible. One that says yes and names no version waits for
//     step 5.
//  2. statedOfFamily: a statement that names any member of the family ("JDK 8") supports at
//     best compatible for each of them, but for what is derived from one of them or managed.
//  3. statedOfManaged: the releases that a provider runs or packs, by a statement on these
//     and the provider's own word: at best compatible.
//  4. promised: a written policy of the technology leads upward within a cycle, from a
//     version that stands as compatible or better by step 1: compatible. An image promises
//     nothing.
//  5. The statements of steps 1 to 3 that name no version.
//  6. Where the technology stands for any member of its family, what is left open is asked
//     of each member (see members).
//  7. What no statement covers is not listed. The match tells what is near it: an older or
//     newer version of its cycle, another one, or a relative (see tellNear).
//
// At most one of the steps 2 to 4, or an older name, leads from a statement to a version. A
// claim that has a condition is held against the other components asked about: a broken one
// is as if it were not there, an open one supports at best conditional (see state). A text
// that could not be read, or whose versions cannot be, is unresolved.
func (r *Release) judge(asked *Component, all []Component, memory *scratch) ComponentAnswer {
	c := ComponentAnswer{Component: asked, release: r, asked: all, memory: memory}
	c.decide()
	return c
}

// decide takes the steps of judge but for the last.
func (c *ComponentAnswer) decide() {
	c.Verdict, c.Match = fact.Unresolved, fact.MatchNone
	if c.Reason != "" {
		c.misprinted()
		return
	}
	c.Verdict = fact.NotListed
	if len(c.release.advisories) > 0 {
		c.Advisories = c.release.touching(c.Component)
	}
	all := c.gather(c.memory.statements[:0], c.Technology.named)
	if !slices.ContainsFunc(all, func(s statement) bool { return s.step() == statedByName && !s.shipped() }) {
		all = c.gather(all, c.Technology.led)
	}
	c.memory.statements = all
	switch {
	case len(all) > 0 && !slices.ContainsFunc(all, func(s statement) bool { return s.divides(c.Range) }):
		c.answer(c.part(all, c.Range))
	case len(all) > 0 || c.Technology.Generic:
		parts := c.parts()
		if c.Technology.Generic {
			parts = c.members(parts)
		}
		if slices.ContainsFunc(parts, part.stated) {
			c.conclude(parts)
		}
	}
}

// misprinted finds the claims on pages that print versions which cannot be. They are evidence of
// that; the verdict stays unresolved.
func (c *ComponentAnswer) misprinted() {
	if c.Technology == nil {
		return
	}
	for _, l := range c.release.group(c.Technology) {
		if l.impossible && l.Paged() && l.Range.Overlaps(c.Range) {
			c.Listed = append(c.Listed, l)
		}
	}
	c.deciding = len(c.Listed)
}

// divides reports whether the statement says not the same of all of some versions.
func (s statement) divides(versions version.Range) bool {
	switch {
	case !s.covers(versions):
		return true
	case len(s.units) == 0: // it surely means all that it covers
		return false
	case s.sure.Overlaps(versions) && !versions.Within(s.sure):
		return true
	}
	return slices.ContainsFunc(s.units, func(unit version.Range) bool {
		return unit.Overlaps(versions) && !versions.Within(unit)
	})
}

// touching gives the advisories that speak of an asked component.
func (r *Release) touching(asked *Component) []*fact.Advisory {
	var all []*fact.Advisory
	for _, t := range asked.Technology.meant {
		all = r.cautions(all, t, asked.Range)
	}
	return all
}

// cautions appends the advisories that speak of versions of a technology, each
// once.
func (r *Release) cautions(all []*fact.Advisory, t *Technology, versions version.Range) []*fact.Advisory {
	for _, a := range r.advisories[t] {
		if a.versions.Overlaps(versions) && !slices.Contains(all, a.Advisory) {
			all = append(all, a.Advisory)
		}
	}
	return all
}

// scratch is memory that answers use again.
type scratch struct {
	statements []statement
	listings   []*Listing
	changes    []Change
}

// clear lets go of what the memory holds.
func (s *scratch) clear() {
	clear(s.statements)
	clear(s.listings)
	clear(s.changes)
	s.listings, s.changes = s.listings[:0], s.changes[:0]
}

// step is a step of judge that finds statements.
type step int

const (
	statedByName step = iota
	statedOfFamily
	statedOfManaged
	promised
	unnamedByName // step 5: of step 1, then of 2 and 3
	unnamedOfFamily
	unnamedOfManaged
)

// lead is how statements on one technology come to speak of versions of another, or of the same.
type lead struct {
	on      *Technology
	found   step
	edge    *edge        // to the other name that they are on; nil for most
	outside bool         // they count outside of the versions in which both names mean one thing, not within
	limit   fact.Verdict // the best that they support: Tested where they lead there directly
	policy  int          // place of the policy of on that leads there, of step promised
	via     *Via         // of what leads there; nil where nothing is to be said
}

// leads finds what leads to the versions of a technology, in the order of the steps of judge.
func (t *Technology) leads() {
	t.named = []lead{{on: t, limit: fact.Tested}}
	t.led = nil
	for i := range t.edges {
		e := &t.edges[i]
		t.named = append(t.named, lead{on: e.other, limit: fact.Tested, edge: e, via: e.via})
		if e.forward {
			t.named = append(t.named, lead{on: e.other, limit: fact.Compatible, edge: e, outside: true, via: e.via})
		}
	}
	if !t.related() {
		for _, o := range t.meant {
			if o != t && o.Generic {
				t.led = append(t.led, lead{on: o, found: statedOfFamily, limit: fact.Compatible})
			}
		}
	}
	if e := t.managed; e != nil {
		t.led = append(t.led, lead{on: e.other, found: statedOfManaged, limit: fact.Compatible, edge: e, via: e.via})
	}
	for i := -1; i < len(t.edges); i++ {
		l := lead{on: t, found: promised, limit: fact.Compatible}
		if i >= 0 {
			l.on, l.edge = t.edges[i].other, &t.edges[i]
		}
		for l.policy = range l.on.policies {
			l.via = l.on.policies[l.policy].via
			t.led = append(t.led, l)
		}
	}
}

// statement is a claim that may decide about versions of a component, and how it leads to
// them.
type statement struct {
	*Listing
	*lead
}

// step is that of judge which finds the statement.
func (s statement) step() step {
	if s.found != promised && s.vague() {
		return s.found + unnamedByName
	}
	return s.found
}

// versions are those that the statement covers: its own, or those that a policy leads to.
func (s statement) versions() version.Range {
	if s.found == promised {
		return s.reach[s.policy]
	}
	return s.Range
}

// covers reports whether the statement speaks of all of some versions.
func (s statement) covers(versions version.Range) bool {
	switch {
	case !versions.Within(s.versions()):
		return false
	case s.edge == nil:
		return true
	case s.outside:
		return !versions.Overlaps(s.edge.same)
	}
	return versions.Within(s.edge.same)
}

// divide divides ranges by what the statement covers, and by what of that its status surely
// holds for.
func (s statement) divide(pieces []version.Range) []version.Range {
	pieces = split(split(pieces, s.versions()), s.sure)
	for _, unit := range s.units {
		pieces = split(pieces, unit)
	}
	if s.edge != nil {
		pieces = split(pieces, s.edge.same)
	}
	return pieces
}

// gather adds the statements that speak of some of the versions asked about.
func (c *ComponentAnswer) gather(all []statement, leads []lead) []statement {
	for i := range leads {
		claims := c.group(leads[i].on)
		for _, l := range claims {
			if s := (statement{l, &leads[i]}); s.speaks(c.Range) && c.counts(s, claims) {
				all = append(all, s)
			}
		}
	}
	return all
}

// speaks reports whether the statement may cover some of the versions.
func (s statement) speaks(versions version.Range) bool {
	own := s.versions()
	switch {
	case !versions.Overlaps(own):
		return false
	case s.edge == nil:
		return true
	case s.outside:
		return !versions.Within(s.edge.same) && !own.Within(s.edge.same)
	}
	return versions.Overlaps(s.edge.same) && own.Overlaps(s.edge.same)
}

// counts reports whether a statement, of those on its technology, counts. A policy leads from
// no image, and from nothing that is outweighed.
func (c *ComponentAnswer) counts(s statement, claims []*Listing) bool {
	if s.found == promised {
		return !s.shipped() && c.upheld(s.Listing)
	}
	older := s.found == statedByName && s.edge != nil // an older name may be printed for what never bore it
	return (older || !s.impossible) && !s.outdated(claims)
}

// upheld reports whether what a claim says of its own versions is not outweighed: they are
// compatible or better, and not by an image alone.
func (c *ComponentAnswer) upheld(l *Listing) bool {
	if c.worth(l).Worse(fact.Compatible) {
		return false
	}
	own := component(l.Tech, l.Range)
	alone := ComponentAnswer{Component: &own, release: c.release, asked: c.asked, memory: new(scratch)}
	named := slices.DeleteFunc(alone.gather(nil, l.Tech.named), func(s statement) bool { return s.shipped() || s.step() != statedByName })
	return !slices.ContainsFunc(alone.divide(named), func(p part) bool {
		return !p.stated() || p.verdict.Worse(fact.Compatible)
	})
}

// vague reports whether the claim names no version: unless it says no, it decides only
// where none that does covers a version.
func (l *Listing) vague() bool { return l.Version == "" && !l.no() && !l.shipped() }

// outdated reports whether the claim says no to every version, and one as strong says yes
// since.
func (l *Listing) outdated(claims []*Listing) bool {
	return l.no() && l.Version == "" && l.day != 0 && slices.ContainsFunc(claims, func(o *Listing) bool {
		return o.vague() && !o.SaysNo() && o.day > l.day && l.compareSource(o) == 0
	})
}

// tellNearest is step 7.
func (c *ComponentAnswer) tellNearest() {
	own := c.ownClaims()
	switch {
	case c.tellCycle(own):
	case len(own) > 0:
		c.Nearest = c.nearest(own, anyCycle)
	case !c.Technology.Generic || !c.nearMembers():
		c.relatives()
	}
}

// ownClaims are the claims on the technology, and those on another name of it in versions in
// which both mean one thing.
func (c *ComponentAnswer) ownClaims() []*Listing {
	all := c.group(c.Technology)
	for _, e := range c.Technology.edges {
		for _, l := range c.group(e.other) {
			if l.Range.Within(e.same) {
				all = append(slices.Clip(all), l)
			}
		}
	}
	return all
}

// tellCycle tells what is listed of the cycle that all the versions asked about lie in.
func (c *ComponentAnswer) tellCycle(own []*Listing) bool {
	c.Nearest = c.nearest(own, func(l *Listing) bool { return c.Range.Within(l.cycle) })
	if len(c.Nearest) == 0 {
		return false
	}
	c.Match = fact.MatchOlder
	if c.Range.Relate(c.Nearest[0].Range) == version.Above {
		c.Match = fact.MatchNewer
	}
	return true
}

// nearMembers tells what is nearest of each member of the family.
func (c *ComponentAnswer) nearMembers() bool {
	for t, claims := range c.family() {
		if !t.Generic {
			c.Nearest = append(c.Nearest, c.nearest(claims, anyCycle)...)
		}
	}
	return len(c.Nearest) > 0
}

// relatives tells what is listed of the family of the technology.
func (c *ComponentAnswer) relatives() {
	for t, claims := range c.family() {
		if t == c.Technology {
			continue
		}
		if l := c.closest(claims); l != nil {
			c.Match, c.Nearest = fact.MatchFamily, append(c.Nearest, l)
		}
	}
	if e := c.Technology.derived; e != nil && c.Match == fact.MatchFamily {
		c.Via = e.via
	}
	head := c.Technology.head
	order.Stable(c.Nearest, func(a, b *Listing) int {
		return cmp.Or(
			-compareBool(c.Range.Within(a.Range), c.Range.Within(b.Range)),
			-compareBool(a.Tech == head, b.Tech == head),
		)
	})
}

// closest is the claim to move to that overlaps what is asked, else the one nearest to
// it; nil when there is none.
func (c *ComponentAnswer) closest(claims []*Listing) *Listing {
	for _, l := range claims {
		if c.Range.Overlaps(l.Range) && c.allows(l) {
			return l
		}
	}
	if near := c.nearest(claims, anyCycle); len(near) > 0 {
		return near[0]
	}
	return nil
}

// allows reports whether a claim is one to move to: it counts, and what it lists exists.
func (c *ComponentAnswer) allows(l *Listing) bool {
	return !c.worth(l).Worse(fact.Compatible) && !l.impossible
}

// nearest gives the claims next to what is asked that one could move to, of those that
// count: the lowest above it, or in a gap of it, then the highest below.
func (c *ComponentAnswer) nearest(claims []*Listing, counts func(*Listing) bool) []*Listing {
	var above, below *Listing
	for _, l := range claims {
		if !c.allows(l) || !counts(l) {
			continue
		}
		if c.Range.Relate(l.Range) == version.Above {
			if below == nil || l.Range.Compare(below.Range) > 0 {
				below = l
			}
		} else if !c.Range.Overlaps(l.Range) && (above == nil || l.Range.Compare(above.Range) < 0) {
			above = l
		}
	}
	switch {
	case above != nil && below != nil:
		return []*Listing{above, below}
	case above != nil:
		return []*Listing{above}
	case below != nil:
		return []*Listing{below}
	}
	return nil
}

func anyCycle(*Listing) bool { return true }

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}
