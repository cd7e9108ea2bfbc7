package compat

import (
	"cmp"
	"slices"

	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/version"
)

// maxMoves is how many ways to an environment that passes an answer names.
const maxMoves = 3

// Step says how far a change goes.
type Step string

// The steps, the smallest first.
const (
	StepPin        Step = "pin"        // to a version within those asked for
	StepPatch      Step = "patch"      // within the series, the first two numbers the same
	StepMinor      Step = "minor"      // within the series
	StepMajor      Step = "major"      // to another series
	StepTechnology Step = "technology" // to another technology of the family
)

// rank orders steps, the smallest first.
func (s Step) rank() int {
	switch s {
	case StepPin:
		return 0
	case StepPatch:
		return 1
	case StepMinor:
		return 2
	case StepMajor:
		return 3
	}
	return 4
}

// option is a claim that a component could be changed to.
type option struct {
	to    *Listing
	tech  *technology // the name it is told by; that of the component where both mean one thing
	step  Step
	order int // among options of one step, the lowest first; then the nearest
}

// options are the best ways to change one component, the smallest step first.
type options struct {
	all [maxMoves]option
	n   int
}

// add keeps an option if it is among the best. Of two that are equally good the
// first counts.
func (o *options) add(x option) {
	for _, y := range o.all[:o.n] {
		if y.tech == x.tech && y.to.Range.Equal(x.to.Range) {
			return // a page and an image, or a test run, of the same versions
		}
	}
	at := o.n
	for at > 0 && x.before(o.all[at-1]) {
		at--
	}
	if at == maxMoves {
		return
	}
	o.n = min(o.n+1, maxMoves)
	copy(o.all[at+1:o.n], o.all[at:])
	o.all[at] = x
}

func (x option) before(y option) bool {
	nearer := x.to.Range.Compare(y.to.Range)
	if x.order != newer {
		nearer = -nearer
	}
	return cmp.Or(cmp.Compare(x.step.rank(), y.step.rank()), cmp.Compare(x.order, y.order), nearer) < 0
}

// The orders of options on the technology itself.
const newer, older = 0, 1

// moves looks for the shortest lists of changes after which the environment
// passes. Each component that does not reach the bar is changed, in the order of
// the answer: by the smallest step that leads to a claim that does, newer before
// older. Further lists differ from the first in one change, the smallest steps
// first. There is none where a component cannot be mended.
func (r *release) moves(a *Answer) []Move {
	a.changes, a.others = slices.Grow(a.changes[:0], maxMoves*len(a.Components)), a.others[:0]
	first := Move{Verdict: fact.Tested}
	for i := range a.Components {
		c := &a.Components[i]
		if !a.falls(c) {
			first.Verdict = first.Verdict.AtBest(c.Verdict)
			continue
		}
		found := c.options(a.Require)
		if found.n == 0 {
			return nil
		}
		for k := 1; k < found.n; k++ {
			a.others = append(a.others, alternative{len(a.changes), found.all[k], c})
		}
		first.Verdict = first.Verdict.AtBest(found.all[0].to.verdict)
		a.changes = append(a.changes, c.change(found.all[0]))
	}
	if len(a.changes) == 0 {
		return nil // the bar is one that no change of version reaches
	}
	first.Changes = a.changes
	moves := append(a.Moves, first)
	slices.SortStableFunc(a.others, func(x, y alternative) int { return cmp.Compare(x.step.rank(), y.step.rank()) })
	for i := range a.others[:min(len(a.others), maxMoves-1)] {
		moves = append(moves, a.others[i].move(a, first))
	}
	return moves
}

// falls reports whether a component does not reach the bar.
func (a *Answer) falls(c *ComponentAnswer) bool {
	return c.Verdict.Worse(a.Require.Worst) || a.Require.Exact && c.Match != fact.MatchExact
}

// alternative is another change in place of one of a move.
type alternative struct {
	at int // the place of the change
	option
	c *ComponentAnswer
}

