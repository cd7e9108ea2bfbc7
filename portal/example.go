package portal

import (
	"strings"

	"github.com/testedon/testedon/api/question"
	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/compat"
)

// examples are the questions that a page offers before anything is asked: the main one,
// then one about the newest release of each product.
func examples(v *question.View) []Example { return wire.KeptOf(v, "examples", findExamples) }

func findExamples(v *question.View) []Example {
	var all []Example
	if q, ok := v.Example(); ok {
		all = append(all, exampleOf(v, q))
	}
	for _, p := range v.Products() {
		for _, r := range p.Releases() {
			if q, _ := r.Example(); len(q.Components) > 0 && len(all) < question.MaxOffered && !r.Provisional() {
				all = append(all, exampleOf(v, q))
				break
			}
		}
	}
	return all
}

// exampleOf is a link that asks a question.
func exampleOf(v *question.View, q compat.Question) Example {
	names := wire.Each(q.Components, func(c compat.Component) string { return c.Text })
	text := strings.Join(names, " + ") + " for " + q.Product + " " + q.Release
	if p, err := v.Product(q.Product); err == nil {
		text = strings.Join(names, " + ") + " for " + p.Name + " " + q.Release
	}
	return Example{Text: text, Query: Parameters(v.AddressOf(q))}
}
