package compat

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/testedon/testedon/compat/fact"
)

// FindQuestion asks which releases are tested with an environment.
type FindQuestion struct {
	Product    string // ID, name or alias; empty for every product
	Components []Component
	Require    Require
	Today      fact.Day // as in Question
	Limit      int      // how many releases to tell; the best come first
}

// Finding is the releases an environment was held against.
type Finding struct {
	Answers []Answer // the best of them, without moves
	Passing int      // how many releases pass the bar
	Total   int      // how many there are
}

// Find checks an environment against every release, or every release of one
// product. The best come first: those that pass, then by verdict, then by those of
// the components together, then by how many match exactly, then what is known of not
// only provisionally, then in the order of products and from the newest release to the oldest. The error is an *Error of
// code unknown_product or, where every release assumes all components, invalid.
func (m *Matrix) Find(q FindQuestion) (*Finding, error) {
	products, err := m.chosen(q.Product)
	if err != nil {
		return nil, err
	}
	ranked, passing := m.rank(products, q)
	if len(q.Components) > 0 && len(ranked) > 0 && !slices.ContainsFunc(ranked, func(s standing) bool { return s.weighed > 0 }) {
		var a Answer
		m.conclude(ranked[0].release, q.question(), nil, &a)
		return nil, nothingWeighed(a.Assumed, nil)
	}
	found := &Finding{Passing: passing, Total: len(ranked)}
	ranked = ranked[:min(max(q.Limit, 0), len(ranked))]
	found.Answers = make([]Answer, len(ranked))
	asked := q.question()
	asked.Today = q.Today
	for i := range ranked {
		m.conclude(ranked[i].release, asked, nil, &found.Answers[i])
	}
	return found, nil
}

// question is what is asked of each release, but for the day: no rank depends on it.
func (q FindQuestion) question() Question {
	return Question{Components: q.Components, Require: q.Require}
}

// standing is how well a release stands among others.
type standing struct {
	release               *Release
	pass                  bool
	verdict, sum, exactly int // of the environment, of its components together; exact matches
	weighed               int // components that are not assumed
}

// rank orders the releases of products, best first, and counts those that pass.
// It keeps no answer: a catalogue may have thousands of releases.
func (m *Matrix) rank(products []*Product, q FindQuestion) (all []standing, passing int) {
	var a Answer
	for _, p := range products {
		for _, r := range p.ordered {
			m.conclude(r, q.question(), nil, &a)
			s := standing{release: r, pass: a.Pass, verdict: a.Verdict.Rank(), weighed: len(a.Components)}
			for i := range a.Components {
				s.sum += a.Components[i].Verdict.Rank()
				if a.Components[i].Match == fact.MatchExact {
					s.exactly++
				}
			}
			if a.Pass {
				passing++
			}
			all = append(all, s)
		}
	}
	slices.SortStableFunc(all, func(a, b standing) int {
		return cmp.Or(-compareBool(a.pass, b.pass), cmp.Compare(a.verdict, b.verdict), cmp.Compare(a.sum, b.sum), cmp.Compare(b.exactly, a.exactly),
			compareBool(a.release.provisional, b.release.provisional))
	})
	return all, passing
}

// Summary says in a sentence or two how many releases pass, and which is the best.
func (f *Finding) Summary() string {
	if f.Total == 0 {
		return "There is no release to hold the environment against."
	}
	text := fmt.Sprintf("%d of %d releases pass.", f.Passing, f.Total)
	switch {
	case f.Total == 1 && f.Passing == 1:
		text = "The only release passes."
	case f.Total == 1:
		text = "The only release does not pass."
	case f.Passing == 0:
		text = fmt.Sprintf("None of %d releases passes.", f.Total)
	case f.Passing == 1:
		text = fmt.Sprintf("1 of %d releases passes.", f.Total)
	}
	if len(f.Answers) > 0 {
		best := &f.Answers[0]
		text += " The best answer is that of " + best.Release.Title() + ": " + best.Verdict.Words() + "." + best.Release.caution()
	}
	return text
}
