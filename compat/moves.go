package compat

import (
	"cmp"
	"slices"

	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/compat/lifecycle"
	"github.com/testedon/testedon/version"
)

const (
	maxMoves = 3  // ways by other versions that an answer names; one to another release besides
	maxTried = 60 // environments that are judged to find them
)

// Step says how far a change goes.
type Step string

// The steps, the smallest first.
const (
	StepPin        Step = "pin"        // to a version within those asked for
	StepPatch      Step = "patch"      // within the series, the first two numbers the same
	StepMinor      Step = "minor"      // within the series
	StepMajor      Step = "major"      // to another series
	StepTechnology Step = "technology" // to another technology of the family, or of the kind where a statement holds only with it
	StepRelease    Step = "release"    // to a newer release of the product
)

var steps = []Step{StepPin, StepPatch, StepMinor, StepMajor, StepTechnology, StepRelease}

func (s Step) rank() int { return slices.Index(steps, s) }

// option is what a component could be changed to.
type option struct {
	at        int      // place of the component in the answer
	to        *Listing // under the name that its versions can be asked by
	step      Step
	downgrade bool
	ends      fact.Day // last day of maintenance, where it is known; past on the day asked about where ended
	ended     bool
	order     int // among options of one step, the lowest first; then the nearest
}

// lesser reports whether the option is one to take only where there is no other.
func (x *option) lesser() bool { return x.downgrade || x.ended }

// compare orders options, the best first: maintained and no downgrade, then the smallest
// step, then what is nearest.
func (x *option) compare(y *option) int {
	nearest := x.to.Range.Compare(y.to.Range)
	if x.downgrade || x.step == StepPin { // the highest first, by where it ends
		nearest = y.to.Range.Above().Compare(x.to.Range.Above())
	}
	return cmp.Or(compareBool(x.lesser(), y.lesser()), compareBool(x.downgrade, y.downgrade),
		cmp.Compare(x.step.rank(), y.step.rank()), cmp.Compare(x.order, y.order), nearest)
}

// moves looks for ways to an environment that passes. Each component that does not reach
// the bar needs a change; the best change of each makes the first way, and the others
// differ from it in as few as can be. Each way is judged as a whole before it is told.
// Where a newer release of the product lists what is asked for, that is a way too.
func (m *Matrix) moves(a *Answer) []Move {
	if !slices.ContainsFunc(a.Components, func(c ComponentAnswer) bool { return a.falls(&c) }) {
		return a.Moves // the bar is one that no change of version reaches
	}
	t := trial{m: m, of: a, bar: Require{Worst: a.Require.Worst, Exact: a.Require.Exact}}
	for i := range a.Components {
		if c := &a.Components[i]; a.falls(c) {
			t.options = append(t.options, c.options(a, i))
		}
	}
	moves := t.ways(a.Moves)
	if len(moves) > maxMoves {
		moves = moves[:maxMoves]
	}
	return t.newer(moves)
}

// falls reports whether a component does not reach the bar.
func (a *Answer) falls(c *ComponentAnswer) bool {
	return c.Verdict.Worse(a.Require.Worst) || a.Require.Exact && c.Match != fact.MatchExact
}

// trial judges the environments that changes lead to.
type trial struct {
	m       *Matrix
	of      *Answer
	bar     Require
	options [][]option // of each component that does not reach the bar
	answer  Answer
	tried   int
}

// ways appends the moves of the options: that of the best of each, then those that differ
// from it in few.
func (t *trial) ways(moves []Move) []Move {
	most := 0
	for _, o := range t.options {
		if len(o) == 0 {
			return moves
		}
		most += len(o) - 1
	}
	chosen := make([]*option, len(t.options))
	for sum := 0; sum <= most && len(moves) < maxMoves && t.tried < maxTried; sum++ {
		start := len(moves)
		moves = t.choose(moves, chosen, 0, sum)
		slices.SortStableFunc(moves[start:], func(x, y Move) int { return cmp.Compare(x.steps, y.steps) })
	}
	return moves
}

// choose tries all choices the places of which add up to a sum, and appends those that pass.
func (t *trial) choose(moves []Move, chosen []*option, at, sum int) []Move {
	if at == len(chosen) {
		if move, ok := t.move(chosen); ok && sum == 0 && !slices.ContainsFunc(moves, move.same) {
			moves = append(moves, move)
		}
		return moves
	}
	for i := range min(sum+1, len(t.options[at])) {
		chosen[at] = &t.options[at][i]
		moves = t.choose(moves, chosen, at+1, sum-i)
	}
	return moves
}