// move is a move with one change in the place of another. Its changes stand after
// those of the moves before.
func (x *alternative) move(a *Answer, first Move) Move {
	start := len(a.changes)
	a.changes = append(a.changes, first.Changes...)
	m := Move{Verdict: fact.Tested, Changes: a.changes[start:]}
	m.Changes[x.at] = x.c.change(x.option)
	at := 0
	for i := range a.Components {
		v := a.Components[i].Verdict
		if a.falls(&a.Components[i]) {
			v = m.Changes[at].verdict
			at++
		}
		m.Verdict = m.Verdict.AtBest(v)
	}
	return m
}

// options looks for claims to change a component to: on the technology itself or
// on another name of it and, where these are few, on its relatives.
func (c *ComponentAnswer) options(bar Require) (found options) {
	if c.Reason != "" {
		return found
	}
	for _, l := range c.group(c.tech) {
		if c.reaches(l, bar) {
			found.add(c.option(l))
		}
	}
	for _, e := range c.tech.edges {
		for _, l := range c.group(e.other) {
			if c.reaches(l, bar) && l.Range.Within(e.same) {
				found.add(c.option(l))
			}
		}
	}
	if found.n < maxMoves {
		c.addRelatives(bar, &found)
	}
	return found
}

// reaches reports whether a claim reaches the bar for just its versions, if need be once
// its condition is met.
func (c *ComponentAnswer) reaches(l *Listing, bar Require) bool {
	if len(l.with) > 0 && !l.impossible {
		return !verdictOf(l.Status).Worse(bar.Worst)
	}
	return !l.verdict.Worse(bar.Worst)
}

// option grades a claim on the technology of the component. The nearest comes
// first: of those within what was asked and of older ones the highest, of newer
// ones the lowest.
func (c *ComponentAnswer) option(l *Listing) option {
	x := option{to: l, tech: c.tech, step: StepMajor, order: newer}
	switch {
	case l.Range.Within(c.Range):
		x.step, x.order = StepPin, older
		return x
	case !c.Range.Within(l.cycle):
	case c.Range.SameSeries(l.Range):
		x.step = StepPatch
	default:
		x.step = StepMinor
	}
	if c.Range.Relate(l.Range) == version.Above {
		x.order = older
	}
	return x
}

// addRelatives adds the claim of each listed relative that comes closest: those
// that list the very versions first, then the head of the family.
func (c *ComponentAnswer) addRelatives(bar Require, found *options) {
	for i, t := range c.tech.head.members {
		if t == c.tech {
			continue
		}
		l := c.closest(c.group(t))
		if l == nil || !c.reaches(l, bar) {
			continue
		}
		order := i + 1
		if t == c.tech.head {
			order = 0
		}
		if !c.Range.Within(l.Range) {
			order += len(c.tech.head.members) + 1
		}
		found.add(option{to: l, tech: t, step: StepTechnology, order: order})
	}
}

// change replaces a component by what a claim lists.
func (c *ComponentAnswer) change(x option) Change {
	to := x.to.current()
	change := Change{Kind: c.Kind, Step: x.step, From: c.Understood(), To: to.Display(), verdict: x.to.verdict}
	change.short = change.To
	switch {
	case c.tech == to.tech:
		change.short = x.to.VersionText()
	case c.tech == x.tech && c.tech.possible(x.to.Range): // listed under another name of it
		change.To, change.short = c.tech.display(x.to.Range)
	}
	return change
}

// Summary is the move in words: "PostgreSQL 16 → 17.2".
func (m Move) Summary() string { return string(m.AppendSummary(nil)) }

// AppendSummary appends the summary to dst.
func (m Move) AppendSummary(dst []byte) []byte {
	for i, c := range m.Changes {
		if i > 0 {
			dst = append(dst, ", "...)
		}
		dst = append(append(append(dst, c.From...), " → "...), c.short...)
	}
	return dst
}
