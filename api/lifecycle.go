package api

import (
	"slices"

	"github.com/testedon/testedon/api/answers"
	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/compat/lifecycle"
)

// Lifecycles is a page of series and of how long they are maintained.
type Lifecycles struct {
	wire.Page
	Items     []TechnologySeries   `json:"items" validate:"max=100000"`
	Catalogue answers.CatalogueRef `json:"catalogue"`
} // @name Lifecycles

// TechnologySeries is a series of a technology.
type TechnologySeries struct {
	// Technology is its id.
	Technology string `json:"technology" example:"postgresql"`
	// Name is that of the technology.
	Name string `json:"name" example:"PostgreSQL"`
	// Kind is that of the technology.
	Kind string `json:"kind" example:"dbms"`
	// VERS is the series as a specifier of https://github.com/package-url/vers-spec; missing where it is no range.
	VERS string `json:"vers,omitempty" example:"vers:intdot/>=13|<14"`
	answers.Lifecycle
	// OpenEoX is the record of the series; missing where OpenEoX cannot say what is on record: the day of an end is not known, or that of extended support alone is.
	OpenEoX *OpenEoXCore `json:"openeox,omitempty"`
} // @name TechnologySeries

// series is one of a technology, of which it is known how long it is maintained.
type series struct {
	*lifecycle.Period
	of *compat.Technology
}

// stated is the day on which the source stated it: where that is not known, of the days on
// record the one on which the series came out.
func (s series) stated() fact.Day {
	if day := s.Source.Stated(); day != 0 {
		return day
	}
	day, _ := fact.ParseDay(s.Released)
	return day
}

// lifecycleList is the list of all series. It is whole unless a page is asked for, as what
// keeps a calendar follows no links.
var lifecycleList = &collection[series]{
	All: func(v *view) (all []series) {
		for _, t := range v.Technologies("", "") {
			all = append(all, wire.Each(t.Lifecycles(), func(p *lifecycle.Period) series { return series{p, t} })...)
		}
		return all
	},
	Key:   func(s series) string { return s.ID },
	Usual: "technology",
	Orders: []order[series]{
		wire.By("technology", func(_ *view, s series) string { return s.of.ID + "\x00" + wire.Natural(s.Version) }),
		wire.By("released", func(_ *view, s series) string { return s.Released }),
		wire.By("ends", func(_ *view, s series) string { return s.Ends }),
	},
	Filters: []filter[series]{
		ofProduct("Only those that a release of this product lists, or that are its own: id, name or alias.", func(v *view, s series, meant []string) bool {
			return slices.ContainsFunc(meant, func(product string) bool { return v.listed()[product][s.ID] })
		}).Shown("mi"),
		ofTechnology("Only those of this technology: id, name or alias.", func(_ *view, s series, meant []string) bool { return slices.Contains(meant, s.of.ID) }).Shown("postgresql"),
		ofKind("Only those of technologies of this kind: id or another name of it.", func(_ *view, s series) string { return s.of.Kind }),
	},
}

// listed are the series that each product lists, by its id. A statement that says no, or that
// names no version, lists none.
func (v *view) listed() map[string]map[string]bool {
	return wire.KeptOf(v, "listed", func(v *view) map[string]map[string]bool {
		all := map[string]map[string]bool{}
		for _, p := range v.Products() {
			found := map[string]bool{}
			for _, t := range p.Twins() {
				for _, s := range t.Lifecycles() {
					found[s.ID] = true
				}
			}
			for _, r := range p.Releases() {
				for _, l := range r.Listings() {
					list(found, l)
				}
			}
			all[p.ID] = found
		}
		return all
	})
}

// list adds the series that a statement lists, those under another name where its own has none.
func list(found map[string]bool, l *compat.Listing) {
	if l.SaysNo() || l.Range.IsAll() {
		return
	}
	for _, s := range l.Tech.Lifecycles() {
		if s.Range.Overlaps(l.Range) {
			found[s.ID] = true
		}
	}
	if other := l.LifecycleUntil(0, 0).Best; other != nil {
		found[other.ID] = true
	}
}

// lifecycleParams say how series are written.
type lifecycleParams struct {
	// How to write them: `json`, or `ics` for a calendar of the ends.
	Format lifecycleFormat `query:"format" usual:"json"`
}

// lifecycleFormat names a format of series.
type lifecycleFormat string

const formatICS = "ics"

// Words are the names of all formats.
func (lifecycleFormat) Words() []string { return []string{formatJSON, formatICS} }

// @Summary		List how long series are maintained
// @Description	The series of technologies, each with the days on which it came out and on which its vendor ceases to maintain it. All are on one page unless a limit is asked for.
// @Description
// @Description	Each has a record of OpenEoX Core 1.0, where that can say it. With `format=ics` their ends are a calendar (RFC 5545), which has every one of them; the address alone chooses.
// @Tags			catalogue
// @ID				listLifecycles
// @Success		200	{object}	Lifecycles	"The series"
// @Router			/v1/lifecycles [get]
func listLifecycles(v *view, in wire.Input, p lifecycleParams) (*wire.File, error) {
	found, err := lifecycleList.Whole(v, in)
	if err != nil {
		return nil, err
	}
	if p.Format == formatICS {
		nameFile(in, "testedon.ics", false)
		return wire.Written([]string{mediaCalendar}, func(dst []byte) []byte { return appendCalendar(dst, found.Items) }), nil
	}
	return wire.JSON(Lifecycles{found.Page, wire.Each(found.Items, func(s series) TechnologySeries {
		return TechnologySeries{s.of.ID, s.of.Name, s.of.Kind, s.of.VERS(s.Range), v.Period(s.Period), s.openEoX()}
	}), v.Catalogue}), nil
}
