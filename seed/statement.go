package seed

import (
	"fmt"
	"strings"

	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/seed/sheet"
)

// statements is what a file states about its platform or release. The files of
// both have this shape, so that there is one way to state things.
type statements struct {
	Deployments  []fact.Deployment  `json:"deployments,omitempty"`
	Sections     []Section          `json:"sections,omitempty"`
	Requirements []RequirementGroup `json:"requirements,omitempty"`
	Ports        []portGroup        `json:"ports,omitempty"`
	Notes        []noteGroup        `json:"notes,omitempty"`

	Incompatibilities []IncompatibilityGroup `json:"incompatibilities,omitempty"`
}

// Origin is where a group of rows stands in its source, and the profile they are
// about where it is one.
type Origin struct {
	Source  string `json:"source"`
	Section string `json:"section,omitempty"` // the heading above, where the page has one
	Profile string `json:"profile,omitempty"`
}

func (o Origin) cite(quote string) fact.Citation {
	return fact.Citation{Source: o.Source, Section: o.Section, Quote: quote}
}

// Within narrows a scope to the profile of the group.
func (o Origin) Within(scope fact.Scope) fact.Scope {
	scope.Profile = o.Profile
	return scope
}

// statementReader is a file on its way into the facts it states.
type statementReader struct {
	*loader
	file  sheet.File
	at    map[string]sheet.Place
	scope fact.Scope // what the file is about

	printed *int // claims that stand before in the file
}

// all adds every statement of the file.
func (s statementReader) all(st statements) {
	for i, d := range st.Deployments {
		s.form(item("deployments", i)+".id", PlainID, d.ID)
	}
	for i, of := range st.Sections {
		s.claims(item("sections", i), of)
	}
	for i, group := range st.Requirements {
		s.requirements(item("requirements", i), group)
	}
	for i, group := range st.Ports {
		s.ports(item("ports", i), group)
	}
	for i, group := range st.Notes {
		s.notes(item("notes", i), group)
	}
	for i, group := range st.Incompatibilities {
		s.incompatibilities(item("incompatibilities", i), group)
	}
}

// form makes sure that an identifier inside the file has the form it should
// have; one that is left out has none.
func (s statementReader) form(path string, form Form, id string) {
	if id != "" {
		s.identify(s.file, s.at[path], form, id, s.file.Name)
	}
}

// new reports whether a fact is not stated yet, and remembers where it is. The
// label names it for a person, mend tells how to state it besides.
func (s statementReader) new(where, path, label, mend string) bool {
	if first, taken := s.places[where]; taken {
		s.fault(s.file, s.at[path], "%q is stated already at %s:%d; if both are meant, %s", label, first.File, first.Line, mend)
		return false
	}
	s.stands(where, s.file, s.at[path])
	return true
}

// factID joins what a fact is about and the parts that are there:
// "mi/4.4.0/rhel/9", "carbon/servlet-https".
func factID(scope fact.Scope, parts ...string) string {
	var all []string
	for _, part := range append([]string{scope.Platform, scope.Product, scope.Release, scope.Profile}, parts...) {
		if part != "" {
			all = append(all, part)
		}
	}
	return strings.Join(all, "/")
}

// signs are the words that an identifier has for what compares versions.
var signs = strings.NewReplacer("+", " plus ", ">=", " from ", "≥", " from ", "<=", " up to ", "≤", " up to ",
	">", " above ", "<", " below ", "^", " caret ", "~", " tilde ", "||", " or ")

// Slug writes words in the characters of an identifier: "12c release 2" as
// 12c-release-2, "8+" as 8-plus, ">=8" as from-8.
func Slug(text string) string {
	text = strings.ToLower(signs.Replace(text))
	words := strings.FieldsFunc(text, func(c rune) bool {
		return c != '.' && (c < '0' || c > '9') && (c < 'a' || c > 'z')
	})
	return strings.Join(words, "-")
}

// item is the path of an entry of a list.
func item(list string, i int) string { return fmt.Sprintf("%s[%d]", list, i) }
