package survey_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/compat/survey"
	"github.com/testedon/testedon/internal/sample"
)

// pastWorld is a catalogue without claims: a product on a platform, a page and some changes.
func pastWorld() *fact.Dataset {
	ds := &fact.Dataset{
		Kinds:        []fact.Kind{{ID: "os", Name: "system", Order: 1}},
		Technologies: []fact.Technology{{ID: "a", Name: "A", Kind: "os", Scheme: "dotted"}, {ID: "b", Name: "B", Kind: "os", Scheme: "dotted"}},
		Platforms:    []fact.Platform{{ID: "base", Name: "Base"}},
		Products:     []fact.Product{{ID: "p", Name: "P", Platform: "base"}},
		Releases:     []fact.Release{{Product: "p", Version: "1.0"}, {Product: "p", Version: "2.0"}},
		Sources:      []fact.Source{{ID: "page", Title: "Page", Date: "2026-01-01", Authority: fact.Official}},
	}
	for i := range 3 {
		ds.Sources = append(ds.Sources, fact.Source{ID: fmt.Sprint("pr-", i), Title: fmt.Sprint("Change ", i), Date: "2026-02-01", Authority: fact.Official})
	}
	return ds
}

func january(day int) string { return fmt.Sprintf("2026-01-%02d", day) }

// someTerms are times that follow each other, a day at least apart: what changes twice on one
// day has no order. The first may have begun at any time.
func someTerms(random *rand.Rand) (all []fact.Term) {
	by := func() string { return fmt.Sprint("pr-", random.IntN(3)) }
	for day := 2 + random.IntN(6); day < 20 && len(all) < 3; day += 1 + random.IntN(6) {
		t := fact.Term{Since: january(day), BroughtBy: by()}
		if len(all) == 0 && random.IntN(3) == 0 {
			t = fact.Term{}
		}
		day += 1 + random.IntN(6)
		t.Until, t.EndedBy = january(day), by()
		all = append(all, t)
	}
	if last := &all[len(all)-1]; random.IntN(2) == 0 {
		last.Until, last.EndedBy = "", ""
	}
	return all
}

func randomPast(random *rand.Rand) *fact.Dataset {
	ds := pastWorld()
	if random.IntN(2) == 0 { // then it is not known since when the page says the rest
		ds.Sources[0].Date, ds.Sources[0].Undated = "", "Unknown."
	}
	scopes := []fact.Claim{{Platform: "base"}, {Product: "p", Release: "1.0"}, {Product: "p", Release: "2.0"}}
	for i := range 4 + random.IntN(12) {
		c := pick(random, scopes)
		terms := someTerms(random)
		last := len(terms) - 1
		c.ID, c.Technology, c.Version = fmt.Sprintf("%s%s/%s/%d", c.Platform, c.Product, c.Release, i), pick(random, []string{"a", "b"}), pick(random, []string{"", "9", "9.4", "9.6", "8"})
		c.Label, c.Status, c.Term, c.Earlier = "L", pick(random, []fact.Status{fact.StatusTested, fact.StatusTested, fact.StatusSupported}), terms[last], terms[:last:last]
		c.Citation.Source = "page"
		ds.Claims = append(ds.Claims, c)
	}
	return ds
}

// standingOn are the IDs of the claims that a matrix counts.
func standingOn(m *compat.Matrix) map[string]bool {
	all := map[string]bool{}
	for i := range m.Dataset().Claims {
		if c := &m.Dataset().Claims[i]; c.Until == "" {
			all[c.ID] = true
		}
	}
	return all
}

// TestChangesLead replays the changes backward from what stands today: what is left before
// each day is what the catalogue tells of it. The changes that a past day knows are those of
// today up to it.
func TestChangesLead(t *testing.T) {
	random := rand.New(rand.NewPCG(19, 2))
	replayed := 0
	for range 300 {
		m := sample.Build(t, randomPast(random))
		changes := survey.ChangesOf(m)
		stands := standingOn(m)
		for day := 31; day > 1; day-- {
			asked, _ := fact.ParseDay(january(day))
			for len(changes) > 0 && changes[len(changes)-1].Day > asked {
				var last *survey.Change
				last, changes = changes[len(changes)-1], changes[:len(changes)-1]
				undo(t, stands, last)
				replayed++
			}
			past, err := m.AsOf(asked)
			if err != nil {
				t.Fatal(err)
			}
			if want := standingOn(past); !maps.Equal(stands, want) {
				t.Fatalf("on %s stood %v, and by the changes %v", asked, want, stands)
			}
			if then := survey.ChangesOf(past); told(then) != told(changes) {
				t.Fatalf("on %s are told\n%s\nand of the changes until today\n%s", asked, told(then), told(changes))
			}
		}
	}
	if replayed < 1000 {
		t.Errorf("%d changes were replayed, too few to show anything", replayed)
	}
}

// undo takes back a change. Of two on one day the claim may stand in both.
func undo(t *testing.T, stands map[string]bool, c *survey.Change) {
	t.Helper()
	if len(c.Before)+len(c.After) == 0 || (len(c.Before) > 0) == (c.Effect == survey.Added) || (len(c.After) > 0) == (c.Effect == survey.Withdrawn) {
		t.Fatalf("%s has %d before and %d after", c.ID, len(c.Before), len(c.After))
	}
	for _, l := range c.After {
		if l.BroughtBy != c.By.ID || l.Since != c.Day.String() {
			t.Fatalf("%s was brought by %s on %s", c.ID, l.BroughtBy, l.Since)
		}
		delete(stands, l.ID)
	}
	for _, l := range c.Before {
		if l.EndedBy != c.By.ID || l.Until != c.Day.String() {
			t.Fatalf("%s was ended by %s on %s", c.ID, l.EndedBy, l.Until)
		}
		stands[l.ID] = true
	}
}

