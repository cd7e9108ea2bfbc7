package portal

import (
	"html/template"
	"net/url"
	"slices"

	"github.com/testedon/testedon/api/question"
	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/compat/lifecycle"
	"github.com/testedon/testedon/compat/requirement"
	"github.com/testedon/testedon/compat/survey"
	"github.com/testedon/testedon/export"
)

// Release is the page of everything stated about a release.
type Release struct {
	Frame
	*compat.Product
	Matrix     *compat.Matrix
	Release    *compat.Release
	Kinds      []ReleaseKind
	Needs      []NeedGroup
	Ports      *requirement.Ports
	Advisories []*fact.Advisory
	Notes      []*fact.Note
	History    []*survey.Change // the last ones
	Changes    string           // where all are
	Sources    []*fact.Source
	Exports    []Export
	Ask        template.URL // the form for it
}

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

// releaseRoute is the page of everything stated about a release.
var releaseRoute = route{path: "/products/:product/:release", name: "release", takes: pageParams{}, draw: func(s *Site, v *question.View, in address) (Page, error) {
	r, err := releaseAt(v, in)
	if err != nil {
		return nil, err
	}
	title := r.Title()
	page := &Release{
		Frame:   s.frameOf(v, in, title, "What "+title+" was tested with, needs and listens on, each fact with its source."),
		Product: r.Of(), Matrix: v.Matrix, Release: r, Ask: releaseQuery(r),
		Exports: []Export{{Name: "JSON", Href: "/v1" + productPath(r) + "/export?format=json"}},
	}
	for _, f := range export.Formats {
		page.Exports = append(page.Exports, Export{Name: f.Title, Href: "/v1" + productPath(r) + "/export?format=" + f.Name})
	}
	page.Links = []Link{
		{Media: wire.MediaJSON, Href: "/v1" + productPath(r), Title: "The matrix as JSON"},
		{Media: mediaAtom, Href: "/v1/changes?format=atom&" + string(releaseQuery(r)), Title: "What changed of it"},
	}
	page.Kinds = listedOn(v, r)
	page.History, page.Changes = historyOn(v, r)
	return page, stateOn(v, page)
}}

// releaseAt finds the release that the path names.
func releaseAt(v *question.View, in address) (*compat.Release, error) {
	product, err := in.Part("product")
	if err != nil {
		return nil, err
	}
	release, err := in.Part("release")
	if err != nil {
		return nil, err
	}
	return v.Release(product, release)
}

func productPath(r *compat.Release) string {
	return "/products/" + url.PathEscape(r.Product) + "/releases/" + url.PathEscape(r.Version)
}

// matrixPath is that of the page of a release.
func matrixPath(r *compat.Release) string {
	return "/products/" + url.PathEscape(r.Product) + "/" + url.PathEscape(r.Version)
}

// releaseQuery is the query of a question about a release.
func releaseQuery(r *compat.Release) template.URL {
	return Parameters("product=" + url.QueryEscape(r.Product) + "&release=" + url.QueryEscape(r.Version))
}

// listedOn gives what a release lists, by kind, with what is maintained today.
func listedOn(v *question.View, r *compat.Release) []ReleaseKind {
	return wire.Groups(r.Listings(), func(l *compat.Listing) string { return l.Tech.Kind }, func(kind string, listed []*compat.Listing) ReleaseKind {
		return ReleaseKind{v.Kind(kind), wire.Each(listed, func(l *compat.Listing) Listed {
			return Listed{Listing: l, Query: aboutListing(v, r, l), Life: l.Lifecycle(v.Today)}
		})}
	})
}

// stateOn adds what else is stated about the release of a page.
func stateOn(v *question.View, page *Release) error {
	stated := page.Release.Stated()
	needs, err := stated.Requirements("", 1)
	if err != nil {
		return err
	}
	page.Needs = wire.Groups(needs.Needs, func(n requirement.Need) string { return n.Of.Name },
		func(name string, needs []requirement.Need) NeedGroup { return NeedGroup{name, needs} })
	if page.Ports, err = stated.Ports(""); err != nil {
		return err
	}
	if page.Advisories, err = page.Release.Advisories(""); err != nil {
		return err
	}
	if page.Notes, err = page.Release.Notes("", ""); err != nil {
		return err
	}
	page.Sources = sourcesOn(v, page)
	return nil
}

// sourcesOn gives the documents that the statements of a page cite, in order.
func sourcesOn(v *question.View, page *Release) []*fact.Source {
	var all []*fact.Source
	cite := func(s *fact.Source) {
		if s != nil && !slices.Contains(all, s) {
			all = append(all, s)
		}
	}
	for _, kind := range page.Kinds {
		for _, l := range kind.Listed {
			cite(l.Source)
		}
	}
	for _, group := range page.Needs {
		for _, need := range group.Needs {
			cite(need.Source)
		}
	}
	for _, a := range page.Advisories {
		cite(v.Source(a.Citation.Source))
	}
	return all
}
