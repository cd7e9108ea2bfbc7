package compat

import (
	"slices"

	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/compat/requirement"
)

// Check answers a question, in these steps:
//
//  1. Find the product and the release, and arrange the components (see Arrange).
//  2. Set aside what the release takes for granted (see assumes), and judge each
//     other component by itself (see judge).
//  3. The verdict of the environment is the worst of its components.
//  4. Look for recorded test runs of the whole environment. A failed one makes
//     the verdict incompatible; one of a part of it, conditional at best.
//     Two components that a statement says do not work together make it
//     incompatible too, or conditional where that holds for a part of the
//     versions asked for (see pair).
//  5. Name the kinds the release lists and the question leaves out.
//  6. Hold the resources and the deployment, where any are asked about, against
//     the requirements (see requirement.Release.Resources). Where some deployments need
//     more and none is named, the verdict is at best conditional. Where nothing else is
//     asked, resources give the verdict: compatible, conditional, incompatible, or not
//     listed where the documents say nothing of them.
//  7. Hold the answer against the bar the caller sets, or else the product; for resources alone it is
//     compatible, whatever the caller sets, as no document tests amounts. An unmet
//     requirement does not pass, whatever the bar, nor does a question with words that were not
//     understood: what they mean is an open condition, and the verdict is at best
//     conditional.
//  8. Where it does not pass, tell of the changes that took what was stated before (see
//     turn). Unless two components exclude each other or words were not understood,
//     look for the ways to one that passes (see moves); where there is none, tell what is
//     listed of what it asks for.
//
// It writes the answer into a, whose memory it uses again: a zero Answer is
// ready. The error is an *Error of code unknown_product, unknown_release or, for the
// deployment and where everything asked for is assumed, invalid, and a then holds nothing. Check takes no lock and reads nothing but the matrix.
func (m *Matrix) Check(q Question, a *Answer) error {
	rel, err := m.Release(q.Product, q.Release)
	if err != nil {
		a.Clear()
		return err
	}
	if err = rel.Check(q, a); err == nil && rel.product.Taken(q.Release, rel) != "" {
		a.AskedRelease = q.Release
	}
	return err
}

// Check answers a question about the release as [Matrix.Check] does, whichever product and
// release the question names.
func (r *Release) Check(q Question, a *Answer) (err error) {
	var resources *requirement.ResourcesAnswer
	if q.Resources != nil {
		if resources, err = r.stated.Resources(q.Resources); err != nil {
			a.Clear()
			return err
		}
	}
	r.product.m.answer(r, q, resources, a)
	if len(a.Components) == 0 && len(a.Assumed) > 0 && (resources == nil || len(q.Resources.Amounts) == 0) {
		err := NothingWeighed(a.Assumed, r.kinds)
		a.Clear()
		return err
	}
	return nil
}

// Assess answers a question as Check does, but looks for no way to an environment that
// passes, weighs no resources, and takes a question of which nothing is left but what is
// assumed.
func (r *Release) Assess(q Question, a *Answer) {
	r.product.m.conclude(r, q, nil, a)
	a.tellNear()
}

// Weigh answers a question as Assess does, for those who look for one answer among many: it tells
// neither what is listed near to what is not, which takes as long as all else, nor of recorded runs.
func (r *Release) Weigh(q Question, a *Answer) { r.product.m.conclude(r, q, nil, a) }

// Passes reports whether the components of a question pass for the release, and looks for
// nothing to move to: in a product of thousands of releases that takes seconds.
func (r *Release) Passes(q Question) bool {
	var a Answer
	r.Weigh(q, &a)
	return a.Pass && len(a.Components) > 0
}

// answer takes the steps of Check but for the first, the resources weighed.
func (m *Matrix) answer(rel *Release, q Question, resources *requirement.ResourcesAnswer, a *Answer) {
	m.conclude(rel, q, resources, a)
	a.tellNear()
	for i := range a.Components {
		if c := &a.Components[i]; c.Verdict.Worse(a.Require.Worst) {
			c.Turn = a.turn(c, q, resources)
		}
	}
	if a.Pass || a.conflict != without || len(a.Unread) > 0 {
		return
	}
	if a.Moves = m.moves(a); len(a.Moves) == 0 {
		a.Offers = m.offers(a)
	}
}

// tellNear tells of each component what is near to it: what is listed, where it is not, and the
// recorded runs.
func (a *Answer) tellNear() {
	for i := range a.Components {
		c := &a.Components[i]
		if c.Reason == "" && len(c.Listed) == 0 {
			c.tellNearest()
		}
		c.Runs = a.Release.with(c.Component)
	}
}

