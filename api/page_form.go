package api

import (
	"slices"

	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/portal"
)

// form is the form as it was sent, and the question that it asks. The error says what
// of it cannot be asked; the form shows its text all the same.
func (v *View) form(in address, action string) (portal.Question, *question, error) {
	q := v.question()
	q.unread = in.unread
	err := q.fromPage(in.Query)
	if err == nil && in.stray != nil {
		err = in.stray
	}
	form := v.formOf(q, action)
	if err != nil {
		form.Product, form.Release = in.One("product"), in.One("release")
	}
	form.Words = in.One("q")
	return form, q, err
}

// formOf is the form that asks a question.
func (v *View) formOf(q *question, action string) portal.Question {
	form := portal.Question{Product: q.product, Release: q.release, Require: q.require, Action: action, Example: v.exampleWords(),
		Products: v.Products()}
	listed := map[string][]string{}
	if p, err := v.Product(q.product); err == nil {
		form.Product, form.Releases = p.ID, p.Releases()
		if r, err := p.Release(q.release); err == nil {
			form.Release = r.Version
			for _, l := range r.Listings() {
				listed[l.Tech.Kind] = append(listed[l.Tech.Kind], l.Query())
			}
		}
	}
	usual := wire.KeptOf(v, "usual kinds", usualKinds)
	for _, id := range v.kinds {
		if len(v.askedAs(id)) == 0 {
			continue
		}
		f := v.field(q, id, listed[id])
		if f.Extra = len(listed[id]) == 0; len(listed) == 0 {
			f.Extra = !usual[id]
		}
		form.Fields = append(form.Fields, f)
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

// usualKinds are those that at least half of the releases list something of.
func usualKinds(v *View) map[string]bool {
	listing, releases := map[string]int{}, 0
	for _, r := range v.Releases() {
		listed := map[string]bool{}
		for _, l := range r.Listings() {
			listed[l.Tech.Kind] = true
		}
		for id := range listed {
			listing[id]++
		}
		if len(listed) > 0 {
			releases++
		}
	}
	usual := map[string]bool{}
	for id, n := range listing {
		usual[id] = 2*n >= releases
	}
	return usual
}

// field is the field of a kind. It offers what the release lists, then every
// technology of the kind.
func (v *View) field(q *question, id string, listed []string) portal.Field {
	k := v.Kind(id)
	f := portal.Field{Name: v.word(id), Label: k.Name, Example: k.Example}
	for _, asked := range q.asked {
		if asked.Kind == id {
			f.Values = append(f.Values, asked.Text)
		}
	}
	f.Choices = slices.Clone(listed)
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