func told(all []*survey.Change) string {
	var lines []string
	for _, c := range all {
		lines = append(lines, c.ID+": "+c.Summary())
	}
	return strings.Join(lines, "\n")
}

// TestEffects tells what a change did by what it took (-) and brought (+): technology, versions
// and, apart from pr-0 and tested, source and status.
func TestEffects(t *testing.T) {
	for _, c := range []struct{ rows, want string }{
		{"-a 9, +a 9.6", "P 1.0: A 9 was narrowed to A 9.6 (tested)."},
		{"-a 9.6, +a 9", "P 1.0: A 9.6 was widened to A 9 (tested)."},
		{"-a 9, +a 9.4, +a 9.6", "P 1.0: A 9 was narrowed to A 9.4 and A 9.6 (tested)."},
		{"-a 8, -a 9, +a 9.6", "P 1.0: A 8 and A 9 were narrowed to A 9.6 (tested)."},
		{"-a, +a 9", "P 1.0: A was narrowed to A 9 (tested)."},
		{"-a 8, +a 9", "P 1.0: A 9 was added (tested).|P 1.0: A 8 was withdrawn (tested)."},
		{"-a 9, +b 9.6", "P 1.0: B 9.6 was added (tested).|P 1.0: A 9 was withdrawn (tested)."},
		{"-a 9, +a 9", "P 1.0: A 9 was added (tested).|P 1.0: A 9 was withdrawn (tested)."},
		{"-a 9, +a 9.6 pr-1", "P 1.0: A 9.6 was added (tested).|P 1.0: A 9 was withdrawn (tested)."},
		{"-a 9, +a 9.6 pr-0 supported", "P 1.0: A 9.6 was added (supported).|P 1.0: A 9 was withdrawn (tested)."},
		{"-a 9, *a 9.6", "P 1.0: A 9 was narrowed to A 9.6 (tested)."}, // it stands in the change, of that day
		{"*a 9.6", ""}, // nothing tells that it did not stand before
		{"-a 9, *b 9.6", "P 1.0: A 9 was withdrawn (tested)."},
	} {
		ds := pastWorld()
		for i, row := range strings.Split(c.rows, ", ") {
			ds.Claims = append(ds.Claims, changed(i, row[:1], strings.Fields(row[1:])))
		}
		var got []string
		for _, change := range survey.ChangesOf(sample.Build(t, ds)) {
			got = append(got, change.Summary())
		}
		if text := strings.Join(got, "|"); text != c.want {
			t.Errorf("%s: %s, want %s", c.rows, text, c.want)
		}
	}
}

func changed(i int, sign string, words []string) fact.Claim {
	words = append(words, []string{"", "", "pr-0", "tested"}[len(words):]...)
	c := fact.Claim{ID: fmt.Sprint("p/1.0/", i), Product: "p", Release: "1.0", Technology: words[0], Version: words[1], Label: "L", Status: fact.Status(words[3]),
		Citation: fact.Citation{Source: "page"}}
	switch sign {
	case "-":
		c.Term = fact.Term{Until: "2026-02-01", EndedBy: words[2]}
	case "+":
		c.Term = fact.Term{Since: "2026-02-01", BroughtBy: words[2]}
	default:
		c.Citation.Source = words[2]
	}
	return c
}

// TestCompareDays: from one day of a release to another, a comparison tells of no more than
// what changed between, and judges an environment on each day as that day does.
func TestCompareDays(t *testing.T) {
	random := rand.New(rand.NewPCG(19, 3))
	differ := 0
	for range 300 {
		m := sample.Build(t, randomPast(random))
		var days [2]fact.Day
		var past [2]*compat.Matrix
		var releases [2]*compat.Release
		for i := range days {
			days[i], _ = fact.ParseDay(january(1 + random.IntN(30)))
			var err error
			if past[i], err = m.AsOf(days[i]); err != nil {
				t.Fatal(err)
			}
			releases[i] = sample.ReleaseOf(t, past[i], "p", "1.0")
		}
		asked := m.Resolve(compat.Asked{Kind: "os", Text: "A 9.6"})
		got, err := survey.Compare(survey.CompareQuestion{From: releases[0], To: releases[1], FromAsOf: days[0], ToAsOf: days[1], Components: []compat.Component{asked}})
		if err != nil {
			t.Fatal(err)
		}
		for i, a := range []*compat.Answer{got.Before, got.After} {
			var want compat.Answer
			q := compat.Question{Product: "p", Release: "1.0", Components: []compat.Component{past[i].Resolve(compat.Asked{Kind: "os", Text: "A 9.6"})}}
			if err := past[i].Check(q, &want); err != nil || a.Verdict != want.Verdict || a.AsOf != days[i] {
				t.Fatalf("on %s: %s as of %s, want %s, %v", days[i], a.Verdict, a.AsOf, want.Verdict, err)
			}
		}
		between := slices.ContainsFunc(survey.ChangesOf(m), func(c *survey.Change) bool { return c.Day > min(days[0], days[1]) && c.Day <= max(days[0], days[1]) })
		if len(got.Changes) > 0 && !between {
			t.Fatalf("%s, and no change lies between", got.Summary())
		}
		differ += len(got.Changes)
		if !strings.Contains(got.Summary(), " on "+days[0].String()) || !strings.Contains(got.Summary(), " on "+days[1].String()) {
			t.Fatalf("the summary tells no days: %s", got.Summary())
		}
	}
	if differ < 100 {
		t.Errorf("%d technologies differed, too few to show anything", differ)
	}
}