// conclude takes the steps of answer but for what tellNear tells and the last two things.
func (m *Matrix) conclude(rel *Release, q Question, resources *requirement.ResourcesAnswer, a *Answer) {
	a.Clear()
	a.Unread = q.Unread
	q.Components = m.Arrange(q.Components)
	a.Require, a.Product, a.Release = q.Require, rel.product, rel
	a.Revision, a.Digest, a.Resources, a.asked = m.ds.Revision, m.ds.Digest, resources, q.Components
	if a.RequireBy = "caller"; a.Require.Worst == "" {
		a.Require.Worst, a.RequireBy = rel.product.bar()
	}
	a.Components = slices.Grow(a.Components, len(q.Components))
	for i := range q.Components {
		if c := &q.Components[i]; rel.assumes(c, q.Components) {
			a.Assumed = append(a.Assumed, c)
		} else {
			a.Components = append(a.Components, ComponentAnswer{Component: c, release: rel, asked: q.Components, memory: &a.memory})
			a.Components[len(a.Components)-1].decide()
		}
	}
	if len(a.Components) == 0 && resources != nil {
		a.Require, a.RequireBy = Require{Worst: fact.Compatible}, "default"
	}
	a.today, a.AsOf = q.Today, q.AsOf
	a.date(q.Today)
	a.findStale(q.Today)
	a.Combination = rel.combination(a.Components)
	a.pair(m)
	a.Verdict = a.overall(a.worst())
	a.Unchecked = rel.unchecked(a.Unchecked, q.Components)
	a.Advisories = a.advisories()
	a.Pass = a.passes()
}

// overall is the verdict of the whole environment, the worst of whose components has this one.
func (a *Answer) overall(worst fact.Verdict) fact.Verdict {
	switch {
	case a.Combination.Result == fact.Failed || a.conflict == certain:
		worst = fact.Incompatible
	case len(a.Components) == 0 && a.Resources != nil:
		worst = a.Resources.Verdict()
	case a.conflict == possible || a.Combination.doubted:
		worst = worst.AtBest(fact.Conditional)
	}
	if len(a.Unread) > 0 || a.Resources != nil && a.Resources.Open() {
		return worst.AtBest(fact.Conditional)
	}
	return worst
}

// Clear empties an answer and keeps its memory. It lets go of the matrix.
func (a *Answer) Clear() {
	clear(a.Components)
	clear(a.Assumed)
	clear(a.Moves)
	clear(a.Stale)
	a.memory.clear()
	*a = Answer{Components: a.Components[:0], Assumed: a.Assumed[:0], Unchecked: a.Unchecked[:0], Moves: a.Moves[:0], Stale: a.Stale[:0], memory: a.memory, trial: a.trial}
}

// worst is the worst verdict of the components. Nothing asked is nothing listed.
func (a *Answer) worst() fact.Verdict {
	if len(a.Components) == 0 {
		return fact.NotListed
	}
	worst := fact.Tested
	for i := range a.Components {
		if v := a.Components[i].Verdict; v.Worse(worst) {
			worst = v
		}
	}
	return worst
}

// passes holds the answer against the bar.
func (a *Answer) passes() bool {
	return a.reaches(a.Verdict) && (!a.Require.Exact || !slices.ContainsFunc(a.Components, inexact))
}

// reaches reports whether the environment, having this verdict, reaches the bar in all that no
// component decides alone.
func (a *Answer) reaches(overall fact.Verdict) bool {
	return len(a.Unread) == 0 && !overall.Worse(a.Require.Worst) && (a.Resources == nil || a.Resources.Met) &&
		(!a.Require.Combination || a.Combination.Result == fact.Passed)
}

// Waivable reports whether it is only components by themselves that keep the answer from passing,
// all of which were understood: who accepts each of them may let it pass.
func (a *Answer) Waivable() bool {
	return !a.Pass && len(a.Components) > 0 && a.reaches(a.overall(fact.Tested)) &&
		!slices.ContainsFunc(a.Components, func(c ComponentAnswer) bool { return c.Verdict == fact.Unresolved })
}

func inexact(c ComponentAnswer) bool { return c.Match != fact.MatchExact }

// unchecked appends the kinds that the release lists environments of and the
// question leaves out.
func (r *Release) unchecked(left []string, asked []Component) []string {
	for _, k := range r.kinds {
		i := 0
		for i < len(asked) && !asked[i].isOf(k) {
			i++
		}
		if i == len(asked) {
			left = append(left, k.ID)
		}
	}
	return left
}

// isOf reports whether a component was asked for as one of a kind.
func (c *Component) isOf(k *fact.Kind) bool {
	if c.Technology != nil {
		return c.Technology.kind == k
	}
	return c.Kind == k.ID
}

// advisories gathers those of the components, each once.
func (a *Answer) advisories() []*fact.Advisory {
	var all []*fact.Advisory
	for i := range a.Components {
		for _, adv := range a.Components[i].Advisories {
			if !slices.Contains(all, adv) {
				all = append(all, adv)
			}
		}
	}
	return all
}