// same reports whether another move has the same changes.
func (m *Move) same(o Move) bool { return slices.Equal(m.Changes, o.Changes) }

// move judges the environment after changes; the boolean tells whether it passes.
func (t *trial) move(chosen []*option) (Move, bool) {
	if t.tried++; t.tried > maxTried {
		return Move{}, false
	}
	environment := slices.Clone(t.of.asked)
	var move Move
	for i, x := range chosen {
		if slices.ContainsFunc(chosen[:i], func(o *option) bool { return o.at == x.at && o.to != x.to }) {
			return move, false // two changes of one component
		}
		c := &t.of.Components[x.at]
		environment[t.of.place(c.Component)] = x.to.Component()
		if change := c.change(x); !slices.Contains(move.Changes, change) {
			move.Changes = append(move.Changes, change)
		}
		move.steps += x.step.rank()
	}
	t.m.conclude(t.of.Release, Question{Components: environment, Require: t.bar}, nil, &t.answer)
	move.Verdict = t.answer.Verdict
	return move, t.answer.Pass
}

// newer appends the move to the nearest newer release in which the environment passes as
// it is.
func (t *trial) newer(moves []Move) []Move {
	all := t.of.Release.product.ordered
	for i := slices.Index(all, t.of.Release) - 1; i >= 0; i-- {
		r := all[i]
		if isPreRelease(r.Version) || r.provisional && !t.of.Release.provisional || slices.ContainsFunc(t.of.Components, func(c ComponentAnswer) bool {
			after := r.judge(c.Component, t.of.asked)
			return t.of.falls(&after)
		}) {
			continue
		}
		t.m.conclude(r, Question{Components: t.of.asked, Require: t.bar}, nil, &t.answer)
		if t.answer.Pass {
			return append(moves, Move{Release: r, Verdict: t.answer.Verdict, Changes: []Change{{
				Kind: "release", Step: StepRelease, From: t.of.Release.Title(), To: r.Title(), short: r.Version}}})
		}
	}
	return moves
}

// options are the best ways to change one component, the best first.
func (c *ComponentAnswer) options(a *Answer, at int) []option {
	if c.Reason != "" {
		return nil
	}
	var best []option
	add := func(l *Listing, grade func(*Listing) (option, bool)) {
		to := l.current()
		if to.impossible || !l.reaches(a.Require.Worst) || to.Tech == c.Technology && to.Range.Equal(c.Range) {
			return
		}
		x, ok := grade(to)
		if !ok {
			return
		}
		x.at, x.to = at, to
		x.ends, x.ended = to.ends(a.today)
		best = keep(best, x)
	}
	for i, t := range c.Technology.head.members {
		if t == c.Technology {
			continue
		}
		for _, l := range c.group(t) {
			add(l, func(to *Listing) (option, bool) { return c.grade(to, i) })
		}
	}
	for _, l := range c.named() {
		add(l, func(to *Listing) (option, bool) { return c.grade(to, 0) })
	}
	for _, l := range c.release.group(c.Technology) {
		for i := range l.with {
			best = c.settle(best, a, l, &l.with[i])
		}
	}
	if n := slices.IndexFunc(best, func(x option) bool { return x.lesser() }); n > 0 {
		best = best[:n]
	}
	return best
}

// keep adds an option where it is among the best: one for each other technology of the family,
// and of versions of one the widest that is listed.
func keep(best []option, x option) []option {
	for i := range best {
		y := &best[i]
		switch {
		case x.at != y.at || x.to.Tech != y.to.Tech:
		case x.step == StepTechnology && x.compare(y) >= 0, x.step != StepTechnology && x.to.Range.Within(y.to.Range):
			return best
		case x.step == StepTechnology, y.to.Range.Within(x.to.Range):
			*y = x
			slices.SortStableFunc(best, func(x, y option) int { return x.compare(&y) })
			return best
		}
	}
	best = append(best, x)
	slices.SortStableFunc(best, func(x, y option) int { return x.compare(&y) })
	return best[:min(len(best), maxMoves)]
}

// reaches reports whether a claim reaches the bar for just its versions, if need be once
// its condition is met.
func (l *Listing) reaches(bar fact.Verdict) bool {
	if len(l.with) > 0 {
		return !verdictOf(l.Status).Worse(bar)
	}
	return !l.verdict.Worse(bar)
}

