package detect

import (
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// clean brings a text into valid UTF-8 with plain line ends, without the
// sequences that colour a terminal. The fault says what of it was not read.
func (r *reader) clean(text string) (cleaned, fault string) {
	if len(text) > MaxText {
		fault = r.say("detect.text.end", strconv.Itoa(len(text)), strconv.Itoa(MaxText))
		text = text[:MaxText]
		if i := strings.LastIndexByte(text, '\n'); i > 0 {
			text = text[:i]
		}
	}
	text = Decode(text)
	var b strings.Builder
	b.Grow(len(text))
	strange := 0
	for i := 0; i < len(text); {
		begin := i
		for i < len(text) && (text[i] >= ' ' && text[i] < utf8.RuneSelf || text[i] == '\n') {
			i++
		}
		if b.WriteString(text[begin:i]); i == len(text) {
			break
		}
		c, size := utf8.DecodeRuneInString(text[i:])
		switch {
		case c == '\x1b':
			size = escape(text[i:])
		case c == '\r':
			if !strings.HasPrefix(text[i:], "\r\n") {
				b.WriteByte('\n')
			}
		case c == '\u00a0':
			b.WriteByte(' ')
		case c == utf8.RuneError: // a letter of another encoding: it is not known, and stays something
			b.WriteRune(c)
		case c < ' ' && c != '\n' && c != '\t':
			strange++
		default:
			b.WriteRune(c)
		}
		i += size
	}
	if strange > 8+len(text)/20 {
		return "", r.say("detect.text.none", strconv.Itoa(len(text)))
	}
	return b.String(), fault
}

// Decode reads UTF-16, in which Windows writes what a command prints into a file,
// and drops byte order marks. [Read] does so by itself; it is for who hands text on
// in a way that only takes UTF-8.
func Decode(text string) string {
	if !strings.HasPrefix(text, "\xff\xfe") {
		return strings.TrimPrefix(text, "\ufeff")
	}
	units := make([]uint16, 0, len(text)/2)
	for i := 2; i+1 < len(text); i += 2 {
		units = append(units, uint16(text[i])|uint16(text[i+1])<<8)
	}
	return string(utf16.Decode(units))
}

// escape is the length of the escape sequence that text begins with: of a
// control sequence up to its final letter, of an operating system command up to
// its end.
func escape(text string) int {
	if len(text) < 2 {
		return len(text)
	}
	switch text[1] {
	case '[':
		for i := 2; i < len(text); i++ {
			if text[i] >= '@' && text[i] <= '~' {
				return i + 1
			}
			if text[i] < ' ' {
				return i
			}
		}
		return len(text)
	case ']':
		if i := strings.IndexAny(text, "\a\n"); i > 0 {
			return i + 1
		}
		return len(text)
	}
	return 2
}
