package api

import (
	"strings"

	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/portal"
)

// examples are the questions that a page offers before anything is asked: the main one,
// then one about the newest release of each product.
func (v *view) examples() []portal.Example { return wire.KeptOf(v, "examples", v.findExamples) }

func (v *view) findExamples() []portal.Example {
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
func (v *view) exampleOf(q compat.Question) portal.Example {
	names := wire.Each(q.Components, func(c compat.Component) string { return c.Text })
	text := strings.Join(names, " + ") + " for " + q.Product + " " + q.Release
	if p, err := v.Product(q.Product); err == nil {
		text = strings.Join(names, " + ") + " for " + p.Name + " " + q.Release
	}
	return portal.Example{Text: text, Query: portal.Parameters(v.addressOf(q))}
}

// exampleQuestion is the question of [compat.Matrix.Example]; where the catalogue has
// none, one about its first release that asks about nothing.
func (v *view) exampleQuestion() compat.Question {
	return wire.KeptOf(v, "example", func() compat.Question {
		q, ok := v.Example()
		if releases := v.Dataset().Releases; !ok && len(releases) > 0 {
			q.Product, q.Release = releases[0].Product, releases[0].Version
		}
		return q
	})
}

// exampleComponent shows how a component is asked for: ", such as os=RHEL 9"; empty
// where there is no example.
func (v *view) exampleComponent() string {
	q := v.exampleQuestion()
	if len(q.Components) == 0 {
		return ""
	}
	return ", such as " + v.word(q.Components[0].Kind) + "=" + q.Components[0].Text
}

// wordsHint says how to ask in plain words.
func (v *view) wordsHint() string {
	const hint = "Name a product and what it runs on"
	if words := v.exampleWords(); words != "" {
		return hint + ": " + words + "?"
	}
	return hint
}

// exampleWords asks the question of the examples in plain words; empty where there is
// none.
func (v *view) exampleWords() string {
	q := v.exampleQuestion()
	if len(q.Components) == 0 {
		return ""
	}
	return q.Words()
}
