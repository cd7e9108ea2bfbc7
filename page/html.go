package page

import (
	"bytes"
	"strings"

	"golang.org/x/net/html"
)

// maxNesting is how deep HTML elements are followed into each other.
const maxNesting = 200

var (
	// opener is the tag of an element that is a block of its own.
	opener = compiled(`(?i)^[ \t]*</?(?:table|ul|ol|dl|div|p|h[1-6]|thead|tbody|tr|td|th|li|caption|blockquote|pre)\b`)
	// wrapper is a line of tags that only hold others together.
	wrapper = compiled(`(?i)^[ \t]*(?:</?(?:html|body|main|article|section|details|center|figure)\b[^>]*>[ \t]*)+$|^[ \t]*<summary>.*</summary>[ \t]*$`)
	// nesting are the tags that tell where a region of HTML ends.
	nesting = compiled(`(?i)<(/?)(?:table|ul|ol|dl|div|pre)\b`)
	// wholeHTML is how a page begins that is HTML and nothing else.
	wholeHTML = compiled(`(?is)^\s*(?:<!doctype\b|<\?xml\b|<html\b[^>]*>\s*<(?:head|body)\b)`)
)

// htmlRegion tells how many of the lines are one region of HTML: as far as its
// elements are closed, a heading of Markdown, or the end.
func htmlRegion(lines []line) int {
	if !opener.MatchString(lines[0].text) {
		return 0
	}
	depth := 0
	for i, l := range lines {
		if i > 0 && headingMark.MatchString(l.text) && strings.HasPrefix(strings.TrimSpace(l.text), "#") {
			return i
		}
		for _, m := range nesting.FindAllStringSubmatch(l.text, -1) {
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
var silent = map[string]bool{"script": true, "style": true, "head": true, "template": true, "noscript": true, "pre": true, "svg": true, "select": true, "button": true}

// breaks are elements that end a line of words.
var breaks = map[string]bool{"p": true, "div": true, "br": true, "hr": true, "caption": true, "section": true, "tbody": true, "colgroup": true}

// htmlReader makes blocks of HTML, however badly it is nested.
type htmlReader struct {
	stack []element // the first is the region itself
	words []line    // raw words that no block holds yet
	no    int       // the line that is being read
	skip  string    // the silent element that is being left out
	skips int       // how often it is nested in itself
	depth int
	whole bool // the page is HTML and nothing else
	over  int  // the line in which elements were nested too deep, or 0
}

// readHTML makes blocks of the lines of a region of HTML.
func readHTML(lines []line, depth int) []block {
	raw, _ := join(lines)
	r := &htmlReader{stack: []element{{}}, no: lines[0].no, depth: depth}
	return r.read(raw, lines)
}

// read goes through the tokens. Lines of a region need not follow each other in
// the page, so the line is looked up for each.
func (r *htmlReader) read(raw string, lines []line) []block {
	z := html.NewTokenizer(strings.NewReader(raw))
	at := 0
	for {
		t := z.Next()
		if t == html.ErrorToken {
			break
		}
		r.no = lines[min(at, len(lines)-1)].no
		token := bytes.Clone(z.Raw())
		r.token(t, z, token, lines, at)
		at += bytes.Count(token, []byte("\n"))
	}
	r.closeTo(0)
	return r.rest()
}

func (r *htmlReader) token(t html.TokenType, z *html.Tokenizer, raw []byte, lines []line, at int) {
	switch t {
	case html.TextToken:
		r.text(string(raw), lines, at)
	case html.StartTagToken, html.SelfClosingTagToken:
		name, more := z.TagName()
		r.start(string(name), attributes(z, more), string(raw), t == html.SelfClosingTagToken)
	case html.EndTagToken:
		name, _ := z.TagName()
		r.end(string(name))
	}
}

func attributes(z *html.Tokenizer, more bool) map[string]string {
	if !more {
		return nil
	}
	all := map[string]string{}
	for more && len(all) < 50 {
		var k, v []byte
		k, v, more = z.TagAttr()
		all[string(k)] = string(v)
	}
	return all
}

// text keeps words with the lines they stand in.
func (r *htmlReader) text(raw string, lines []line, at int) {
	if r.skip != "" {
		return
	}
	for i, t := range strings.Split(raw, "\n") {
		no := lines[min(at+i, len(lines)-1)].no
		if k := len(r.words); i == 0 && k > 0 && r.words[k-1].no == no {
			r.words[k-1].text += t
			continue
		}
		r.words = append(r.words, line{t, no})
	}
}

// start opens an element.
func (r *htmlReader) start(name string, attrs map[string]string, raw string, closed bool) {
	if r.skip != "" {
		if name == r.skip && !closed {
			r.skips++
		}
		return
	}
	if (silent[name] || isHidden(attrs)) && !closed && !empty[name] {
		r.skip, r.skips = name, 1
		return
	}
	if p := partOf[name]; p != other && !closed {
		r.open(p, name, attrs)
		return
	}
	switch {
	case strings.Contains(attrs["class"], "admonition") && name == "div":
		r.flush()
		r.push(element{part: aside})
	case name == "div":
		r.flush()
		r.push(element{part: other})
	case name == "tbody" || name == "tfoot":
		r.flush()
		r.closeWithin(wholeTable, tableHead, tableRow, tableCell)
	case name == "br":
		r.append("<br>")
	case breaks[name]:
		r.flush()
	case isName(raw):
		r.append(strings.NewReplacer("<", "&lt;", ">", "&gt;").Replace(raw))
	}
}

// empty are elements that have no end tag.
var empty = map[string]bool{"br": true, "hr": true, "img": true, "input": true, "meta": true, "link": true, "col": true}

// isHidden reports whether a browser shows nothing of an element.
func isHidden(attrs map[string]string) bool {
	_, hidden := attrs["hidden"]
	return hidden || strings.Contains(strings.ReplaceAll(attrs["style"], " ", ""), "display:none")
}

// append adds to the words of the line that is being read.
func (r *htmlReader) append(t string) {
	if k := len(r.words); k > 0 {
		r.words[k-1].text += t
		return
	}
	r.words = append(r.words, line{t, r.no})
}

// end closes an element. Words after the end tag of an item that nothing opened
// stand in the list itself, which makes them an item as well.
func (r *htmlReader) end(name string) {
	if r.skip != "" {
		if name == r.skip {
			if r.skips--; r.skips == 0 {
				r.skip = ""
			}
		}
		return
	}
	p := partOf[name]
	if p == other && name != "div" && !breaks[name] {
		return
	}
	r.flush()
	switch {
	case name == "div":
		r.closeDiv()
	case p == other:
	case p == wholeTable || p == wholeList || p == aside || p == title:
		if i := r.top(p); i > 0 {
			r.closeTo(i)
		}
	case p == listItem:
		r.closeWithin(wholeList, p)
	default:
		r.closeWithin(wholeTable, p)
	}
}

// flush makes a block of the words so far.
func (r *htmlReader) flush() {
	lines := r.words
	r.words = nil
	for len(lines) > 0 && lines[0].blank() {
		lines = lines[1:]
	}
	if len(lines) == 0 {
		return
	}
	r.needCell()
	to := &r.stack[len(r.stack)-1]
	if r.whole || to.part == title {
		to.subs = append(to.subs, paragraphs(lines)...)
		return
	}
	to.subs = append(to.subs, scan(leftAligned(lines), r.depth+1)...)
}

// leftAligned takes the indent of HTML off words, so that it is not taken for one
// of Markdown.
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
