package compat

import (
	"fmt"
	"slices"
	"strings"

	"github.com/testedon/testedon/compat/fact"
)

// Strategy says which combinations a test plan exercises.
type Strategy string

// The strategies.
const (
	StrategyAll      Strategy = "all"      // every combination
	StrategyPairwise Strategy = "pairwise" // every two values of different kinds together at least once
	StrategyEach     Strategy = "each"     // every value at least once
)

// Strategies lists every strategy, the most thorough first.
var Strategies = []Strategy{StrategyAll, StrategyPairwise, StrategyEach}

// MaxEnvironments bounds a test plan.
const MaxEnvironments = 10_000

// PlanBar is what every environment of a plan reaches.
const PlanBar = fact.Compatible

// maxCombinations is the most that are counted: what every program reads exactly.
const maxCombinations = 1<<53 - 1

// TestPlanQuestion asks for the environments to exercise a release with.
type TestPlanQuestion struct {
	Product  string // ID, name or alias
	Release  string // version or alias
	Strategy Strategy
	Kinds    []string // IDs of kinds; empty for every one that the release lists
}

// TestPlan is a list of environments. Each has one value of every dimension.
type TestPlan struct {
	Product      *Product
	Release      *Release
	Strategy     Strategy
	Dimensions   []PlanDimension
	Environments [][]*Listing // a value for each dimension, in their order
	Combinations int64        // of all values; 1<<53 - 1 where there are more
}

// PlanDimension is a kind and what the release lists of it. A technology that the
// release takes for granted is the first value: a Listing without a source.
type PlanDimension struct {
	Kind   *fact.Kind
	Values []*Listing
}

// TestPlan makes the environments to exercise a release with, from what it lists as
// tested, supported or compatible. The same question gives the same plan. The
// error is an *Error of code unknown_product, unknown_release or invalid: an
// unknown strategy, a kind the release does not list, or a plan too long.
func (m *Matrix) TestPlan(q TestPlanQuestion) (*TestPlan, error) {
	r, err := m.Release(q.Product, q.Release)
	if err != nil {
		return nil, err
	}
	combine := map[Strategy]func(*space) ([][]int, bool){StrategyAll: everyCombination, StrategyPairwise: pairwise, StrategyEach: eachValue}[q.Strategy]
	if combine == nil {
		return nil, fact.NotOneOf("strategy", strings.Split(fact.Members(Strategies), ", "), "", "strategy cannot be %q", q.Strategy)
	}
	plan := &TestPlan{Product: r.product, Release: r, Strategy: q.Strategy}
	if plan.Dimensions, err = m.dimensions(r, q.Kinds); err != nil {
		return nil, err
	}
	space := m.space(plan)
	rows, ok := combine(space)
	if !ok {
		return nil, fact.Invalid("strategy", "Use pairwise or each, or name fewer kinds", "the plan would have more than %d environments", MaxEnvironments)
	}
	plan.fill(rows)
	plan.Combinations = combinations(space)
	plan.Environments = slices.DeleteFunc(plan.Environments, func(e []*Listing) bool { return !m.runs(r, e) })
	return plan, nil
}

// combinations counts them all: those of the dimensions of which some values do not go
// together one by one, where that does not take too long, times the values of the others.
func combinations(s *space) int64 {
	if len(s.sizes) == 0 {
		return 0
	}
	bound, sizes := s.bound()
	total := int64(0)
	bound.steps = 0
	if !bound.each(nil, func([]int) bool { total++; return true }) {
		total, sizes = 1, s.sizes
	}
	for _, n := range sizes {
		if n > 0 && total > maxCombinations/int64(n) {
			return maxCombinations
		}
		total *= int64(n)
	}
	return total
}

