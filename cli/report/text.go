// Package report writes what was answered about an environment for a person, and how the
// program ends after it.
package report

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/testedon/testedon/api/answers"
	"github.com/testedon/testedon/internal/str"
	"github.com/testedon/testedon/message"
)

// Text is what a command tells a person.
type Text struct {
	strings.Builder

	Words *message.Language // that it is said in; nil is English
}

// String gives the text without what could steer a terminal: a server may send anything.
func (t *Text) String() string { return str.Escaped(t.Builder.String()) }

// Say is the text of a message.
func (t *Text) Say(id string, values ...any) string { return t.Words.Say(message.Of(id, values...)) }

// Word is a word of the API as it is read: a status, a verdict, a state.
func (t *Text) Word(word string) string { return t.Say("report.word", word, str.Words(word)) }

// Line writes a line.
func (t *Text) Line(line string) { fmt.Fprintln(t, line) }

// Table writes a heading, which may be empty, and a line for each row, in columns;
// nothing where there is none. A cell without text shows a dash, a column without any
// is left out.
func (t *Text) Table(heading string, rows ...[]string) {
	if len(rows) == 0 {
		return
	}
	t.Line("")
	if heading != "" {
		t.Line(heading + ":")
	}
	const padding = 2
	w := tabwriter.NewWriter(t, 0, 0, padding, ' ', 0)
	for _, row := range rows {
		var cells []string
		for i, cell := range row {
			if slices.ContainsFunc(rows, func(row []string) bool { return row[i] != "" }) {
				cells = append(cells, cmp.Or(cell, "-"))
			}
		}
		fmt.Fprintln(w, "  "+strings.Join(cells, "\t"))
	}
	_ = w.Flush() // a strings.Builder takes everything
}

// List writes a heading and a line for each text that is not empty; nothing where none
// is.
func (t *Text) List(heading string, lines ...string) {
	lines = slices.DeleteFunc(slices.Clone(lines), func(line string) bool { return line == "" })
	if len(lines) > 0 {
		t.Line("\n" + heading + ":\n  " + strings.Join(lines, "\n  "))
	}
}

// Foot names the documents that an answer cites, each once, and the facts it was given
// from.
func (t *Text) Foot(catalogue answers.CatalogueRef, answer ...any) {
	var documents []string
	for _, a := range answer {
		eachCitation(reflect.ValueOf(a), func(c answers.Citation) {
			if text := strings.TrimSpace(c.Title + " " + c.URL); !slices.Contains(documents, text) {
				documents = append(documents, text)
			}
		})
	}
	t.List(t.Say("report.sources"), documents...)
	t.Line("\n" + t.Say("report.catalogue", catalogue.Revision, catalogue.Digest))
}

// eachCitation visits the citations within a value of the API, in its order.
func eachCitation(v reflect.Value, visit func(answers.Citation)) {
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if !v.IsNil() {
			eachCitation(v.Elem(), visit)
		}
	case reflect.Slice:
		for i := range v.Len() {
			eachCitation(v.Index(i), visit)
		}
	case reflect.Struct:
		if c, ok := v.Interface().(answers.Citation); ok {
			visit(c)
			return
		}
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				eachCitation(v.Field(i), visit)
			}
		}
	}
}

// Origin tells where a statement stands: the section, or the document where it
// has none, and the platform it is about where the release only inherits it.
func (t *Text) Origin(c answers.Citation, platform string) string {
	return str.Remarks(cmp.Or(c.Section, c.Title), t.Inherited(platform))
}

// Some is the text of a message about a value; empty without one.
func (t *Text) Some(id, value string) string {
	if value == "" {
		return ""
	}
	return t.Say(id, value)
}

// Inherited tells of which platform something is stated; empty where of none.
func (t *Text) Inherited(platform string) string { return t.Some("report.inherited", platform) }
