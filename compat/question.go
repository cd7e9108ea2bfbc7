package compat

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/compat/requirement"
	"github.com/testedon/testedon/internal/order"
	"github.com/testedon/testedon/version"
)

// Require is the bar a caller sets: what an answer must reach to pass.
type Require struct {
	Worst       fact.Verdict // the worst verdict that passes: Tested, Compatible or Conditional; empty for the product's own
	Exact       bool         // besides, every match must be exact
	Combination bool         // besides, the environment must be on record as passed
}

// Fails reports whether a component of this verdict and match does not reach the bar.
func (r Require) Fails(v fact.Verdict, m fact.Match) bool {
	return v.Worse(r.Worst) || r.Exact && m != fact.MatchExact
}

// Asked is one component of an environment as a caller wrote it.
type Asked struct {
	Kind string // a Kind's ID
	Text string // "RHEL 9.4", "rhel:9.4", "rhel@9.4"
}

// Component is an asked component after reading, see [Matrix.Resolve].
type Component struct {
	Kind       string        // the kind it was asked under
	Text       string        // as asked
	Technology *Technology   // nil where none was read
	Range      version.Range // the versions asked for
	Reason     string        // why it is unresolved, for a person
	Candidates []string      // what may have been meant, best first
	Shared     bool          // several technologies go by the name and read the version
	newer      bool          // all of the versions are newer than any that is known
	printed    string        // the versions in the technology's notation
	display    string        // with its name before
}

// Display names the technology and versions: "PostgreSQL 17.2"; empty where none was read.
func (c *Component) Display() string { return c.display }

// Query gives a text that [Matrix.Resolve] reads, under its kind, as just this
// component: "rhel:9".
func (c *Component) Query() string {
	if c.Technology != nil {
		for _, text := range c.queries() {
			if c.isMeant(text) {
				return text
			}
		}
	}
	return c.Text
}

// queries are the texts that may ask for just this component: "rhel:9".
func (c *Component) queries() []string {
	all := c.Technology.Names()
	for i := range all {
		if c.printed != "" {
			all[i] += ":" + c.printed
		}
	}
	return all
}

// isMeant reports whether a text asks for just this component.
func (c *Component) isMeant(text string) bool {
	again := c.Technology.m.Resolve(Asked{Kind: c.Kind, Text: text})
	return again.Technology == c.Technology && again.Range.Equal(c.Range)
}

// Query names the technology and versions of a claim as they can be asked about:
// as a person would, unless that may mean another technology as well.
func (l *Listing) Query() string {
	c := component(l.Tech, l.Range)
	if c.isMeant(l.display) {
		return l.display
	}
	return c.Query()
}

// Question asks whether a release is tested with an environment.
type Question struct {
	Product    string // ID, name or alias
	Release    string // version or alias
	Components []Component
	Require    Require
	Unread     []string                    // words of it that were not understood: with any, the answer does not pass
	Resources  *requirement.ResourcesAsked // nil when nothing is asked about them
	Today      fact.Day                    // on which it is asked, for what is maintained; zero where that is not asked
	AsOf       fact.Day                    // Today, where that is a past day which the matrix tells of; else zero
}

// Words asks a question in plain words: "is RHEL 9 + Corretto 21 tested for mi 4.4.0".
func (q *Question) Words() string {
	texts := make([]string, len(q.Components))
	for i := range q.Components {
		texts[i] = q.Components[i].Text
	}
	return "is " + strings.Join(texts, " + ") + " tested for " + q.Product + " " + q.Release
}

// ParseRequire reads a requirement: words of tested, compatible, conditional,
// exact and combination, apart by commas. Without one of the first three it is the product's own
// that has to be reached.
func ParseRequire(text string) (Require, error) {
	req := Require{}
	for word := range strings.SplitSeq(text, ",") {
		if !req.add(strings.ToLower(strings.TrimSpace(word))) {
			return Require{}, fact.Refuse("require", "require.unknown", strconv.Quote(text))
		}
	}
	return req, nil
}

func (r *Require) add(word string) bool {
	switch v := fact.Verdict(word); {
	case word == "exact":
		r.Exact = true
	case word == "combination":
		r.Combination = true
	case v == fact.Tested || v == fact.Compatible || v == fact.Conditional:
		if r.Worst != "" && r.Worst != v {
			return false
		}
		r.Worst = v
	default:
		return word == ""
	}
	return true
}

// String is the requirement as a caller writes it: "tested", "compatible,exact".
func (r Require) String() string {
	text := string(r.Worst)
	if r.Exact {
		text += ",exact"
	}
	if r.Combination {
		text += ",combination"
	}
	return text
}

// Arrange gives components in the order of the catalogue's kinds, those of one
// kind as they were given, and each once: of those that ask for the same, however
// it is written, the first stays. It gives back what it was given where that is in
// order, and a new list otherwise.
func (m *Matrix) Arrange(components []Component) []Component {
	if m.isArranged(components) {
		return components
	}
	sorted := slices.Clone(components)
	order.Stable(sorted, func(a, b Component) int { return m.byKind(&a, &b) })
	kept := sorted[:0]
	for i := range sorted {
		if !slices.ContainsFunc(kept, func(c Component) bool { return c.AsksAs(&sorted[i]) }) {
			kept = append(kept, sorted[i])
		}
	}
	return kept
}

func (m *Matrix) isArranged(all []Component) bool {
	for i := 1; i < len(all); i++ {
		if m.byKind(&all[i-1], &all[i]) > 0 {
			return false
		}
		for j := range i {
			if all[j].AsksAs(&all[i]) {
				return false
			}
		}
	}
	return true
}

// byKind compares components by the places of their kinds in the catalogue.
func (m *Matrix) byKind(a, b *Component) int {
	if a.Kind == b.Kind {
		return 0
	}
	return cmp.Or(cmp.Compare(m.place(a), m.place(b)), strings.Compare(a.Kind, b.Kind))
}

// place is that of the kind of a component; one that the catalogue does not have
// comes last.
func (m *Matrix) place(c *Component) int {
	if c.Technology != nil {
		return c.Technology.kind.Order
	}
	if kind := m.kinds[c.Kind]; kind != nil {
		return kind.Order
	}
	return math.MaxInt
}

// AsksAs reports whether two components ask for the same: the same versions of a
// technology or, where neither could be read, the same text.
func (c *Component) AsksAs(other *Component) bool {
	if c.Technology != nil || other.Technology != nil {
		return c.Technology != nil && other.Technology != nil && c.Technology.ID == other.Technology.ID && c.Range.Equal(other.Range)
	}
	return c.Kind == other.Kind && strings.EqualFold(strings.TrimSpace(c.Text), strings.TrimSpace(other.Text))
}
