package portal

import (
	"slices"
	"strings"

	"github.com/testedon/testedon/api/question"
	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/compat/plain"
	"github.com/testedon/testedon/compat/survey"
)

// Home is what the first page shows before anything is asked.
type Home struct {
	Examples                       []Example
	Products                       []*compat.Product // at most maxShown
	Releases, Technologies, Claims int
	More                           int // how many products there are besides
}

// maxShown is how many products the first page names.
const maxShown = 24

// homeOf gathers it, once for a catalogue.
func homeOf(v *question.View) *Home {
	ds, products := v.Dataset(), v.Products()
	shown := min(len(products), maxShown)
	return &Home{Examples: examples(v), Products: products[:shown], More: len(products) - shown,
		Releases: len(ds.Releases), Technologies: len(ds.Technologies), Claims: len(ds.Claims)}
}

// examples are one question that passes, one that does not and has a way to, and one in plain words: each
// with its answer.
func examples(v *question.View) (all []Example) {
	passing, ok := survey.Example(v.Matrix)
	if !ok {
		return nil
	}
	all = append(all, answered(v, passing))
	if failing, ok := failingOf(v, passing); ok {
		all = append(all, answered(v, failing))
	}
	words := "which releases run on " + passing.Components[0].Text
	if u := plain.Understand(v.Matrix, words); u.Type == plain.TypeFind {
		if found, err := survey.Find(survey.FindQuestion{Products: v.Products(), Components: u.Components}); err == nil {
			all = append(all, Example{Text: words, Query: asWords(words), Told: found.Summary()})
		}
	}
	return all
}

// failingOf is a question like one that passes, in which another series of one of its
// technologies is not listed and a newer one is.
func failingOf(v *question.View, passing compat.Question) (compat.Question, bool) {
	const most = 8 // series of a technology that are tried
	for i := len(passing.Components) - 1; i >= 0; i-- {
		c := &passing.Components[i]
		periods := c.Technology.Lifecycles()
		for _, p := range periods[:min(len(periods), most)] {
			q := passing
			q.Components = slices.Clone(passing.Components)
			q.Components[i] = v.Resolve(compat.Asked{Kind: c.Kind, Text: p.Display()})
			var a compat.Answer
			if err := v.Check(q, &a); err == nil && a.Verdict == fact.NotListed && len(a.Moves) > 0 && !a.Moves[0].Changes[0].Downgrade {
				return q, true
			}
		}
	}
	return passing, false
}

// answered is a link that asks a question, with its answer.
func answered(v *question.View, q compat.Question) Example {
	e, a := exampleOf(v, q), compat.Answer{}
	if err := v.Check(q, &a); err != nil {
		return e
	}
	e.Verdict = a.Verdict
	if e.Told = a.Accused(); len(a.Moves) > 0 {
		e.Told = a.Moves[0].Summary()
	}
	return e
}

// exampleOf is a link that asks a question.
func exampleOf(v *question.View, q compat.Question) Example {
	names := wire.Each(q.Components, func(c compat.Component) string { return c.Text })
	name := q.Product
	if p, err := v.Product(q.Product); err == nil {
		name = p.Name
	}
	return Example{Text: v.Matrix.Words().Text("portal.home.question", strings.Join(names, " + "), name+" "+q.Release), Query: Parameters(v.AddressOf(q))}
}
