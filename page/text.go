package page

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// maxText is how much of a page is read, in bytes. A page of documentation has a
// hundredth of it; what lies beyond is reported, not read.
const maxText = 4 << 20

// maxUnread is how many things that could not be read are reported; the last one says how many more there are.
const maxUnread = 1000

// line is one line of a page, without its end.
type line struct {
	text string
	no   int // from 1
}

// blank reports whether a line says nothing.
func (l line) blank() bool { return strings.TrimSpace(l.text) == "" }

// indent counts the blanks before the first letter.
func (l line) indent() int { return len(l.text) - len(strings.TrimLeft(l.text, " ")) }

// dedent gives the line without up to n leading blanks.
func (l line) dedent(n int) line { return line{l.text[min(n, l.indent()):], l.no} }

// source is the text of a page, made readable: whole lines of valid UTF-8,
// without what a browser would not show either.
type source struct {
	lines []line
	title words // of the front matter
	*syntax
	rest []Unread
}

// prepare makes the text of a page readable.
func prepare(text []byte) *source {
	s := &source{}
	text, _, _ = transform.Bytes(unicode.BOMOverride(transform.Nop), text) // what is no UTF-16 is told by its lines
	if isBinary(text) {
		s.unread("", 1, "it is no text but a file of some other sort: give the page itself, as Markdown, HTML, AsciiDoc or text in UTF-8")
		return s
	}
	if cut := len(text) > maxText; cut {
		text = text[:bytes.LastIndexByte(text[:maxText], '\n')+1]
		s.unread("", 1+bytes.Count(text, []byte("\n")), "the page is longer than 4 MiB; the rest was not read: split it")
	}
	for i, t := range strings.Split(s.withoutComments(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(string(text))), "\n") {
		s.lines = append(s.lines, line{s.valid(t, i+1), i + 1})
	}
	s.frontMatter()
	s.redefine()
	d, grown := define(s.lines), 0
	comment := -1 // the indent of the one of reStructuredText that is open
	for i, l := range s.lines {
		if d.rst && (comment >= 0 && (l.blank() || l.indent() > comment) || remark().MatchString(l.text)) {
			if comment < 0 || l.indent() <= comment && !l.blank() {
				comment = l.indent()
			}
			s.lines[i].text = ""
			continue
		}
		comment = -1
		if len(l.text) > 2*maxParagraph || grown > maxText {
			continue
		}
		if t := d.resolved(l.text); t != l.text {
			s.lines[i].text, grown = t, grown+len(t)-len(l.text)
		}
	}
	s.syntax = &d.syntax
	return s
}

// legend says what a sign means on the page: "✔ = planned", or a row of a table of both.
var legend = compiled(`([✅✓✔☑●🟢👍❌✗✘✖○🔴])\x{FE0F}?\s*(?:=|:|–|—|-|means)\s*([A-Za-z][^,;|·<]{2,60}?)\s*(?:[,;|·<]|$)|^\|?\s*([✅✓✔☑●🟢👍❌✗✘✖○🔴])\x{FE0F}?\s*\|\s*([A-Za-z][^|]{2,60}?)\s*\|?\s*$`)

// redefine makes signs by which the page means something else than usual signs that are not understood.
func (s *source) redefine() {
	var other []string
	for _, l := range s.lines {
		if len(l.text) > maxParagraph {
			continue
		}
		for _, m := range legend().FindAllStringSubmatch(l.text, maxItems) {
			usual, sign := 1, m[1]+m[3]
			if strings.Contains("❌✗✘✖○🔴", sign) {
				usual = -1
			}
			if means := statusOnly(m[2] + m[4]); means != "" && says(means) != usual {
				other = append(other, sign, "\ufffc")
			}
		}
	}
	if len(other) == 0 {
		return
	}
	signs := strings.NewReplacer(other...)
	for i := range s.lines {
		s.lines[i].text = signs.Replace(s.lines[i].text)
	}
}

// isBinary reports whether a file is no text: of its beginning more than a tenth are
// characters that no text has.
func isBinary(text []byte) bool {
	begin := text[:min(len(text), 4<<10)]
	odd, all := 0, 0
	for ; len(begin) > 0; all++ {
		r, size := utf8.DecodeRune(begin)
		if r == utf8.RuneError && size == 1 || r < ' ' && !strings.ContainsRune("\t\n\r\f\x1b", r) {
			odd++
		}
		begin = begin[size:]
	}
	return odd*10 > all && odd > 8
}

// unread notes something that was left out before reading began.
func (s *source) unread(text string, no int, reason string) {
	s.rest = append(s.rest, Unread{Text: clip(text), Line: no, Reason: reason})
}

