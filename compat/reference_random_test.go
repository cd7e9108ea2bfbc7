package compat_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"testing"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/internal/sample"
	"github.com/testedon/testedon/version"
)

// questions is how many random questions are asked of the real catalogue, and of random ones.
// FUZZ=200000 asks more.
func questions(t *testing.T, usual int) int {
	if text := os.Getenv("FUZZ"); text != "" {
		n, err := strconv.Atoi(text)
		if err != nil {
			t.Fatalf("FUZZ is %q, which is no number", text)
		}
		return n
	}
	if testing.Short() || raced {
		return usual / 25
	}
	return usual
}

// oneFrom is one of several at random.
func oneFrom[T any](random *rand.Rand, all ...T) T { return all[random.IntN(len(all))] }

// randomCatalogue states anything of a few technologies: with every status, authority and
// day, about a release or its platform, under conditions, withdrawn, shipped and tested.
func randomCatalogue(random *rand.Rand) *fact.Dataset {
	cite := fact.Citation{Source: "s0", Section: "Section", Quote: "Quote"}
	ds := &fact.Dataset{
		Kinds:     []fact.Kind{{ID: "db", Name: "database", Order: 1}, {ID: "cpu", Name: "processor", Order: 2, Baseline: "x86"}},
		Platforms: []fact.Platform{{ID: "base", Name: "Base", Vendor: "V"}},
		Products:  []fact.Product{{ID: "p", Name: "P", Vendor: "V", Platform: "base"}},
		Releases:  []fact.Release{{Product: "p", Version: "1"}, {Product: "p", Version: "2"}},
		Technologies: []fact.Technology{
			{ID: "old", Name: "Old", Kind: "db", Scheme: "dotted", Cycles: []fact.Cycle{{Version: "2"}, {Version: "2.1"}, {Version: "4", First: oneFrom(random, "", "", "4.1")}}, Complete: random.IntN(3) == 0, Ended: random.IntN(3) == 0,
				Successors: []fact.Successor{{Technology: "new", Same: oneFrom(random, ">=3", "2 - 3", ">=2.1"), Note: "N.", Citation: cite}},
				Policies:   []fact.Policy{{Within: oneFrom(random, "2", ">=2.1", "*"), Note: "P.", Citation: cite}}},
			{ID: "new", Name: "New", Kind: "db", Scheme: "dotted", Family: "old", Cycles: []fact.Cycle{{Version: "3"}},
				Policies: []fact.Policy{{Within: oneFrom(random, "3", ">=2"), Note: "P.", Citation: cite}}},
			{ID: "any", Name: "Any", Kind: "db", Scheme: "dotted", Family: "old", Generic: true},
			{ID: "kin", Name: "Kin", Kind: "db", Scheme: "dotted", Family: "old"},
			{ID: "run", Name: "Run", Kind: "db", Scheme: "dotted", Managed: &fact.Relative{Technology: oneFrom(random, "old", "new"), Note: "M.", Citation: cite}},
			{ID: "made", Name: "Made", Kind: "db", Scheme: "dotted", Derived: &fact.Relative{Technology: oneFrom(random, "old", "new"), Note: "D.", Citation: cite}},
			{ID: "x86", Name: "X86", Kind: "cpu", Scheme: "dotted"},
			{ID: "arm", Name: "Arm", Kind: "cpu", Scheme: "dotted"},
		},
	}
	day := func() string { return oneFrom(random, "", "2020-01-01", "2021-01-01", "2022-01-01", "2023-01-01") }
	for n, authority := range []fact.Authority{fact.Official, fact.Official, fact.Site, fact.Unconfirmed, fact.Fork} {
		ds.Sources = append(ds.Sources, fact.Source{ID: fmt.Sprintf("s%d", n), Title: "S", Authority: authority, Date: day()})
	}
	for _, id := range []string{"old", "new"} {
		for _, series := range []string{"2", "3"} {
			ds.Lifecycles = append(ds.Lifecycles, fact.Lifecycle{ID: id + "/" + series, Technology: id, Version: series, Released: oneFrom(random, "2019-01-01", "2021-06-01"),
				Ends: oneFrom(random, "", "2022-06-01", "2025-01-01"), Latest: series + ".2", LatestReleased: oneFrom(random, "2021-12-01", "2022-12-01"), Citation: cite})
		}
	}
	ids := []string{"old", "new", "any", "kin", "run", "made", "x86", "arm"}
	for n := range 2 + random.IntN(12) {
		c := fact.Claim{ID: fmt.Sprintf("p/%02d", n), Product: "p", Release: oneFrom(random, "1", "1", "2"), Technology: oneFrom(random, ids...),
			Label: "l", Version: oneFrom(random, "", "1", "2", "3", "4", "2.1", "2.2", "3.1", ">=3", "<2.1", "2 - 3", "1 || 3", "2.1.5"),
			Status: oneFrom(random, append(slices.Clone(fact.Statuses), fact.StatusTested, fact.StatusTested, fact.StatusIncompatible)...), Term: fact.Term{Since: day()},
			Exclusive: random.IntN(15) == 0, Citation: fact.Citation{Source: fmt.Sprintf("s%d", random.IntN(5))}}
		if random.IntN(5) == 0 {
			c.Platform, c.Product, c.Release = "base", "", ""
			c.ID = fmt.Sprintf("base/%02d", n)
		}
		if random.IntN(10) == 0 {
			c.Until, c.EndedBy, c.Since = "2024-01-01", "s0", ""
		}
		switch random.IntN(6) {
		case 0:
			c.When = "sometimes"
		case 1:
			c.When = "there"
			for range 1 + random.IntN(2) {
				with := oneFrom(random, ids...)
				if ds.Technologies[slices.Index(ids, with)].Kind != ds.Technologies[slices.Index(ids, c.Technology)].Kind {
					c.With = append(c.With, fact.Target{Technology: with, Version: oneFrom(random, "", "2", "3")})
				}
			}
		}
		ds.Claims = append(ds.Claims, c)
	}
	for n := range random.IntN(4) {
		parts := []fact.Target{{Technology: oneFrom(random, "old", "new", "kin"), Version: oneFrom(random, "", "2", "2.1", "3.1.4")}, {Technology: "arm", Version: "1"}}
		if random.IntN(2) == 0 {
			ds.Images = append(ds.Images, fact.Image{ID: fmt.Sprintf("p/1/i%d", n), Product: "p", Release: "1", Components: parts, Path: "Dockerfile", Tag: "v1",
				Date: oneFrom(random, "2020-06-01", "2023-06-01"), Citation: fact.Citation{Source: fmt.Sprintf("s%d", random.IntN(5))}})
		} else {
			ds.Configurations = append(ds.Configurations, fact.Configuration{ID: fmt.Sprintf("run%d", n), Product: "p", Release: "1", Components: parts,
				Result: fact.Passed, Date: oneFrom(random, "2020-06-01", "2023-06-01"), Citation: fact.Citation{Source: fmt.Sprintf("s%d", random.IntN(5))}})
		}
	}
	return ds
}

