package portal

import (
	"net/url"
	"slices"
	"strings"

	"github.com/testedon/testedon/api/question"
	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/lifecycle"
)

// technologiesPage is the page of all technologies.
func technologiesPage(v *question.View, in address) (Page, error) {
	if err := in.CheckTexts(); err != nil {
		return nil, err
	}
	page := &Technologies{Frame: frameOf(v, in, "Technologies", "Every technology of the catalogue."), Words: in.One("q")}
	for _, id := range v.KindIDs {
		if items := namedLike(v, id, page.Words); len(items) > 0 {
			page.Kinds = append(page.Kinds, TechnologyKind{Kind: v.Kind(id), Items: items})
		}
	}
	return page, nil
}

// named gives the technologies of a kind that a text with typing slips may mean; all
// without one.
func namedLike(v *question.View, kind, words string) []*compat.Technology {
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
func technologyPage(v *question.View, in address) (Page, error) {
	name, err := in.Part("technology")
	if err != nil {
		return nil, err
	}
	t, err := v.Technology(name)
	if err != nil {
		return nil, err
	}
	page := &Technology{Frame: frameOf(v, in, t.Name, "Which releases are tested with "+t.Name+", and how long it is maintained."),
		Technology: t, KindName: v.Kind(t.Kind).Name}
	page.Links = []Link{{Media: wire.MediaJSON, Href: "/v1/technologies/" + url.PathEscape(t.ID), Title: "The technology as JSON"}}
	for _, p := range v.Products() {
		if stated := statedOf(v, p, t); len(stated.Rows) > 0 {
			page.Stated = append(page.Stated, stated)
		}
	}
	page.Series = wire.Each(t.Lifecycles(), func(p *lifecycle.Period) Series { return Series{Period: p, State: p.State(v.Today)} })
	for _, other := range v.Technologies("", "") {
		if other != t && (t.Head() == other || other.Head() == t) {
			page.Related = append(page.Related, other)
		}
	}
	return page, nil
}

// statedOf gives what the releases of a product state of a technology.
func statedOf(v *question.View, p *compat.Product, t *compat.Technology) Stated {
	stated := Stated{Product: p}
	for _, r := range p.Releases() {
		row := StatedRow{Release: r}
		for _, l := range r.Listings() {
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
