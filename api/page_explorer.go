package api

import (
	"html/template"
	"net/url"
	"slices"
	"strings"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/portal"
)

// maxChoices is how many names are offered for a field while one types.
const maxChoices = 300

// explorer is the page that asks and answers.
func (s *Server) explorer(v *view, in input) (portal.Page, error) {
	page := &portal.Explorer{Frame: v.frame(in, "Is your environment tested?",
		"Tells whether an operating system, JDK and database are tested for a release, with the statement it rests on.")}
	form, q, err := v.form(in, "/")
	page.Question = form
	if err == nil {
		err = v.explore(page, q, in)
	}
	if err != nil {
		page.Problem = s.told(in, err)
		page.Code = page.Problem.Code
	}
	return page, nil
}

// explore answers what is asked, if anything.
func (v *view) explore(page *portal.Explorer, q *question, in input) error {
	if err := v.checkPage(in, slices.Concat([]string{"q"}, v.parameters)); err != nil {
		return err
	}
	switch {
	case page.Words != "":
		return v.exploreWords(page, in)
	case page.Asked():
		if err := q.answerNow(v); err != nil {
			return err
		}
		v.show(page, q)
		return nil
	case page.Product != "":
		return v.exploreChosen(page)
	}
	ds := v.Dataset()
	page.Examples, page.Known = v.examples(), &portal.Known{Products: len(ds.Products), Releases: len(ds.Releases), Technologies: len(ds.Technologies), Claims: len(ds.Claims)}
	return nil
}

// exploreChosen leads on from a product, or a release of it, of which nothing is asked.
func (v *view) exploreChosen(page *portal.Explorer) error {
	p, err := v.Product(page.Product)
	if err != nil {
		return err
	}
	page.About = &portal.Candidate{Text: p.Name, Href: "/products/" + url.PathEscape(p.ID)}
	if page.Release == "" {
		return nil
	}
	_, r, err := v.Release(p.ID, page.Release)
	if err != nil {
		return err
	}
	page.About = &portal.Candidate{Text: p.Name + " " + r.Version, Href: matrixPath(r)}
	if q, _ := v.ExampleFor(r); len(q.Components) > 0 {
		page.Examples = []portal.Example{v.exampleOf(q)}
	}
	return nil
}

// exploreWords answers a question in plain words. The fields show what was understood.
func (v *view) exploreWords(page *portal.Explorer, in input) error {
	if err := checkWords("q", page.Words); err != nil {
		return err
	}
	u := v.Understand(page.Words)
	q := newPageQuestion()
	q.require = in.one("require")
	require, err := q.requirement()
	if err != nil {
		return err
	}
	page.Understood = u
	answered, err := q.understood(v, u, require)
	if err != nil {
		return err
	}
	words := page.Words
	page.Question = v.formOf(q, "/")
	page.Words = words
	if answered {
		q.settle(v)
		v.show(page, q)
		return nil
	}
	page.Readings = v.choices(page, u)
	if len(page.Readings) == 0 {
		return notUnderstood(u)
	}
	return nil
}

// notUnderstood reports a question in plain words that lacks something.
func notUnderstood(u *compat.Understanding) error {
	return compat.Invalid("q", "Name a product, and what it runs on: is RHEL 9 tested for MI 4.4.0?", "%s", strings.TrimSuffix(u.Summary(nil), "."))
}

// choices are what has to be decided first, each with the question that decides it.
func (v *view) choices(page *portal.Explorer, u *compat.Understanding) []portal.Choice {
	return each(u.Ambiguous, func(a compat.Ambiguity) portal.Choice {
		return portal.Choice{Text: a.Text, Reason: a.Reason, Readings: each(a.Readings, func(r compat.Reading) portal.Example {
			return portal.Example{Text: r.Display, Query: asWords(strings.Replace(page.Words, a.Text, r.Text, 1))}
		})}
	})
}

// asWords is the query of a question in plain words.
func asWords(text string) template.URL { return portal.Parameters("q=" + url.QueryEscape(text)) }

// show shows the answer to a question.
func (v *view) show(page *portal.Explorer, q *question) {
	asked := q.query(v)
	page.Answer = &portal.Answer{
		Answer: &q.answer, Asked: portal.Parameters(asked), Base: page.Base, Matrix: matrixPath(q.answer.Release),
		Moves: each(q.answer.Moves, func(m compat.Move) portal.Move { return portal.Move{Move: m, Query: v.moved(q, m)} }),
	}
	page.Title, page.Path = portal.Headline(&q.answer), "/?"+asked
	page.Description = q.answer.Summary()
	page.Links = []portal.Link{
		{Media: mediaJSON, Href: q.location(v), Title: "The answer as JSON"},
		{Media: "application/json+oembed", Href: page.Base + oembedPath(page.Base, asked), Title: page.Title},
	}
}

// moved is the question after a move: the components it changes are others.
func (v *view) moved(q *question, m compat.Move) template.URL {
	after := *q
	after.asked = nil
	for i := range q.answer.Components {
		c := &q.answer.Components[i]
		text := c.Text
		for _, change := range m.Changes {
			if c.Kind == change.Kind && c.Understood() == change.From {
				text = change.To
			}
		}
		after.asked = append(after.asked, compat.Asked{Kind: c.Kind, Text: text})
	}
	for _, c := range q.answer.Assumed {
		after.asked = append(after.asked, compat.Asked{Kind: c.Kind, Text: c.Text})
	}
	return portal.Parameters(after.query(v))
}

// checkPage reports a parameter that a page does not take.
func (v *view) checkPage(in input, known []string) error {
	for name := range in.query {
		if !slices.Contains(known, name) && v.Kind(name) == nil {
			return unknown("parameter", name, known)
		}
	}
	return nil
}