// ask draws a component of a question: a version that some fact is about, a range or a
// union of such, every version, or, seldom, what cannot be read.
func (w *world) ask(random *rand.Rand, t *slowTech) (slowAsked, compat.Asked) {
	if random.IntN(200) == 0 {
		return slowAsked{kind: t.Kind}, compat.Asked{Kind: t.Kind, Text: "Fubar 1"}
	}
	number := func() string { return oneFrom(random, t.numbers...) }
	var text string
	switch random.IntN(9) {
	case 0:
		text = ">=" + number()
	case 1:
		text = "<" + number()
	case 2, 3:
		text = number() + " - " + number()
	case 4:
		text = number() + " || >=" + number()
	case 5:
		return slowAsked{kind: t.Kind, tech: t, of: version.All()}, compat.Asked{Kind: t.Kind, Text: t.ID + ":*"}
	default:
		text = number()
	}
	of, err := t.scheme.Parse(text)
	if err != nil || of.IsEmpty() {
		return w.ask(random, t) // nothing of a technology is so written, or lies between
	}
	return slowAsked{kind: t.Kind, tech: t, of: of}, compat.Asked{Kind: t.Kind, Text: t.ID + ":" + text}
}

// TestReferenceCatalogue asks random questions about every release of the catalogue.
func TestReferenceCatalogue(t *testing.T) {
	ds := sample.Catalogue(t).Dataset()
	m := build(t, ds)
	w := newWorld(m, ds)
	random := rand.New(rand.NewPCG(14, 1))
	ids := map[string][]string{}
	for _, r := range ds.Releases {
		at := r.Product + " " + r.Version
		for _, c := range w.facts[at] {
			for _, o := range w.techs {
				if o.head == w.techs[c.Technology].head && !slices.Contains(ids[at], o.ID) {
					ids[at] = append(ids[at], o.ID)
				}
			}
		}
		slices.Sort(ids[at])
	}
	seen := tally{}
	for range questions(t, 50_000) {
		r := oneFrom(random, ds.Releases...)
		at := r.Product + " " + r.Version
		if len(ids[at]) > 0 {
			w.hold(t, random, r, ids[at], seen)
		}
	}
	seen.enough(t, fact.Incompatible)
}

// TestReferenceRandom asks random questions about random catalogues.
func TestReferenceRandom(t *testing.T) {
	random := rand.New(rand.NewPCG(14, 2))
	ids := []string{"old", "new", "any", "kin", "run", "made", "x86", "arm"}
	seen := tally{}
	for range questions(t, 50_000) / 50 {
		ds := randomCatalogue(random)
		w := newWorld(build(t, ds), ds)
		for range 50 {
			w.hold(t, random, oneFrom(random, ds.Releases...), ids, seen)
		}
	}
	seen.enough(t)
}

