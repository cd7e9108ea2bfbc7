package page

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"

	"github.com/testedon/testedon/internal/str"
)

// maxNesting is how deep HTML elements are followed into each other.
const maxNesting = 200

var (
	// opener is the tag of an element that is a block of its own.
	opener = compiled(`(?i)^[ \t]*</?(?:table|ul|ol|dl|div|p|h[1-6]|thead|tbody|tr|td|th|li|caption|blockquote|pre|script|style|template|noscript)\b`)
	// wrapper is a line of tags that only hold others together.
	wrapper = compiled(`(?i)^[ \t]*(?:</?(?:html|body|main|article|section|details|center|figure|script)\b[^>]*>[ \t]*)+$`)
	// shown is a script that holds what a page shows.
	shown = compiled(`(?i)<script[^>]*template`)
	// summary entitles what is folded up, and folded ends it.
	summary = compiled(`(?i)^[ \t]*(?:<details[^>]*>[ \t]*)?<summary>(.*?)</summary>[ \t]*$`)
	folded  = compiled(`(?i)^[ \t]*</details>[ \t]*$`)
	// nesting are the tags that tell where a region of HTML ends.
	nesting = compiled(`(?i)<(/?)(?:table|ul|ol|dl|div|pre|script|style|template|noscript)\b`)
	// tablePart is the tag of what cannot stand outside of a table, as where a page is cut.
	tablePart = compiled(`(?i)^\s*</?(?:thead|tbody|tfoot|tr|td|th)\b`)
	// wholeHTML is how a page begins that is HTML and nothing else.
	wholeHTML = compiled(`(?is)^\s*(?:<!doctype\b|<\?xml\b|<html\b[^>]*>\s*<(?:head|body)\b)`)
)

// htmlRegion tells how many of the lines are one region of HTML: as far as its
// elements are closed, a heading of Markdown, or the end.
func htmlRegion(lines []line) int {
	if t := lines[0].text; !opener().MatchString(t) || shown().MatchString(t) {
		return 0
	}
	depth := 0
	for i, l := range lines {
		if i > 0 && headingMark().MatchString(l.text) && strings.HasPrefix(strings.TrimSpace(l.text), "#") {
			return i
		}
		for _, m := range nesting().FindAllStringSubmatch(l.text, -1) {
			if m[1] == "" {
				depth++
			} else {
				depth--
			}
		}
		if depth <= 0 {
			return i + 1
		}
	}
	return len(lines)
}

// silent are elements whose words nobody sees, or that are code.
var silent = map[string]bool{
	"script": true, "style": true, "head": true, "template": true, "noscript": true, "pre": true, "svg": true, "select": true, "button": true, "textarea": true,
	"colgroup": true, "nav": true,
}

// breaks are elements that end a line of words.
var breaks = map[string]bool{"p": true, "div": true, "hr": true, "section": true}

// htmlReader makes blocks of the tree that HTML is, however badly it is nested.
type htmlReader struct {
	*scanner
	no      int     // the line that is being read
	whole   bool    // the page is HTML and nothing else
	caption []block // of the table that is being read
	over    int     // the line in which elements were nested too deep, or 0
}

// readHTML makes blocks of the lines of a region of HTML, or of a page that is HTML and nothing else.
func (s *scanner) readHTML(lines []line, whole bool) []block {
	r := &htmlReader{scanner: s, no: lines[0].no, whole: whole}
	root, err := html.Parse(strings.NewReader(numbered(lines)))
	if err != nil { // it is nested deeper than the parser goes
		return []block{notRead(lines[0], deep)}
	}
	all := r.content(root, 0, whole)
	if r.over > 0 {
		all = append(all, notRead(line{no: r.over}, deep))
	}
	return all
}

// numbered joins lines of HTML, with a comment at the beginning of each that has its
// number: a page has none of its own any more. Words keep their entities, and what the
// reader is to fill in is no tag but a word.
func numbered(lines []line) string {
	raw, _ := join(lines)
	var b strings.Builder
	if tablePart().MatchString(raw) {
		b.WriteString("<table>")
	}
	at := 0
	mark := func() { fmt.Fprintf(&b, "<!--%d-->", lines[min(at, len(lines)-1)].no) }
	mark()
	for z := html.NewTokenizer(strings.NewReader(raw)); z.Next() != html.ErrorToken; {
		token := string(z.Raw())
		switch z.Token().Type {
		case html.TextToken:
			for i, t := range strings.Split(strings.ReplaceAll(token, "&", "&amp;"), "\n") {
				if i > 0 {
					at++
					b.WriteByte('\n')
					mark()
				}
				b.WriteString(t)
			}
			continue
		case html.CommentToken, html.DoctypeToken:
		default:
			if isName(token) {
				token = strings.NewReplacer("<", "&amp;lt;", ">", "&amp;gt;").Replace(token)
			}
			b.WriteString(token)
		}
		n := strings.Count(token, "\n")
		if at += n; n > 0 || !tablePart().MatchString(token) { // what has no place in a table is moved before it
			mark()
		}
	}
	return b.String()
}

