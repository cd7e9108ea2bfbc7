package api

import (
	"html/template"
	"net/url"
	"strings"

	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/compat/plain"
	"github.com/testedon/testedon/portal"
)

// maxChoices is how many names are offered for a field while one types.
const maxChoices = 300

// explorer is the page that asks and answers.
func (s *Site) explorer(v *View, in address) (portal.Page, error) {
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
func (v *View) explore(page *portal.Explorer, q *question, in address) error {
	switch {
	case page.Words != "":
		return v.exploreWords(page, in)
	case page.Asked():
		if err := q.answerNow(); err != nil {
			return err
		}
		tellVerdict(in, &q.answer)
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
func (v *View) exploreChosen(page *portal.Explorer) error {
	p, err := v.Product(page.Product)
	if err != nil {
		return err
	}
	page.About = &portal.Candidate{Text: p.Name, Href: "/products/" + url.PathEscape(p.ID)}
	if page.Release == "" {
		return nil
	}
	r, err := p.Release(page.Release)
	if err != nil {
		return err
	}
	page.About = &portal.Candidate{Text: p.Name + " " + r.Version, Href: matrixPath(r)}
	if q, _ := r.Example(); len(q.Components) > 0 {
		page.Examples = []portal.Example{v.exampleOf(q)}
	}
	return nil
}

// exploreWords answers a question in plain words. The fields show what was understood.
func (v *View) exploreWords(page *portal.Explorer, in address) error {
	if err := checkWords("q", page.Words); err != nil {
		return err
	}
	u := plain.Understand(v.Matrix, page.Words)
	q := v.question()
	q.unread = in.unread
	q.require = in.One("require")
	require, err := q.requirement()
	if err != nil {
		return err
	}
	page.Understood = u
	answered, err := q.understood(u, require)
	if err != nil {
		return err
	}
	words := page.Words
	page.Question = v.formOf(q, "/")
	page.Words = words
	if answered {
		q.settle()
		tellVerdict(in, &q.answer)
		v.show(page, q)
		return nil
	}
	page.Readings = v.choices(page, u)
	if len(page.Readings) == 0 {
		return v.notUnderstood(u)
	}
	return nil
}

// notUnderstood reports a question in plain words that lacks something.
func (v *View) notUnderstood(u *plain.Understanding) error {
	return fact.Invalid("q", v.wordsHint(), "%s", strings.TrimSuffix(u.Summary(nil), "."))
}

// choices are what has to be decided first, each with the question that decides it.
func (v *View) choices(page *portal.Explorer, u *plain.Understanding) []portal.Choice {
	return wire.Each(u.Ambiguous, func(a plain.Ambiguity) portal.Choice {
		return portal.Choice{Text: a.Text, Reason: a.Reason, Readings: wire.Each(a.Readings, func(r plain.Reading) portal.Example {
			return portal.Example{Text: r.Display, Query: asWords(strings.Replace(page.Words, a.Text, r.Text, 1))}
		})}
	})
}

// asWords is the query of a question in plain words.
func asWords(text string) template.URL { return portal.Parameters("q=" + url.QueryEscape(text)) }

// show shows the answer to a question.
func (v *View) show(page *portal.Explorer, q *question) {
	asked := q.query()
	page.Answer = &portal.Answer{
		Answer: &q.answer, Asked: portal.Parameters(asked), Base: page.Base, Matrix: matrixPath(q.answer.Release),
		Components: v.offered(q),
		Moves:      wire.Each(q.answer.Moves, func(m compat.Move) portal.Move { return portal.Move{Move: m, Query: v.moved(q, m)} }),
	}
	page.Title, page.Path = portal.Headline(&q.answer), "/?"+asked
	page.Description = q.answer.Summary()
	if len(q.answer.Unread) > 0 && page.Words != "" { // without its words the question is another one
		page.Path = "/?" + string(asWords(page.Words))
		return
	}
	page.Links = []portal.Link{
		{Media: wire.MediaJSON, Href: q.location(), Title: "The answer as JSON"},
		{Media: "application/json+oembed", Href: page.Base + oembedPath(page.Base, asked), Title: page.Title},
	}
}

// moved is the question after a move: the components it changes are others.
func (v *View) moved(q *question, m compat.Move) template.URL {
	if m.Release != nil {
		after := *q
		after.release = m.Release.Version
		q = &after
	}
	return v.with(q, func(c *compat.ComponentAnswer) string {
		for _, change := range m.Changes {
			if c.Kind == change.Kind && c.Understood() == change.From {
				return change.To
			}
		}
		return c.Text
	})
}

// with is the question with each component as text gives it.
func (v *View) with(q *question, text func(*compat.ComponentAnswer) string) template.URL {
	after := *q
	after.asked = nil
	for i := range q.answer.Components {
		c := &q.answer.Components[i]
		after.asked = append(after.asked, compat.Asked{Kind: c.Kind, Text: text(c)})
	}
	for _, c := range q.answer.Assumed {
		after.asked = append(after.asked, compat.Asked{Kind: c.Kind, Text: c.Text})
	}
	return portal.Parameters(after.query())
}

// offered gives the components of an answer, those that could not be read with
// the questions for what may have been meant.
func (v *View) offered(q *question) []portal.Component {
	all := make([]portal.Component, len(q.answer.Components))
	for i := range all {
		c := &q.answer.Components[i]
		all[i] = portal.Component{ComponentAnswer: c, Offers: wire.Each(c.Candidates, func(text string) portal.Example {
			return portal.Example{Text: text, Query: v.with(q, func(other *compat.ComponentAnswer) string {
				if other == c {
					return text
				}
				return other.Text
			})}
		})}
	}
	return all
}
