package compat_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/compat/plan"
	"github.com/testedon/testedon/compat/survey"
	"github.com/testedon/testedon/internal/sample"
	"github.com/testedon/testedon/version"
)

// This file holds laws between answers: what one says of a question, another has to say of
// a question that is related to it. Each is asked of the embedded catalogue and of random
// ones, and counts how often it had something to say.

// lawCase is a question at random, and its answer.
type lawCase struct {
	*world
	t        *testing.T
	random   *rand.Rand
	release  fact.Release
	ids      []string // of the technologies that something is stated of, and their families
	question compat.Question
	answer   compat.Answer
}

// holds asks random questions of a law. It tells of each how often it was held against
// anything.
func holds(t *testing.T, law func(*lawCase) int) {
	t.Helper()
	ds := sample.Catalogue(t).Dataset()
	random := rand.New(rand.NewPCG(14, 3))
	w := newWorld(build(t, ds), ds)
	held, usual := 0, questions(t, 1000)
	for range usual {
		held += w.law(t, random, law)
	}
	if t.Logf("%d of the catalogue", held); held < usual/50 {
		t.Errorf("only %d of %d questions to the catalogue had anything to hold", held, usual)
	}
	held = 0
	for range usual / 15 {
		ds := randomCatalogue(random)
		w := newWorld(build(t, ds), ds)
		for range 30 {
			held += w.law(t, random, law)
		}
	}
	if t.Logf("%d of random catalogues", held); held < usual/50 {
		t.Errorf("only %d of %d questions to random catalogues had anything to hold", held, usual*2)
	}
}

// law asks one random question of up to three components.
func (w *world) law(t *testing.T, random *rand.Rand, law func(*lawCase) int) int {
	c := lawCase{world: w, t: t, random: random, release: oneFrom(random, w.ds.Releases...)}
	at := c.release.Product + " " + c.release.Version
	for _, x := range w.ds.Technologies {
		if len(w.techs[x.ID].said[at]) > 0 {
			c.ids = append(c.ids, x.ID)
		}
	}
	if len(c.ids) == 0 {
		return 0
	}
	c.question = compat.Question{Product: c.release.Product, Release: c.release.Version}
	for range 1 + random.IntN(3) {
		c.question.Components = append(c.question.Components, c.draw())
	}
	if c.m.Check(c.question, &c.answer) != nil {
		return 0 // nothing but what everybody assumes
	}
	return law(&c)
}

// draw is a component at random that can be read.
func (c *lawCase) draw() compat.Component {
	for {
		_, text := c.ask(c.random, c.techs[oneFrom(c.random, c.ids...)])
		if read := c.m.Resolve(text); read.Reason == "" {
			return read
		}
	}
}

// with answers the question with other components.
func (c *lawCase) with(components []compat.Component) *compat.Answer {
	q, a := c.question, new(compat.Answer)
	q.Components = components
	if err := c.m.Check(q, a); err != nil {
		return nil
	}
	return a
}

// of is the answer about a component; nil where it is assumed.
func of(a *compat.Answer, one *compat.Component) *compat.ComponentAnswer {
	for i := range a.Components {
		if x := &a.Components[i]; x.Technology == one.Technology && x.Range.Equal(one.Range) {
			return x
		}
	}
	return nil
}

// told is what an answer says of the versions of a part.
func told(p compat.Condition) fact.Verdict {
	if p.When != "" {
		return fact.Conditional
	}
	return p.Verdict
}

// part gives the versions of a part of an answer.
func (c *lawCase) part(x *compat.ComponentAnswer, p compat.Condition) version.Range {
	id, r := x.Technology.ID, x.Range
	if p.Technology != nil {
		id = p.Technology.ID
	}
	if p.Range != "" {
		r = c.read(id, p.Range)
	}
	return r.Intersect(x.Range)
}

// wholes are the sets of versions that statements mean as a whole: what is said of such a
// set is said of no version in it.
func (c *lawCase) wholes(x *compat.ComponentAnswer) []version.Range {
	var all []version.Range
	for _, claim := range c.techs[x.Technology.ID].said[c.release.Product+" "+c.release.Version] {
		all = append(all, claim.units...)
	}
	return all
}