// content is what stands in an element.
type content struct {
	blocks []block
	words  []line // raw words that no block holds yet
}

// content gives what stands in an element; plain is without any markup but its own.
func (r *htmlReader) content(n *html.Node, nesting int, plain bool) []block {
	var c content
	r.anchor(&c, n)
	r.add(&c, n, nesting, plain)
	r.flush(&c, plain)
	return c.blocks
}

// flush makes blocks of the words so far.
func (r *htmlReader) flush(c *content, plain bool) {
	lines := c.words
	c.words = nil
	for len(lines) > 0 && lines[0].blank() {
		lines = lines[1:]
	}
	switch {
	case len(lines) == 0:
	case plain:
		c.blocks = append(c.blocks, paragraphs(lines)...)
	default:
		c.blocks = append(c.blocks, r.inside(leftAligned(lines))...)
	}
}

// add adds what stands in an element to what stands before it.
func (r *htmlReader) add(c *content, n *html.Node, nesting int, plain bool) {
	if nesting > maxNesting {
		r.over = cmp.Or(r.over, r.no)
		return
	}
	for n := range n.ChildNodes() {
		switch n.Type {
		case html.CommentNode:
			r.number(n)
		case html.TextNode:
			r.word(c, strings.TrimSuffix(n.Data, "\n"))
		case html.ElementNode:
			r.element(c, n, nesting+1, plain)
		}
	}
}

// number takes the number of a line.
func (r *htmlReader) number(n *html.Node) {
	if no, err := strconv.Atoi(n.Data); err == nil {
		r.no = no
	}
}

// word adds to the words of the line that is being read.
func (r *htmlReader) word(c *content, t string) {
	if k := len(c.words); k > 0 && c.words[k-1].no == r.no {
		c.words[k-1].text += t
		return
	}
	c.words = append(c.words, line{t, r.no})
}

// isRaw reports whether an element is read with the words that it stands in.
func isRaw(n *html.Node) bool {
	switch n.Data {
	case "sup", "sub", "img", "svg", "del", "s", "strike":
		return true
	case "a":
		return strings.HasPrefix(attribute(n, "href"), "#") || attribute(n, "id")+attribute(n, "name") != ""
	case "i", "span":
		return isIcon().MatchString(attribute(n, "class"))
	}
	return false
}

// element adds an element.
func (r *htmlReader) element(c *content, n *html.Node, nesting int, plain bool) {
	switch name := n.Data; {
	case name == "br":
		r.word(c, "<br>")
		return
	case isRaw(n) && !isHidden(n):
		r.inWords(c, n, nesting, plain)
		return
	case silent[name] || isHidden(n):
		r.skip(n)
		return
	case name == "details":
		r.flush(c, plain)
		r.add(c, n, nesting, plain)
		r.flush(c, plain)
		c.blocks = append(c.blocks, block{kind: heading, level: tabLevel})
		return
	case len(name) == 2 && name[0] == 'h' && str.IsDigit(name[1]), name == "summary":
		r.title(c, n, nesting, plain)
		return
	}
	if b, ok := r.block(n, nesting, plain); ok {
		r.flush(c, plain)
		if b.kind != item || len(b.subs) > 0 {
			c.blocks = append(c.blocks, b)
		}
		return
	}
	if !breaks[n.Data] {
		r.add(c, n, nesting, plain)
		return
	}
	r.flush(c, plain)
	r.anchor(c, n)
	r.add(c, n, nesting, plain)
	r.flush(c, plain)
}

// block reads an element that is one block: a table, a list, an item or a note.
func (r *htmlReader) block(n *html.Node, nesting int, plain bool) (b block, ok bool) {
	switch name := n.Data; {
	case name == "table":
		outer := r.caption
		r.caption = nil
		b = block{kind: table, rows: r.rows(n, nesting)}
		for _, t := range r.caption {
			b.text = t.text
		}
		r.caption = outer
	case name == "ul" || name == "ol":
		b = block{kind: list, steps: name == "ol", subs: r.content(n, nesting, plain)}
		for i := range b.subs {
			b.subs[i].mark = strconv.Itoa(i + 1)
		}
	case name == "dl":
		b = block{kind: list, subs: labelledBy(r.content(n, nesting, plain))}
	case name == "li" || name == "dd" || name == "dt":
		b = block{kind: item, subs: r.content(n, nesting, plain), mark: name}
	case name == "blockquote" || name == "aside" || name == "div" && strings.Contains(attribute(n, "class"), "admonition"):
		b = block{kind: note, subs: r.content(n, nesting, plain)}
	default:
		return b, false
	}
	return b, true
}

