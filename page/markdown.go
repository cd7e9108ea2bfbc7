package page

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxDepth is how deep lists, notes and quotations are followed into each other.
const maxDepth = 12

var (
	headingMark  = compiled(`^ {0,3}(#{1,6}|={1,6})[ \t]+(.*?)[ \t#]*$`)
	underline    = compiled(`^ {0,3}(=+|-+|~{4,}|\^{3,}|"{3,}|'{3,}|\*{4,}|#{3,}|:{4,}|\+{4,}|\.{4,})[ \t]*$`)
	bulletMark   = compiled(`^([ \t]*)([-*+•‣◦▪·]|\d{1,9}[.)]|\*{2,5}|\.{1,2})([ \t]+|$)`)
	breakTag     = compiled(`(?i)(?:<br\s*/?>\s*)+$`)
	fenceMark    = compiled("^[ \t]*(`{3,}|~{3,})[^`]*$")
	noteMark     = compiled(`^[ \t]*(?:!!!|\?\?\?\+?|===)[ \t]*("|[A-Za-z]|$)`)
	colonMark    = compiled(`^[ \t]*:{3,}`)
	includeMark  = compiled(`^[ \t]*(\{!.*!\}|--8<--.*|include::.*|\{\{[ \t]*include.*\}\}|<!--#include.*)[ \t]*$`)
	linkMark     = compiled(`^ {0,3}\[[^\]]+\]:[ \t]`)
	rulerMark    = compiled(`^ {0,3}([-*_][ \t]*){3,}$`)
	fieldMark    = compiled(`^:([\w!-]+):(?:[ \t].*)?$`)
	settingsMark = compiled(`^(\[[A-Za-z%,.#"'= |0-9-]*\]|//.*|export (?:const|default)\b.*|import .* from .*|\+)$`)
)

// scanner makes blocks of lines of Markdown, with what is mixed into it: HTML,
// the notes and tabs of MkDocs, the headings, lists and tables of AsciiDoc, and
// the bullets of plain text.
type scanner struct {
	*syntax
	depth int
	above string // the signs of the items of lists that this stands under
	open  []line // of the paragraph that is being read
	out   []block
}

// inside makes blocks of lines that stand in a block.
func (s *scanner) inside(lines []line) []block {
	in := &scanner{syntax: s.syntax, depth: s.depth + 1, above: s.above}
	if in.depth > maxDepth && len(lines) > 0 {
		return []block{notRead(lines[0], deep)}
	}
	for len(lines) > 0 {
		lines = lines[max(in.step(lines), 1):]
	}
	in.flush()
	return in.out
}

// taker takes the block that begins with the first of lines and tells how many lines it
// took; 0 where it is none of its sort.
type taker func(s *scanner, lines []line) int

// takers are what takes blocks, in this order; of words alone, what may begin with a letter.
func takers(words bool) []taker {
	if words {
		return []taker{(*scanner).pipeTable, (*scanner).conditional, (*scanner).include, (*scanner).admonition, (*scanner).definition, (*scanner).idle}
	}
	return []taker{
		(*scanner).adocBlock, (*scanner).underlined, (*scanner).container, (*scanner).fence, (*scanner).heading,
		(*scanner).gridTable, (*scanner).simpleTable, (*scanner).footnote, (*scanner).directive, (*scanner).pipeTable,
		(*scanner).include, (*scanner).note, (*scanner).quote, (*scanner).html, (*scanner).definition, (*scanner).list, (*scanner).idle,
	}
}

// step takes the block that begins with the first of lines and tells how many lines it took.
func (s *scanner) step(lines []line) int {
	first := lines[0]
	if first.blank() {
		s.flush()
		return 1
	}
	letter, _ := utf8.DecodeRuneInString(strings.TrimLeft(first.text, " \t"))
	for _, take := range takers(unicode.IsLetter(letter)) {
		if n := take(s, lines); n > 0 {
			return n
		}
	}
	s.open = append(s.open, line{strings.TrimLeft(first.text, " \t"), first.no})
	return 1
}

// add ends the paragraph and adds a block.
func (s *scanner) add(b block) {
	s.flush()
	s.out = append(s.out, b)
}