// Summary says in a sentence what the plan exercises.
func (p *TestPlan) Summary() string {
	if len(p.Environments) == 0 {
		return p.Release.Title() + " lists no environment to test with."
	}
	var sizes []string
	for _, d := range p.Dimensions {
		sizes = append(sizes, d.words())
	}
	text := map[Strategy]string{
		StrategyAll:      "%d environments are every combination of %s that %s lists.",
		StrategyPairwise: "%d environments have every two values of different kinds together at least once, of %s that %s lists; all combinations would be %d.",
		StrategyEach:     "%d environments have every value at least once, of %s that %s lists; all combinations would be %d.",
	}[p.Strategy]
	values := []any{len(p.Environments), fact.Enumerate(sizes), p.Release.Title(), p.Combinations}
	text = fmt.Sprintf(text, values[:strings.Count(text, "%")]...)
	if len(p.Environments) == 1 {
		text = "1 environment has" + text[strings.Index(text, " every"):]
	}
	return text + p.assumed() + p.Release.Caution()
}

// assumed names the values that no page lists, in a sentence after others.
func (p *TestPlan) assumed() string {
	text := ""
	for _, d := range p.Dimensions {
		if d.Values[0].Source == nil {
			text += " One of these is assumed and not listed: " + d.Values[0].display + "."
		}
	}
	return text
}

// words is how many values a dimension has: "7 databases".
func (d *PlanDimension) words() string {
	noun := d.Kind.Plural
	if len(d.Values) == 1 || noun == "" {
		noun = d.Kind.Name
	}
	return fmt.Sprintf("%d %s", len(d.Values), noun)
}

// fill takes the values of the rows.
func (p *TestPlan) fill(rows [][]int) {
	p.Environments = [][]*Listing{}
	for _, row := range rows {
		environment := make([]*Listing, len(row))
		for i, value := range row {
			environment[i] = p.Dimensions[i].Values[value]
		}
		p.Environments = append(p.Environments, environment)
	}
}

// dimensions gathers what a release lists, by kind; of two claims with the same
// versions, one is enough. What the vendor ships is there to plan with where nothing
// else is listed.
func (m *Matrix) dimensions(r *Release, kinds []string) ([]PlanDimension, error) {
	wanted, err := r.plannedKinds(m, kinds)
	if err != nil {
		return nil, err
	}
	var all []PlanDimension
	for _, k := range wanted {
		values := r.values(k, func(l *Listing) bool { return !l.shipped() && l.reaches(PlanBar) })
		if len(values) == 0 {
			values = r.values(k, (*Listing).shipped)
		}
		all = append(all, PlanDimension{Kind: k, Values: append(r.granted(m, k), values...)})
	}
	return all, nil
}

// values is what a release lists environments of a kind with, of what counts. What
// cannot be is nothing to test with.
func (r *Release) values(k *fact.Kind, counts func(*Listing) bool) []*Listing {
	var all []*Listing
	for i := range r.listings {
		l := r.listings[i].current()
		same := func(o *Listing) bool { return o.display == l.display }
		if l.Tech.kind == k && l.environment() && !l.impossible && counts(l) && !slices.ContainsFunc(all, same) {
			all = append(all, l)
		}
	}
	return all
}

// plannedKinds gives the kinds asked for, in the order of answers.
func (r *Release) plannedKinds(m *Matrix, names []string) ([]*fact.Kind, error) {
	if len(names) == 0 {
		return r.kinds, nil
	}
	var wanted []*fact.Kind
	for _, k := range r.kinds {
		if slices.ContainsFunc(names, func(n string) bool { return m.kinds[n] == k }) {
			wanted = append(wanted, k)
		}
	}
	for _, n := range names {
		if !slices.ContainsFunc(r.kinds, func(k *fact.Kind) bool { return m.kinds[n] == k }) {
			var known []string
			for _, k := range r.kinds {
				known = append(known, k.ID)
			}
			return nil, fact.NotOneOf("kind", known, "Leave it out", "%s lists no %s", r.Title(), n)
		}
	}
	return wanted, nil
}

// granted is what a release takes for granted of a kind that it lists something of,
// where it does not list that itself.
func (r *Release) granted(m *Matrix, k *fact.Kind) []*Listing {
	t := m.technologies[k.Baseline]
	if t == nil || !r.grants(t) || len(r.group(t)) > 0 || r.states(t, nil) {
		return nil
	}
	return []*Listing{t.whole}
}
