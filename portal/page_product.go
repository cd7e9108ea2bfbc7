package portal

import (
	"slices"

	"github.com/testedon/testedon/api/question"
	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
)

// Product is the page of a product: its releases side by side.
type Product struct {
	Frame
	*compat.Product
	Columns []Column // releases, newest first
	Kinds   []MatrixKind
	Filter  Filter
}

// Shown are the columns that the filter leaves.
func (p *Product) Shown() []Column {
	return slices.DeleteFunc(slices.Clone(p.Columns), func(c Column) bool { return c.Hidden })
}

// Column is a release of a matrix.
type Column struct {
	*compat.Release
	Hidden bool // by the filter
}

// Filter is what of a matrix is shown.
type Filter struct {
	Kind  string
	Words string       // within the names of technologies
	Kinds []*fact.Kind // to choose from
}

// MatrixKind is the rows of one kind.
type MatrixKind struct {
	*fact.Kind
	Rows []MatrixRow
}

// MatrixRow is what the releases state of one technology; the cells are in the order
// of the columns.
type MatrixRow struct {
	*compat.Technology
	Cells [][]*compat.Listing
}

// productRoute is the page of a product: its releases side by side.
var productRoute = route{path: "/products/:product", name: "product", expensive: true, takes: pageParams{names: []string{"kind", "q", "release"}}, draw: func(s *Site, v *question.View, in address) (Page, error) {
	name, err := in.Part("product")
	if err != nil {
		return nil, err
	}
	p, err := v.Product(name)
	if err != nil {
		return nil, err
	}
	if err := in.CheckTexts(); err != nil {
		return nil, err
	}
	page := &Product{
		Frame: s.frameOf(v, in, p.Name, "What each release of "+p.Name+" was tested with, side by side."), Product: p,
		Filter: Filter{Words: in.One("q"), Kinds: wire.Each(v.KindIDs, v.Kind)},
	}
	if name := in.One("kind"); name != "" {
		kind := v.Kind(name)
		if kind == nil {
			e := fact.Invalid("kind", "", "There is no kind %q", wire.Quotable(name))
			e.Candidates, e.See = fact.Closest(name, v.KindIDs), fact.AllKinds
			return nil, e
		}
		page.Filter.Kind = kind.ID
	}
	wanted := map[*compat.Release]bool{}
	for _, name := range in.Query["release"] {
		r, err := p.Release(name)
		if err != nil {
			return nil, err
		}
		wanted[r] = true
	}
	page.Columns = wire.Each(p.Releases(), func(r *compat.Release) Column {
		return Column{Release: r, Hidden: len(wanted) > 0 && !wanted[r]}
	})
	page.Kinds = sideBySide(v, page)
	return page, nil
}}

// sideBySide gives the rows of the matrix of a product, by kind and technology.
func sideBySide(v *question.View, page *Product) []MatrixKind {
	shown := page.Shown()
	cells := map[*compat.Technology][][]*compat.Listing{}
	for column, r := range shown {
		for _, l := range r.Listings() {
			if cells[l.Tech] == nil {
				cells[l.Tech] = make([][]*compat.Listing, len(shown))
			}
			cell := &cells[l.Tech][column]
			if !slices.ContainsFunc(*cell, func(o *compat.Listing) bool { // another document may state the same
				return l.Status == o.Status && l.When == o.When && l.VersionText() == o.VersionText()
			}) {
				*cell = append(*cell, l)
			}
		}
	}
	var all []MatrixKind
	for _, id := range v.KindIDs {
		kind := MatrixKind{Kind: v.Kind(id)}
		for _, t := range v.Technologies(id, page.Filter.Words) {
			if row := cells[t]; row != nil {
				kind.Rows = append(kind.Rows, MatrixRow{Technology: t, Cells: row})
			}
		}
		if len(kind.Rows) > 0 && (page.Filter.Kind == "" || page.Filter.Kind == id) {
			all = append(all, kind)
		}
	}
	return all
}
