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
	if m := tabMark().FindStringSubmatch(first.text); m != nil {
		s.tab(m[1], first.no)
		s.out = append(s.out, s.inside(body)...)
		s.tab("", first.no)
		return n
	}
	_, title, _ := strings.Cut(first.text, `"`)
	s.add(block{kind: note, text: inline([]line{{strings.Trim(title, `" `), first.no}}), subs: s.inside(body)})
	return n
}

// tabMark begins a tab of MkDocs.
var tabMark = compiled(`^\s*===[+!]?\s+"([^"]+)"`)

// indented takes the lines below the first that are indented by at least so much, or blank, without that indent.
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
		if !ok || strings.HasPrefix(t, "=") { // ">= 8.0" is a version
			break
		}
		body = append(body, line{strings.TrimPrefix(t, " "), lines[n].no})
	}
	if n == 0 {
		return 0
	}
	body[0].text = alert().ReplaceAllString(body[0].text, "")
	s.add(block{kind: note, subs: s.inside(body)})
	return n
}

// list takes an item of a list; items that follow each other are one list.
func (s *scanner) list(lines []line) int {
	m := bulletMark().FindStringSubmatch(lines[0].text)
	if m == nil || rulerMark().MatchString(lines[0].text) {
		return 0
	}
	n, body := s.itemLines(lines, m)
	numbered := str.IsDigit(m[2][0]) || m[2][0] == '.'
	s.addItem(block{kind: item, mark: strings.TrimRight(m[2], ".)"), subs: s.below(m[2]).inside(body)}, numbered)
	return n
}

// below gives what a head of rows and columns says of what stands below it: "Database → ↓ Driver".
func (s *scanner) below(sign string) *scanner {
	return &scanner{syntax: s.syntax, depth: s.depth, above: s.above + " " + sign + " "}
}

// isUnder reports whether a line begins an item of a list under that with a sign, as
// AsciiDoc tells by the signs alone.
func (s *scanner) isUnder(l line, sign string) bool {
	m := bulletMark().FindStringSubmatch(l.text)
	if m == nil || str.IsDigit(m[2][0]) {
		return false
	}
	longer := len(m[2]) > len(sign) && m[2][0] == sign[0] && strings.Trim(m[2], "*.") == ""
	return longer || s.adoc && m[2] != sign && !strings.Contains(s.above, " "+m[2]+" ")
}

// itemLines takes the lines of an item: the first, those that follow it without a
// blank line and begin nothing else, and those that stand under it.
func (s *scanner) itemLines(lines []line, m []string) (int, []line) {
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
		if s.adoc && strings.TrimSpace(l.text) == "+" {
			k := s.attached(lines[n+1:])
			body = append(body, line{"", l.no})
			body = append(body, lines[n+1:n+1+k]...)
			n, gap = n+k, false
			continue
		}
		if l.indent() < least && !s.isUnder(l, m[2]) && (gap || plain || begins(lines[n:])) {
			break
		}
		gap = false
		body = append(body, l.dedent(len(m[0])))
	}
	return n, body
}

// attached counts the lines of the block that a line with a plus sign joins to an item.
func (s *scanner) attached(lines []line) int {
	n := 0
	for n < len(lines) && (adocSettings().MatchString(lines[n].text) || adocTitle().MatchString(lines[n].text)) {
		n++
	}
	if n < len(lines) && (blockFence().MatchString(lines[n].text) || adocFence().MatchString(lines[n].text)) {
		for end := n + 1; end < len(lines); end++ {
			if lines[end].text == lines[n].text {
				return end + 1
			}
		}
	}
	for n < len(lines) && !lines[n].blank() && strings.TrimSpace(lines[n].text) != "+" {
		n++
	}
	return n
}

// begins reports whether the first of lines begins a block of its own, so that it
// does not continue the item above it.
func begins(lines []line) bool {
	t := lines[0].text
	return bulletMark().MatchString(t) || headingMark().MatchString(t) || fenceMark().MatchString(t) || isRow(t) ||
		noteMark().MatchString(t) || includeMark().MatchString(t) || rulerMark().MatchString(t) || htmlRegion(lines[:1]) > 0
}
