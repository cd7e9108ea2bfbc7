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
	Matrix   *compat.Matrix
	Release  *compat.Release
	Stated   *export.Release // all that is
	Standing Standing
	Before   *compat.Release // the release before it; nil for the first
	Kinds    []ReleaseKind
	Needs    []NeedGroup
	Ports    []Cited[requirement.Listening]
	History  []*survey.Change // the last ones
	Changes  string           // where all are
	Formats  []export.Format  // in which it can be taken away
	Ask      template.URL     // the form for it
}

// ReleaseKind is what a release lists of a kind.
type ReleaseKind struct {
	*fact.Kind
	Tables []Cited[*Statement]
}

// NeedGroup is what one way to run a release needs.
type NeedGroup struct {
	Name   string
	Tables []Cited[export.Requirement]
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

// releaseRoute is the page of everything stated about a release.
var releaseRoute = route{path: "/products/:product/:release", name: "release", takes: pageParams{}, draw: func(s *Site, v *question.View, in address) (Page, error) {
	r, err := releaseAt(v, in)
	if err != nil {
		return nil, err
	}
	page := &Release{
		Frame:   s.frameOf(v, in, "portal.release", r.Title()),
		Product: r.Of(), Matrix: v.Matrix, Release: r, Ask: releaseQuery(r), Standing: standingOf(r, v.Today), Formats: export.Formats,
	}
	if page.Stated, err = export.Of(v.Matrix, r, v.Moment.AsOfText()); err != nil {
		return nil, err
	}
	page.Needs = wire.Groups(page.Stated.Requirements, func(q export.Requirement) string { return q.Deployment.Name }, func(name string, needs []export.Requirement) NeedGroup {
		return NeedGroup{name, citedBy(needs, func(q export.Requirement) (*fact.Source, fact.Citation) { return q.Source, q.Citation })}
	})
	page.Ports = citedBy(page.Stated.Ports, func(p requirement.Listening) (*fact.Source, fact.Citation) { return p.Source, p.Citation })
	page.Links = []Link{
		{Media: wire.MediaJSON, Href: "/v1" + productPath(r), Title: page.words.Text("portal.release.json")},
		{Media: mediaAtom, Href: "/v1/changes?format=atom&" + string(releaseQuery(r)), Title: page.words.Text("portal.release.feed")},
	}
	if all := r.Of().Releases(); slices.Index(all, r)+1 < len(all) {
		page.Before = all[slices.Index(all, r)+1]
	}
	page.Kinds = listedOn(v, page)
	page.History, page.Changes = historyOn(v, r)
	return page, nil
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
		images := slices.DeleteFunc(slices.Clone(listed), (*compat.Listing).Paged)
		listed = append(slices.DeleteFunc(listed, func(l *compat.Listing) bool { return !l.Paged() }), images...) // what pages say comes first
		return ReleaseKind{v.Kind(kind), citedBy(wire.Each(listed, func(l *compat.Listing) *Statement {
			s := read.read(page.Release, l)
			if placed[s.Place] {
				s.Place = ""
			}
			placed[s.Place] = true
			return s
		}), func(s *Statement) (*fact.Source, fact.Citation) { return s.Source, s.Citation })}
	})
}
