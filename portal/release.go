package portal

import (
	"html/template"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/compat/lifecycle"
	"github.com/testedon/testedon/compat/requirement"
)

// Release is the page of everything stated about a release.
type Release struct {
	Frame
	*compat.Product
	Release    *compat.Release
	Kinds      []ReleaseKind
	Needs      []NeedGroup
	Ports      *requirement.Ports
	Advisories []*fact.Advisory
	Notes      []*fact.Note
	Sources    []*fact.Source
	Exports    []Export
	Ask        template.URL // the form for it
}

func (*Release) name() string { return "release" }

// ReleaseKind is what a release lists of a kind.
type ReleaseKind struct {
	*fact.Kind
	Listed []Listed
}

// Listed is a statement, and the question that asks for it.
type Listed struct {
	*compat.Listing
	Query template.URL
	Life  lifecycle.Answer // of its versions, today
}

// NeedGroup is what one way to run a release needs.
type NeedGroup struct {
	Name  string
	Needs []requirement.Need
}

// Export is a form in which a release can be taken away.
type Export struct{ Name, Href string }
