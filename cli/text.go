package cli

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"text/tabwriter"
	"unicode"

	"github.com/testedon/testedon/api/answers"
)

// words is a word of the API, such as a verdict or a status, in plain English.
func words(word string) string { return strings.ReplaceAll(word, "_", " ") }

// writeTable writes a heading, which may be empty, and a line for each item, in
// columns; nothing where there is none. A cell without text shows a dash, a
// column without any is left out.
func writeTable[T any](b *strings.Builder, heading string, items []T, cells func(T) []string) {
	if len(items) == 0 {
		return
	}
	b.WriteByte('\n')
	if heading != "" {
		fmt.Fprintf(b, "%s:\n", heading)
	}
	rows := make([][]string, len(items))
	for i, item := range items {
		rows[i] = cells(item)
	}
	used := usedColumns(rows)
	const padding = 2
	w := tabwriter.NewWriter(b, 0, 0, padding, ' ', 0)
	for _, row := range rows {
		fmt.Fprintln(w, "  "+strings.Join(shown(row, used), "\t"))
	}
	_ = w.Flush() // a strings.Builder takes everything
}

// usedColumns tells which columns have any text.
func usedColumns(rows [][]string) []bool {
	used := make([]bool, len(rows[0]))
	for _, row := range rows {
		for i, cell := range row {
			used[i] = used[i] || cell != ""
		}
	}
	return used
}

// shown gives the cells of a row in the columns that are used.
func shown(row []string, used []bool) []string {
	var cells []string
	for i, cell := range row {
		if used[i] {
			cells = append(cells, cmp.Or(cell, "-"))
		}
	}
	return cells
}

// writeList writes a heading and a line for each item that has a text; nothing
// where none has.
func writeList[T any](b *strings.Builder, heading string, items []T, text func(T) string) {
	started := false
	for _, item := range items {
		line := text(item)
		if line == "" {
			continue
		}
		if !started {
			fmt.Fprintf(b, "\n%s:\n", heading)
		}
		started = true
		fmt.Fprintf(b, "  %s\n", line)
	}
}

// writeFoot names the documents that an answer stands on, each once, and the
// facts it was given from.
func writeFoot(b *strings.Builder, cited []answers.Citation, catalogue answers.CatalogueRef) {
	var documents []string
	for _, c := range cited {
		if text := strings.TrimSpace(c.Title + " " + c.URL); !slices.Contains(documents, text) {
			documents = append(documents, text)
		}
	}
	writeList(b, "Sources", documents, func(s string) string { return s })
	fmt.Fprintf(b, "\nCatalogue revision %d, %s\n", catalogue.Revision, catalogue.Digest)
}

// origin tells where a statement stands: the section, or the document where it
// has none, and the platform it is about where the release only inherits it.
func origin(c answers.Citation, platform string) string {
	return remarks(cmp.Or(c.Section, c.Title), inherited(platform))
}

func inherited(platform string) string { return with("inherited from ", platform) }

// with puts words before a text; before none it puts nothing.
func with(words, text string) string {
	if text == "" {
		return ""
	}
	return words + text
}

// remarks gives those that are not empty, in parentheses after a blank.
func remarks(all ...string) string {
	if text := list(", ", all...); text != "" {
		return " (" + text + ")"
	}
	return ""
}

// list joins the texts that are not empty.
func list(separator string, all ...string) string {
	return strings.Join(slices.DeleteFunc(all, func(text string) bool { return text == "" }), separator)
}

// quoted marks words as those of a document.
func quoted(words string) string { return `"` + words + `"` }

// plain takes out what could steer a terminal: a server may send anything.
func plain(text string) string {
	return strings.Map(func(r rune) rune {
		if r != '\n' && (unicode.IsControl(r) || unicode.Is(unicode.Cf, r)) {
			return -1
		}
		return r
	}, text)
}
