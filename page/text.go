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

// maxUnread is how many things that could not be read are reported; the last one
// says how many more there are.
const maxUnread = 1000

// line is one line of a page, without its end.
type line struct {
	text string
	no   int // from 1
}

// blank reports whether a line says nothing.
func (l line) blank() bool { return strings.TrimSpace(l.text) == "" }

// indent counts the blanks before the first letter; a tab stands for four.
func (l line) indent() int {
	n := 0
	for _, c := range l.text {
		switch c {
		case ' ':
			n++
		case '\t':
			n += 4 - n%4
		default:
			return n
		}
	}
	return n
}

// dedent gives the line without up to n leading blanks.
func (l line) dedent(n int) line {
	at := 0
	for i := 0; at < n && i < len(l.text); {
		switch l.text[i] {
		case ' ':
			at++
		case '\t':
			at += 4 - at%4
		default:
			return line{l.text[i:], l.no}
		}
		i++
		if at >= n {
			return line{strings.Repeat(" ", at-n) + l.text[i:], l.no}
		}
	}
	return line{strings.TrimLeft(l.text, " \t"), l.no}
}

// source is the text of a page, made readable: whole lines of valid UTF-8,
// without what a browser would not show either.
type source struct {
	lines []line
	title string // of the front matter
	rest  []Unread
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
	for i, t := range strings.Split(s.withoutComments(lineEnds.Replace(string(text))), "\n") {
		s.lines = append(s.lines, line{s.valid(t, i+1), i + 1})
	}
	s.frontMatter()
	return s
}

// lineEnds makes every line end with a line feed alone.
var lineEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n")

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

// valid gives a line as valid UTF-8 without control characters; each sort of
// blank becomes a blank.
func (s *source) valid(t string, no int) string {
	whole := utf8.ValidString(t)
	t = strings.Map(func(r rune) rune {
		switch {
		case r == '\t':
			return r
		case r < ' ' || r == 0x7f || r == 0x200b || r == 0x200c || r == 0x200d || r == 0xfeff || r == 0xad:
			return -1
		case r == 0xa0 || r == 0x202f || r == 0x3000 || r >= 0x2000 && r <= 0x200a || r == 0x2028 || r == 0x2029:
			return ' '
		}
		return r
	}, strings.ToValidUTF8(t, "\uFFFD"))
	if !whole {
		s.unread(t, no, "the line is not UTF-8; what could be read of it was: save the page as UTF-8")
	}
	return t
}

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

// frontMatter takes the block of settings off that may open a page, and keeps
// its title.
func (s *source) frontMatter() {
	if len(s.lines) == 0 || strings.TrimSpace(s.lines[0].text) != "---" {
		return
	}
	for i, l := range s.lines[1:min(len(s.lines), 200)] {
		if t := strings.TrimSpace(l.text); t == "---" || t == "..." {
			s.lines = s.lines[i+2:]
			return
		}
		if v, ok := strings.CutPrefix(l.text, "title:"); ok {
			s.title = strings.Trim(strings.TrimSpace(v), `"'`)
		}
	}
	s.title = ""
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
