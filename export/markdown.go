package export

import (
	"fmt"
	"io"
	"strings"

	"github.com/testedon/testedon/internal/str"
)

// writeMarkdown writes a page of Markdown with tables of pipes, to be read or imported again;
// see [block].
func writeMarkdown(w io.Writer, r *Release) error {
	b := &strings.Builder{}
	fmt.Fprintf(b, "# %s %s\n\n", str.Markdown(r.Product.Name), str.Markdown(r.Release.Version))
	fmt.Fprintf(b, "%s\n", str.Markdown(r.about()))
	for _, block := range r.blocks() {
		block.markdown(b, r)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// markdown writes the headings, the table and what it stands on.
func (p *block) markdown(b *strings.Builder, r *Release) {
	if p.title != "" {
		fmt.Fprintf(b, "\n## %s\n", str.Markdown(p.title))
	}
	b.WriteByte('\n')
	p.table.markdown(b)
	if p.source != nil {
		fmt.Fprintf(b, "\n%s: %s%s\n", str.Markdown(r.say("export.source")), str.MarkdownLink(p.source.Title, p.source.URL), r.weight(p.source))
	}
}

func (t *table) markdown(b *strings.Builder) {
	heads, places := t.shown()
	line(b, each(heads, str.Markdown))
	line(b, each(heads, func(string) string { return "---" }))
	for _, row := range t.rows {
		line(b, each(places, func(columns []int) string { return t.merged(row, columns, cell.markdown, str.Markdown) }))
	}
}

// line writes a line of a table.
func line(b *strings.Builder, cells []string) {
	b.WriteString("| " + strings.Join(cells, " | ") + " |\n")
}

func (c cell) markdown() string {
	if c.source != nil {
		return str.MarkdownLink(c.source.Title, c.source.URL)
	}
	return str.MarkdownLink(c.text, c.url)
}
