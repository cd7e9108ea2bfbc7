package portal

import (
	"slices"

	"github.com/testedon/testedon/api/question"
	"github.com/testedon/testedon/api/wire"
)

// form is the form as it was sent, and the question that it asks. The error says what
// of it cannot be asked; the form shows its text all the same.
func readForm(v *question.View, in address, action string) (Question, *question.Question, error) {
	q := v.Question()
	q.Unread = in.unread
	err := q.FromPage(in.Query)
	if err == nil && in.stray != nil {
		err = in.stray
	}
	form := formOf(v, q, action)
	if err != nil {
		form.Product, form.Release = in.One("product"), in.One("release")
	}
	form.Words = in.One("q")
	return form, q, err
}

// formOf is the form that asks a question.
func formOf(v *question.View, q *question.Question, action string) Question {
	form := Question{Product: q.Product, Release: q.Release, Require: q.Require, Action: action, Example: v.ExampleWords(),
		Products: v.Products()}
	listed := map[string][]string{}
	if p, err := v.Product(q.Product); err == nil {
		form.Product, form.Releases = p.ID, p.Releases()
		if r, err := p.Release(q.Release); err == nil {
			form.Release = r.Version
			for _, l := range r.Listings() {
				listed[l.Tech.Kind] = append(listed[l.Tech.Kind], l.Query())
			}
		}
	}
	usual := wire.KeptOf(v, "usual kinds", usualKinds)
	for _, id := range v.KindIDs {
		if len(v.AskedAs(id)) == 0 {
			continue
		}
		f := fieldOf(v, q, id, listed[id])
		if f.Extra = len(listed[id]) == 0; len(listed) == 0 {
			f.Extra = !usual[id]
		}
		form.Fields = append(form.Fields, f)
	}
	for i, name := range question.ResourceFields {
		f := Field{Name: name, Label: name, Example: resourceExamples[name], Extra: true}
		if q.Resources[i] != "" {
			f.Values = []string{q.Resources[i]}
		}
		form.Fields = append(form.Fields, f)
	}
	return form
}

// resourceExamples are what is shown where a resource can be written.
var resourceExamples = map[string]string{"cores": "2", "memory": "4GB", "disk": "20GB", "deployment": "Docker"}

// usualKinds are those that at least half of the releases list something of.
func usualKinds(v *question.View) map[string]bool {
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
func fieldOf(v *question.View, q *question.Question, id string, listed []string) Field {
	k := v.Kind(id)
	f := Field{Name: v.Word(id), Label: k.Name, Example: k.Example}
	for _, asked := range q.Asked {
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
