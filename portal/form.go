package portal

import (
	"html/template"
	"slices"

	"github.com/testedon/testedon/api/question"
	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
)

// Question is a question as its form shows it: what was asked, as it was written,
// and what could be.
type Question struct {
	Words    string // in plain words; empty where it was asked by the fields
	Example  string // of a question in plain words; empty without one
	Product  string // ID of the chosen product; what was written where there is none
	Release  string
	Require  string
	Fields   []Field           // a kind each, then the resources
	Products []*compat.Product // to choose from
	Releases []*compat.Release // of the chosen product, newest first
	Action   string            // address that answers the form, "/"
}

// ProductName is what the chosen product is called, or what was written.
func (q *Question) ProductName() string {
	for _, p := range q.Products {
		if p.ID == q.Product {
			return p.Name
		}
	}
	return q.Product
}

// HasExtra reports whether there are fields that the chosen release lists nothing of.
func (q *Question) HasExtra() bool {
	return slices.ContainsFunc(q.Fields, func(f Field) bool { return f.Extra })
}

// ExtraAsked reports whether one of these has a value.
func (q *Question) ExtraAsked() bool {
	return slices.ContainsFunc(q.Fields, func(f Field) bool { return f.Extra && len(f.Values) > 0 })
}

// Bars lists what an answer may have to reach to pass, with what was asked for where that is another.
func (q *Question) Bars() []string {
	return eachOnce([]string{"", string(fact.Tested), string(fact.Compatible), string(fact.Conditional), q.Require})
}

// Field is one kind of component, or a resource, of a question.
type Field struct {
	Name    string   // of the parameter, "os"
	Label   string   // "operating system"
	Example string   // "RHEL 9"
	Values  []string // as asked
	Choices []string // what may be asked, as it is offered while typing
	Extra   bool     // the chosen release lists nothing of it
}

// Asked reports whether the question has anything to be answered.
func (q *Question) Asked() bool {
	return q.Words != "" || q.Product != "" && q.Release != "" && slices.ContainsFunc(q.Fields, func(f Field) bool { return len(f.Values) > 0 })
}

// Parameters marks a text as the parameters of an address, each name and value of which
// is escaped: templates then leave it as it is.
func Parameters(escaped string) template.URL {
	return template.URL(escaped) //nolint:gosec // callers escape each name and value
}

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
		if !v.CanAsk(id) {
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
		if given := q.Resources()[i]; given != "" {
			f.Values = []string{given}
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
			f.Values = append(f.Values, printed(v, asked))
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

// printed is what is asked for as people write it, where it is written by an ID and means the same.
func printed(v *question.View, asked compat.Asked) string {
	c := v.Resolve(asked)
	if c.Technology == nil || asked.Text != c.Query() {
		return asked.Text
	}
	if same := v.Resolve(compat.Asked{Kind: asked.Kind, Text: c.Display()}); same.Technology == c.Technology && same.Range.Equal(c.Range) {
		return c.Display()
	}
	return asked.Text
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
