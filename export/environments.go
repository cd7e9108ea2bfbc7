package export

import (
	"slices"
	"strings"
	"unicode"

	"github.com/testedon/testedon/internal/str"
)

// heading is what stands above a table of environments: the words of the page, or else what
// the table is.
func (s *Section) heading() string {
	if s.Title != "" {
		return s.Title
	}
	return str.Capital(str.Words(s.Status) + " " + s.Kind.Plural)
}

// environments is a table of what sections say of one kind. Each row names its technology by the
// identifier as well: by that a reader of pages takes it as it stands. Where a version has a
// comma, each stands in a row of its own. The words of the source stand beside it where the cells
// do not say them already.
func environments(sections []Section) table {
	t := table{columns: []column{
		{str.Capital(sections[0].Kind.Name), ""}, {"Versions", ""}, {"Status", ""}, {"Condition", ""}, {"Together with", ""}, {"Technology id", ""}, {"Words of the source", "Quote"},
	}}
	single := slices.ContainsFunc(sections, func(s Section) bool { return slices.ContainsFunc(s.Rows, Row.hasComma) })
	if single {
		t.columns[1].name = "Version"
	}
	for _, s := range sections {
		for _, row := range s.Rows {
			quote := row.Quote
			if row.quoted() {
				quote = ""
			}
			versions := []string{strings.Join(row.Versions, ", ")}
			if single && len(row.Versions) > 0 {
				versions = row.Versions
			}
			for _, version := range versions {
				t.add(words(row.Name), words(version), words(str.Words(s.Status)), words(row.When), words(together(row.With)), words(row.Technology.ID), words(quote))
			}
		}
	}
	return t
}

// hasComma reports whether commas cannot part the versions of the row.
func (r Row) hasComma() bool { return strings.Contains(strings.Join(r.Versions, ""), ",") }

// quoted reports whether the cells of the row are the words of the source.
func (r *Row) quoted() bool {
	bare := func(text string) string { return strings.Join(strings.FieldsFunc(text, notWord), " ") }
	return bare(r.Quote) == bare(r.Name+" "+strings.Join(r.Versions, " "))
}

// notWord reports whether a rune only parts words.
func notWord(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune("|,;", r) }
