package portal

import (
	"strconv"
	"strings"

	"github.com/testedon/testedon/api/question"
	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/compat/survey"
	"github.com/testedon/testedon/internal/str"
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
	ID, Title string
	Number    int
	Of        int    // of how many; 0 where that says nothing
	About     string // a sentence
	Heads     []string
	Rows      [][]Candidate // a cell each
	More      int           // rows that are left out
}

// maxGaps is how many rows the page shows of a sort.
const maxGaps = 100

// coverageRoute is the page of what the catalogue lacks.
var coverageRoute = route{path: "/coverage", name: "coverage", takes: pageParams{names: []string{"product"}}, expensive: true, draw: func(s *Site, v *question.View, in address) (Page, error) {
	page := &Coverage{Frame: s.frameOf(v, in, "What the catalogue lacks", "What was not looked at for too long, what has no day, what is not here, and what no test run exercised."),
		Products: v.Products(), Product: in.One("product")}
	p, err := productAsked(v, in)
	if err != nil {
		page.fail(s.told(in, err))
		return page, nil
	}
	if p != nil {
		page.Product = p.ID
	}
	page.Gaps = gapsOf(survey.Coverage(v.Matrix, v.Today, p))
	return page, nil
}}

// gapsOf are what is lacking, by sort.
func gapsOf(c *survey.Gaps) []Gap {
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
		gap("overdue", "Documents to look at again", len(c.Overdue), c.Sources.Total, "Nobody has looked at them for longer than they may be relied on.",
			[]string{"Document", "Last look"}, c.Overdue, func(s compat.Stale) []Candidate {
				return []Candidate{sourceLink(s.Source), {Text: freshnessOf(s.Source, c.Today).Text}}
			}),
		gap("contradictions", "Contradictions", len(c.Contradictions), 0, "Two statements say yes and no to the same versions; the stronger one decides.",
			[]string{"Release", "Says yes", "Says no", "Decides"}, c.Contradictions, func(c survey.Contradiction) []Candidate {
				return []Candidate{releaseLink(c.Release), statementLink(c.Yes), statementLink(c.No), {Text: c.Decides.Label + " is " + str.Words(c.Decides.Status)}}
			}),
		gap("missing", "Releases that are not here", missing, 0, "The vendor has published them, and nothing is known of what they run on.",
			[]string{"Product", "Releases", "Published by"}, c.Missing, func(m survey.Missing) []Candidate {
				return []Candidate{{Text: m.Product.Name, Href: "/products/" + m.Product.ID}, {Text: strings.Join(m.Versions, ", ")}, sourceLink(m.Source)}
			}),
		gap("unpaged", "Releases without a page", len(c.Unpaged), 0, "They are known by container images and test runs alone.",
			[]string{"Release", "Images", "Test runs"}, c.Unpaged, func(u survey.Unpaged) []Candidate {
				return []Candidate{releaseLink(u.Release), {Text: strconv.Itoa(u.Images)}, {Text: strconv.Itoa(u.Runs)}}
			}),
		gap("exercised", "Listed as tested, and not exercised", never, listed, "No recorded test run that passed bears these statements out.",
			[]string{"Release", "Exercised"}, c.Exercised, func(e survey.Exercised) []Candidate {
				return []Candidate{releaseLink(e.Release), {Text: strconv.Itoa(e.Listed-len(e.Never)) + " of " + strconv.Itoa(e.Listed)}}
			}),
		gap("undated", "Statements without a day", undated, c.Claims.Total, "It is not known when their documents said so.",
			[]string{"Document", "Statements", "Why"}, c.Undated, func(u survey.Undated) []Candidate {
				return []Candidate{sourceLink(u.Source), {Text: strconv.Itoa(u.Claims)}, {Text: u.Source.Undated}}
			}),
		{ID: "unaddressed", Title: "Documents without an address", Number: c.Sources.Total - c.Sources.Addressed, Of: c.Sources.Total, About: "Nobody can look at them here."},
	}
}

// gap is a sort of what is lacking, with the first of what it is.
func gap[T any](id, title string, number, of int, about string, heads []string, items []T, cells func(T) []Candidate) Gap {
	shown := items[:min(len(items), maxGaps)]
	return Gap{ID: id, Title: title, Number: number, Of: of, About: about, Heads: heads, Rows: wire.Each(shown, cells), More: len(items) - len(shown)}
}

func releaseLink(r *compat.Release) Candidate {
	return Candidate{Text: r.Title(), Href: matrixPath(r)}
}

func sourceLink(s *fact.Source) Candidate {
	return Candidate{Text: s.Title, Href: str.WebAddress(s.Address())}
}

func statementLink(l *compat.Listing) Candidate {
	return Candidate{Text: l.Label + " is " + str.Words(l.Status) + ", in " + l.Source.Title, Href: str.WebAddress(l.Source.Address())}
}
