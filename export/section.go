package export

import (
	"cmp"
	"slices"
	"strings"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/internal/order"
)

// Section is one table of a page: what it says of one kind, with one status.
type Section struct {
	Title     string // the heading as printed; empty where the page has none
	Kind      *fact.Kind
	Status    fact.Status
	Source    *fact.Source
	Inherited *fact.Platform // the platform it is about; nil where it is about the release itself
	Exclusive bool           // by the page, nothing counts that the table leaves out
	Rows      []Row
}

// Row is one technology with the versions that stand beside it.
type Row struct {
	Technology *compat.Technology
	Name       string        // as printed, "CorrettoJDK"
	Versions   []string      // as printed, in the order of the page; none where the page names none
	When       string        // what else has to be true
	With       []fact.Target // the same where versions tell it
	Quote      string
	Claims     []*compat.Listing // one for each version, or one
}

// sections brings claims back into the tables they were taken from.
func sections(m *compat.Matrix, claims []*compat.Listing) []Section {
	order.Stable(claims, byPlace)
	var all []Section
	for _, l := range claims {
		next := Section{Title: l.Citation.Section, Kind: m.Kind(l.Tech.Kind), Status: l.Status, Source: l.Source, Inherited: l.Inherited, Exclusive: l.Exclusive}
		at := slices.IndexFunc(all, next.continues)
		if at < 0 {
			at, all = len(all), append(all, next)
		}
		all[at].add(l)
	}
	return all
}

// byPlace orders claims as the pages print them, those of the release first.
// Claims that have no place stay in the order of kinds, technologies and versions.
func byPlace(a, b *compat.Listing) int {
	return cmp.Or(strings.Compare(a.Platform, b.Platform), cmp.Compare(a.Position, b.Position))
}

// continues reports whether o is a part of the same table.
func (s *Section) continues(o Section) bool {
	return s.Title == o.Title && s.Kind == o.Kind && s.Status == o.Status && s.Source == o.Source && s.Inherited == o.Inherited && s.Exclusive == o.Exclusive
}

// add adds a claim to its row: versions of one row stand on the same words.
func (s *Section) add(l *compat.Listing) {
	next := Row{Technology: l.Tech, Name: printedName(l.Claim), When: l.When, With: l.With, Quote: l.Citation.Quote}
	if n := len(s.Rows); n == 0 || l.Version == "" || !s.Rows[n-1].continues(next) {
		s.Rows = append(s.Rows, next)
	}
	row := &s.Rows[len(s.Rows)-1]
	row.Claims = append(row.Claims, l)
	if l.Version != "" {
		row.Versions = append(row.Versions, l.Version)
	}
}

// continues reports whether o is a part of the same row.
func (r *Row) continues(o Row) bool {
	return len(r.Versions) > 0 && r.Technology == o.Technology && r.Name == o.Name && r.When == o.When && slices.Equal(r.With, o.With) && r.Quote == o.Quote
}

// printedName is what a label says before its version.
func printedName(c *fact.Claim) string {
	if c.Version == "" {
		return c.Label
	}
	return strings.TrimSuffix(c.Label, " "+c.Version)
}