// splits reports whether some versions are a part of a set that is meant as a whole.
func splits(r version.Range, wholes []version.Range) bool {
	return slices.ContainsFunc(wholes, func(u version.Range) bool { return u.Overlaps(r) && !u.Within(r) })
}

// TestLawNarrowing: what is asked more narrowly is answered no worse than by the parts that
// were told of it.
func TestLawNarrowing(t *testing.T) {
	holds(t, func(c *lawCase) int {
		x := &c.answer.Components[0]
		narrow := c.draw()
		tech := c.techs[x.Technology.ID]
		if narrow.Technology != x.Technology || !narrow.Range.Overlaps(x.Range) {
			n := oneFrom(c.random, tech.numbers...)
			narrow = c.m.Resolve(compat.Asked{Kind: tech.Kind, Text: tech.ID + ":" + oneFrom(c.random, "", ">=", "<=", "<") + n})
		}
		narrow.Range = narrow.Range.Intersect(x.Range)
		if narrow = c.exactly(tech, narrow.Range); narrow.Reason != "" || narrow.Range.Equal(x.Range) || splits(narrow.Range, c.wholes(x)) {
			return 0
		}
		expected := x.Verdict
		for i, p := range x.Conditions {
			if i == 0 {
				expected = fact.Tested
			}
			if c.overlap(x, p, narrow.Range) {
				expected = worst(expected, told(p))
			}
		}
		a := c.with(c.instead(x, narrow))
		if a == nil || of(a, &narrow) == nil {
			return 0
		}
		if got := of(a, &narrow); ranks[got.Verdict] > ranks[expected] {
			t.Errorf("%s %s: %s %s is %s, and in it %s is %s, of which %v is told", c.release.Product, c.release.Version, tech.ID, x.Range, x.Verdict, narrow.Range, got.Verdict, x.Conditions)
		}
		return 1
	})
}

// overlap reports whether a part has versions of a range that exist.
func (c *lawCase) overlap(x *compat.ComponentAnswer, p compat.Condition, r version.Range) bool {
	return len(c.points(c.techs[x.Technology.ID], c.part(x, p).Intersect(r))) > 0
}

// exactly is a component of just some versions; unresolved where they cannot be written.
func (c *lawCase) exactly(t *slowTech, r version.Range) compat.Component {
	one := c.m.Resolve(compat.Asked{Kind: t.Kind, Text: t.ID + ":" + t.scheme.Print(r)})
	if one.Reason == "" && (r.IsEmpty() || !one.Range.Equal(r)) {
		one.Reason = "its notation folds it"
	}
	return one
}

// instead gives the components of the question, with another one in the place of one.
func (c *lawCase) instead(x *compat.ComponentAnswer, other compat.Component) []compat.Component {
	all := slices.Clone(c.question.Components)
	for i := range all {
		if all[i].Technology == x.Technology && all[i].Range.Equal(x.Range) {
			all[i] = other
		}
	}
	return all
}

// TestLawParts: the parts of an answer have no version in common and leave none out; each
// can be asked, and is answered as it was told.
func TestLawParts(t *testing.T) {
	holds(t, func(c *lawCase) int {
		held := 0
		for i := range c.answer.Components {
			x := &c.answer.Components[i]
			tech := c.techs[x.Technology.ID]
			if len(x.Conditions) == 0 || tech.Generic {
				continue
			}
			var all version.Range
			for _, p := range x.Conditions {
				r := c.part(x, p)
				if both := r.Intersect(all); len(c.points(tech, both)) > 0 {
					t.Errorf("%s %s %s: %s is in two parts of %v", tech.ID, x.Range, x.Verdict, both, x.Conditions)
				}
				all = all.Union(r)
				one := c.exactly(tech, r)
				if one.Reason != "" {
					if !strings.Contains(one.Reason, "folds") {
						t.Errorf("%s %s: the part %v cannot be asked: %s", tech.ID, x.Range, p, one.Reason)
					}
					continue
				}
				a := c.with(c.instead(x, one))
				if a == nil || of(a, &one) == nil {
					continue
				}
				if got := of(a, &one).Verdict; got != told(p) && !splits(r, c.wholes(x)) {
					t.Errorf("%s %s: %s %s tells that %v, asked alone it is %s", c.release.Product, c.release.Version, tech.ID, x.Range, p, got)
				}
				held++
			}
			if left := x.Range.Minus(all); len(c.points(tech, left)) > 0 {
				t.Errorf("%s %s %s: %s is in no part of %v", tech.ID, x.Range, x.Verdict, left, x.Conditions)
			}
		}
		return held
	})
}

