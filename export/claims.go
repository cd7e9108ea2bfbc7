package export

import (
	"encoding/csv"
	"io"
	"strings"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/internal/str"
)

// claimColumns are those of a table with a row for each claim. Programs go by
// these names.
var claimColumns = []string{
	"product", "release", "kind", "technology", "label", "version", "status", "when", "inherited",
	"section", "quote", "source", "title", "url", "revision", "authority", "exclusive", "with",
}

// claims are the cells of [claimColumns] for each claim, in the order of the
// sections. The version is as printed; what is inherited names the platform.
func (r *Release) claims() [][]string {
	var rows [][]string
	for _, s := range r.Sections {
		for _, row := range s.Rows {
			for _, l := range row.Claims {
				rows = append(rows, claimOf(r.Release, l))
			}
		}
	}
	return rows
}

// claimOf is the row of a claim on a release.
func claimOf(r *compat.Release, l *compat.Listing) []string {
	return []string{
		r.Product, r.Version, l.Tech.Kind, l.Tech.ID, l.Label, l.Version, string(l.Status), l.When, l.Platform,
		l.Citation.Section, l.Citation.Quote, l.Source.ID, l.Source.Title, l.Source.URL, l.Source.Revision, string(l.Source.Authority),
		map[bool]string{true: "true"}[l.Exclusive], together(l.With),
	}
}

// writeCSV writes a row for each claim below the names of the columns. What a
// spreadsheet would take for a formula begins with an apostrophe, which makes it
// a text.
func writeCSV(w io.Writer, r *Release) error {
	out := csv.NewWriter(w)
	_ = out.Write(claimColumns) // what is wrong is told by Error
	for _, row := range r.claims() {
		for i, text := range row {
			row[i] = Guarded(text)
		}
		_ = out.Write(row)
	}
	out.Flush()
	return out.Error()
}

// Guarded keeps a spreadsheet from taking a text for a formula. Who takes one
// apostrophe off what would be one, or has apostrophes before it, has the text
// again.
func Guarded(text string) string {
	if bare := strings.TrimLeft(text, "'"); bare != "" && strings.ContainsRune("=+-@\t\r", rune(bare[0])) {
		return "'" + text
	}
	return text
}

// together names what a claim holds with, as it can be asked for: "ubuntu:24.04; macos".
func together(with []fact.Target) string {
	return strings.Join(each(with, func(t fact.Target) string { return str.Join(":", t.Technology, t.Version) }), "; ")
}
