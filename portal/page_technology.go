package portal

import (
	"net/url"
	"slices"
	"strings"

	"github.com/testedon/testedon/api/question"
	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/compat/lifecycle"
	"github.com/testedon/testedon/version"
)

// Technology is the page of a technology: where it is listed, and how long its series
// are maintained.
type Technology struct {
	Frame
	*compat.Technology
	KindName string
	Columns  []SeriesColumn // the newest first; last what is stated of no series
	Stated   []Stated
	Legend   Legend
	Lasting  []Cited[*Series] // what is maintained
	Over     []Cited[*Series] // what is not any more
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

// Series is a series of a technology on a day.
type Series struct {
	*lifecycle.Period
	State fact.LifecycleState
}

func seriesOf(p *lifecycle.Period, today fact.Day) *Series { return &Series{p, p.State(today)} }

// Until says how long the series is maintained, but for the day: "maintained until".
func (s *Series) Until() string { return ends(s.State, s.Period) }

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
	page.Lasting, page.Over = citedBy(lasting, source), citedBy(over, source)
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
	page.Columns = columnsOfSeries(page.Technology, all, v.Today)
	page.Stated = wire.Groups(all, func(s *Statement) *compat.Product { return s.Release.Of() }, func(p *compat.Product, of []*Statement) Stated {
		return Stated{p, wire.Groups(of, func(s *Statement) *compat.Release { return s.Release }, func(r *compat.Release, of []*Statement) StatedRow {
			return StatedRow{r, page.Legend.cells(page.across(of))}
		})}
	})
}

// across puts statements into the columns of the series that they speak of.
func (page *Technology) across(all []*Statement) [][]*Statement {
	cells := make([][]*Statement, len(page.Columns))
	for _, s := range all {
		for i := range page.Columns {
			if page.Columns[i].has(s) {
				cells[i] = append(cells[i], s)
			}
		}
	}
	return cells
}

// has reports whether a statement stands in the column: one of every version only where that
// is what the column is about.
func (c *SeriesColumn) has(s *Statement) bool {
	if s.Range.IsAll() || c.holds.IsAll() {
		return s.Range.IsAll() && c.holds.IsAll()
	}
	return s.Range.Overlaps(c.holds)
}

// columnsOfSeries are the series that statements speak of, the newest first. What lies in no
// series and none of them lies in is a column of its own.
func columnsOfSeries(t *compat.Technology, all []*Statement, today fact.Day) (columns []SeriesColumn) {
	add := func(holds version.Range) {
		if slices.ContainsFunc(columns, func(c SeriesColumn) bool { return c.holds.Equal(holds) }) {
			return
		}
		of := t.Component(holds)
		column := SeriesColumn{Name: strings.TrimPrefix(strings.TrimPrefix(of.Display(), t.Name), " "), holds: holds}
		for _, p := range t.Lifecycles() {
			if s := seriesOf(p, today); !holds.IsAll() && p.Range.Overlaps(holds) && (column.Life == nil || column.Life.Last() < p.Last()) {
				column.Life = s
			}
		}
		columns = append(columns, column)
	}
	for _, s := range all {
		if !s.Series().IsEmpty() && !s.Range.IsAll() {
			add(s.Series())
		}
	}
	for _, s := range all {
		if !slices.ContainsFunc(columns, func(c SeriesColumn) bool { return c.has(s) }) {
			add(s.Range)
		}
	}
	slices.SortStableFunc(columns, func(a, b SeriesColumn) int {
		if a.holds.IsAll() != b.holds.IsAll() {
			return map[bool]int{true: 1, false: -1}[a.holds.IsAll()]
		}
		return b.holds.Compare(a.holds)
	})
	return columns
}
