package survey

import (
	"cmp"
	"strings"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/internal/order"
)

// Diff is what two sets of facts answer differently.
type Diff struct {
	Asked    int      // questions that both were asked
	Reworded int      // answers with another reason and the same outcome
	Answers  []Answer // with another outcome: by product, release, newest first, kind and component
}

// Answer is a question about one component of a release, which two sets of facts answer.
type Answer struct {
	Product, Release string // IDs
	Technology       string // of the first component, its ID
	Environment      []compat.Asked
	Before, After    *Outcome // nil where there is no such release
}

// Outcome is an answer in short.
type Outcome struct {
	Verdict fact.Verdict
	Pass    bool
	Why     string // the reason, in a sentence or two
}

// Question is the environment in words, with the kinds: "dbms=PostgreSQL 17.2 + os=RHEL 9".
func (a *Answer) Question() string {
	var all []string
	for _, c := range a.Environment {
		all = append(all, c.Kind+"="+c.Text)
	}
	return strings.Join(all, " + ")
}

// same reports whether the outcomes are alike, whatever the reasons.
func (a *Answer) same() bool {
	return a.Before != nil && a.After != nil && a.Before.Verdict == a.After.Verdict && a.Before.Pass == a.After.Pass
}

// DiffOf asks both of two sets of facts about every release of either: of each technology
// that a release lists in either, about every version that is listed, and every series and
// newest version of a lifecycle. A statement with a condition is asked about where that is met.
func DiffOf(before, after *compat.Matrix) *Diff {
	d := &Diff{}
	for _, p := range pairs(before, after) {
		r := cmp.Or(p.after, p.before)
		for _, a := range p.questions() {
			a.Product, a.Release = r.Of().ID, r.Version
			a.Before, a.After = outcome(before, p.before, a.Environment), outcome(after, p.after, a.Environment)
			d.Asked++
			switch {
			case !a.same():
				d.Answers = append(d.Answers, a)
			case a.Before.Why != a.After.Why:
				d.Reworded++
			}
		}
	}
	return d
}

// pair is a release in two sets of facts; nil in one that does not have it.
type pair struct{ before, after *compat.Release }

// pairs gives the releases of two sets of facts.
func pairs(before, after *compat.Matrix) []*pair {
	var all []*pair
	known := map[[2]string]*pair{}
	of := func(r *compat.Release) *pair {
		id := [2]string{r.Of().ID, r.Version}
		if known[id] == nil {
			known[id] = &pair{}
			all = append(all, known[id])
		}
		return known[id]
	}
	for _, r := range after.Releases() {
		of(r).after = r
	}
	for _, r := range before.Releases() {
		of(r).before = r
	}
	order.Stable(all, func(a, b *pair) int {
		return cmp.Compare(cmp.Or(a.after, a.before).Of().ID, cmp.Or(b.after, b.before).Of().ID)
	})
	return all
}

// questions are those to ask about a release, as texts that every set of facts can read.
func (p *pair) questions() []Answer {
	var all []Answer
	known := map[string]bool{}
	add := func(components ...compat.Component) {
		a := Answer{Technology: components[0].Technology.ID}
		for i := range components {
			a.Environment = append(a.Environment, compat.Asked{Kind: components[i].Kind, Text: components[i].Query()})
		}
		if key := a.Question(); !known[key] {
			known[key] = true
			all = append(all, a)
		}
	}
	for _, r := range []*compat.Release{p.after, p.before} {
		if r == nil {
			continue
		}
		for _, l := range r.Listings() {
			for _, environment := range l.Environments() {
				add(environment...)
			}
		}
		for _, t := range listed(r) {
			for _, c := range maintained(t) {
				add(c)
			}
		}
	}
	order.Stable(all, func(a, b Answer) int {
		return cmp.Or(cmp.Compare(a.Environment[0].Kind, b.Environment[0].Kind), cmp.Compare(a.Technology, b.Technology))
	})
	return all
}

// maintained gives the series of a technology, and the newest version of each.
func maintained(t *compat.Technology) []compat.Component {
	var all []compat.Component
	for _, period := range t.Lifecycles() {
		all = append(all, t.Component(period.Range))
		if newest, err := t.Parse(period.Latest); period.Latest != "" && err == nil {
			all = append(all, newest)
		}
	}
	return all
}

// outcome asks about one environment of a release; nil where that is nil.
func outcome(m *compat.Matrix, r *compat.Release, environment []compat.Asked) *Outcome {
	if r == nil {
		return nil
	}
	components := make([]compat.Component, len(environment))
	for i, asked := range environment {
		components[i] = m.Resolve(asked)
	}
	a := check(r, compat.Question{Components: components})
	o := &Outcome{Verdict: a.Verdict, Pass: a.Pass, Why: m.Words().Text("assumed.why")}
	for i := range a.Components {
		if a.Components[i].AsksAs(&components[0]) {
			o.Why = a.Components[i].Why()
		}
	}
	return o
}
