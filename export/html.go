package export

import (
	"fmt"
	"html"
	"io"
	"slices"
	"strings"
	"unicode"

	"github.com/testedon/testedon/compat/fact"
)

// style is that of the page: lines around cells, which no value can change.
const style = `
body { font-family: system-ui, sans-serif; line-height: 1.4; margin: 2rem }
p, a { overflow-wrap: anywhere }
table { border-collapse: collapse }
th, td { border: 1px solid #999; padding: 0.25rem 0.5rem; text-align: start; vertical-align: top }
`

// writeHTML writes a whole page of tables, to be read, printed or imported again; see
// [block]. It loads nothing and runs nothing: a content security policy has to let
// only its style be. Every value is escaped and set in the direction of its own
// script.
func writeHTML(w io.Writer, r *Release) error {
	b := &strings.Builder{}
	name := escape(r.Product.Name + " " + r.Release.Version)
	fmt.Fprintf(b, `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>%s</title>
<style>%s</style>
</head>
<body>
<main>
<h1 dir="auto">%s</h1>
<p>%s</p>
`, name, style, name, escape(r.about()))
	for _, block := range r.blocks() {
		r.block(b, &block)
	}
	b.WriteString("</main>\n</body>\n</html>\n")
	_, err := io.WriteString(w, b.String())
	return err
}

// block writes the headings, the table and what it stands on.
func (r *Release) block(b *strings.Builder, p *block) {
	b.WriteString("<section>\n")
	if p.title != "" {
		fmt.Fprintf(b, "<h2 dir=\"auto\">%s</h2>\n", escape(p.title))
	}
	r.table(b, &p.table)
	if p.source != nil {
		fmt.Fprintf(b, "<p>%s: %s%s</p>\n", escape(r.say("export.source")), r.reference(p.source, p.source.Title), escape(r.weight(p.source)))
	}
	b.WriteString("</section>\n")
}

// table writes the rows. The first cell of each is its heading. The sources can be
// pointed at.
func (r *Release) table(b *strings.Builder, t *table) {
	heads, places := t.shown()
	b.WriteString("<table>\n<thead>\n<tr>")
	for _, head := range heads {
		fmt.Fprintf(b, `<th scope="col">%s</th>`, escape(head))
	}
	b.WriteString("</tr>\n</thead>\n<tbody>\n")
	for n, row := range t.rows {
		b.WriteString("<tr")
		if t.name == sourcesName {
			fmt.Fprintf(b, ` id="source-%d"`, n+1)
		}
		b.WriteString(">")
		for i, columns := range places {
			text := t.merged(row, columns, r.html, escape)
			if i == 0 {
				fmt.Fprintf(b, `<th scope="row" dir="auto">%s</th>`, text)
			} else {
				fmt.Fprintf(b, `<td dir="auto">%s</td>`, text)
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
func (r *Release) reference(s *fact.Source, text string) string {
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
