package page

import (
	"strings"

	"github.com/testedon/testedon/internal/str"
)

// note takes words set apart: what is indented below the mark.
func (s *scanner) note(lines []line) int {
	first := lines[0]
	if !noteMark().MatchString(first.text) {
		return 0
	}
	n, body := indented(lines, first.indent()+2)
	s.add(block{kind: note, subs: scan(body, s.depth+1)})
	return n
}

// indented takes the lines below the first that are indented by at least so much,
// or blank, without that indent.
func indented(lines []line, least int) (int, []line) {
	n, last := 1, 1
	depth := 0
	for ; n < len(lines); n++ {
		if lines[n].blank() {
			continue
		}
		in := lines[n].indent()
		if in < least {
			break
		}
		if depth == 0 || in < depth {
			depth = in
		}
		last = n + 1
	}
	body := make([]line, 0, last)
	for _, l := range lines[1:last] {
		body = append(body, l.dedent(depth))
	}
	return last, body
}

// quote takes lines that begin with >.
func (s *scanner) quote(lines []line) int {
	n := 0
	var body []line
	for ; n < len(lines); n++ {
		t, ok := strings.CutPrefix(strings.TrimLeft(lines[n].text, " \t"), ">")
		if !ok {
			break
		}
		body = append(body, line{strings.TrimPrefix(t, " "), lines[n].no})
	}
	if n == 0 {
		return 0
	}
	s.add(block{kind: note, subs: scan(body, s.depth+1)})
	return n
}

// list takes an item of a list; items that follow each other are one list.
func (s *scanner) list(lines []line) int {
	m := bulletMark().FindStringSubmatch(lines[0].text)
	if m == nil || rulerMark().MatchString(lines[0].text) {
		return 0
	}
	n, body := itemLines(lines, m)
	s.flush()
	it := block{kind: item, subs: scan(body, s.depth+1)}
	if k := len(s.out); k > 0 && s.out[k-1].kind == list {
		s.out[k-1].subs = append(s.out[k-1].subs, it)
		return n
	}
	s.add(block{kind: list, steps: str.IsDigit(m[2][0]), subs: []block{it}})
	return n
}

// itemLines takes the lines of an item: the first, those that follow it without a
// blank line and begin nothing else, and those that are indented under it.
func itemLines(lines []line, m []string) (int, []line) {
	first := lines[0]
	least := first.indent() + 1
	plain := len(m[2]) > 1 && m[2][0] >= 0x80
	body := []line{{first.text[len(m[0]):], first.no}}
	n, gap := 1, false
	for ; n < len(lines); n++ {
		l := lines[n]
		if l.blank() {
			gap = true
			body = append(body, l)
			continue
		}
		if l.indent() < least && (gap || plain || begins(lines[n:])) {
			break
		}
		gap = false
		body = append(body, l.dedent(len(m[0])))
	}
	return n, body
}

// begins reports whether the first of lines begins a block of its own, so that it
// does not continue the item above it.
func begins(lines []line) bool {
	t := lines[0].text
	return bulletMark().MatchString(t) || headingMark().MatchString(t) || fenceMark().MatchString(t) || isRow(t) ||
		noteMark().MatchString(t) || includeMark().MatchString(t) || rulerMark().MatchString(t) || htmlRegion(lines[:1]) > 0
}
