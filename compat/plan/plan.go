package plan

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
)

// Strategy says which combinations a test plan exercises.
type Strategy string

// The strategies.
const (
	All      Strategy = "all"      // every combination
	Pairwise Strategy = "pairwise" // every two values of different kinds together at least once
	Each     Strategy = "each"     // every value at least once
)

// Strategies lists every strategy, the most thorough first.
var Strategies = []Strategy{All, Pairwise, Each}

// MaxEnvironments bounds a test plan.
const MaxEnvironments = 10_000

// MaxJobs is how many jobs of a matrix GitHub Actions runs.
const MaxJobs = 256

// Bar is what every environment of a plan reaches.
const Bar = fact.Compatible

// Question asks for the environments to exercise a release with.
type Question struct {
	Release  *compat.Release
	Strategy Strategy
	Kinds    []string // IDs or aliases of kinds; empty for every one that the release lists
}

// Plan is a list of environments. Each has one value of every dimension.
type Plan struct {
	Release      *compat.Release
	Strategy     Strategy
	Dimensions   []Dimension
	Environments [][]*compat.Listing // a value for each dimension, in their order
	Combinations int64               // of all values; 1<<53 - 1 where there are more
}

// Dimension is a kind and what the release lists of it. A technology that the
// release takes for granted is the first value: a Listing without a source.
type Dimension struct {
	Kind   *fact.Kind
	Values []*compat.Listing
}

// New makes the environments to exercise a release with, from what it lists as
// tested, supported or compatible. The same question gives the same plan. The
// error is of code invalid: an unknown strategy, a kind the release does not list, or a
// plan too long.
func New(q Question) (*Plan, error) {
	if !slices.Contains(Strategies, q.Strategy) {
		return nil, fact.Refuse("strategy", "plan.strategy", strconv.Quote(string(q.Strategy))).Offer(strings.Split(fact.Members(Strategies), ", "))
	}
	plan := &Plan{Release: q.Release, Strategy: q.Strategy, Environments: [][]*compat.Listing{}}
	if err := plan.choose(q.Kinds); err != nil {
		return nil, err
	}
	s := newSpace(plan)
	if len(s.dimensions) == 0 {
		return plan, nil
	}
	rows, ok := s.rows(q.Strategy)
	if !ok {
		return nil, fact.Refuse("strategy", "plan.large", MaxEnvironments)
	}
	plan.Combinations = s.combinations()
	for _, row := range rows {
		environment := make([]*compat.Listing, len(row))
		for d, v := range row {
			environment[d] = s.values[v]
		}
		plan.Environments = append(plan.Environments, environment)
	}
	return plan, nil
}

// choose gathers what the release lists of the kinds asked for, in the order of answers.
func (p *Plan) choose(names []string) error {
	goesBy := func(k *fact.Kind, name string) bool { return k.ID == name || slices.Contains(k.Aliases, name) }
	var known []string
	for _, k := range p.Release.Kinds() {
		known = append(known, k.ID)
		if len(names) == 0 || slices.ContainsFunc(names, func(n string) bool { return goesBy(k, n) }) {
			p.Dimensions = append(p.Dimensions, Dimension{k, p.Release.ToTest(k, Bar)})
		}
	}
	for _, n := range names {
		if !slices.ContainsFunc(p.Dimensions, func(d Dimension) bool { return goesBy(d.Kind, n) }) {
			return fact.Refuse("kind", "plan.kind", p.Release.Title(), n).Offer(known)
		}
	}
	return nil
}

// Summary says in a sentence what the plan exercises.
func (p *Plan) Summary() string {
	l := p.Release.Words()
	if len(p.Environments) == 0 {
		return l.Text("plan.none", p.Release.Title())
	}
	var sizes []string
	for _, d := range p.Dimensions {
		sizes = append(sizes, d.words())
	}
	text := l.Text("plan", string(p.Strategy), strconv.Itoa(len(p.Environments)), l.And(sizes), p.Release.Title(), strconv.FormatInt(p.Combinations, 10))
	for _, d := range p.Dimensions { // values that no page lists
		if d.Values[0].Source == nil {
			text += " " + l.Text("plan.assumed", d.Values[0].Display())
		}
	}
	return text + p.Release.Caution()
}

// words is how many values a dimension has: "7 databases".
func (d *Dimension) words() string {
	noun := d.Kind.Plural
	if len(d.Values) == 1 || noun == "" {
		noun = d.Kind.Name
	}
	return fmt.Sprintf("%d %s", len(d.Values), noun)
}
