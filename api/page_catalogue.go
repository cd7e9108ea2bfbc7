package api

import (
	"html/template"
	"net/url"
	"slices"
	"strings"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/portal"
)

// productsPage is the page of all products.
func productsPage(v *view, in input) (portal.Page, error) {
	if err := checkOnly(in); err != nil {
		return nil, err
	}
	page := &portal.Products{Frame: v.frame(in, "Products", "Every product and release of the catalogue.")}
	for _, p := range pointers(v.Dataset().Products) {
		page.Items = append(page.Items, portal.ProductItem{Product: p, Releases: v.Releases(p.ID)})
	}
	return page, nil
}

// productPage is the page of a product: its releases side by side.
func productPage(v *view, in input) (portal.Page, error) {
	p, err := productOf(v, in)
	if err != nil {
		return nil, err
	}
	if err := checkOnly(in, "kind", "q", "release"); err != nil {
		return nil, err
	}
	page := &portal.Product{
		Frame: v.frame(in, p.Name, "What each release of "+p.Name+" was tested with, side by side."), Product: p,
		Filter: portal.Filter{Words: in.one("q"), Kinds: each(v.kinds, v.Kind)},
	}
	if err := v.filterKind(&page.Filter, in); err != nil {
		return nil, err
	}
	wanted := map[*compat.Release]bool{}
	for _, name := range in.query["release"] {
		_, r, err := v.Release(p.ID, name)
		if err != nil {
			return nil, err
		}
		wanted[r] = true
	}
	page.Columns = each(v.Releases(p.ID), func(r *compat.Release) portal.Column {
		return portal.Column{Release: r, Provisional: v.Provisional(r), Hidden: len(wanted) > 0 && !wanted[r]}
	})
	page.Kinds = v.sideBySide(page)
	return page, nil
}

// filterKind reads the kind that is to be shown.
func (v *view) filterKind(f *portal.Filter, in input) error {
	name := in.one("kind")
	if name == "" {
		return nil
	}
	kind := v.Kind(name)
	if kind == nil {
		e := compat.Invalid("kind", "/v1/kinds lists them.", "There is no kind %q", quotable(name))
		e.Candidates = compat.Closest(name, v.kinds)
		return e
	}
	f.Kind = kind.ID
	return nil
}

// sideBySide gives the rows of the matrix of a product, by kind and technology.
func (v *view) sideBySide(page *portal.Product) []portal.MatrixKind {
	shown := page.Shown()
	cells := map[*compat.Technology][][]*compat.Listing{}
	for column, r := range shown {
		for _, l := range v.Listings(page.ID, r.Version) {
			if cells[l.Tech] == nil {
				cells[l.Tech] = make([][]*compat.Listing, len(shown))
			}
			cell := &cells[l.Tech][column]
			if !slices.ContainsFunc(*cell, func(o *compat.Listing) bool { return sameStatement(l, o) }) {
				*cell = append(*cell, l)
			}
		}
	}
	var all []portal.MatrixKind
	for _, id := range v.kinds {
		kind := portal.MatrixKind{Kind: v.Kind(id)}
		for _, t := range v.Technologies(id, page.Filter.Words) {
			if row := cells[t]; row != nil {
				kind.Rows = append(kind.Rows, portal.MatrixRow{Technology: t, Cells: row})
			}
		}
		if len(kind.Rows) > 0 && (page.Filter.Kind == "" || page.Filter.Kind == id) {
			all = append(all, kind)
		}
	}
	return all
}

// sameStatement reports whether two documents state the same.
func sameStatement(a, b *compat.Listing) bool {
	return a.Status == b.Status && a.When == b.When && a.VersionText() == b.VersionText()
}

// releasePage is the page of everything stated about a release.
func releasePage(v *view, in input) (portal.Page, error) {
	p, r, err := releaseOf(v, in)
	if err != nil {
		return nil, err
	}
	if err := checkOnly(in); err != nil {
		return nil, err
	}
	title := p.Name + " " + r.Version
	page := &portal.Release{
		Frame:   v.frame(in, title, "What "+title+" was tested with, needs and listens on, each fact with its source."),
		Product: p, Release: r, Provisional: v.Provisional(r), Ask: releaseQuery(r),
		Exports: each(takenAway, func(name [2]string) portal.Export {
			return portal.Export{Name: name[1], Href: "/v1" + productPath(r) + "/export?format=" + name[0]}
		}),
	}
	page.Links = []portal.Link{{Media: mediaJSON, Href: "/v1" + productPath(r), Title: "The matrix as JSON"}}
	page.Kinds = v.listedOn(r)
	return page, v.stateOn(page)
}

// takenAway are the formats of an export as a page names them.
var takenAway = [][2]string{{"json", "JSON"}, {"csv", "CSV"}, {"markdown", "Markdown"}, {"html", "HTML"}, {"xlsx", "Excel"}}

func productPath(r *compat.Release) string {
	return "/products/" + url.PathEscape(r.Product) + "/releases/" + url.PathEscape(r.Version)
}

// releaseQuery is the query of a question about a release.
func releaseQuery(r *compat.Release) template.URL {
	return portal.Parameters("product=" + url.QueryEscape(r.Product) + "&release=" + url.QueryEscape(r.Version))
}

