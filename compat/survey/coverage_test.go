package survey_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/compat/survey"
	"github.com/testedon/testedon/internal/sample"
)

// The random catalogues of these tests: a version is one or two numbers, so that one lies
// within another where that is how it begins.
var (
	coverVersions = []string{"", "1", "2", "1.1", "1.2", "2.1"}
	coverDays     = []string{"", "2026-01-31", "2026-05-31", "2026-08-31"}
	coverCadences = []string{"", "none", "30 days", "1 days"}
	coverStatuses = []fact.Status{fact.StatusTested, fact.StatusTested, fact.StatusSupported, fact.StatusNotRecommended, fact.StatusIncompatible}
)

// coverWithin reports whether every version of one text is one of the other.
func coverWithin(one, other string) bool {
	return other == "" || one == other || strings.HasPrefix(one, other+".")
}

func pick[T any](random *rand.Rand, of []T) T { return of[random.IntN(len(of))] }

// coverWorld is a random catalogue of two products, of which one is built on a platform.
func coverWorld(random *rand.Rand) *fact.Dataset {
	ds := &fact.Dataset{
		Kinds:        []fact.Kind{{ID: "os", Name: "system", Order: 1}, {ID: "jdk", Name: "JDK", Order: 2}},
		Technologies: []fact.Technology{{ID: "a", Name: "A", Kind: "os", Scheme: "dotted"}, {ID: "b", Name: "B", Kind: "jdk", Scheme: "dotted"}},
		Platforms:    []fact.Platform{{ID: "base", Name: "Base"}},
		Products: []fact.Product{
			{ID: "p", Name: "P", Platform: "base", Published: []string{"1.0", "p-2.0", "V1.0", "3.0"}, PublishedBy: "s0"},
			{ID: "q", Name: "Q", Published: []string{"1.0"}, PublishedBy: "s1"},
		},
	}
	for i := range 8 {
		s := fact.Source{ID: fmt.Sprintf("s%d", i), Title: "S", Date: pick(random, coverDays), Checked: pick(random, coverDays),
			Cadence: pick(random, coverCadences), Authority: pick(random, []fact.Authority{fact.Official, fact.Site})}
		if s.Checked < s.Date {
			s.Checked = ""
		}
		if random.IntN(2) == 0 {
			s.URL = "https://example.com"
		}
		ds.Sources = append(ds.Sources, s)
	}
	citation := func() fact.Citation { return fact.Citation{Source: fmt.Sprintf("s%d", random.IntN(8))} }
	for _, about := range []fact.Claim{{Product: "p", Release: "1.0"}, {Product: "p", Release: "2.0"}, {Product: "q", Release: "1.0"}, {Platform: "base"}} {
		if about.Platform == "" {
			ds.Releases = append(ds.Releases, fact.Release{Product: about.Product, Version: about.Release})
		}
		for i := range random.IntN(6) {
			c := about
			c.ID = fmt.Sprintf("%s%s/%s/%d", c.Platform, c.Product, c.Release, i)
			c.Technology, c.Version, c.Status = pick(random, []string{"a", "b"}), pick(random, coverVersions), pick(random, coverStatuses)
			c.When, c.Since, c.Citation = pick(random, []string{"", "", "", "x"}), pick(random, coverDays[:2]), citation()
			if c.When != "" && c.Technology == "a" && random.IntN(2) == 0 {
				c.With = []fact.Target{{Technology: "b", Version: "1"}}
			}
			if random.IntN(6) == 0 {
				c.Until, c.EndedBy = "2026-09-01", "s0"
			}
			ds.Claims = append(ds.Claims, c)
		}
	}
	for i := range random.IntN(8) {
		r, both := pick(random, ds.Releases), []fact.Target{{Technology: "a", Version: pick(random, coverVersions[1:])}, {Technology: "b", Version: pick(random, coverVersions[1:])}}
		run := fact.Configuration{ID: fmt.Sprint("run-", i), Product: r.Product, Release: r.Version, Components: both[:1+random.IntN(2)], Result: fact.Passed,
			Date: fmt.Sprintf("2026-02-%02d", i+1), Build: pick(random, []string{"", "", "m1"}), Citation: citation()}
		if random.IntN(3) == 0 {
			run.Result = fact.Failed
		}
		ds.Configurations = append(ds.Configurations, run)
		r, both = pick(random, ds.Releases), []fact.Target{{Technology: "a", Version: pick(random, coverVersions[1:3])}, {Technology: "b", Version: "1"}}
		ds.Images = append(ds.Images, fact.Image{ID: fmt.Sprint("image-", i), Product: r.Product, Release: r.Version, Components: both, Path: "Dockerfile", Tag: "v1",
			Date: fmt.Sprintf("2026-03-%02d", i+1), Citation: citation()})
	}
	return ds
}

