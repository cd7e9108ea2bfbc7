package seed

import (
	"strings"

	"github.com/testedon/testedon/compat/fact"
)

// Section is one table or paragraph of a page. What it says once holds for all
// its rows.
type Section struct {
	// ID tells apart the claims of two sections that state the same of one
	// technology; it ends their IDs.
	ID      string      `json:"id,omitempty"`
	Section string      `json:"section"` // the heading, as on the page
	Source  string      `json:"source"`
	Status  fact.Status `json:"status"`
	// Exclusive says that, by the page, nothing counts that the section leaves out.
	Exclusive bool  `json:"exclusive,omitempty"`
	Rows      []Row `json:"rows"`
}

// Row is one technology with the versions that stand beside it.
type Row struct {
	Technology string   `json:"technology"`
	Printed    string   `json:"printed"`            // its name as on the page, "CorrettoJDK"
	Versions   []string `json:"versions,omitempty"` // as on the page; none means every version
	When       string   `json:"when,omitempty"`     // what else has to be true, in words
	// With is When where versions tell it.
	With  []fact.Target `json:"with,omitempty"`
	Quote string        `json:"quote"`
	fact.Term
	// Earlier are the times before in which the page said the same.
	Earlier []fact.Term `json:"earlier,omitempty"`
}

// claims adds one claim for each version of each row.
func (s statementReader) claims(path string, of Section) {
	s.form(path+".id", PlainID, of.ID)
	for i, row := range of.Rows {
		for _, c := range row.Claims(s.scope, of) {
			*s.printed++
			c.Position = *s.printed
			if s.new("claim "+c.ID, item(path+".rows", i), c.Label, "give this section an id of its own") {
				s.ds.Claims = append(s.ds.Claims, c)
			}
		}
	}
}

// Claims gives what a row states of something, one claim for each version.
func (r Row) Claims(scope fact.Scope, s Section) []fact.Claim {
	versions := r.Versions
	if len(versions) == 0 {
		versions = []string{""}
	}
	all := make([]fact.Claim, len(versions))
	for i, version := range versions {
		all[i] = fact.Claim{
			ID: factID(scope, r.Technology, Slug(version), s.ID), Platform: scope.Platform, Product: scope.Product, Release: scope.Release,
			Technology: r.Technology, Label: strings.TrimSpace(r.Printed + " " + version), Version: version, When: r.When, With: r.With,
			Status: s.Status, Exclusive: s.Exclusive, Term: r.Term, Earlier: r.Earlier,
			Citation: fact.Citation{Source: s.Source, Section: s.Section, Quote: r.Quote},
		}
	}
	return all
}