// grade says how far it is to what is listed; false where nobody goes there: to an older
// version of the same series.
func (c *ComponentAnswer) grade(to *Listing, member int) (option, bool) {
	x := option{step: StepMajor, downgrade: c.Range.Relate(to.Range) == version.Above}
	sameSeries := c.Range.Within(to.cycle)
	switch {
	case sameSeries && x.downgrade:
		return x, false
	case to.Tech != c.Technology:
		x.step, x.order = StepTechnology, member+1
		if to.Tech == c.Technology.head {
			x.order = 0
		}
		if !c.Range.Within(to.Range) {
			x.order += len(c.Technology.head.members) + 1
		}
	case to.Range.Within(c.Range):
		x.step = StepPin
	case sameSeries && c.Range.SameSeries(to.Range):
		x.step = StepPatch
	case sameSeries:
		x.step = StepMinor
	}
	return x, true
}

// ends is the last day on which what is listed is maintained, where that is known, and
// whether it is past.
func (l *Listing) ends(today fact.Day) (fact.Day, bool) {
	if today == 0 {
		return 0, false
	}
	c := l.Component()
	life := c.lifecycle(today, lifecycle.Soon(today))
	return life.Ends(), life.State == fact.Ended
}

// Component is what is listed as a component to ask about.
func (l *Listing) Component() Component {
	return Component{Kind: l.Tech.Kind, Technology: l.Tech, Range: l.Range, printed: l.printed, display: l.display}
}

// settle adds the changes of another component that bring what a claim holds with to where
// it helps: met, or broken where the claim stands in the way.
func (c *ComponentAnswer) settle(best []option, a *Answer, l *Listing, k *condition) []option {
	wanted := met
	if verdictOf(l.Status).Worse(a.Require.Worst) {
		wanted = broken
	}
	if !c.Range.Overlaps(l.Range) || k.state(c.release, c.asked) == wanted {
		return best
	}
	for at := range a.Components {
		o := &a.Components[at]
		if o.Kind != k.kind.ID || o.Reason != "" || k.by(o.Component) == wanted {
			continue
		}
		for i := range c.release.listings {
			to := c.release.listings[i].current()
			one := to.Component()
			if to.Tech.kind != k.kind || to.impossible || !to.reaches(a.Require.Worst) || k.by(&one) != wanted {
				continue
			}
			x, ok := o.grade(to, i)
			if !ok {
				continue
			}
			x.at, x.to = at, to
			x.ends, x.ended = to.ends(a.today)
			best = keep(best, x)
		}
	}
	return best
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

// change replaces a component by what is listed.
func (c *ComponentAnswer) change(x *option) Change {
	change := Change{Kind: c.Kind, Step: x.step, From: c.Understood(), To: x.to.display, Downgrade: x.downgrade, Ends: x.ends, ended: x.ended}
	change.short = change.To
	if x.to.Tech == c.Technology {
		change.short = cmp.Or(x.to.printed, "any version")
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
		switch {
		case c.ended && c.Ends == 0:
			dst = append(dst, " (past its end of life)"...)
		case c.ended:
			dst = append(append(append(dst, " (past its end of life since "...), c.Ends.String()...), ')')
		case c.Downgrade:
			dst = append(dst, " (older)"...)
		}
	}
	return dst
}

// Offer is what a release lists of a kind, where no move leads there.
type Offer struct {
	Kind  *fact.Kind
	Names []string // "Red Hat Enterprise Linux 9", at most maxOffered
	More  int      // how many there are besides
}

// maxOffered is how many things of a kind an answer lists.
const maxOffered = 12

// offers tells what is listed of the kinds of the components that do not reach the bar, where
// no move is known.
func (m *Matrix) offers(a *Answer) []Offer {
	var all []Offer
	for i := range a.Components {
		c := &a.Components[i]
		kind := m.kinds[c.Kind]
		if kind == nil || !a.falls(c) || slices.ContainsFunc(all, func(o Offer) bool { return o.Kind == kind }) {
			continue
		}
		offer := Offer{Kind: kind}
		for _, l := range a.Release.values(kind, func(l *Listing) bool { return l.reaches(a.Require.Worst) }) {
			if _, ended := l.ends(a.today); ended {
				continue
			}
			if len(offer.Names) < maxOffered {
				offer.Names = append(offer.Names, l.display)
			} else {
				offer.More++
			}
		}
		if len(offer.Names) > 0 {
			all = append(all, offer)
		}
	}
	return all
}