// TestLawAdding: a component more leaves what is said of the others as it is, unless a
// condition asks for its kind, and never mends the whole without.
func TestLawAdding(t *testing.T) {
	holds(t, func(c *lawCase) int {
		added := c.draw()
		a := c.with(append(slices.Clone(c.question.Components), added))
		asked := slices.ContainsFunc(c.facts[c.release.Product+" "+c.release.Version], func(claim *slowClaim) bool {
			return slices.ContainsFunc(claim.With, func(with fact.Target) bool { return c.techs[with.Technology].Kind == added.Kind })
		})
		if a == nil || asked {
			return 0
		}
		for i := range c.answer.Components {
			before := &c.answer.Components[i]
			if after := of(a, before.Component); after == nil || after.Verdict != before.Verdict || after.Match != before.Match {
				t.Errorf("%s %s: %s %s was %s, and beside %s %s it is another", c.release.Product, c.release.Version, before.Technology.ID, before.Range, before.Verdict, added.Technology.ID, added.Range)
			}
		}
		if ranks[a.Verdict] < ranks[c.answer.Verdict] || a.Pass && !c.answer.Pass {
			t.Errorf("%s %s: %v was %s, and with %s %s it is %s", c.release.Product, c.release.Version, c.question.Components, c.answer.Verdict, added.Technology.ID, added.Range, a.Verdict)
		}
		return 1
	})
}

// TestLawSpelling: neither order nor repetition nor any way to write a component matters.
func TestLawSpelling(t *testing.T) {
	holds(t, func(c *lawCase) int {
		all := append(slices.Clone(c.question.Components), c.question.Components...)
		c.random.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		held := 0
		for i := range all {
			one, x := &all[i], c.techs[all[i].Technology.ID]
			text := one.VersionText()
			name := oneFrom(c.random, append(slices.Clone(x.Aliases), x.Name, x.ID)...)
			spelt := oneFrom(c.random, x.ID+":"+text, x.ID+"@"+text, strings.ToUpper(x.ID)+":"+text, name+" "+text, strings.ToLower(name)+" "+text, strings.ToUpper(name)+"  "+text)
			again := c.m.Resolve(compat.Asked{Kind: one.Kind, Text: spelt})
			exact := strings.HasPrefix(strings.ToLower(spelt), x.ID+":") || strings.HasPrefix(spelt, x.ID+"@")
			switch {
			case text == "" && exact: // nothing is written so
			case again.Reason == "" && again.Technology == one.Technology && again.Range.Equal(one.Range):
				held++
				*one = again
			case exact, again.Reason == "" && again.Technology == one.Technology:
				t.Errorf("%q is read as %v %s %s, not as %s %s", spelt, again.Technology, again.Range, again.Reason, x.ID, one.Range)
			}
		}
		a := c.with(all)
		if a == nil {
			t.Fatalf("%v is no question, and %v was", all, c.question.Components)
		}
		same := len(a.Components) == len(c.answer.Components) && a.Verdict == c.answer.Verdict && a.Pass == c.answer.Pass
		for i := range c.answer.Components {
			x := &c.answer.Components[i]
			got := of(a, x.Component)
			same = same && got != nil && got.Verdict == x.Verdict && got.Match == x.Match && len(got.Listed) == len(x.Listed) && fmt.Sprint(got.Conditions) == fmt.Sprint(x.Conditions)
		}
		if !same {
			t.Errorf("%s %s: %v is %s, and as %v it is %s", c.release.Product, c.release.Version, c.question.Components, c.answer.Verdict, all, a.Verdict)
		}
		return held
	})
}