// valid gives a line as valid UTF-8 without control characters; each sort of blank becomes a blank.
func (s *source) valid(t string, no int) string {
	whole := utf8.ValidString(t)
	t = strings.Map(func(r rune) rune {
		switch {
		case r == '\t':
			return r
		case r < ' ' || r == 0x7f || r == 0x200b || r == 0x200c || r == 0x200d || r == 0xfeff || r == 0xad || r == 0x2060 || r == 0xfe0f || r == 0xfe0e,
			r == 0x200e || r == 0x200f || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069: // signs of direction
			return -1
		case r == 0xa0 || r == 0x202f || r == 0x3000 || r >= 0x2000 && r <= 0x200a || r == 0x2028 || r == 0x2029:
			return ' '
		}
		return r
	}, strings.ToValidUTF8(t, "\uFFFD"))
	if !whole {
		s.unread(t, no, "the line is not UTF-8; what could be read of it was: save the page as UTF-8")
	}
	return tabsToBlanks(t)
}

// tabsToBlanks makes tabs at the beginning of a line as many blanks as lead to the next four.
func tabsToBlanks(t string) string {
	rest := strings.TrimLeft(t, " \t")
	width := 0
	for _, c := range t[:len(t)-len(rest)] {
		if width++; c == '\t' {
			width = (width + 3) / 4 * 4
		}
	}
	return strings.Repeat(" ", width) + rest
}

// remark begins a comment of reStructuredText: no directive, label, note or substitution.
var remark = compiled(`^\s*\.\.\s+(?:[^\s_|\[\w]|[\w-]+(?:[^\w:-]|:[^:\w]|:?$))`)

// comment is one of HTML; without an end it goes on to that of the page.
var comment = compiled(`(?s)<!--.*?(-->|$)`)

// withoutComments blanks out HTML comments, so that what stands in them is not read;
// the ends of lines stay where they are.
func (s *source) withoutComments(text string) string {
	blank := func(r rune) rune {
		if r == '\n' {
			return r
		}
		return ' '
	}
	var b strings.Builder
	end := 0
	for _, m := range comment().FindAllStringSubmatchIndex(text, -1) {
		if m[2] == m[3] {
			s.unread("<!--", 1+strings.Count(text[:m[0]], "\n"), "the comment is never closed and hides the rest of the page: close it with -->")
		}
		b.WriteString(text[end:m[0]])
		b.WriteString(strings.Map(blank, text[m[0]:m[1]]))
		end = m[1]
	}
	return b.String() + text[end:]
}

// setting is a line of front matter: a key with its value, or what goes on with it.
var setting = compiled(`^(?:([\w."'-]+)\s*[:=](?:\s+(.*)|$)|\s|#|-|\[|\]|\}|$)`)

// frontMatter takes the block of settings off that may open a page, and keeps its title.
func (s *source) frontMatter() {
	if len(s.lines) < 2 {
		return
	}
	fence := strings.TrimSpace(s.lines[0].text)
	first := setting().FindStringSubmatch(s.lines[1].text)
	if fence != "---" && fence != "+++" || first == nil {
		return
	}
	var title, odd line
	for i, l := range s.lines[1:min(len(s.lines), 500)] {
		if t := strings.TrimSpace(l.text); t == fence || t == "..." && fence == "---" {
			s.lines = s.lines[i+2:]
			s.entitle(title, odd)
			return
		}
		switch m := setting().FindStringSubmatch(l.text); {
		case m == nil && odd.no == 0:
			odd = l
		case m != nil && m[1] == "title":
			title = line{strings.TrimSpace(m[2]), l.no}
		case title.no == l.no-1 && strings.Trim(title.text, ">|-+") == "": // it stands below
			title = line{strings.TrimSpace(l.text), l.no}
		}
	}
	if first[1] != "" {
		s.unread(fence, s.lines[0].no, "the front matter that begins here is never ended: close it with "+fence)
	}
}

// entitle keeps the title of the front matter, unless that is not well formed.
func (s *source) entitle(title, odd line) {
	t := title.text
	if strings.HasPrefix(t, `"`) || strings.HasPrefix(t, "'") {
		end := strings.LastIndexByte(t, t[0])
		if end == 0 {
			odd, end = title, len(t)
		}
		t = t[1:end]
	}
	if odd.no > 0 {
		s.unread(odd.text, odd.no, "the front matter is not well formed here: mend it, so that its title can be read")
	}
	s.title = inline([]line{{t, title.no}})
}

// clip cuts a text to what a report can show.
func clip(t string) string {
	const most = 160
	t = strings.Join(strings.Fields(t), " ")
	if len(t) <= most {
		return t
	}
	cut := most
	for !utf8.RuneStart(t[cut]) {
		cut--
	}
	return t[:cut] + "…"
}
