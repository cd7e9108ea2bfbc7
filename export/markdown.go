package export

import (
	"fmt"
	"io"
	"strings"
	"unicode"
)

// writeMarkdown writes a page of Markdown with tables of pipes. The tables of
// environments are those of the pages they were taken from; see [block].
func writeMarkdown(w io.Writer, r *Release) error {
	b := &strings.Builder{}
	fmt.Fprintf(b, "# %s %s\n\n", markdown(r.Product.Name), markdown(r.Release.Version))
	fmt.Fprintf(b, "%s\n", markdown(r.about()))
	for _, block := range r.blocks() {
		block.markdown(b)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// markdown writes the headings, the table and what it stands on.
func (p *block) markdown(b *strings.Builder) {
	if p.title != "" {
		fmt.Fprintf(b, "\n## %s\n", markdown(p.title))
	}
	if p.further != "" {
		fmt.Fprintf(b, "\n### %s\n", markdown(p.further))
	}
	b.WriteByte('\n')
	p.table.markdown(b)
	if p.source != nil {
		fmt.Fprintf(b, "\nSource: %s%s\n", markdownLink(p.source.Title, link(p.source.URL)), weight(p.source))
	}
}

func (t *table) markdown(b *strings.Builder) {
	heads, places := t.shown()
	line(b, each(heads, markdown))
	line(b, each(heads, func(string) string { return "---" }))
	for _, row := range t.rows {
		line(b, each(places, func(columns []int) string { return t.merged(row, columns, cell.markdown, markdown) }))
	}
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