// TestLawDoors: what is found, and what two releases are compared for, is what a check says
// of each.
func TestLawDoors(t *testing.T) {
	holds(t, func(c *lawCase) int {
		if c.random.IntN(15) > 0 {
			return 0
		}
		found, err := survey.Find(survey.FindQuestion{Products: c.m.Products(), Components: c.question.Components, Limit: 1000})
		if err != nil || found.Total != len(c.ds.Releases) || len(found.Answers) != found.Total {
			t.Fatalf("%v, %+v", err, found)
		}
		passing := 0
		checked := func(product, release string) *compat.Answer {
			c.question.Product, c.question.Release = product, release
			return c.with(c.question.Components)
		}
		for i := range found.Answers {
			a := &found.Answers[i]
			if a.Pass {
				passing++
			}
			if one := checked(a.Product.ID, a.Release.Version); one != nil {
				sameAnswer(t, "found", a, one)
			}
			if i > 0 && ranks[a.Verdict] < ranks[found.Answers[i-1].Verdict] && a.Pass == found.Answers[i-1].Pass {
				t.Errorf("%s is found after %s", a.Verdict, found.Answers[i-1].Verdict)
			}
		}
		if passing != found.Passing {
			t.Errorf("%d pass, of which %d are counted", passing, found.Passing)
		}
		releases := releaseOf(t, c.m, c.release.Product, c.release.Version).Of().Releases()
		from, to := oneFrom(c.random, releases...).Version, oneFrom(c.random, releases...).Version
		compared, err := survey.Compare(survey.CompareQuestion{From: releaseOf(t, c.m, c.release.Product, from), To: releaseOf(t, c.m, c.release.Product, to), Components: c.question.Components})
		if err != nil {
			return 1
		}
		if before := checked(c.release.Product, from); before != nil {
			sameAnswer(t, "compared", compared.Before, before)
		}
		if after := checked(c.release.Product, to); after != nil {
			sameAnswer(t, "compared", compared.After, after)
		}
		return 1
	})
}

func sameAnswer(t *testing.T, door string, a, one *compat.Answer) {
	t.Helper()
	same := a.Verdict == one.Verdict && a.Pass == one.Pass && len(a.Components) == len(one.Components) && len(a.Assumed) == len(one.Assumed)
	for i := 0; same && i < len(a.Components); i++ {
		same = a.Components[i].Verdict == one.Components[i].Verdict && a.Components[i].Match == one.Components[i].Match && a.Components[i].Why() == one.Components[i].Why()
	}
	if !same {
		t.Errorf("%s for %s %s: %s, checked: %s", door, a.Product.ID, a.Release.Version, a.Verdict, one.Verdict)
	}
}

// TestLawImpossible: versions that cannot be are nothing to change to and nothing to plan
// with, and nothing is near them.
func TestLawImpossible(t *testing.T) {
	holds(t, func(c *lawCase) int {
		held := 0
		exists := func(where string, x *compat.Technology, text string) {
			held++
			if text == "" {
				return
			}
			if one := c.m.Resolve(compat.Asked{Kind: x.Kind, Text: x.ID + ":" + text}); one.Reason != "" {
				t.Errorf("%s %s: %s %s is %s, and cannot be asked: %s", c.release.Product, c.release.Version, x.ID, text, where, one.Reason)
			}
		}
		for i := range c.answer.Components {
			x := &c.answer.Components[i]
			for _, near := range x.Nearest {
				exists("nearest", near.Tech, near.VersionText())
			}
			for _, p := range x.Conditions {
				about := x.Technology
				if p.Technology != nil {
					about = p.Technology
				}
				exists("a part", about, p.Range)
			}
		}
		for _, move := range c.answer.Moves {
			for _, change := range move.Changes {
				if move.Release != nil {
					continue
				}
				if one := c.m.Resolve(compat.Asked{Kind: change.Kind, Text: change.To}); change.To == "" || one.Reason != "" {
					t.Errorf("%s %s: %q is a move, and cannot be asked: %s", c.release.Product, c.release.Version, change.To, one.Reason)
				}
				held++
			}
		}
		if c.random.IntN(20) > 0 {
			return held
		}
		p, err := plan.New(plan.Question{Release: releaseOf(t, c.m, c.release.Product, c.release.Version), Strategy: plan.Each})
		if err != nil {
			return held
		}
		for _, d := range p.Dimensions {
			for _, l := range d.Values {
				exists("planned", l.Tech, l.VersionText())
			}
		}
		return held
	})
}

