package portal

import (
	"net/url"
	"strconv"

	"github.com/testedon/testedon/api/question"
	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/compat/survey"
	"github.com/testedon/testedon/internal/str"
	"github.com/testedon/testedon/message"
)

// Coverage is the page of what the catalogue lacks.
type Coverage struct {
	Frame
	Products []*compat.Product
	Product  string // that is asked for; empty for all
	Gaps     []Gap
}

// Gap is one sort of what is lacking.
type Gap struct {
	ID     string
	Number int
	Of     int           // of how many; 0 where that says nothing
	Heads  []string      // of the columns, by what their message calls them
	Rows   [][]Candidate // a cell each
	More   int           // rows that are left out
}

// Of is the filter of the page as an address has it; empty for all products.
func (c *Coverage) Of() string { return str.With("?product=", url.QueryEscape(c.Product)) }

// maxGaps is how many rows the page shows of a sort.
const maxGaps = 100

// coverageRoute is the page of what the catalogue lacks.
var coverageRoute = route{path: "/coverage", name: "coverage", takes: pageParams{names: []string{"product"}}, expensive: true, draw: func(s *Site, v *question.View, in address) (Page, error) {
	page := &Coverage{Frame: s.frameOf(v, in, "portal.coverage"),
		Products: v.Products(), Product: in.One("product")}
	p, err := productAsked(v, in)
	if err != nil {
		page.fail(s.told(in, err))
		return page, nil
	}
	if p != nil {
		page.Product = p.ID
	}
	page.Gaps = gapsOf(v.Matrix.Words(), survey.Coverage(v.Matrix, v.Today, p))
	return page, nil
}}

// gapsOf are what is lacking, by sort.
func gapsOf(l *message.Language, c *survey.Gaps) []Gap {
	undated, missing, listed, never := 0, 0, 0, 0
	for _, u := range c.Undated {
		undated += u.Claims
	}
	for _, m := range c.Missing {
		missing += len(m.Versions)
	}
	for _, e := range c.Exercised {
		listed, never = listed+e.Listed, never+len(e.Never)
	}
	return []Gap{
		gap("overdue", len(c.Overdue), c.Sources.Total,
			[]string{"document", "look"}, c.Overdue, func(s compat.Stale) []Candidate {
				return []Candidate{sourceLink(s.Source), {Text: freshnessOf(l, s.Source, c.Today).Text}}
			}),
		gap("contradictions", len(c.Contradictions), 0,
			[]string{"release", "yes", "no", "decides"}, c.Contradictions, func(c survey.Contradiction) []Candidate {
				return []Candidate{releaseLink(c.Release), statementLink(c.Yes), statementLink(c.No), {Text: stating(c.Decides, "")}}
			}),
		gap("missing", missing, 0,
			[]string{"product", "releases", "by"}, c.Missing, func(m survey.Missing) []Candidate {
				return []Candidate{{Text: m.Product.Name, Href: "/products/" + m.Product.ID}, {Text: l.List(m.Versions...)}, sourceLink(m.Source)}
			}),
		gap("unpaged", len(c.Unpaged), 0,
			[]string{"release", "images", "runs"}, c.Unpaged, func(u survey.Unpaged) []Candidate {
				return []Candidate{releaseLink(u.Release), {Text: strconv.Itoa(u.Images)}, {Text: strconv.Itoa(u.Runs)}}
			}),
		gap("exercised", never, listed,
			[]string{"release", "exercised"}, c.Exercised, func(e survey.Exercised) []Candidate {
				return []Candidate{releaseLink(e.Release), {Text: l.Text("portal.coverage.share", strconv.Itoa(e.Listed-len(e.Never)), strconv.Itoa(e.Listed))}}
			}),
		gap("undated", undated, c.Claims.Total,
			[]string{"document", "statements", "why"}, c.Undated, func(u survey.Undated) []Candidate {
				return []Candidate{sourceLink(u.Source), {Text: strconv.Itoa(u.Claims)}, {Text: u.Source.Undated}}
			}),
		{ID: "unaddressed", Number: c.Sources.Total - c.Sources.Addressed, Of: c.Sources.Total},
	}
}

// gap is a sort of what is lacking, with the first of what it is.
func gap[T any](id string, number, of int, heads []string, items []T, cells func(T) []Candidate) Gap {
	shown := items[:min(len(items), maxGaps)]
	return Gap{ID: id, Number: number, Of: of, Heads: heads, Rows: wire.Each(shown, cells), More: len(items) - len(shown)}
}

func releaseLink(r *compat.Release) Candidate {
	return Candidate{Text: r.Title(), Href: matrixPath(r)}
}

func sourceLink(s *fact.Source) Candidate {
	return Candidate{Text: s.Title, Href: str.WebAddress(s.Address())}
}

func statementLink(l *compat.Listing) Candidate {
	return Candidate{Text: stating(l, l.Source.Title), Href: str.WebAddress(l.Source.Address())}
}

// stating is what a statement says, and where, if that is to be told.
func stating(l *compat.Listing, in string) string {
	words := l.Tech.Words()
	return words.Text("portal.coverage.stated", l.Label, words.Text("word", string(l.Status)), in)
}
