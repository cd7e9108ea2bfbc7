package page

import (
	"cmp"
	"slices"
	"strings"
)

// Read finds what a page states about environments. It reads Markdown, HTML,
// AsciiDoc and plain text, and mixtures of them; a page that is cut off or badly
// marked up is read as far as it goes. What stands where a statement would and is
// none that could be read comes back as Unread, with its line and the reason.
// Which words are names of technologies, whoever asks knows.
func Read(text []byte, names Names) *Page {
	s := prepare(text)
	r := &reader{page: &Page{Title: s.title, Unread: s.rest}, names: names.ofPage}
	r.read(blocks(s))
	return r.finish()
}

// blocks makes blocks of a page.
func blocks(s *source) []block {
	if len(s.lines) == 0 {
		return nil
	}
	start, _ := join(s.lines[:min(len(s.lines), 40)])
	if wholeHTML.MatchString(start) {
		raw, _ := join(s.lines)
		r := &htmlReader{stack: []element{{}}, whole: true}
		return r.read(raw, s.lines)
	}
	return plainHeadings(scan(s.lines, 0))
}

// plainHeadings finds the headings of a page that marks none: short lines that
// stand alone and end like no sentence.
func plainHeadings(blocks []block) []block {
	for i := range blocks {
		if blocks[i].kind == heading {
			return blocks
		}
	}
	for i := range blocks {
		b := &blocks[i]
		labels := i+1 < len(blocks) && blocks[i+1].kind == list && firstLine(blocks[i+1].subs) == b.text.line(0)+1
		if b.kind == paragraph && isTitle(b.text.text) && !labels {
			b.kind, b.level = heading, 1
		}
	}
	return blocks
}

// idleTitles are lines that a wiki adds to a page when it is printed.
var idleTitles = map[string]bool{"Versions Compared": true, "Code Block": true, "Table of Contents": true, "All docs This doc": true}

// isTitle reports whether a paragraph looks like a heading.
func isTitle(t string) bool {
	if t == "" || idleTitles[t] || len(t) > 70 || strings.ContainsAny(t, "\n<>={}:;?!") || len(strings.Fields(t)) > 8 {
		return false
	}
	last := t[len(t)-1]
	return t[0] >= 'A' && t[0] <= 'Z' && last != '.' && last != ','
}

// finish puts what was found in order and within bounds.
func (r *reader) finish() *Page {
	p := r.page
	slices.SortStableFunc(p.Statements, func(a, b Statement) int { return cmp.Compare(a.Line, b.Line) })
	slices.SortStableFunc(p.Unread, func(a, b Unread) int { return cmp.Compare(a.Line, b.Line) })
	if more := len(p.Unread) - maxUnread; more > 0 {
		last := p.Unread[maxUnread]
		p.Unread = append(p.Unread[:maxUnread], Unread{Line: last.Line, Section: last.Section, Reason: "more than could be listed follows: split the page"})
	}
	return p
}
