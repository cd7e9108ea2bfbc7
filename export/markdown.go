package export

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"

	"github.com/testedon/testedon/compat"
)

// writeMarkdown writes a page of Markdown with tables of pipes. The tables of
// environments are those of the pages they were taken from, so that the page can
// be imported again. All else stands in tables that a reader of pages takes for
// remarks, and what is inherited as well: it is stated about something else.
func writeMarkdown(w io.Writer, r *Release) error {
	b := &strings.Builder{}
	fmt.Fprintf(b, "# %s %s\n\n", markdown(r.Product.Name), markdown(r.Release.Version))
	fmt.Fprintf(b, "%s\n", markdown(r.about()))
	title := ""
	for i := range r.Sections {
		if s := &r.Sections[i]; s.Inherited == nil {
			s.markdown(b, &title)
		}
	}
	for _, t := range append([]table{r.inherited()}, r.parts()...) {
		if len(t.rows) > 0 {
			fmt.Fprintf(b, "\n## %s\n\n", markdown(cmp.Or(t.page, t.name)))
			t.markdown(b)
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// about says what the page is and how old.
func (r *Release) about() string {
	text := fmt.Sprintf("Exported from revision %d of the catalogue, %s. Names and versions are as the sources print them.", r.Revision, r.Digest)
	if len(r.Sections) == 0 {
		text += " The documents say nothing about environments."
	}
	return text
}

// markdown writes a table of environments. A heading that the table above has too
// is not said again; last is that heading.
func (s *Section) markdown(b *strings.Builder, last *string) {
	title, further := s.heading()
	if title != "" && (title != *last || further == "") {
		fmt.Fprintf(b, "\n## %s\n", markdown(title))
	}
	if *last = title; further != "" {
		fmt.Fprintf(b, "\n### %s\n", markdown(further))
	}
	b.WriteByte('\n')
	t := s.table()
	if s.Status == compat.StatusIncompatible {
		t = s.labels()
	}
	t.markdown(b)
	fmt.Fprintf(b, "\nSource: %s%s\n", markdownLink(s.Source.Title, link(s.Source.URL)), s.weight())
}

// labels is a table of whole items. Beside each other, what does not work is read
// as pairs that do not work together.
func (s *Section) labels() table {
	t := table{columns: []column{{s.column(), ""}}}
	for _, row := range s.Rows {
		for _, l := range row.Claims {
			t.add(words(join(", ", l.Label, l.When)))
		}
	}
	return t
}

// markdown writes the columns that have a text, and the first two, which say what
// the table is. Columns that a page calls by one word stand in one.
func (t *table) markdown(b *strings.Builder) {
	var heads []string
	var places [][]int // of the columns below each head
	for i, used := range t.used() {
		head := cmp.Or(t.columns[i].page, t.columns[i].name)
		at := slices.Index(heads, head)
		switch {
		case !used && i > 1:
		case at < 0:
			heads, places = append(heads, head), append(places, []int{i})
		default:
			places[at] = append(places[at], i)
		}
	}
	line(b, each(heads, markdown))
	line(b, each(heads, func(string) string { return "---" }))
	for _, row := range t.rows {
		line(b, each(places, func(columns []int) string { return t.merged(row, columns) }))
	}
}

// merged writes cells of a row as one. Each but the first says what it is.
func (t *table) merged(row []cell, columns []int) string {
	var all []string
	for n, i := range columns {
		if row[i].isEmpty() {
			continue
		}
		text := row[i].markdown()
		if n > 0 {
			text = markdown(t.columns[i].name) + ": " + text
		}
		all = append(all, text)
	}
	return strings.Join(all, "; ")
}

// line writes a line of a table.
func line(b *strings.Builder, cells []string) {
	b.WriteString("| " + strings.Join(cells, " | ") + " |\n")
}

func (c cell) markdown() string {
	if c.source != nil {
		return markdownLink(c.source.Title, link(c.source.URL))
	}
	return markdownLink(c.text, c.url)
}

func markdownLink(text, url string) string {
	if url == "" {
		return markdown(text)
	}
	return "[" + markdown(text) + "](<" + markdownURL.Replace(url) + ">)"
}

// markdownURL escapes what ends an address between angle brackets.
var markdownURL = strings.NewReplacer("<", "%3C", ">", "%3E", `\`, "%5C", "\n", "%0A", "\r", "%0D", "|", "%7C")

// markdown escapes a text: what means something in Markdown or HTML stands for
// itself, within a line, so that no text can end a cell or begin anything. What
// Markdown takes off the ends of a line, or cannot hold, is written as a character
// reference.
func markdown(text string) string {
	var b strings.Builder
	last := len(text) - 1
	for i, r := range text {
		switch {
		case r == '<':
			b.WriteString("&lt;")
		case r == '>':
			b.WriteString("&gt;")
		case r == '&':
			b.WriteString("&amp;")
		case strings.ContainsRune("\\`*[]|~@", r), r == '_' && !within(text, i), i == 0 && strings.ContainsRune("#+-=:", r), isAddress(text, i):
			b.WriteByte('\\')
			b.WriteRune(r)
		case unicode.IsControl(r), r == ' ' && (i == 0 || i == last), r == '\u2028', r == '\u2029':
			fmt.Fprintf(&b, "&#%d;", r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// isAddress reports whether the byte at i is what many readers of Markdown know an
// address by, which they would make a link.
func isAddress(text string, i int) bool {
	return strings.HasPrefix(text[i:], "://") || text[i] == '.' && i >= 3 && strings.EqualFold(text[i-3:i], "www")
}

// within reports whether the byte at i stands between two letters or digits of a
// word, where it means nothing.
func within(text string, i int) bool {
	return i > 0 && i < len(text)-1 && isWord(text[i-1]) && isWord(text[i+1])
}

func isWord(b byte) bool {
	return b >= '0' && b <= '9' || b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z'
}
