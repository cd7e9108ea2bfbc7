package portal

import (
	"cmp"
	"net/url"
	"slices"
	"strconv"

	"github.com/testedon/testedon/api/question"
	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/compat/survey"
	"github.com/testedon/testedon/internal/str"
	"github.com/testedon/testedon/message"
)

// Sources is the page of the documents that facts are taken from, and how fresh they are.
type Sources struct {
	Frame
	Products  []*compat.Product
	Product   string // that is asked for; empty for all
	Authority string
	Overdue   string // the day before which another look was due; empty where that is not asked for
	Query     string // in names
	Sort      string
	Today     string
	Counts    survey.SourceCounts // of the product
	Total     int                 // that are asked for
	Items     []ShownSource
	Next      string // the address of the page behind; empty for the last
}

// ShownSource is a document, and what rests on it.
type ShownSource struct {
	*fact.Source
	Fresh      Freshness
	Statements int
	About      []Candidate
	Further    []Candidate // what it speaks of besides
}

// Freshness says in words and by a colour when a document was looked at.
type Freshness struct{ Look, Text string }

// The most that is shown of what one document speaks of, at once and unfolded.
const (
	firstAbout = 3
	mostAbout  = 200
)

// sourceOrders are the orders of the list.
var sourceOrders = []string{"", "due", "-date", "authority"}

// Orders lists the orders.
func (s *Sources) Orders() []string { return sourceOrders }

// Authorities lists the authorities.
func (s *Sources) Authorities() []fact.Authority { return question.Authorities }

// sourcesRoute is the page of the documents.
var sourcesRoute = route{path: "/sources", name: "sources", takes: pageParams{names: []string{"product", "authority", "overdue", "q", "sort", "cursor"}}, expensive: true, draw: func(s *Site, v *question.View, in address) (Page, error) {
	page := &Sources{Frame: s.frameOf(v, in, "portal.sources"),
		Products: v.Products(), Product: in.One("product"), Authority: in.One("authority"), Overdue: in.One("overdue"), Query: in.One("q"), Sort: in.One("sort"), Today: v.Day}
	p, err := productAsked(v, in)
	if err != nil {
		page.fail(s.told(in, err))
		return page, nil
	}
	if p != nil {
		page.Product = p.ID
	}
	found, err := question.SourceList.Whole(v, in.Input)
	if err != nil {
		page.fail(s.told(in, err))
		return page, nil
	}
	page.Counts = survey.Coverage(v.Matrix, v.Today, p).Sources
	page.Total, page.Next = found.Total, found.Next
	page.Items = wire.Each(found.Items, func(s *fact.Source) ShownSource { return shownSource(v, s) })
	return page, nil
}}

// productAsked is the product that a list is about; nil for all.
func productAsked(v *question.View, in address) (*compat.Product, error) {
	if name := in.One("product"); name != "" {
		return v.Product(name)
	}
	return nil, nil
}

func shownSource(v *question.View, s *fact.Source) ShownSource {
	resting := v.Resting(s)
	all := wire.Each(resting.About[:min(len(resting.About), mostAbout)], func(about question.Subject) Candidate { return subjectLink(v, about) })
	first := min(len(all), firstAbout)
	return ShownSource{s, freshnessOf(v.Matrix.Words(), s, v.Today), resting.Statements(), all[:first], all[first:]}
}

// subjectLink leads to the page of what a document speaks of.
func subjectLink(v *question.View, s question.Subject) Candidate {
	if p, err := v.Product(s.Product); err == nil {
		return Candidate{Text: str.Join(" ", p.Name, s.Release), Href: "/products/" + url.PathEscape(p.ID) + str.With("/", url.PathEscape(s.Release))}
	}
	if t, err := v.Technology(s.Technology); err == nil {
		return Candidate{Text: t.Name, Href: "/technologies/" + url.PathEscape(t.ID)}
	}
	platforms := v.Dataset().Platforms
	if at := slices.IndexFunc(platforms, func(p fact.Platform) bool { return p.ID == s.Platform }); at >= 0 {
		return Candidate{Text: platforms[at].Name}
	}
	return Candidate{Text: cmp.Or(s.Platform, s.Technology)}
}

// freshnessOf tells of the last look at a document.
func freshnessOf(l *message.Language, s *fact.Source, today fact.Day) Freshness {
	last, due := s.Last(), s.Due()
	switch {
	case last == 0:
		return Freshness{string(fact.Unresolved), l.Text("portal.sources.undated")}
	case due == 0:
		return Freshness{"stale", l.Text("portal.sources.settled")}
	case due < today:
		return Freshness{string(fact.NotListed), l.Text("portal.sources.stale", span(l, last, today))}
	}
	return Freshness{string(fact.Tested), l.Text("portal.sources.looked", span(l, last, today))}
}

// span is the time between two days in words: "7 months", "12 days".
func span(l *message.Language, from, to fact.Day) string {
	months := 0
	for from.After(0, months+1, 0) <= to {
		months++
	}
	if months == 0 {
		return l.Text("portal.sources.days", strconv.Itoa(int(max(to-from, 0))))
	}
	return l.Text("portal.retest.months", strconv.Itoa(months))
}
