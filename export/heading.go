package export

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/testedon/testedon/internal/str"
)

// heading is what stands above a table of environments. Where the words of the
// page do not tell what the table is, further words below them do.
func (s *Section) heading() (title, further string) {
	if s.Title != "" && s.tellsStatus() && s.noun() != "" {
		return s.Title, ""
	}
	return s.Title, str.Capital(str.Words(s.Status) + " " + s.Kind.Plural)
}

// tellsStatus reports whether the heading of the page has the status in it.
func (s *Section) tellsStatus() bool {
	title, status := strings.ToLower(s.Title), str.Words(s.Status)
	if strings.Contains(title, "not "+status) {
		return false
	}
	return strings.Contains(" "+title+" ", " "+status+" ")
}

// noun is what the heading of the page calls a thing of the kind; empty where it
// does not name the kind.
func (s *Section) noun() string {
	const most = 4 // words of a name
	title := strings.Fields(s.Title)
	for i := range title {
		for n := i + 1; n <= min(i+most, len(title)); n++ {
			phrase := strings.Trim(strings.Join(title[i:n], " "), "():,.")
			if one := strings.TrimSuffix(phrase, "s"); s.isNoun(one) || s.isNoun(phrase) {
				return one
			}
		}
	}
	return ""
}

// column is the heading of the column that names things of the kind: as the page
// calls them, in the way of a title.
func (s *Section) column() string {
	name := s.noun()
	if name == "" {
		name = s.Kind.Name
	}
	all := strings.Fields(name)
	for i, word := range all {
		all[i] = str.Capital(word)
	}
	return strings.Join(all, " ")
}

// table makes a row of each row, once where a page means several technologies by
// one. The words of the source stand beside it where the cells do not say them
// already.
func (s *Section) table() table {
	t := table{columns: []column{{s.column(), ""}, {"Versions", ""}, {"Condition", ""}, {"Words of the source", "Quote"}}}
	for _, row := range s.Rows {
		quote := row.Quote
		if row.quoted() {
			quote = ""
		}
		for _, named := range s.cells(&row) {
			cells := []cell{words(named[0]), words(named[1]), words(row.When), words(quote)}
			if !slices.ContainsFunc(t.rows, func(other []cell) bool { return slices.Equal(other, cells) }) {
				t.add(cells...)
			}
		}
	}
	return t
}

// cells gives the name and the versions that stand beside it, as a page prints
// them. Where these could not be told apart again, the versions stand with the
// name, each for itself: the name is only what the column is called, or a version
// begins like no version, or has a comma, which parts them.
func (s *Section) cells(r *Row) [][2]string {
	if len(r.Versions) > 0 && (s.isNoun(r.Name) || slices.ContainsFunc(r.Versions, isOdd)) {
		all := make([][2]string, len(r.Claims))
		for i, l := range r.Claims {
			all[i] = [2]string{l.Label, ""}
		}
		return all
	}
	return [][2]string{{r.Name, strings.Join(r.Versions, ", ")}}
}

// isNoun reports whether a text is nothing but a name of the kind.
func (s *Section) isNoun(text string) bool {
	return slices.ContainsFunc(append([]string{s.Kind.ID, s.Kind.Name, s.Kind.Plural}, s.Kind.Aliases...), func(name string) bool {
		return strings.EqualFold(name, text)
	})
}

// isOdd reports whether a version can be told from a name only beside it.
func isOdd(version string) bool { return strings.Contains(version, ",") || !usual.MatchString(version) }

// usual is how versions begin.
var usual = regexp.MustCompile(`^(?i:versions? |v)?[~≥≤>=<]*[0-9]`)

// quoted reports whether the cells of the row are the words of the source.
func (r *Row) quoted() bool {
	bare := func(text string) string { return strings.Join(strings.FieldsFunc(text, notWord), " ") }
	return bare(r.Quote) == bare(r.Name+" "+strings.Join(r.Versions, " "))
}

// notWord reports whether a rune only parts words.
func notWord(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune("|,;", r) }
