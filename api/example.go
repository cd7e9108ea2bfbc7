package api

import (
	"strings"

	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/portal"
)

// examples are the questions that a page offers before anything is asked: the main one,
// then one about the newest release of each product.
func (v *View) examples() []portal.Example { return wire.KeptOf(v, "examples", findExamples) }

func findExamples(v *View) []portal.Example {
	var all []portal.Example
	if q, ok := v.Example(); ok {
		all = append(all, v.exampleOf(q))
	}
	for _, p := range v.Products() {
		for _, r := range p.Releases() {
			if q, _ := r.Example(); len(q.Components) > 0 && len(all) < maxOffered && !r.Provisional() {
				all = append(all, v.exampleOf(q))
				break
			}
		}
	}
	return all
}

// exampleOf is a link that asks a question.
func (v *View) exampleOf(q compat.Question) portal.Example {
	names := wire.Each(q.Components, func(c compat.Component) string { return c.Text })
	text := strings.Join(names, " + ") + " for " + q.Product + " " + q.Release
	if p, err := v.Product(q.Product); err == nil {
		text = strings.Join(names, " + ") + " for " + p.Name + " " + q.Release
	}
	return portal.Example{Text: text, Query: portal.Parameters(v.addressOf(q))}
}
