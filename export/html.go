package export

import (
	"fmt"
	"html"
	"io"
	"slices"
	"strings"
	"unicode"

	"github.com/testedon/testedon/compat"
)

// writeHTML writes a whole page of tables, to be read or printed. It has neither
// script nor style, so that the strictest content security policy lets it be.
// Every value is escaped and set in the direction of its own script.
func writeHTML(w io.Writer, r *Release) error {
	b := &strings.Builder{}
	name := escape(r.Product.Name + " " + r.Release.Version)
	fmt.Fprintf(b, `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>%s</title>
</head>
<body>
<main>
<h1 dir="auto">%s</h1>
<p>%s</p>
`, name, name, escape(r.about()))
	for i := range r.Sections {
		r.section(b, &r.Sections[i])
	}
	for _, t := range r.parts() {
		fmt.Fprintf(b, "<section>\n<h2>%s</h2>\n", escape(t.name))
		r.table(b, &t, t.name)
		b.WriteString("</section>\n")
	}
	b.WriteString("</main>\n</body>\n</html>\n")
	_, err := io.WriteString(w, b.String())
	return err
}

// section writes a table of environments.
func (r *Release) section(b *strings.Builder, s *Section) {
	title, further := s.heading()
	t := s.table()
	fmt.Fprintf(b, "<section>\n<h2 dir=\"auto\">%s</h2>\n", escape(join(": ", title, further)))
	if s.Inherited != nil {
		fmt.Fprintf(b, "<p>Stated about %s, which it is built on.</p>\n", escape(s.Inherited.Name))
	}
	fmt.Fprintf(b, "<p>Source: %s%s</p>\n", r.reference(s.Source, s.Source.Title), s.weight())
	r.table(b, &t, join(": ", title, further))
	b.WriteString("</section>\n")
}

// table writes the columns that have a text. The first cell of a row is its
// heading. The sources can be pointed at.
func (r *Release) table(b *strings.Builder, t *table, caption string) {
	used := t.used()
	fmt.Fprintf(b, "<table>\n<caption dir=\"auto\">%s</caption>\n<thead>\n<tr>", escape(caption))
	for i, column := range t.columns {
		if used[i] {
			fmt.Fprintf(b, `<th scope="col">%s</th>`, escape(column.name))
		}
	}
	b.WriteString("</tr>\n</thead>\n<tbody>\n")
	first := slices.Index(used, true)
	for n, row := range t.rows {
		b.WriteString("<tr")
		if t.name == sourcesName {
			fmt.Fprintf(b, ` id="source-%d"`, n+1)
		}
		b.WriteString(">")
		for i, c := range row {
			switch {
			case i == first:
				fmt.Fprintf(b, `<th scope="row" dir="auto">%s</th>`, r.html(c))
			case used[i]:
				fmt.Fprintf(b, `<td dir="auto">%s</td>`, r.html(c))
			}
		}
		b.WriteString("</tr>\n")
	}
	b.WriteString("</tbody>\n</table>\n")
}

// html is what stands in a cell.
func (r *Release) html(c cell) string {
	switch {
	case c.source != nil:
		return r.reference(c.source, c.source.Title)
	case c.url != "":
		return fmt.Sprintf(`<a href="%s" rel="noreferrer">%s</a>`, escape(c.url), escape(c.text))
	}
	return escape(c.text)
}

// reference leads to a source on the same page.
func (r *Release) reference(s *compat.Source, text string) string {
	return fmt.Sprintf(`<a href="#source-%d">%s</a>`, slices.Index(r.Sources, s)+1, escape(text))
}

// escape writes a text for the inside of an element or of a value in quotation
// marks. A control character, which no page may hold, becomes a replacement.
func escape(text string) string {
	return html.EscapeString(strings.Map(func(c rune) rune {
		if unicode.IsControl(c) && c != '\n' && c != '\t' {
			return unicode.ReplacementChar
		}
		return c
	}, text))
}