// tally counts the verdicts that were compared.
type tally map[fact.Verdict]int

func (seen tally) enough(t *testing.T, rare ...fact.Verdict) {
	for _, v := range fact.Verdicts {
		if seen[v] < 20 && !slices.Contains(rare, v) {
			t.Errorf("%s was answered only %d times", v, seen[v])
		}
	}
}

// hold asks one random question and holds every component of the answer against the
// reference: its verdict, and that its parts divide what was asked and are told as each
// version is judged.
func (w *world) hold(t *testing.T, random *rand.Rand, r fact.Release, ids []string, seen tally) {
	t.Helper()
	q := slowQuestion{world: w, release: r.Product + " " + r.Version}
	asked := compat.Question{Product: r.Product, Release: r.Version}
	for range 1 + random.IntN(3) {
		one, text := w.ask(random, w.techs[oneFrom(random, ids...)])
		read := w.m.Resolve(text)
		if one.tech != nil && len(w.points(one.tech, one.of)) == 0 {
			one.tech = nil // there is no such version
		}
		if (read.Reason != "") != (one.tech == nil) || one.tech != nil && !read.Range.Equal(one.of) {
			t.Fatalf("%v is read as %v, want %v", text, read, one)
		}
		q.asked, asked.Components = append(q.asked, one), append(asked.Components, read)
	}
	var a compat.Answer
	if err := w.m.Check(asked, &a); err != nil {
		for _, one := range q.asked {
			if v, _ := q.verdict(one); v != "assumed" {
				t.Errorf("%s %v: %v, want %s", q.release, one, err, v)
			}
		}
		return
	}
	for i, one := range q.asked {
		want, points := q.verdict(one)
		got, component := fact.Verdict("assumed"), (*compat.ComponentAnswer)(nil)
		for j := range a.Components {
			if c := &a.Components[j]; c.Kind == one.kind && (one.tech == nil) == (c.Reason != "") && (one.tech == nil || c.Technology.ID == one.tech.ID && c.Range.Equal(one.of)) {
				got, component = c.Verdict, c
			}
		}
		seen[want]++
		if got != want {
			t.Errorf("%s, %s of %v: %s, want %s\n%s", q.release, one, q.asked, got, want, a.Components[min(i, len(a.Components)-1)].Why())
			w.explain(t, &q, points)
		} else if component != nil && one.tech != nil && !one.tech.Generic {
			w.holdParts(t, &q, one, component, points)
		}
	}
}

// explain logs what is stated, where an answer is not as expected.
func (w *world) explain(t *testing.T, q *slowQuestion, points []slowPoint) {
	if len(points) > 60 {
		points = points[:60]
	}
	for _, p := range points {
		id := ""
		if p.decides.slowClaim != nil {
			id = p.decides.ID
		}
		t.Logf("   %s %s %s", p.at, p.verdict, id)
	}
	for _, c := range q.facts[q.release] {
		if len(q.facts[q.release]) < 20 {
			t.Logf("   %s %s %s %q %s since %s source %d when %q %v", c.ID, c.Platform, c.Technology, c.Version, c.Status, w.day(c), w.ranks[c.Citation.Source], c.When, c.With)
		}
	}
}

// holdParts holds the parts of an answer against the versions in them.
func (w *world) holdParts(t *testing.T, q *slowQuestion, one slowAsked, c *compat.ComponentAnswer, points []slowPoint) {
	t.Helper()
	if len(c.Conditions) == 0 {
		for _, p := range points {
			if p.verdict != c.Verdict {
				t.Errorf("%s, %s: %s of all, and %s is %s", q.release, one, c.Verdict, p.at, p.verdict)
				return
			}
		}
		return
	}
	parts := make([]version.Range, len(c.Conditions))
	for i, part := range c.Conditions {
		var err error
		if parts[i] = one.of; part.Range != "" {
			if parts[i], err = one.tech.scheme.Parse(part.Range); err != nil {
				t.Errorf("%s, %s: the part %q cannot be read: %v", q.release, one, part.Range, err)
				return
			}
		}
	}
	for _, p := range points {
		in, told := 0, fact.Verdict("")
		for i, part := range c.Conditions {
			if !p.at.Within(parts[i]) {
				continue
			}
			if in, told = in+1, part.Verdict; part.When != "" {
				told = fact.Conditional
			}
		}
		if in != 1 || told != p.verdict {
			t.Errorf("%s, %s: %s is %s, and is told in %d parts as %s: %v", q.release, one, p.at, p.verdict, in, told, c.Conditions)
			w.explain(t, q, points)
			return
		}
	}
}
