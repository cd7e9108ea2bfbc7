package portal

import (
	"net/url"
	"slices"
	"strings"

	"github.com/testedon/testedon/api/question"
	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/internal/order"
	"github.com/testedon/testedon/version"
)

// Technology is the page of a technology: where it is listed, and how long its series
// are maintained.
type Technology struct {
	Frame
	*compat.Technology
	KindName string
	Columns  []SeriesColumn // the newest first
	Stated   []Stated
	Legend   Legend
	Lasting  []Cited[*Series] // what is maintained
	Over     []Cited[*Series] // what is not any more
	Ended    int              // how many series that are
	Related  []*compat.Technology
}

// SeriesColumn is a series of a technology as a column of its matrix.
type SeriesColumn struct {
	Name  string // "17"
	Life  *Series
	holds version.Range
}

// Stated is what one product's releases state of a technology.
type Stated struct {
	*compat.Product
	Rows []StatedRow
}

// StatedRow is what a release states of it; the cells are in the order of the columns.
type StatedRow struct {
	*compat.Release
	Cells [][]*Statement
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
	page := &Technology{Frame: s.frameOf(v, in, "portal.technology", t.Name),
		Technology: t, KindName: v.Kind(t.Kind).Name}
	page.Links = []Link{{Media: wire.MediaJSON, Href: "/v1/technologies/" + url.PathEscape(t.ID), Title: page.words.Text("portal.technology.json")}}
	if len(t.Lifecycles()) > 0 {
		page.Links = append(page.Links, Link{Media: "text/calendar", Href: "/v1/lifecycles?format=ics&" + url.Values{"technology": {t.ID}}.Encode(), Title: page.words.Text("link.ends")})
	}
	page.state(v)
	page.last(v.Today)
	for _, other := range v.Technologies("", "") {
		if other != t && (t.Head() == other || other.Head() == t) {
			page.Related = append(page.Related, other)
		}
	}
	return page, nil
}}

// last takes how long each series is maintained.
func (page *Technology) last(today fact.Day) {
	var lasting, over []*Series
	for _, p := range page.Lifecycles() {
		if s := seriesOf(p, today); s.State == fact.Ended {
			over = append(over, s)
		} else {
			lasting = append(lasting, s)
		}
	}
	source := func(s *Series) (*fact.Source, fact.Citation) { return s.Source, s.Citation }
	page.Lasting, page.Over, page.Ended = citedBy(lasting, source), citedBy(over, source), len(over)
}

// state takes what the releases state of the technology.
func (page *Technology) state(v *question.View) {
	read := readerOf(v)
	var all []*Statement
	for _, r := range v.Releases() {
		for _, l := range r.Listings() {
			if l.Tech == page.Technology {
				all = append(all, read.read(r, l))
			}
		}
	}
	page.columns(all, v.Today)
	page.Legend = Legend{}
	page.Stated = wire.Groups(all, func(s *Statement) *compat.Product { return s.Release.Of() }, func(p *compat.Product, of []*Statement) Stated {
		return Stated{p, wire.Groups(of, func(s *Statement) *compat.Release { return s.Release }, func(r *compat.Release, of []*Statement) StatedRow {
			cells := make([][]*Statement, len(page.Columns))
			for _, s := range of {
				at := slices.IndexFunc(page.Columns, func(c SeriesColumn) bool { return c.holds.Equal(columnOf(s)) })
				cells[at] = append(cells[at], s)
			}
			return StatedRow{r, page.Legend.cells(cells)}
		})}
	})
}

// columnOf is what the column of a statement holds: the series of its versions, or just these where
// they are of several.
func columnOf(s *Statement) version.Range {
	if s.Series().IsEmpty() {
		return s.Range
	}
	return s.Series()
}

// columns makes those that statements need, the newest first.
func (page *Technology) columns(all []*Statement, today fact.Day) {
	for _, s := range all {
		holds := columnOf(s)
		if slices.ContainsFunc(page.Columns, func(c SeriesColumn) bool { return c.holds.Equal(holds) }) {
			continue
		}
		of := page.Component(holds)
		column := SeriesColumn{Name: strings.TrimSpace(strings.TrimPrefix(of.Display(), page.Name)), holds: holds}
		for _, p := range page.Lifecycles() {
			if p.Range.Overlaps(holds) && !holds.IsAll() && (column.Life == nil || column.Life.Last() < p.Last()) {
				column.Life = seriesOf(p, today)
			}
		}
		page.Columns = append(page.Columns, column)
	}
	order.Stable(page.Columns, func(a, b SeriesColumn) int { return b.holds.Compare(a.holds) })
}
