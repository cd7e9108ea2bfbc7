package portal

import (
	"html/template"
	"slices"

	"github.com/testedon/testedon/compat"
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
func (q *Question) HasExtra() bool { return slices.ContainsFunc(q.Fields, isExtra) }

// ExtraAsked reports whether one of these has a value.
func (q *Question) ExtraAsked() bool {
	return slices.ContainsFunc(q.Fields, func(f Field) bool { return f.Extra && len(f.Values) > 0 })
}

func isExtra(f Field) bool { return f.Extra }

// Bar is what an answer has to reach to pass.
type Bar struct{ Value, Text string }

// Bars lists what can be chosen, with what was asked for where that is another.
func (q *Question) Bars() []Bar {
	all := []Bar{
		{"tested", "only what is listed as tested"},
		{"compatible", "also what is compatible"},
		{"conditional", "also what is covered under a condition"},
	}
	if q.Require != "" && !slices.ContainsFunc(all, func(b Bar) bool { return b.Value == q.Require }) {
		all = append(all, Bar{q.Require, q.Require})
	}
	return all
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

// Shown are the values with room for one more.
func (f Field) Shown() []string { return append(slices.Clone(f.Values), "") }

// Asked reports whether the question has anything to be answered.
func (q *Question) Asked() bool {
	return q.Words != "" || q.Product != "" && q.Release != "" && slices.ContainsFunc(q.Fields, func(f Field) bool { return len(f.Values) > 0 })
}

// Parameters marks a text as the parameters of an address, each name and value of which
// is escaped: templates then leave it as it is.
func Parameters(escaped string) template.URL {
	return template.URL(escaped) //nolint:gosec // callers escape each name and value
}
