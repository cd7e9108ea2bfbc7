package portal

import (
	"net/url"

	"github.com/testedon/testedon/api/question"
	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/compat/lifecycle"
)

// Technology is the page of a technology: where it is tested, and how long its series
// are maintained.
type Technology struct {
	Frame
	*compat.Technology
	KindName string
	Stated   []Stated
	Series   []Series
	Related  []*compat.Technology
}

// Stated is what one product's releases state of a technology.
type Stated struct {
	*compat.Product
	Rows []StatedRow
}

// StatedRow is what a release states of it.
type StatedRow struct {
	*compat.Release
	Listed []*compat.Listing
}

// Series is a series of a technology on a day.
type Series struct {
	*lifecycle.Period
	State fact.LifecycleState
}

// technologyRoute is the page of a technology: where it is listed, and how long it is
// maintained.
var technologyRoute = route{path: "/technologies/:technology", name: "technology", takes: pageParams{}, draw: func(s *Site, v *question.View, in address) (Page, error) {
	name, err := in.Part("technology")
	if err != nil {
		return nil, err
	}
	t, err := v.Technology(name)
	if err != nil {
		return nil, err
	}
	page := &Technology{Frame: s.frameOf(v, in, t.Name, "Which releases are tested with "+t.Name+", and how long it is maintained."),
		Technology: t, KindName: v.Kind(t.Kind).Name}
	page.Links = []Link{{Media: wire.MediaJSON, Href: "/v1/technologies/" + url.PathEscape(t.ID), Title: "The technology as JSON"}}
	for _, p := range v.Products() {
		if stated := statedOf(p, t); len(stated.Rows) > 0 {
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
}}

// statedOf gives what the releases of a product state of a technology.
func statedOf(p *compat.Product, t *compat.Technology) Stated {
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