// coverLines is a coverage as lines, in no order.
func coverLines(c *survey.Gaps) []string {
	var all []string
	add := func(parts ...any) { all = append(all, strings.TrimSuffix(fmt.Sprintln(parts...), "\n")) }
	add("sources", c.Sources.Total, c.Sources.Addressed, c.Sources.Dated, c.Sources.Overdue)
	for _, s := range c.Overdue {
		add("overdue", s.Source.ID, s.Last)
	}
	for _, u := range c.Undated {
		add("undated", u.Source.ID, u.Claims)
	}
	for _, two := range c.Contradictions {
		add("contradiction", two.Yes.ID, two.No.ID)
	}
	for _, m := range c.Missing {
		add("missing", m.Product.ID, m.Source.ID, m.Versions)
	}
	for _, e := range c.Exercised {
		add("listed", e.Product.ID, e.Release.Version, e.Listed)
		for _, l := range e.Never {
			add("never", e.Product.ID, e.Release.Version, l.ID)
		}
	}
	for _, u := range c.Unpaged {
		add("unpaged", u.Product.ID, u.Release.Version, u.Images, u.Runs)
	}
	slices.Sort(all)
	return all
}

// slowCoverage tells the same from the dataset alone, of some products and of the sources
// that they rest on; the statements of images and runs are taken from the matrix.
func slowCoverage(m *compat.Matrix, today time.Time, products ...string) []string {
	ds, all := m.Dataset(), map[string]bool{}
	add := func(parts ...any) { all[strings.TrimSuffix(fmt.Sprintln(parts...), "\n")] = true }
	cited := map[string]bool{"s0": slices.Contains(products, "p"), "s1": slices.Contains(products, "q")}
	about := func(c *fact.Claim) bool {
		return slices.Contains(products, c.Product) || c.Platform == "base" && slices.Contains(products, "p")
	}
	undated := map[string]int{}
	for i := range ds.Claims {
		if c := &ds.Claims[i]; about(c) {
			cited[c.Citation.Source] = true
			if s := m.Source(c.Citation.Source); c.Until == "" && c.Since == "" && s.Date == "" && s.Checked == "" {
				undated[s.ID]++
			}
			if c.EndedBy != "" {
				cited[c.EndedBy] = true
			}
		}
	}
	for id, n := range undated {
		add("undated", id, n)
	}
	for _, r := range m.Releases() {
		if !slices.Contains(products, r.Product) {
			continue
		}
		slowReleaseCoverage(m, r, cited, add)
	}
	if slices.Contains(products, "p") {
		add("missing", "p", "s0", []string{"3.0"})
	}
	total, addressed, dated, overdue := 0, 0, 0, 0
	for i := range ds.Sources {
		s := &ds.Sources[i]
		if len(products) < 2 && !cited[s.ID] {
			continue
		}
		total++
		if s.URL != "" {
			addressed++
		}
		last := max(s.Date, s.Checked)
		if last == "" {
			continue
		}
		dated++
		day, _ := time.Parse(time.DateOnly, last)
		days, _ := strconv.Atoi(strings.TrimSuffix(strings.Replace(s.Cadence, "none", "9999", 1), " days"))
		if s.Cadence == "" {
			days = 180
		}
		if day.AddDate(0, 0, days).Before(today) {
			add("overdue", s.ID, last)
			overdue++
		}
	}
	add("sources", total, addressed, dated, overdue)
	return slices.Sorted(maps.Keys(all))
}

