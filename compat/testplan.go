package compat

import (
	"slices"
	"strings"
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
}

// PlanDimension is a kind and what the release lists of it.
type PlanDimension struct {
	Kind   *Kind
	Values []*Listing
}

// TestPlan makes the environments to exercise a release with, from what it lists as
// tested, supported or compatible. The same question gives the same plan. The
// error is an *Error of code unknown_product, unknown_release or invalid: an
// unknown strategy, a kind the release does not list, or a plan too long.
func (m *Matrix) TestPlan(q TestPlanQuestion) (*TestPlan, error) {
	r, err := m.release(q.Product, q.Release)
	if err != nil {
		return nil, err
	}
	combine := map[Strategy]func([]int) ([][]int, bool){StrategyAll: everyCombination, StrategyPairwise: pairwise, StrategyEach: eachValue}[q.Strategy]
	if combine == nil {
		e := Invalid("strategy", "Use one of "+words(Strategies), "strategy cannot be %q", q.Strategy)
		for _, s := range Strategies {
			e.Candidates = append(e.Candidates, string(s))
		}
		return nil, e
	}
	plan := &TestPlan{Product: r.product.Product, Release: r.Release, Strategy: q.Strategy}
	if plan.Dimensions, err = m.dimensions(r, q.Kinds); err != nil {
		return nil, err
	}
	sizes := []int{}
	for _, d := range plan.Dimensions {
		sizes = append(sizes, len(d.Values))
	}
	rows, ok := combine(sizes)
	if !ok {
		return nil, Invalid("strategy", "Use pairwise or each, or name fewer kinds", "the plan would have more than %d environments", MaxEnvironments)
	}
	plan.fill(rows)
	return plan, nil
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
// versions, one is enough.
func (m *Matrix) dimensions(r *release, kinds []string) ([]PlanDimension, error) {
	wanted, err := r.plannedKinds(m, kinds)
	if err != nil {
		return nil, err
	}
	var all []PlanDimension
	for _, k := range wanted {
		d := PlanDimension{Kind: k}
		for i := range r.listings {
			l := &r.listings[i]
			same := func(o *Listing) bool { return o.display == l.display }
			if l.tech.kind == k && l.environment() && !slices.ContainsFunc(d.Values, same) {
				d.Values = append(d.Values, l)
			}
		}
		all = append(all, d)
	}
	return all, nil
}

// plannedKinds gives the kinds asked for, in the order of answers.
func (r *release) plannedKinds(m *Matrix, names []string) ([]*Kind, error) {
	if len(names) == 0 {
		return r.kinds, nil
	}
	var wanted []*Kind
	for _, k := range r.kinds {
		if slices.ContainsFunc(names, func(n string) bool { return m.kinds[n] == k }) {
			wanted = append(wanted, k)
		}
	}
	for _, n := range names {
		if !slices.ContainsFunc(r.kinds, func(k *Kind) bool { return m.kinds[n] == k }) {
			e := Invalid("kind", "Leave it out", "%s lists no %s", r.name(), n)
			for _, k := range r.kinds {
				e.Candidates = append(e.Candidates, k.ID)
			}
			if len(e.Candidates) > 0 {
				e.Hint = "Use one of " + strings.Join(e.Candidates, ", ")
			}
			return nil, e
		}
	}
	return wanted, nil
}

// everyCombination counts through all values, the last dimension fastest.
func everyCombination(sizes []int) ([][]int, bool) {
	total := 1
	for _, n := range sizes {
		if total *= n; total > MaxEnvironments {
			return nil, false
		}
	}
	if len(sizes) == 0 {
		return nil, true
	}
	rows := make([][]int, total)
	for i := range rows {
		rows[i] = make([]int, len(sizes))
		rest := i
		for d := len(sizes) - 1; d >= 0; d-- {
			rows[i][d], rest = rest%sizes[d], rest/sizes[d]
		}
	}
	return rows, true
}

// eachValue takes the values of all dimensions side by side, the shorter ones again
// from their beginning.
func eachValue(sizes []int) ([][]int, bool) {
	longest := 0
	for _, n := range sizes {
		longest = max(longest, n)
	}
	rows := make([][]int, longest)
	for i := range rows {
		rows[i] = make([]int, len(sizes))
		for d, n := range sizes {
			rows[i][d] = i % n
		}
	}
	return rows, longest <= MaxEnvironments
}

// pairwise covers every two values of different dimensions with few rows. Each
// row begins with the first pair that is not covered yet, and takes in every
// other dimension the value that covers the most further pairs; the first of
// several. It is the greedy way of AETG (Cohen, Dalal, Fredman, Patton: The AETG
// System, IEEE Transactions on Software Engineering 23/7, 1997), without its
// random choices.
func pairwise(sizes []int) ([][]int, bool) {
	if len(sizes) < 2 {
		return eachValue(sizes)
	}
	c := newCover(sizes)
	rows := [][]int{}
	for {
		a, b, found := c.next()
		if !found {
			return rows, true
		}
		if len(rows) == MaxEnvironments {
			return nil, false
		}
		rows = append(rows, c.row(a, b))
	}
}

// cover tells which pairs of values are still to be covered. Values of all
// dimensions are numbered through.
type cover struct {
	sizes []int
	first []int    // the number of a dimension's first value
	open  [][]bool // by two values, the one of the earlier dimension first
	at    [2]int   // where to look for the next open pair
}

func newCover(sizes []int) *cover {
	c := &cover{sizes: sizes}
	total := 0
	for _, n := range sizes {
		c.first = append(c.first, total)
		total += n
	}
	c.open = make([][]bool, total)
	for d, n := range sizes {
		for value := range n {
			c.open[c.first[d]+value] = make([]bool, total)
			for other := c.first[d] + n; other < total; other++ {
				c.open[c.first[d]+value][other] = true
			}
		}
	}
	return c
}

// next gives the first pair that is not covered.
func (c *cover) next() (a, b int, found bool) {
	for a, b = c.at[0], c.at[1]; a < len(c.open); a, b = a+1, 0 {
		for ; b < len(c.open); b++ {
			if c.open[a][b] {
				c.at = [2]int{a, b}
				return a, b, true
			}
		}
	}
	return 0, 0, false
}

// row makes a row that has the two values, and covers its pairs.
func (c *cover) row(a, b int) []int {
	row := make([]int, len(c.sizes)) // numbers of values, for now
	for d := range row {
		row[d] = -1
	}
	row[c.dimension(a)], row[c.dimension(b)] = a, b
	for d := range row {
		if row[d] < 0 {
			row[d] = c.best(row, d)
		}
	}
	for i, one := range row {
		for _, other := range row[i+1:] {
			c.open[one][other] = false
		}
	}
	for d := range row {
		row[d] -= c.first[d]
	}
	return row
}

func (c *cover) dimension(value int) int {
	d := len(c.first) - 1
	for c.first[d] > value {
		d--
	}
	return d
}

// best is the value of a dimension that covers the most pairs with those chosen.
func (c *cover) best(row []int, d int) int {
	best, most := c.first[d], -1
	for value := c.first[d]; value < c.first[d]+c.sizes[d]; value++ {
		covered := 0
		for _, other := range row {
			if other >= 0 && c.open[min(value, other)][max(value, other)] {
				covered++
			}
		}
		if covered > most {
			best, most = value, covered
		}
	}
	return best
}