// title reads a heading or the summary of what can be unfolded.
func (r *htmlReader) title(c *content, n *html.Node, nesting int, plain bool) {
	r.flush(c, plain)
	title := r.content(n, nesting, true)
	for i := range title {
		if b := &title[i]; b.kind == paragraph {
			b.kind, b.level = heading, min(int(n.Data[1]-'0'), tabLevel)
		}
	}
	c.blocks = append(c.blocks, title...)
}

// inWords adds an element that stands in words, as it stands in the page.
func (r *htmlReader) inWords(c *content, n *html.Node, nesting int, plain bool) {
	r.word(c, html.Token{Type: html.StartTagToken, Data: n.Data, Attr: n.Attr}.String())
	if n.Data == "svg" {
		r.skip(n)
	} else {
		r.add(c, n, nesting, plain)
	}
	if n.Data != "img" && n.FirstChild != nil {
		r.word(c, "</"+n.Data+">")
	}
}

// anchor adds the name of an element that links lead to.
func (r *htmlReader) anchor(c *content, n *html.Node) {
	if id := attribute(n, "id"); id != "" {
		r.word(c, html.Token{Type: html.StartTagToken, Data: "a", Attr: []html.Attribute{{Key: "id", Val: id}}}.String())
	}
}

// labelledBy makes one item of each term and what it means.
func labelledBy(items []block) []block {
	var all []block
	for i, it := range items {
		last := len(all) - 1
		if it.mark != "dd" || last < 0 {
			all = append(all, it)
			continue
		}
		switch term := all[last].subs; { // a label says of what sort its meaning is, and has no version
		case items[i-1].mark == "dt" && len(term) == 1 && term[0].kind == paragraph && !strings.ContainsAny(term[0].text.text, digits) && it.subs[0].kind == paragraph:
			it.subs[0].text = together([]words{term[0].text, it.subs[0].text}, ": ")
			all[last].subs = it.subs
		default:
			all[last].subs = append(all[last].subs, block{kind: list, subs: []block{it}})
		}
	}
	return all
}

// skip goes to the end of an element.
func (r *htmlReader) skip(n *html.Node) {
	for n := range n.Descendants() {
		if n.Type == html.CommentNode {
			r.number(n)
		}
	}
}

// rows gives the rows of a table, or of a part of one.
func (r *htmlReader) rows(n *html.Node, nesting int) []row {
	var all []row
	for n := range n.ChildNodes() {
		switch {
		case n.Type == html.CommentNode:
			r.number(n)
		case isHidden(n):
			r.skip(n)
		case n.Data == "thead" || n.Data == "tbody" || n.Data == "tfoot":
			rows := r.rows(n, nesting+1)
			for i := range rows {
				rows[i].head = n.Data == "thead" && (i == 0 || rows[i].allHead())
			}
			all = append(all, rows...)
		case n.Data == "tr":
			if next := r.row(n, nesting+1); len(next.cells) > 0 {
				all = append(all, next)
			}
		case n.Data == "caption":
			r.caption = r.content(n, nesting, true)
		default:
			r.skip(n)
		}
	}
	return all
}

// row gives a row of a table.
func (r *htmlReader) row(n *html.Node, nesting int) row {
	next := row{line: r.no}
	for n := range n.ChildNodes() {
		switch {
		case n.Type == html.CommentNode:
			r.number(n)
		case n.Data == "td" || n.Data == "th":
			rowHead := strings.HasPrefix(strings.ToLower(attribute(n, "scope")), "row") // it says what stands beside it, as a name does
			c := cell{line: r.no, across: span(attribute(n, "colspan"), 50), down: span(attribute(n, "rowspan"), 2000), head: n.Data == "th" && !rowHead}
			c.subs = r.content(n, nesting, r.whole)
			next.cells = append(next.cells, c)
		}
	}
	return next
}

// allHead reports whether a row has cells of a head alone: a head that is never closed holds the other rows as well.
func (r row) allHead() bool {
	return !slices.ContainsFunc(r.cells, func(c cell) bool { return !c.head })
}

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// isHidden reports whether a browser shows nothing of an element.
func isHidden(n *html.Node) bool {
	hides := func(a html.Attribute) bool { return a.Key == "hidden" }
	return slices.ContainsFunc(n.Attr, hides) || strings.Contains(strings.ReplaceAll(attribute(n, "style"), " ", ""), "display:none")
}

// span reads how many columns or rows a cell covers.
func span(v string, most int) int {
	n, err := strconv.Atoi(strings.TrimSpace(v))
	if err != nil || n < 1 {
		return 1
	}
	return min(n, most)
}

// leftAligned takes the indent of HTML off words, so that it is not taken for one of Markdown.
func leftAligned(lines []line) []line {
	least := -1
	for _, l := range lines[1:] {
		if in := l.indent(); !l.blank() && (least < 0 || in < least) {
			least = in
		}
	}
	for i, l := range lines {
		lines[i] = l.dedent(max(least, 0))
	}
	lines[0] = line{strings.TrimLeft(lines[0].text, " \t"), lines[0].no}
	return lines
}
