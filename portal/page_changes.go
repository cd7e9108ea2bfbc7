package portal

import (
	"maps"
	"net/url"
	"slices"

	"github.com/testedon/testedon/api/question"
	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/compat/survey"
)

const mediaAtom = "application/atom+xml"

// Changes is the page of what vendors changed.
type Changes struct {
	Frame
	Products []*compat.Product
	Chosen   []Chosen // what is asked for, and the page without it
	Days     []ChangesOfDay
	Total    int
	Next     string // the address of the page behind; empty for the last

	asked url.Values
}

// Chosen is a filter of a list, and where it leads to.
type Chosen struct{ Name, Value, Href string }

// ChangesOfDay are those of one day.
type ChangesOfDay struct {
	Day     fact.Day
	Entries []Entry
}

// Entry is one change of the vendor, and all that it changed.
type Entry struct {
	By       *fact.Source
	Subjects []ChangesOf
}

// ChangesOf are those of one release or platform.
type ChangesOf struct {
	*survey.Change // the first
	All            []*survey.Change
}

// Asked is what a filter is given; empty where that is nothing.
func (c *Changes) Asked(name string) string { return c.asked.Get(name) }

// Effects lists what a change can have done.
func (c *Changes) Effects() []survey.Effect { return survey.Effects }

// changesRoute is the page of what vendors changed.
var changesRoute = route{path: "/changes", name: "changes", takes: pageParams{names: append(changeFilters(), "cursor")}, expensive: true, draw: func(s *Site, v *question.View, in address) (Page, error) {
	page := &Changes{Frame: s.frameOf(v, in, "portal.changes"), Products: v.Products(), asked: in.Without("cursor")}
	if p, err := v.Product(in.One("product")); err == nil && len(in.Query["product"]) == 1 {
		page.asked.Set("product", p.ID)
	}
	page.Links = []Link{{Media: mediaAtom, Href: "/v1" + page.With("format", "atom"), Title: page.Title}}
	for _, name := range slices.Sorted(maps.Keys(page.asked)) {
		for _, value := range page.asked[name] {
			page.Chosen = append(page.Chosen, Chosen{name, value, page.With(name, "")})
		}
	}
	found, err := question.ChangeList.Whole(v, in.Input)
	if err != nil {
		page.fail(s.told(in, err))
		return page, nil
	}
	page.Total, page.Next = found.Total, found.Next
	page.Days = wire.Groups(found.Items, func(c *survey.Change) fact.Day { return c.Day },
		func(day fact.Day, changes []*survey.Change) ChangesOfDay {
			return ChangesOfDay{day, entriesOf(changes)}
		})
	return page, nil
}}

// entriesOf gathers what each change of the vendor did to each release.
func entriesOf(changes []*survey.Change) (all []Entry) {
	for _, c := range changes {
		at := slices.IndexFunc(all, func(e Entry) bool { return e.By == c.By })
		if at < 0 {
			at, all = len(all), append(all, Entry{By: c.By})
		}
		of := &all[at].Subjects
		same := slices.IndexFunc(*of, func(o ChangesOf) bool { return o.Subject == c.Subject })
		if same < 0 {
			same, *of = len(*of), append(*of, ChangesOf{Change: c})
		}
		(*of)[same].All = append((*of)[same].All, c)
	}
	return all
}

// changeFilters are the filters of changes.
func changeFilters() []string {
	return wire.Each(question.ChangeList.Filters, func(f wire.Filter[*question.View, *survey.Change]) string { return f.Name })
}

// With is the address of the page with filters set, each a name and a value, or without one
// for no value. No release is asked for without its product.
func (c *Changes) With(filters ...string) string {
	asked := maps.Clone(c.asked)
	for at := 0; at < len(filters); at += 2 {
		asked.Set(filters[at], filters[at+1])
		if filters[at] == "product" {
			delete(asked, "release")
		}
		if filters[at+1] == "" {
			delete(asked, filters[at])
		}
	}
	if len(asked) == 0 {
		return "/changes"
	}
	return "/changes?" + asked.Encode()
}

// maxHistory is how many changes the page of a release shows.
const maxHistory = 20

// historyOn gives the last changes of what counts for a release, and where all are.
func historyOn(v *question.View, r *compat.Release) ([]*survey.Change, string) {
	all := v.History(r.Product, r.Version)
	return all[:min(len(all), maxHistory)], "/changes?" + string(releaseQuery(r))
}