// TestLawMoves: a move leads where it says, nowhere twice, and to no older version within
// one series.
func TestLawMoves(t *testing.T) {
	holds(t, func(c *lawCase) int {
		seen := map[string]bool{}
		for _, move := range c.answer.Moves {
			where := c.release.Product + " " + c.release.Version + " " + move.Summary()
			if seen[where] || len(move.Changes) == 0 {
				t.Errorf("%s: twice, or nothing", where)
			}
			seen[where] = true
			to := slices.Clone(c.question.Components)
			release := c.release.Version
			for _, change := range move.Changes {
				if move.Release != nil {
					release = move.Release.Version
					continue
				}
				one := c.m.Resolve(compat.Asked{Kind: change.Kind, Text: change.To})
				x := slices.IndexFunc(c.answer.Components, func(x compat.ComponentAnswer) bool { return x.Kind == change.Kind && x.Understood() == change.From })
				if x < 0 || one.Reason != "" {
					t.Fatalf("%s: %+v of %v", where, change, to)
				}
				from := c.answer.Components[x].Component
				series := c.cycle(c.techs[from.Technology.ID], from.Range)
				if one.Technology == from.Technology && !series.IsEmpty() && one.Range.Within(series) && !one.Range.Overlaps(from.Range) && one.Range.Compare(from.Range) < 0 {
					t.Errorf("%s leads down within a series", where)
				}
				for i := range to {
					if to[i].Technology == from.Technology && to[i].Range.Equal(from.Range) {
						to[i] = one
					}
				}
			}
			c.question.Release = release
			if a := c.with(to); a == nil || !a.Pass || a.Verdict != move.Verdict {
				t.Errorf("%s is said to be %s; asked for, it is %v", where, move.Verdict, a)
			}
			c.question.Release = c.release.Version
		}
		return len(c.answer.Moves)
	})
}

// TestLawRelatives: what is made from a technology never passes for it, and what a provider
// runs of it is never tested, unless a page lists just that.
func TestLawRelatives(t *testing.T) {
	ds := sample.Catalogue(t).Dataset()
	w := newWorld(build(t, ds), ds)
	derived, managed, compatible := 0, 0, 0
	for _, r := range ds.Releases {
		at := r.Product + " " + r.Version
		for _, x := range w.techs {
			own := slices.ContainsFunc(w.facts[at], func(c *slowClaim) bool { return c.tech == x })
			if own || x.Derived == nil && x.Managed == nil {
				continue
			}
			texts := map[string]bool{x.ID + ":*": true}
			for _, c := range x.said[at] {
				if c.Version != "" {
					texts[x.ID+":"+c.covers.String()] = true
				}
			}
			for text := range texts {
				one := w.m.Resolve(compat.Asked{Kind: x.Kind, Text: text})
				for _, bar := range []fact.Verdict{fact.Tested, fact.Compatible, fact.Conditional} {
					var a compat.Answer
					if err := w.m.Check(compat.Question{Product: r.Product, Release: r.Version, Components: []compat.Component{one}, Require: compat.Require{Worst: bar}}, &a); err != nil {
						t.Fatal(err)
					}
					switch {
					case x.Derived != nil:
						if derived++; a.Pass || a.Verdict != fact.NotListed && a.Verdict != fact.Unresolved {
							t.Errorf("%s: %s is %s", at, text, a.Verdict)
						}
					case a.Verdict == fact.Tested || a.Pass && bar == fact.Tested:
						t.Errorf("%s: %s is %s", at, text, a.Verdict)
					default:
						managed++
						if a.Verdict == fact.Compatible {
							compatible++
						}
					}
				}
			}
		}
	}
	if derived < 1000 || managed < 1000 || compatible < 100 {
		t.Errorf("only %d derived, %d managed of which %d compatible", derived, managed, compatible)
	}
}
