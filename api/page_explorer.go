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
	page.Question = v.form(in, "/")
	if err := v.explore(page, in); err != nil {
		e := asError(err)
		problem := s.explain(e, in)
		page.Problem, page.Code = problemPage(in, e, problem), problem.Status
	}
	return page, nil
}

// explore answers what is asked, if anything.
func (v *view) explore(page *portal.Explorer, in input) error {
	if err := v.checkPage(in, slices.Concat([]string{"q"}, v.parameters)); err != nil {
		return err
	}
	switch err := newPageQuestion().fromPage(v, in.query); {
	case err != nil:
		return err
	case page.Words != "":
		return v.exploreWords(page, in)
	case page.Asked():
		return v.exploreFields(page, in)
	case page.Product != "":
		_, err := v.Product(page.Product)
		return err
	}
	page.Examples = v.examples()
	return nil
}

// exploreFields answers the question of the fields.
func (v *view) exploreFields(page *portal.Explorer, in input) error {
	q, err := v.questionOn(in)
	if err != nil {
		return err
	}
	v.show(page, q)
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

// show shows the answer to a question, and the form that asks it.
func (v *view) show(page *portal.Explorer, q *question) {
	form := v.formOf(q, "/")
	words := page.Words
	page.Question = form
	page.Words = words
	page.Answer = &portal.Answer{
		Answer: &q.answer, Asked: form.Query(), Base: page.Base,
		Matrix: "/products/" + url.PathEscape(q.answer.Product.ID) + "/" + url.PathEscape(q.answer.Release.Version),
		Moves:  each(q.answer.Moves, func(m compat.Move) portal.Move { return portal.Move{Move: m, Query: v.moved(q, &form, m)} }),
	}
	page.Title, page.Path = portal.Headline(&q.answer), "/?"+string(form.Query())
	page.Description = q.answer.Summary()
	page.Links = []portal.Link{
		{Media: mediaJSON, Href: "/v1/check?" + string(form.Query()), Title: "The answer as JSON"},
		{Media: "application/json+oembed", Href: page.Base + "/oembed?url=" + url.QueryEscape(page.Base+"/?"+string(form.Query())), Title: page.Title},
	}
}

// moved is the question after a move: the components it changes are others.
func (v *view) moved(q *question, form *portal.Question, m compat.Move) template.URL {
	other := map[string][]string{}
	for _, change := range m.Changes {
		word := v.word(change.Kind)
		for i := range q.answer.Components {
			c := &q.answer.Components[i]
			if c.Kind != change.Kind {
				continue
			}
			text := c.Text
			if c.Understood() == change.From {
				text = change.To
			}
			other[word] = append(other[word], text)
		}
	}
	return form.With(other)
}

// newPageQuestion is a question for a page. A page is not asked for so often that its
// memory is worth keeping.
func newPageQuestion() *question { return &question{resources: make([]string, len(resourceFields))} }

// fromPage reads the question of a form.
func (q *question) fromPage(v *view, values map[string][]string) error {
	for _, name := range slices.Concat(questionFields, resourceFields) {
		if given := values[name]; len(given) > 1 {
			return moreThanOnce(name)
		} else if len(given) == 1 {
			if err := setOnce(q.field(name), name, given[0]); err != nil {
				return err
			}
		}
	}
	for _, id := range v.kinds {
		for _, name := range v.askedAs(id) {
			for _, text := range values[name] {
				if err := q.ask(id, name, text); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// askedAs are the names of a kind in a query, first the one that is written; none where
// other parameters have all of them.
func (v *view) askedAs(id string) []string {
	k := v.Kind(id)
	return slices.DeleteFunc(slices.Concat([]string{k.ID}, k.Aliases), func(name string) bool {
		return slices.Contains(questionFields, name) || slices.Contains(resourceFields, name)
	})
}

// form is the form as it was sent.
func (v *view) form(in input, action string) portal.Question {
	q := newPageQuestion()
	err := q.fromPage(v, in.query)
	form := v.formOf(q, action)
	if err != nil { // it shows the text of what cannot be asked
		form.Product, form.Release = in.one("product"), in.one("release")
	}
	form.Words = in.one("q")
	return form
}

// formOf is the form that asks a question.
func (v *view) formOf(q *question, action string) portal.Question {
	form := portal.Question{Product: q.product, Release: q.release, Require: q.require, Action: action,
		Products: pointers(v.Dataset().Products)}
	listed := map[string][]string{}
	if p, err := v.Product(q.product); err == nil {
		form.Product, form.Releases = p.ID, v.Releases(p.ID)
		if _, r, err := v.Release(p.ID, q.release); err == nil {
			form.Release = r.Version
			for _, l := range v.Listings(p.ID, r.Version) {
				listed[l.Tech.Kind] = append(listed[l.Tech.Kind], v.Text(l))
			}
		}
	}
	for _, id := range v.kinds {
		if len(v.askedAs(id)) > 0 {
			form.Fields = append(form.Fields, v.field(q, id, listed))
		}
	}
	for i, name := range resourceFields {
		f := portal.Field{Name: name, Label: name, Example: resourceExamples[name], Extra: true}
		if q.resources[i] != "" {
			f.Values = []string{q.resources[i]}
		}
		form.Fields = append(form.Fields, f)
	}
	return form
}

// resourceExamples are what is shown where a resource can be written.
var resourceExamples = map[string]string{"cores": "2", "memory": "4GB", "disk": "20GB", "deployment": "Docker"}

// field is the field of a kind. It offers what the release lists, then every
// technology of the kind.
func (v *view) field(q *question, id string, listed map[string][]string) portal.Field {
	k := v.Kind(id)
	f := portal.Field{Name: v.word(id), Label: k.Name, Example: k.Example, Extra: len(listed) > 0 && len(listed[id]) == 0}
	for _, asked := range q.asked {
		if asked.Kind == id {
			f.Values = append(f.Values, asked.Text)
		}
	}
	f.Choices = slices.Clone(listed[id])
	for _, t := range v.Technologies(id, "") {
		f.Choices = append(f.Choices, t.Name)
	}
	f.Choices = eachOnce(f.Choices)
	f.Choices = f.Choices[:min(len(f.Choices), maxChoices)]
	return f
}

// eachOnce gives each text once, in order.
func eachOnce(texts []string) []string {
	var all []string
	for _, text := range texts {
		if !slices.Contains(all, text) {
			all = append(all, text)
		}
	}
	return all
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

// examples are the questions that a page offers before anything is asked: the main one,
// then one about the newest release of each product.
func (v *view) examples() []portal.Example {
	const key = "examples"
	if kept, ok := v.kept.Load(key); ok {
		return kept.([]portal.Example)
	}
	all := v.findExamples()
	v.kept.Store(key, all)
	return all
}

func (v *view) findExamples() []portal.Example {
	var all []portal.Example
	if q, ok := v.Example(); ok {
		all = append(all, v.exampleOf(q))
	}
	for _, p := range pointers(v.Dataset().Products) {
		for _, r := range v.Releases(p.ID) {
			if q, _ := v.ExampleFor(r); len(q.Components) > 0 && len(all) < maxOffered && !v.Provisional(r) {
				all = append(all, v.exampleOf(q))
				break
			}
		}
	}
	return all
}

// exampleOf is a link that asks a question.
func (v *view) exampleOf(q compat.Question) portal.Example {
	asked := newPageQuestion()
	asked.product, asked.release = q.Product, q.Release
	names := each(q.Components, func(c compat.Component) string {
		asked.asked = append(asked.asked, compat.Asked{Kind: c.Kind, Text: c.Text})
		return c.Text
	})
	form := v.formOf(asked, "/")
	text := strings.Join(names, " + ") + " for " + q.Product + " " + q.Release
	if p, err := v.Product(q.Product); err == nil {
		text = strings.Join(names, " + ") + " for " + p.Name + " " + q.Release
	}
	return portal.Example{Text: text, Query: form.Query()}
}
