package portal

import (
	"net/url"
	"slices"
	"strconv"

	"github.com/testedon/testedon/api/question"
	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/compat/lifecycle"
)

// Product is the page of a product: its releases side by side.
type Product struct {
	Frame
	*compat.Product
	Columns []Column // releases, newest first
	Kinds   []MatrixKind
	Filter  Filter
	Legend  Legend
}

// Shown are the columns that the filter leaves.
func (p *Product) Shown() []Column {
	return slices.DeleteFunc(slices.Clone(p.Columns), func(c Column) bool { return c.Hidden })
}

// Column is a release of a matrix.
type Column struct {
	Standing
	Hidden bool // by the filter
}

// Standing is a release and how it stands among the others of its product.
type Standing struct {
	*compat.Release
	Latest bool
	Life   *Series // how long its vendor maintains it; nil where nothing is on record
}

// standingOf tells how a release stands on a day. Where the product is a technology as well,
// its lifecycle is that of the release.
func standingOf(r *compat.Release, today fact.Day) Standing {
	s := Standing{Release: r, Latest: r == r.Of().Latest()}
	for _, t := range r.Of().Twins() {
		versions, err := t.Versions(r.Version)
		at := slices.IndexFunc(t.Lifecycles(), func(p *lifecycle.Period) bool { return err == nil && versions.Within(p.Range) })
		if at >= 0 && s.Life == nil {
			s.Life = seriesOf(t.Lifecycles()[at], today)
		}
	}
	return s
}

// Filter is what of a matrix is shown.
type Filter struct {
	Kind  string
	Words string       // within the names of technologies
	Kinds []*fact.Kind // to choose from
	Hide  []string     // the [Hideable] that are not shown
}

// Hideable are what a matrix may leave out.
var Hideable = []string{"unsupported", "ended"}

// Hides reports whether something is not shown.
func (f *Filter) Hides(what string) bool { return slices.Contains(f.Hide, what) }

// hidden reports whether a statement is not shown.
func (f *Filter) hidden(s *Statement) bool {
	return f.Kind != "" && f.Kind != s.Tech.Kind || f.Hides("unsupported") && s.Verdict().Worse(fact.Conditional) || f.Hides("ended") && s.Life != nil && s.Life.State == fact.Ended
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
	Cells [][]*Statement
}

// What the parameter release of a product's page may say in place of releases, and how many of
// them, the newest, a page shows where it says nothing.
const (
	allReleases  = "all"
	mostReleases = 8
)

// productRoute is the page of a product: its releases side by side.
var productRoute = route{path: "/products/:product", name: "product", expensive: true, takes: pageParams{names: []string{"kind", "q", "release", "hide"}}, draw: func(s *Site, v *question.View, in address) (Page, error) {
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
	page := &Product{Frame: s.frameOf(v, in, "portal.product", p.Name), Product: p}
	if page.Filter, err = filterOf(v, in); err != nil {
		return nil, err
	}
	if page.Columns, err = columnsOf(v, p, in.Query["release"]); err != nil {
		return nil, err
	}
	page.Kinds = sideBySide(readerOf(v), page)
	of := url.Values{"product": {p.ID}}.Encode()
	page.Links = []Link{
		{Media: mediaAtom, Href: "/v1/changes?format=atom&" + of, Title: p.Words().Text("link.changes")},
		{Media: "text/calendar", Href: "/v1/lifecycles?format=ics&" + of, Title: p.Words().Text("link.ends")},
	}
	return page, nil
}}

// filterOf reads what is not to be shown.
func filterOf(v *question.View, in address) (Filter, error) {
	f := Filter{Words: in.One("q"), Kinds: wire.Each(v.KindIDs, v.Kind), Hide: in.Query["hide"]}
	for _, what := range f.Hide {
		if !slices.Contains(Hideable, what) {
			return f, fact.Refuse("hide", "portal.product.unhidden", strconv.Quote(wire.Quotable(what)), fact.Members(Hideable))
		}
	}
	if name := in.One("kind"); name != "" {
		kind := v.Kind(name)
		if kind == nil {
			e := fact.Refuse("kind", "portal.product.kind", strconv.Quote(wire.Quotable(name)))
			e.Candidates, e.See = fact.Closest(name, v.KindIDs), fact.AllKinds
			return f, e
		}
		f.Kind = kind.ID
	}
	return f, nil
}

// columnsOf gives the releases of a product, of which those that are named are shown; without a
// name, the newest.
func columnsOf(v *question.View, p *compat.Product, names []string) ([]Column, error) {
	wanted := map[*compat.Release]bool{}
	all := p.Releases()
	for _, r := range all[:min(len(all), mostReleases)] {
		wanted[r] = len(names) == 0
	}
	for _, name := range names {
		r, err := p.Release(name)
		switch {
		case err == nil:
			wanted[r] = true
		case name != allReleases:
			return nil, err
		default:
			for _, r := range all {
				wanted[r] = true
			}
		}
	}
	return wire.Each(all, func(r *compat.Release) Column { return Column{standingOf(r, v.Today), !wanted[r]} }), nil
}

// sideBySide gives the rows of the matrix of a product, by kind and technology.
func sideBySide(read *reader, page *Product) []MatrixKind {
	shown, cells := page.Shown(), map[*compat.Technology][][]*Statement{}
	for column, r := range shown {
		for _, l := range r.Listings() {
			s := read.read(r.Release, l)
			if page.Filter.hidden(s) {
				continue
			}
			if cells[l.Tech] == nil {
				cells[l.Tech] = make([][]*Statement, len(shown))
			}
			cells[l.Tech][column] = append(cells[l.Tech][column], s)
		}
	}
	page.Legend = Legend{}
	var all []MatrixKind
	for _, id := range read.KindIDs {
		kind := MatrixKind{Kind: read.Kind(id)}
		for _, t := range byName(read.Technologies(id, page.Filter.Words)) {
			if row := cells[t]; row != nil {
				kind.Rows = append(kind.Rows, MatrixRow{t, page.Legend.cells(row)})
			}
		}
		if len(kind.Rows) > 0 {
			all = append(all, kind)
		}
	}
	return all
}
