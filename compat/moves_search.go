package compat

import (
	"cmp"
	"slices"

	"github.com/testedon/testedon/compat/fact"
)

// maxTried bounds how many environments a search for moves judges.
const maxTried = 300

// moving looks for moves where components bear on each other: a claim may hold only
// with other components, or two may not work together. It changes one component after
// the other and judges each environment that comes of it, so that a move leads where it
// says.
type moving struct {
	m       *Matrix
	release *release
	asked   []Component
	bar     Require
	tried   int
	found   []found
}

// found is a move, and how far it goes.
type found struct {
	Move
	steps int
}

// interacts reports whether components of an environment bear on each other.
func (r *release) interacts() bool { return r.conditional || r.paired }

// searched gives the moves of an answer: those with the fewest changes first, then those
// with the smallest steps.
func (m *Matrix) searched(a *Answer) []Move {
	s := moving{m: m, release: a.release, asked: a.asked, bar: Require{Worst: a.Require.Worst, Exact: a.Require.Exact}}
	s.from(a.asked, make([]*option, len(a.asked)))
	slices.SortStableFunc(s.found, func(x, y found) int {
		return cmp.Or(cmp.Compare(len(x.Changes), len(y.Changes)), cmp.Compare(x.steps, y.steps))
	})
	for _, f := range s.found[:min(len(s.found), maxMoves)] {
		a.Moves = append(a.Moves, f.Move)
	}
	return a.Moves
}

// turn leads on from an environment: another component in the place of one.
type turn struct {
	at int
	to option
}

// from goes on from an environment, some components of which are changed already. Each
// component that does not reach the bar needs a turn that mends it.
func (s *moving) from(environment []Component, to []*option) {
	if s.tried++; s.tried > maxTried {
		return
	}
	var a Answer
	s.m.conclude(s.release, Question{Components: environment, Require: s.bar}, nil, &a)
	if a.Pass {
		s.take(a.Verdict, to)
		return
	}
	var turns []turn
	for i := range a.Components {
		c := &a.Components[i]
		if !a.falls(c) {
			continue
		}
		mending := c.turns(&a, to)
		if len(mending) == 0 {
			return
		}
		turns = append(turns, mending...)
	}
	for i := range turns {
		w := &turns[i]
		next, changed := slices.Clone(environment), slices.Clone(to)
		next[w.at], changed[w.at] = component(w.to.tech, w.to.to.Range), &w.to
		s.from(next, changed)
	}
}

// take keeps a move, once.
func (s *moving) take(v fact.Verdict, to []*option) {
	f := found{Move: Move{Verdict: v}}
	for i, x := range to {
		if x != nil {
			change := (&ComponentAnswer{Component: &s.asked[i]}).change(*x)
			change.verdict = v
			f.Changes, f.steps = append(f.Changes, change), f.steps+x.step.rank()
		}
	}
	if !slices.ContainsFunc(s.found, func(o found) bool { return slices.Equal(o.Changes, f.Changes) }) {
		s.found = append(s.found, f)
	}
}

// turns are what may mend a component: another one in its place, or, where a claim on it
// has a condition, in the place of what the condition is about.
func (c *ComponentAnswer) turns(a *Answer, to []*option) []turn {
	if c.Reason != "" {
		return nil
	}
	var all []turn
	at := a.place(c.Component)
	if to[at] == nil {
		options := c.options(a.Require)
		for _, x := range options.all[:options.n] {
			if x.tech != c.tech || !x.to.Range.Equal(c.Range) {
				all = append(all, turn{at, x})
			}
		}
	}
	for _, l := range c.release.group(c.tech) {
		if len(l.with) == 0 || !c.Range.Overlaps(l.Range) {
			continue
		}
		wanted := met
		if verdictOf(l.Status).Worse(a.Require.Worst) {
			wanted = broken // what it says stands in the way
		}
		all = append(all, c.settling(a, l, wanted, to)...)
	}
	return all
}

// settling are the changes of other components that bring the condition of a claim
// nearer to a state.
func (c *ComponentAnswer) settling(a *Answer, l *Listing, wanted state, to []*option) []turn {
	for i := range l.with {
		k := &l.with[i]
		if k.state(c.release, c.asked) == wanted {
			continue
		}
		for j := range a.Components {
			o := &a.Components[j]
			at := a.place(o.Component)
			if o.Kind == k.kind.ID && o.tech != nil && to[at] == nil && k.by(o.Component) != wanted {
				return o.within(a.Require, at, func(one *Component) bool { return k.by(one) == wanted })
			}
		}
	}
	return nil
}

// within are the nearest claims of its kind to change a component to, of those that fit.
func (c *ComponentAnswer) within(bar Require, at int, fits func(*Component) bool) []turn {
	var best options
	for i := range c.release.listings {
		l := &c.release.listings[i]
		if one := component(l.tech, l.Range); l.tech.Kind != c.Kind || !c.reaches(l, bar) || !fits(&one) {
			continue
		}
		if l.tech == c.tech {
			best.add(c.option(l))
		} else {
			best.add(option{to: l, tech: l.tech, step: StepTechnology, order: i})
		}
	}
	all := make([]turn, best.n)
	for i := range all {
		all[i] = turn{at, best.all[i]}
	}
	return all
}

// place is where a component stands in what is asked.
func (a *Answer) place(c *Component) int {
	for i := range a.asked {
		if &a.asked[i] == c {
			return i
		}
	}
	return -1 // no component is of another question
}