// flush ends the paragraph.
func (s *scanner) flush() {
	if len(s.open) == 0 {
		return
	}
	s.out = append(s.out, paragraphs(s.open)...)
	s.open = nil
}

// fence leaves out code between fences.
func (s *scanner) fence(lines []line) int {
	m := fenceMark().FindStringSubmatch(lines[0].text)
	if m == nil {
		return 0
	}
	s.flush()
	for i, l := range lines[1:] {
		if t := breakTag().ReplaceAllString(strings.TrimSpace(l.text), ""); strings.HasPrefix(t, m[1]) && strings.Trim(t, m[1][:1]) == "" {
			return i + 2
		}
	}
	s.out = append(s.out, notRead(lines[0], "the code that begins here is never ended, and hides what follows it: close it with "+m[1]))
	return len(lines)
}

// notRead is a line from which on something is not read.
func notRead(l line, why string) block {
	return block{kind: lost, text: inlineAsIs(l), why: why}
}

// deep is why something was left out that is nested too deep.
const deep = "lists, tables and quotations are nested too deep here; what follows in them was not read: give them fewer levels"

// heading takes a line that begins with # or, as AsciiDoc has it, with =.
func (s *scanner) heading(lines []line) int {
	m := headingMark().FindStringSubmatch(lines[0].text)
	if m == nil || strings.HasPrefix(m[2], `"`) {
		return 0
	}
	s.add(block{kind: heading, level: len(m[1]), text: inline(short([]line{{m[2], lines[0].no}}))})
	return 1
}

// short cuts what is too long for a heading.
func short(lines []line) []line {
	if t := lines[0].text; len(t) > maxParagraph {
		return []line{{t[:cutAt(t)], lines[0].no}}
	}
	return lines[:1]
}

// underlined takes a heading that is marked by the line below it, and perhaps by one
// above it as well. Where the line is none of Markdown it has to be as long as the
// words.
func (s *scanner) underlined(lines []line) int {
	m := underline().FindStringSubmatch(lines[0].text)
	over := ""
	if k := len(s.open); m != nil && k == 2 && underline().MatchString(s.open[0].text) {
		s.open, over = s.open[1:], "+"
	}
	if m == nil || len(s.open) != 1 {
		return 0
	}
	level := 1 + strings.IndexByte(underlines, m[1][0])
	if level > 2 && len(m[1]) < len(strings.TrimSpace(s.open[0].text)) {
		return 0
	}
	if style := m[1][:1] + over; s.rst { // there the order of their first use tells
		if !slices.Contains(s.styles, style) {
			s.styles = append(s.styles, style)
		}
		level = 1 + slices.Index(s.styles, style)
	}
	head := s.open
	s.open = nil
	s.add(block{kind: heading, level: level, text: inline(short(head))})
	return 1
}

// underlines are the signs that lines below headings are made of, those of the wider
// ones first: two of Markdown, and those that are usual in reStructuredText.
const underlines = `=-~^"'*#:+.`

// include takes a line that stands for another file.
func (s *scanner) include(lines []line) int {
	m := includeMark().FindStringSubmatch(lines[0].text)
	if m == nil {
		return 0
	}
	s.add(block{kind: include, text: words{text: m[1], marks: []mark{{0, lines[0].no}}}})
	return 1
}

// html takes a region of HTML.
func (s *scanner) html(lines []line) int {
	n := htmlRegion(lines)
	if n == 0 {
		return 0
	}
	s.flush()
	s.out = append(s.out, s.readHTML(lines[:n], false)...)
	return n
}

// idle leaves out lines that say nothing to a reader.
func (s *scanner) idle(lines []line) int {
	t := lines[0].text
	if m := summary().FindStringSubmatch(t); m != nil {
		s.tab(m[1], lines[0].no)
		return 1
	}
	if folded().MatchString(t) {
		s.tab("", lines[0].no)
		return 1
	}
	field := fieldMark().FindStringSubmatch(t)
	if field != nil && signOf(field[1], false) == "" || linkMark().MatchString(t) || rulerMark().MatchString(t) || colonMark().MatchString(t) || settingsMark().MatchString(t) || wrapper().MatchString(t) {
		s.flush()
		return 1
	}
	return 0
}
