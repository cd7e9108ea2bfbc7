package compat

import (
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/compat/lifecycle"
	"github.com/testedon/testedon/message"
	"github.com/testedon/testedon/version"
)

// Lifecycles lists the series of a technology that something is known of, the
// newest first.
func (t *Technology) Lifecycles() []*lifecycle.Period { return t.life.Periods }

// Lifecycle says whether the versions of the claim are maintained on a day; nothing where there
// is no day, or there are no such versions under the name that is printed.
func (l *Listing) Lifecycle(today fact.Day) lifecycle.Answer {
	if today == 0 || l.impossible {
		return lifecycle.Answer{}
	}
	return l.LifecycleUntil(today, lifecycle.Soon(today))
}

// LifecycleUntil is Lifecycle where what ends until a later day ends soon.
func (l *Listing) LifecycleUntil(today, soon fact.Day) lifecycle.Answer {
	c := l.Component()
	return c.lifecycle(today, soon)
}

// lifecycle finds what the versions of a component mean for support on a day:
//
//  1. A technology that stands for any of several is unknown, as each vendor
//     maintains its own.
//  2. The series that the versions are in decide.
//  3. Where the technology has none, those of another name count that means the
//     same in these versions (see edge).
func (c *Component) lifecycle(today, soon fact.Day) lifecycle.Answer {
	switch {
	case c.Technology == nil, c.Reason != "":
		return lifecycle.Answer{}
	case c.Technology.Generic:
		return lifecycle.Answer{State: fact.Unknown}
	}
	a := c.Technology.life.Find(c.Range, today, soon)
	for i := 0; a.Best == nil && i < len(c.Technology.edges); i++ {
		if e := &c.Technology.edges[i]; c.Range.Within(e.same) {
			a = e.other.life.Find(c.Range, today, soon)
		}
	}
	return a
}

// date says of each component whether it is maintained on a day; nothing where
// there is none.
func (a *Answer) date(today fact.Day) {
	if today == 0 {
		return
	}
	soon := lifecycle.Soon(today)
	for i := range a.Components {
		a.Components[i].Lifecycle = a.Components[i].lifecycle(today, soon)
	}
}

// LifecycleText says in a sentence whether the versions asked for are maintained;
// empty where nothing is said.
func (c *ComponentAnswer) LifecycleText() string { return string(c.AppendLifecycleText(nil)) }

// Life says the same in a few words beside the name of the component; empty where nothing is known.
func (c *ComponentAnswer) Life() string {
	if c.Lifecycle.Best == nil {
		return ""
	}
	return c.Lifecycle.Brief(c.release.Words(), c.display)
}

// AppendLifecycleText appends the sentence to dst.
func (c *ComponentAnswer) AppendLifecycleText(dst []byte) []byte {
	switch a := &c.Lifecycle; {
	case a.State == "":
		return dst
	case a.Best == nil && c.Technology.Generic:
		return c.release.Words().Append(dst, message.Find("life.generic"), c.display)
	case a.Best == nil:
		return c.release.Words().Append(dst, message.Find("life.unknown"), c.display)
	default:
		return a.Append(dst, c.release.Words(), c.display)
	}
}

// lifecycles reads the lifecycles and puts each to its technology.
func (b *builder) lifecycles() {
	for i := range b.m.ds.Lifecycles {
		l := &b.m.ds.Lifecycles[i]
		where := "lifecycle " + l.ID
		t, source := b.technology(where, l.Technology), b.cite(where, l.Citation)
		if t == nil || t.scheme == nil {
			continue
		}
		if p := t.life.Add(l, t.Technology, t.scheme, b.page(source, l.URL), b.fault); p != nil {
			t.printedBy(p)
		}
	}
	for _, t := range b.m.byID {
		t.life.Settle()
	}
	for _, t := range b.m.byID {
		if t.scheme != nil {
			b.newest(t)
		}
	}
	for label, read := range b.ranges { // before anything was known of lifecycles
		read.life = label.tech.longest(read.Range)
	}
}

// longest is the series that is maintained longest of those that versions are in, under the
// name that they have now; nil where none is known.
func (t *Technology) longest(versions version.Range) *lifecycle.Period {
	c := Component{Technology: t.lives(versions), Range: versions}
	return c.lifecycle(1, 1).Best
}

// printedBy makes the cycle and the latest version of a series readable where they are
// numbers of its own making.
func (t *Technology) printedBy(p *lifecycle.Period) {
	for _, text := range []string{p.Cycle(), p.Latest} {
		if _, err := t.parse(text); err != nil {
			t.asPrinted[fact.Key(text)] = p.Range.Member(text)
		}
	}
}