// slowReleaseCoverage is the part of slowCoverage about one release.
func slowReleaseCoverage(m *compat.Matrix, r *compat.Release, cited map[string]bool, add func(...any)) {
	ds, listed, images, runs, paged := m.Dataset(), 0, 0, 0, false
	for _, i := range ds.Images {
		if i.Product == r.Product && i.Release == r.Version {
			cited[i.Citation.Source] = true
			images++
		}
	}
	var passed [][]fact.Target
	for _, c := range ds.Configurations {
		if c.Product != r.Product || c.Release != r.Version {
			continue
		}
		cited[c.Citation.Source] = true
		if runs++; c.Result == fact.Passed && c.Build == "" {
			passed = append(passed, c.Components)
		}
	}
	all := r.Listings()
	for i, l := range all {
		for _, o := range all[:i] {
			no := func(s fact.Status) bool { return s == fact.StatusNotRecommended || s == fact.StatusIncompatible }
			if l.Technology != o.Technology || l.When != o.When || (l.With == nil) != (o.With == nil) || l.Platform != o.Platform || no(l.Status) == no(o.Status) ||
				!coverWithin(l.Version, o.Version) && !coverWithin(o.Version, l.Version) {
				continue
			}
			if no(l.Status) {
				add("contradiction", o.ID, l.ID)
			} else {
				add("contradiction", l.ID, o.ID)
			}
		}
		if l.Image != nil || l.Run != nil {
			continue
		}
		if paged = paged || l.Platform == ""; l.Status != fact.StatusTested {
			continue
		}
		listed++
		ran := func(run []fact.Target, technology, version string) bool {
			return slices.ContainsFunc(run, func(t fact.Target) bool { return t.Technology == technology && coverWithin(t.Version, version) })
		}
		if !slices.ContainsFunc(passed, func(run []fact.Target) bool {
			return ran(run, l.Technology, l.Version) && (l.With == nil || ran(run, "b", "1"))
		}) {
			add("never", r.Product, r.Version, l.ID)
		}
	}
	if listed > 0 {
		add("listed", r.Product, r.Version, listed)
	}
	if images+runs > 0 && !paged {
		add("unpaged", r.Product, r.Version, images, runs)
	}
}

// TestCoverage holds random catalogues against what their facts say, of all products and of
// each; every entry is what its list says, and none is left out.
func TestCoverage(t *testing.T) {
	random := rand.New(rand.NewPCG(13, 7))
	today, seen := sample.DayOf(t, "2026-09-30"), map[string]int{}
	clock, _ := time.Parse(time.DateOnly, "2026-09-30")
	for world := range 400 {
		m := sample.Build(t, coverWorld(random))
		for product, of := range map[string][]string{"": {"p", "q"}, "p": {"p"}, "Q": {"q"}} {
			one, _ := m.Product(product) // nil for none
			c := survey.Coverage(m, today, one)
			got, want := coverLines(c), slowCoverage(m, clock, of...)
			if !slices.Equal(got, want) {
				t.Fatalf("catalogue %d, product %q:\n%s\nwant\n%s", world, product, strings.Join(got, "\n"), strings.Join(want, "\n"))
			}
			for _, line := range got {
				word, _, _ := strings.Cut(line, " ")
				seen[word]++
			}
			for i := range c.Contradictions {
				seen["decided"] += decided(t, m, &c.Contradictions[i])
			}
			if !slices.IsSortedFunc(c.Overdue, func(a, b compat.Stale) int { return int(a.Source.Due() - b.Source.Due()) }) {
				t.Errorf("catalogue %d: the longest overdue is not the first", world)
			}
		}
	}
	for _, word := range []string{"overdue", "undated", "contradiction", "decided", "missing", "listed", "never", "unpaged"} {
		if seen[word] < 50 {
			t.Errorf("%s was seen only %d times", word, seen[word])
		}
	}
}

// decided asks about the versions that two statements share, where they are about a release
// and hold by themselves: what decides is what the answer lists first. It gives 1 where it
// could ask.
func decided(t *testing.T, m *compat.Matrix, two *survey.Contradiction) int {
	t.Helper()
	if two.Decides.Inherited != two.Yes.Inherited {
		t.Errorf("%s and %s: %s decides, which is about something else", two.Yes.ID, two.No.ID, two.Decides.ID)
	}
	if two.Yes.Inherited != nil || two.Yes.When != "" {
		return 0
	}
	answer := sample.On(t, m, two.Product.ID, two.Release.Version, strings.TrimSpace(two.Yes.Tech.Kind+"="+two.Yes.Technology+" "+two.Versions))
	if answer.Match != fact.MatchExact && answer.Match != fact.MatchSeries || answer.Listed[0].Inherited != nil {
		return 0
	}
	if answer.Listed[0].ID != two.Decides.ID {
		t.Errorf("%s and %s: %s decides, not %s", two.Yes.ID, two.No.ID, answer.Listed[0].ID, two.Decides.ID)
	}
	return 1
}

// TestCoverageWithoutADay tells nothing as overdue.
func TestCoverageWithoutADay(t *testing.T) {
	for world := range uint64(20) {
		c := survey.Coverage(sample.Build(t, coverWorld(rand.New(rand.NewPCG(13, world)))), 0, nil)
		if len(c.Overdue) > 0 || c.Sources.Overdue > 0 {
			t.Fatal(c.Overdue)
		}
	}
}
