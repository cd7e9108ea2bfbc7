package portal

import (
	"html/template"
	"net/url"
	"slices"

	"github.com/testedon/testedon/api/question"
	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
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
	Standing   Standing
	Before     *compat.Release // the release before it; nil for the first
	Kinds      []ReleaseKind
	Legend     Legend
	Needs      []NeedGroup
	Ports      []Cited[requirement.Listening]
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
	Tables []Cited[*Statement]
}

// NeedGroup is what one way to run a release needs.
type NeedGroup struct {
	Name   string
	Tables []Cited[requirement.Need]
}

// Cited is what one source says, so that it is named once.
type Cited[T any] struct {
	*fact.Source
	Section string // in which all of it stands; empty where that differs
	Rows    []T
}

// Place is where it stands.
func (c Cited[T]) Place() any { return cited{c.Source, c.Section, ""} }

// citedBy puts together what one source says, in the order in which the sources are met.
func citedBy[T any](rows []T, place func(T) (*fact.Source, fact.Citation)) (all []Cited[T]) {
	for _, row := range rows {
		source, in := place(row)
		at := slices.IndexFunc(all, func(c Cited[T]) bool { return c.Source == source })
		if at < 0 {
			at, all = len(all), append(all, Cited[T]{Source: source, Section: in.Section})
		}
		if all[at].Section != in.Section {
			all[at].Section = ""
		}
		all[at].Rows = append(all[at].Rows, row)
	}
	return all
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
		Product: r.Of(), Matrix: v.Matrix, Release: r, Ask: releaseQuery(r), Standing: standingOf(r, v.Today),
		Exports: []Export{{Name: "JSON", Href: "/v1" + productPath(r) + "/export?format=json"}},
	}
	for _, f := range export.Formats {
		page.Exports = append(page.Exports, Export{Name: f.Title, Href: "/v1" + productPath(r) + "/export?format=" + f.Name})
	}
	page.Links = []Link{
		{Media: wire.MediaJSON, Href: "/v1" + productPath(r), Title: "The matrix as JSON"},
		{Media: mediaAtom, Href: "/v1/changes?format=atom&" + string(releaseQuery(r)), Title: "What changed of it"},
	}
	if all := r.Of().Releases(); slices.Index(all, r)+1 < len(all) {
		page.Before = all[slices.Index(all, r)+1]
	}
	page.Kinds = listedOn(v, page)
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

// listedOn gives what the release of a page lists, by kind and source, with what is maintained
// today. What is of one technology and version first gives these its place.
func listedOn(v *question.View, page *Release) []ReleaseKind {
	read, placed := readerOf(v), map[string]bool{}
	return wire.Groups(page.Release.Listings(), func(l *compat.Listing) string { return l.Tech.Kind }, func(kind string, listed []*compat.Listing) ReleaseKind {
		slices.SortStableFunc(listed, func(a, b *compat.Listing) int { // what pages say comes first
			if a.Paged() == b.Paged() {
				return 0
			}
			return map[bool]int{true: -1, false: 1}[a.Paged()]
		})
		return ReleaseKind{v.Kind(kind), citedBy(wire.Each(listed, func(l *compat.Listing) *Statement {
			s := read.read(page.Release, l)
			if placed[s.Place] {
				s.Place = ""
			}
			placed[s.Place] = true
			page.Legend.note(s)
			return s
		}), func(s *Statement) (*fact.Source, fact.Citation) { return s.Source, s.Citation })}
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
		func(name string, needs []requirement.Need) NeedGroup {
			return NeedGroup{name, citedBy(needs, func(n requirement.Need) (*fact.Source, fact.Citation) { return n.Source, n.Citation })}
		})
	ports, err := stated.Ports("")
	if err != nil {
		return err
	}
	page.Ports = citedBy(ports.Listening, func(p requirement.Listening) (*fact.Source, fact.Citation) { return p.Source, p.Citation })
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
		for _, t := range kind.Tables {
			cite(t.Source)
		}
	}
	for _, group := range page.Needs {
		for _, t := range group.Tables {
			cite(t.Source)
		}
	}
	for _, t := range page.Ports {
		cite(t.Source)
	}
	for _, a := range page.Advisories {
		cite(v.Source(a.Citation.Source))
	}
	return all
}
