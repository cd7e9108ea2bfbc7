package compat

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/internal/order"
	"github.com/testedon/testedon/message"
	"github.com/testedon/testedon/version"
)

const (
	maxMoves = 3  // ways by other versions that an answer names; one to another release besides
	maxTried = 60 // environments that are judged to find them
	maxNewer = 50 // newer releases that are looked at
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

var steps = [...]Step{StepPin, StepPatch, StepMinor, StepMajor, StepTechnology, StepRelease}

// The places of steps.
const (
	toPin = iota
	toPatch
	toMinor
	toMajor
	toTechnology
)

// option is what a component could be changed to.
type option struct {
	at        int      // place of the component in the answer
	to        *Listing // under the name that its versions can be asked by
	step      int      // place of steps
	downgrade bool
	ended     bool // it is past its end of life on the day asked about
	order     int  // among options of one step, the lowest first; then the nearest
}

// lesser reports whether the option is one to take only where there is no other.
func (x *option) lesser() bool { return x.downgrade || x.ended }

// asGood reports whether two options are as good but for how far they go.
func (x *option) asGood(y *option) bool { return x.ended == y.ended && x.downgrade == y.downgrade }

// compare orders options, the best first: maintained and no downgrade, then the smallest
// step, then what is nearest.
func (x *option) compare(y *option) int {
	if order := cmp.Or(compareBool(x.ended, y.ended), compareBool(x.downgrade, y.downgrade),
		cmp.Compare(x.step, y.step), cmp.Compare(x.order, y.order)); order != 0 {
		return order
	}
	if x.downgrade || x.step == toPin { // the highest first, by where it ends
		return y.to.Range.CompareEnd(x.to.Range)
	}
	return x.to.Range.Compare(y.to.Range)
}

// moves looks for ways to an environment that passes. Each component that does not reach
// the bar needs a change; the best change of each makes the first way, and the others
// differ from it in as few as can be. Where components bear on each other, each way is judged
// as a whole. Where a newer release of the product lists what is asked for, that is a way too.
func (m *Matrix) moves(a *Answer) []Move {
	t := a.trial
	if t == nil {
		t = &trial{}
		a.trial = t
	}
	t.m, t.of, t.bar, t.tried, t.options = m, a, Require{Worst: a.Require.Worst, Exact: a.Require.Exact}, 0, t.options[:0]
	for i := range a.Components {
		if c := &a.Components[i]; a.Fails(c) {
			t.options = append(t.options, options{})
			c.options(a, i, &t.options[len(t.options)-1])
		}
	}
	moves := a.Moves
	if len(t.options) > 0 { // else the bar is one that no change of version reaches
		moves = t.newer(t.ways(moves))
	}
	t.answer.Clear()
	t.m, t.of = nil, nil
	return moves
}

// Fails reports whether a component of the answer does not reach the bar.
func (a *Answer) Fails(c *ComponentAnswer) bool { return a.Require.Fails(c.Verdict, c.Match) }

// trial finds the environments that changes lead to.
type trial struct {
	m       *Matrix
	of      *Answer
	bar     Require
	options []options // of each component that does not reach the bar
	chosen  []*option
	asked   []Component
	answer  Answer
	tried   int
}

// ways appends the moves of the options: that of the best of each, then those that differ
// from it in few.
func (t *trial) ways(moves []Move) []Move {
	most := 0
	for i := range t.options {
		if t.options[i].n == 0 {
			return moves
		}
		most += t.options[i].n - 1
	}
	t.chosen = slices.Grow(t.chosen[:0], len(t.options))[:len(t.options)]
	for sum := 0; sum <= most && len(moves) < maxMoves && t.tried < maxTried; sum++ {
		start := len(moves)
		moves = t.choose(moves, 0, sum)
		order.Stable(moves[start:], func(x, y Move) int { return cmp.Compare(x.steps, y.steps) })
	}
	return moves[:min(len(moves), maxMoves)]
}

// choose tries all choices the places of which add up to a sum, and appends those that pass.
func (t *trial) choose(moves []Move, at, sum int) []Move {
	if at == len(t.chosen) {
		if sum > 0 {
			return moves
		}
		if move, ok := t.move(); ok && !slices.ContainsFunc(moves, func(o Move) bool { return slices.Equal(o.Changes, move.Changes) }) {
			moves = append(moves, move)
		}
		return moves
	}
	for i := range min(sum+1, t.options[at].n) {
		t.chosen[at] = &t.options[at].all[i]
		moves = t.choose(moves, at+1, sum-i)
	}
	return moves
}

// move is the way of the chosen changes; the boolean tells whether it leads to an
// environment that passes.
func (t *trial) move() (Move, bool) {
	if t.tried++; t.tried > maxTried {
		return Move{}, false
	}
	a, move := t.of, Move{Verdict: fact.Tested, words: t.m.words}
	start := len(a.memory.changes)
	for i, x := range t.chosen {
		if slices.ContainsFunc(t.chosen[:i], func(o *option) bool { return o.at == x.at && o.to != x.to }) {
			return move, false // two changes of one component
		}
		if change := a.Components[x.at].change(x, a.today); !slices.Contains(a.memory.changes[start:], change) {
			a.memory.changes = append(a.memory.changes, change)
		}
		move.steps += x.step
		move.Verdict = move.Verdict.AtBest(x.to.verdict)
	}
	move.Changes = a.memory.changes[start:len(a.memory.changes):len(a.memory.changes)]
	if !a.Release.Interacts() && !t.bar.Exact {
		for i := range a.Components {
			if c := &a.Components[i]; !a.Fails(c) {
				move.Verdict = move.Verdict.AtBest(c.Verdict)
			}
		}
		return move, true
	}
	t.asked = append(t.asked[:0], a.asked...)
	for _, x := range t.chosen {
		t.asked[a.place(a.Components[x.at].Component)] = x.to.Component()
	}
	t.m.conclude(a.Release, Question{Components: t.asked, Require: t.bar}, nil, &t.answer)
	move.Verdict = t.answer.Verdict
	return move, t.answer.Pass
}

// failed reports whether a run of the release that failed is on record.
func (r *Release) failed() bool {
	return slices.ContainsFunc(r.configurations, func(run *Run) bool { return run.Fails() })
}

// newer adds the move to the nearest newer release in which the environment passes as it is:
// before those that lead down or to what has ended, after others.
func (t *trial) newer(moves []Move) []Move {
	a := t.of
	all := a.Release.product.ordered
	at := slices.Index(all, a.Release)
	for i := at - 1; i >= max(0, at-maxNewer); i-- {
		r := all[i]
		if r.provisional && !a.Release.provisional || !t.reached(r) || isPreRelease(r.Version) {
			continue
		}
		t.m.conclude(r, Question{Components: a.asked, Require: t.bar}, nil, &t.answer)
		if t.answer.Pass {
			newer := Move{Release: r, Verdict: t.answer.Verdict, words: r.Words(), Changes: []Change{{
				Kind: "release", Step: StepRelease, From: a.Release.Title(), To: r.Title(), short: r.Version}}}
			if len(moves) > 0 && slices.ContainsFunc(moves[0].Changes, func(c Change) bool { return c.Downgrade || c.ended }) {
				return slices.Insert(moves, 0, newer)
			}
			return append(moves, newer)
		}
	}
	return moves
}

// reached reports whether each component that does not reach the bar does so in another
// release.
func (t *trial) reached(r *Release) bool {
	for i := range t.of.Components {
		c := &t.of.Components[i]
		if !t.of.Fails(c) {
			continue
		}
		if c.Technology == nil || !slices.ContainsFunc(r.groups, func(g group) bool { return g.tech.head == c.Technology.head }) {
			return false
		}
		after := ComponentAnswer{Component: c.Component, release: r, asked: t.of.asked, memory: &t.answer.memory}
		if after.decide(); t.of.Fails(&after) {
			return false
		}
	}
	return true
}

// options are the best ways to change one component, the best first.
type options struct {
	all [maxMoves]option
	n   int
}

// options looks for claims to change a component to: on the technology itself, on another name
// of it, on its relatives, and what brings a condition to where it helps.
func (c *ComponentAnswer) options(a *Answer, at int, best *options) {
	if c.Reason != "" {
		return
	}
	place := 0
	for t, claims := range c.family() {
		if place++; t != c.Technology {
			for _, l := range claims {
				best.try(a, at, l, place)
			}
		}
	}
	for _, l := range c.ownClaims() {
		best.try(a, at, l, 0)
	}
	for _, l := range c.release.group(c.Technology) {
		for i := range l.with {
			c.settle(best, a, l, &l.with[i])
		}
	}
	for best.n > 1 && best.all[best.n-1].lesser() && !best.all[0].asGood(&best.all[best.n-1]) {
		best.n--
	}
}

// try adds the change of the component at a place of the answer to what a claim lists, where
// that reaches the bar. Of what has the same step the lowest order goes first.
func (o *options) try(a *Answer, at int, l *Listing, order int) {
	c, to := &a.Components[at], l.current()
	if to.impossible || !to.reaches(a.Require.Worst) || to.Tech == c.Technology && to.Range.Equal(c.Range) {
		return
	}
	if x, ok := c.grade(to, order); ok {
		x.at, x.to = at, to
		o.keep(x, a.today)
	}
}

// keep adds an option where it is among the best: one for each other technology of the family,
// and of versions of one the widest that is listed.
func (o *options) keep(x option, today fact.Day) {
	x.ended = x.to.Tech.Ended || x.to.ended(today)
	for i := range o.all[:o.n] {
		y := &o.all[i]
		switch {
		case x.at != y.at || x.to.Tech != y.to.Tech:
			continue
		case x.step == toTechnology && x.compare(y) >= 0, x.step != toTechnology && x.to.Range.Within(y.to.Range):
			return
		case x.step != toTechnology && !y.to.Range.Within(x.to.Range):
			continue
		}
		copy(o.all[i:], o.all[i+1:o.n])
		o.n--
		break
	}
	at := o.n
	for at > 0 && x.compare(&o.all[at-1]) < 0 {
		at--
	}
	if at == maxMoves {
		return
	}
	o.n = min(o.n+1, maxMoves)
	copy(o.all[at+1:o.n], o.all[at:])
	o.all[at] = x
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
func (c *ComponentAnswer) grade(to *Listing, order int) (option, bool) {
	x := option{step: toMajor, downgrade: c.Range.Relate(to.Range) == version.Above}
	switch {
	case x.downgrade && (c.Range.Overlaps(to.cycle) || to.Tech == c.Technology && to.Range.Within(to.Tech.cycleOf(c.Range))), to.vague() && !c.Range.IsAll():
		return x, false
	case to.Tech != c.Technology:
		x.step, x.order = toTechnology, order
		if to.Tech == c.Technology.head {
			x.order = 0
		}
		if !c.Range.Within(to.Range) {
			x.order += len(c.Technology.head.members) + 1
		}
	case to.Range.Within(c.Range):
		x.step = toPin
	case !c.Range.Within(to.cycle):
	case c.Range.SameSeries(to.Range):
		x.step = toPatch
	default:
		x.step = toMinor
	}
	return x, true
}

// ended reports whether what is listed is past its end of life.
func (l *Listing) ended(today fact.Day) bool {
	return today != 0 && l.life != nil && l.life.State(today) == fact.Ended
}

// Component is what is listed as a component to ask about.
func (l *Listing) Component() Component {
	return Component{Kind: l.Tech.Kind, Technology: l.Tech, Range: l.Range, printed: l.printed, display: l.display}
}

// settle adds the changes of another component that bring what a claim holds with to where
// it helps: met, or broken where the claim stands in the way.
func (c *ComponentAnswer) settle(best *options, a *Answer, l *Listing, k *condition) {
	wanted := met
	if verdictOf(l.Status).Worse(a.Require.Worst) {
		wanted = broken
	}
	if !c.Range.Overlaps(l.Range) || k.state(c.release, c.asked) == wanted {
		return
	}
	for at := range a.Components {
		o := &a.Components[at]
		if !o.isOf(k.kind) || o.Reason != "" || k.by(o.Component) == wanted {
			continue
		}
		for i, l := range c.release.listings {
			if one := l.current().Component(); l.Tech.kind == k.kind && k.by(&one) == wanted {
				best.try(a, at, l, i)
			}
		}
	}
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
func (c *ComponentAnswer) change(x *option, today fact.Day) Change {
	change := Change{Kind: c.Kind, Step: steps[x.step], From: c.Understood(), To: x.to.display, Downgrade: x.downgrade, ended: x.ended}
	if today != 0 && x.to.life != nil {
		change.Ends = x.to.life.EndDay()
	}
	change.short = change.To
	if x.to.Tech == c.Technology {
		change.short = cmp.Or(x.to.printed, c.release.Words().Text("move.any"))
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
		state, ends := "", ""
		switch {
		case c.ended:
			state, ends = "ended", c.Ends.Text()
		case c.Downgrade:
			state = "older"
		}
		dst = m.words.Append(dst, message.Find("move.change"), c.From, c.short, state, ends)
	}
	return dst
}

// Offer is what a release lists of a kind, where no move leads there.
type Offer struct {
	Kind  *fact.Kind
	Names []string // "Red Hat Enterprise Linux 9", "MariaDB 10.5 (past its end of life)", at most maxOffered
	More  int      // how many there are besides
	Ended bool     // all of them are past their end of life
	words *message.Language
}

// Text says it in a line: "Listed operating systems: Red Hat Enterprise Linux 9, Ubuntu
// 24.04 and 3 more".
func (o Offer) Text() string {
	names := o.Names
	if o.More > 0 {
		names = append(names, o.words.Text("offer.more", strconv.Itoa(o.More)))
	}
	return o.words.Text("offer.listed", cmp.Or(o.Kind.Plural, o.Kind.Name), o.words.And(names), strconv.FormatBool(o.Ended))
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
		if kind == nil || !a.Fails(c) || slices.ContainsFunc(all, func(o Offer) bool { return o.Kind == kind }) {
			continue
		}
		of := offering{a.Release, kind, a.Require.Worst, a.today}
		if offer := m.offered.Get(of, of.offer); len(offer.Names) > 0 {
			all = append(all, offer)
		}
	}
	return all
}

// offering is what an offer depends on.
type offering struct {
	release *Release
	kind    *fact.Kind
	bar     fact.Verdict
	today   fact.Day
}

// keptOffers is how many offers are kept: to name the versions takes a tenth of an answer.
const keptOffers = 512

func (o offering) offer() Offer {
	names, ended := o.release.yes(o.kind, o.bar, o.today)
	shown := min(len(names), maxOffered)
	return Offer{Kind: o.kind, Names: slices.Clip(names[:shown]), More: len(names) - shown, Ended: ended, words: o.release.Words()}
}

// yes names what the release lists of a kind and does not advise against: what reaches a bar
// first, then what is past its end of life, marked where it is not all, and what cannot be. What
// is on no page is marked.
func (r *Release) yes(kind *fact.Kind, bar fact.Verdict, today fact.Day) (names []string, ended bool) {
	var past, marked, absent []string
	name := r.Words().Text
	for _, reaching := range []bool{true, false} {
		for _, l := range r.listings {
			l = l.current()
			if l.Tech.kind != kind || l.SaysNo() || l.reaches(bar) != reaching || !l.Paged() && slices.ContainsFunc(r.group(l.Tech), l.onPage) {
				continue
			}
			switch {
			case l.impossible:
				absent = fact.AppendNew(absent, name("offer.name", l.Label, "absent", ""))
			case l.ended(today):
				past = fact.AppendNew(past, name("offer.name", l.display, l.from(), ""))
				marked = fact.AppendNew(marked, name("offer.name", l.display, l.from(), "ended"))
			default:
				names = fact.AppendNew(names, name("offer.name", l.display, l.from(), ""))
			}
		}
	}
	if len(past) > 0 && len(names)+len(absent) == 0 {
		return past, true
	}
	return slices.Concat(names, marked, absent), false
}
