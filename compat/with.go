package compat

import (
	"iter"
	"slices"

	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/internal/order"
	"github.com/testedon/testedon/message"
	"github.com/testedon/testedon/version"
)

// condition is what a claim asks of the components of one kind: each has to lie within
// one of some technologies.
type condition struct {
	kind    *fact.Kind
	targets []target
}

// target is a technology and the versions of it that meet a condition.
type target struct {
	tech     *Technology
	versions version.Range
	display  string
}

// component is what just meets the condition.
func (t *target) component() Component { return component(t.tech, t.versions) }

// state says whether what a condition asks for is so.
type state int

// The states, from the worst to the best.
const (
	broken state = iota // something else is asked about
	open                // the question does not decide it
	met
)

// conditions reads what a claim on a technology holds with, in the order of kinds.
func (b *builder) conditions(where string, claimed *Technology, c *fact.Claim) []condition {
	var all []condition
	for _, one := range c.With {
		t := b.technology(where, one.Technology)
		if t == nil {
			continue
		}
		if t.kind == claimed.kind {
			b.fault(where, "holds with %s, which is of its own kind %s; name technologies of other kinds", t.ID, t.Kind)
		}
		at := slices.IndexFunc(all, func(k condition) bool { return k.kind == t.kind })
		if at < 0 {
			at, all = len(all), append(all, condition{kind: t.kind})
		}
		all[at].add(t, b.read(where, t, one.Version))
	}
	if len(c.With) > 0 && c.When == "" {
		b.fault(where, "holds with something and does not say so in words; add them as when")
	}
	order.Stable(all, func(a, b condition) int { return a.kind.Order - b.kind.Order })
	return all
}

// add adds versions of a technology to those that meet the condition.
func (k *condition) add(t *Technology, versions version.Range) {
	at := slices.IndexFunc(k.targets, func(o target) bool { return o.tech == t })
	if at < 0 {
		at, k.targets = len(k.targets), append(k.targets, target{tech: t})
	}
	one := &k.targets[at]
	if one.versions = one.versions.Union(versions); t.scheme != nil {
		one.display, _ = t.display(one.versions)
	}
}

// state holds a claim against the components asked about, whatever their verdicts: all
// kinds of its condition have to be met, and one that is broken breaks it. A condition
// in words alone is open, and so is what may not have been stated yet on a past day.
func (l *Listing) state(r *Release, asked []Component) state {
	found := met
	switch {
	case l.doubted || l.When != "" && len(l.with) == 0:
		found = open
	case l.When == "":
		return met
	}
	for i := range l.with {
		found = min(found, l.with[i].state(r, asked))
	}
	return found
}

// state is met, or broken, where that is true of every component of the kind. What the
// release takes for granted decides nothing.
func (k *condition) state(r *Release, asked []Component) state {
	of, meet, breaking := 0, 0, 0
	for i := range asked {
		c := &asked[i]
		if !c.isOf(k.kind) || r.Grants(c.Technology) {
			continue
		}
		of++
		switch k.by(c) {
		case met:
			meet++
		case broken:
			breaking++
		}
	}
	switch {
	case of == 0:
		return open
	case meet == of:
		return met
	case breaking == of:
		return broken
	}
	return open
}

// by is the state for one component: met where its versions lie within those of a
// target, broken where they have none in common with any. A component that could not
// be read, or may be any of a family, leaves it open.
func (k *condition) by(c *Component) state {
	if c.Reason != "" || c.Technology.Generic {
		return open
	}
	found := broken
	for i := range k.targets {
		found = max(found, k.targets[i].by(c))
	}
	return found
}

// by holds a component against one technology, under any of its names.
func (t *target) by(c *Component) state {
	if t.tech == c.Technology {
		return t.within(c, true)
	}
	if t.tech.Generic && slices.Contains(c.Technology.meant, t.tech) {
		return t.within(c, false)
	}
	for _, e := range c.Technology.edges {
		if e.other == t.tech {
			return t.within(c, c.Range.Within(e.same))
		}
	}
	return broken
}

// within compares versions; certain says that both names mean one thing.
func (t *target) within(c *Component, certain bool) state {
	switch {
	case certain && c.Range.Within(t.versions):
		return met
	case c.Range.Overlaps(t.versions):
		return open
	}
	return broken
}

// state holds a claim against the other components asked about.
func (c *ComponentAnswer) state(l *Listing) state { return l.state(c.release, c.asked) }

// group finds what the release lists of a technology, but for claims whose condition
// is broken.
func (c *ComponentAnswer) group(t *Technology) []*Listing {
	return c.unbroken(c.release.group(t))
}

// family goes through what the release lists of the family of the technology, in the order of
// its members.
func (c *ComponentAnswer) family() iter.Seq2[*Technology, []*Listing] {
	return func(yield func(*Technology, []*Listing) bool) {
		for i := range c.release.groups {
			if g := &c.release.groups[i]; g.tech.head == c.Technology.head && !yield(g.tech, c.unbroken(g.listings)) {
				return
			}
		}
	}
}

// unbroken leaves the claims whose condition is not broken.
func (c *ComponentAnswer) unbroken(all []*Listing) []*Listing {
	if !c.release.conditional {
		return all
	}
	for _, l := range all {
		if c.breaks(l) {
			return slices.DeleteFunc(slices.Clone(all), c.breaks)
		}
	}
	return all
}

func (c *ComponentAnswer) breaks(l *Listing) bool { return c.state(l) == broken }

// worth is what a claim supports when the asked versions lie within its own.
func (c *ComponentAnswer) worth(l *Listing) fact.Verdict {
	if c.state(l) == met {
		return verdictOf(l.Status)
	}
	return l.worth()
}

// sayBroken tells what is stated of the technology for another environment.
func (c *ComponentAnswer) sayBroken(p *prose) {
	if !c.release.conditional {
		return
	}
	var wanted, asked []string
	var first *Listing
	for _, l := range c.release.group(c.Technology) {
		if !c.breaks(l) || !l.Range.Overlaps(c.Range) || first != nil && stated(l.Status) != stated(first.Status) {
			continue
		}
		if first == nil {
			first = l
		}
		for i := range l.with {
			if k := &l.with[i]; k.state(c.release, c.asked) == broken {
				wanted, asked = fact.AppendNew(wanted, k.words(p.words)), c.askedOf(asked, k.kind)
			}
		}
	}
	if first == nil {
		return
	}
	of := ""
	if len(c.Listed) == 0 {
		of = first.display
	}
	p.sentence("why.broken", of, stated(first.Status), p.words.Or(wanted), p.words.And(asked))
}

// stated is what a status states, those that say yes alike.
func stated(s fact.Status) string {
	if s == fact.StatusIncompatible || s == fact.StatusNotRecommended || s == fact.StatusNotTested || s == fact.StatusOutOfSupport {
		return string(s)
	}
	return ""
}

// words names what meets the condition: "Ubuntu 24.04 or Debian".
func (k *condition) words(l *message.Language) string {
	names := make([]string, len(k.targets))
	for i := range k.targets {
		names[i] = k.targets[i].display
	}
	return l.Or(names)
}

// askedOf appends the names of what is asked about of a kind, each once.
func (c *ComponentAnswer) askedOf(names []string, k *fact.Kind) []string {
	for i := range c.asked {
		if o := &c.asked[i]; o.isOf(k) && !c.release.Grants(o.Technology) {
			names = fact.AppendNew(names, o.display)
		}
	}
	return names
}