// listedOn gives what a release lists, by kind, with what is maintained today.
func (v *view) listedOn(r *compat.Release) []portal.ReleaseKind {
	listings := v.Listings(r.Product, r.Version)
	asked := compat.Question{Product: r.Product, Release: r.Version, Today: v.today,
		Components: each(listings, func(l *compat.Listing) compat.Component {
			return v.Resolve(compat.Asked{Kind: l.Tech.Kind, Text: v.Text(l)})
		})}
	var answer compat.Answer
	if err := v.Check(asked, &answer); err != nil {
		return nil
	}
	var all []portal.ReleaseKind
	for i, l := range listings {
		if len(all) == 0 || all[len(all)-1].ID != l.Tech.Kind {
			all = append(all, portal.ReleaseKind{Kind: v.Kind(l.Tech.Kind)})
		}
		query := releaseQuery(r) + portal.Parameters("&"+url.QueryEscape(v.word(l.Tech.Kind))+"="+url.QueryEscape(v.Text(l)))
		last := &all[len(all)-1]
		last.Listed = append(last.Listed, portal.Listed{Listing: l, Query: query, Life: answer.Components[i].Lifecycle})
	}
	return all
}

// stateOn adds what else is stated about the release of a page.
func (v *view) stateOn(page *portal.Release) error {
	product, release := page.ID, page.Release.Version
	needs, err := v.Requirements(compat.RequirementsQuestion{Product: product, Release: release, Instances: 1})
	if err != nil {
		return err
	}
	for _, need := range needs.Needs {
		if n := len(page.Needs); n == 0 || page.Needs[n-1].Name != need.Of.Name {
			page.Needs = append(page.Needs, portal.NeedGroup{Name: need.Of.Name})
		}
		group := &page.Needs[len(page.Needs)-1]
		group.Needs = append(group.Needs, need)
	}
	if page.Ports, err = v.Ports(compat.PortsQuestion{Product: product, Release: release}); err != nil {
		return err
	}
	if page.Advisories, err = v.Advisories(product, release, ""); err != nil {
		return err
	}
	if page.Notes, err = v.Notes(product, release, "", ""); err != nil {
		return err
	}
	page.Sources = v.sourcesOn(page)
	return nil
}

// sourcesOn gives the documents that the statements of a page cite, in order.
func (v *view) sourcesOn(page *portal.Release) []*compat.Source {
	var all []*compat.Source
	cite := func(s *compat.Source) {
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

// technologiesPage is the page of all technologies.
func technologiesPage(v *view, in input) (portal.Page, error) {
	if err := checkOnly(in, "q"); err != nil {
		return nil, err
	}
	page := &portal.Technologies{Frame: v.frame(in, "Technologies", "Every technology of the catalogue."), Words: in.one("q")}
	for _, id := range v.kinds {
		if items := v.named(id, page.Words); len(items) > 0 {
			page.Kinds = append(page.Kinds, portal.TechnologyKind{Kind: v.Kind(id), Items: items})
		}
	}
	return page, nil
}

// named gives the technologies of a kind that a text with typing slips may mean; all
// without one.
func (v *view) named(kind, words string) []*compat.Technology {
	if strings.TrimSpace(words) == "" {
		return v.Technologies(kind, "")
	}
	var found []*compat.Technology
	for _, hit := range v.Search(words) {
		if hit.Technology != nil && hit.Technology.Kind == kind && !slices.Contains(found, hit.Technology) {
			found = append(found, hit.Technology)
		}
	}
	return found
}

// technologyPage is the page of a technology: where it is listed, and how long it is
// maintained.
func technologyPage(v *view, in input) (portal.Page, error) {
	name, err := in.path("technology")
	if err != nil {
		return nil, err
	}
	if err := checkOnly(in); err != nil {
		return nil, err
	}
	t, err := v.Technology(name)
	if err != nil {
		return nil, err
	}
	page := &portal.Technology{Frame: v.frame(in, t.Name, "Which releases are tested with "+t.Name+", and how long it is maintained."),
		Technology: t, KindName: v.Kind(t.Kind).Name}
	page.Links = []portal.Link{{Media: mediaJSON, Href: "/v1/technologies/" + url.PathEscape(t.ID), Title: "The technology as JSON"}}
	for _, p := range pointers(v.Dataset().Products) {
		if stated := v.statedOf(p, t); len(stated.Rows) > 0 {
			page.Stated = append(page.Stated, stated)
		}
	}
	page.Series = each(v.Lifecycles(t.ID), func(p *compat.Period) portal.Series { return portal.Series{Period: p, State: p.State(v.today)} })
	for _, other := range v.Technologies("", "") {
		if other != t && (other.ID == t.Family || other.Family == t.ID) {
			page.Related = append(page.Related, other)
		}
	}
	return page, nil
}

// statedOf gives what the releases of a product state of a technology.
func (v *view) statedOf(p *compat.Product, t *compat.Technology) portal.Stated {
	stated := portal.Stated{Product: p}
	for _, r := range v.Releases(p.ID) {
		row := portal.StatedRow{Release: r}
		for _, l := range v.Listings(p.ID, r.Version) {
			if l.Tech == t {
				row.Listed = append(row.Listed, l)
			}
		}
		if len(row.Listed) > 0 {
			stated.Rows = append(stated.Rows, row)
		}
	}
	return stated
}

// checkOnly reports a parameter that is none of these.
func checkOnly(in input, known ...string) error {
	for name, values := range in.query {
		if !slices.Contains(known, name) {
			return unknown("parameter", name, known)
		}
		for _, value := range values {
			if err := checkText(name, value); err != nil {
				return err
			}
		}
	}
	return nil
}
