package message

import (
	"strconv"
	"strings"
)

// maxValues bounds how many values a message has.
const maxValues = 20

// reader reads the part of ICU MessageFormat that messages use: {0}, {0, select, a {…}
// other {…}}, {0, plural, one {…} other {…}} and 'quoted' braces.
type reader struct {
	text string // what is left
	err  string
}

// pattern reads up to a closing brace that it did not open, or to the end.
func (r *reader) pattern() pattern {
	all := pattern{}
	var text strings.Builder
	for r.text != "" && r.text[0] != '}' && r.err == "" {
		switch c := r.text[0]; {
		case c == '{':
			r.text = r.text[1:]
			all = append(all, r.value(text.String()))
			text.Reset()
		case c == '#':
			r.err = "a number is written as its value, and not as #,"
		case c == '\'' && len(r.text) > 1 && strings.ContainsRune("{}", rune(r.text[1])):
			quoted, rest, _ := strings.Cut(r.text[1:], "'")
			text.WriteString(quoted)
			r.text = rest
		default:
			text.WriteByte(c)
			r.text = r.text[1:]
		}
	}
	if text.Len() > 0 {
		all = append(all, part{text: text.String(), value: -1})
	}
	return all
}

// value reads what stands between braces, after a text.
func (r *reader) value(before string) part {
	end := strings.IndexAny(r.text, ",}")
	if end < 0 {
		r.err = "a brace is open"
		return part{}
	}
	at, err := strconv.Atoi(strings.TrimSpace(r.text[:end]))
	if err != nil || at < 0 || at >= maxValues {
		r.err = "a value has no number"
	}
	p, sign := part{text: before, value: at}, r.text[end]
	if r.text = r.text[end+1:]; sign == '}' {
		return p
	}
	sort, rest, _ := strings.Cut(r.text, ",")
	p.plural = strings.TrimSpace(sort) == "plural"
	for r.text = strings.TrimLeft(rest, " "); r.err == "" && !strings.HasPrefix(r.text, "}"); r.text = strings.TrimLeft(r.text, " ") {
		key, rest, ok := strings.Cut(r.text, "{")
		r.text = rest
		c := choice{strings.TrimSpace(key), r.pattern()}
		if !ok || r.text == "" || c.key == "" {
			r.err = "a choice is not closed"
			return p
		}
		p.choices, r.text = append(p.choices, c), r.text[1:]
	}
	if n := len(p.choices); n == 0 || p.choices[n-1].key != "other" {
		r.err = "the last choice is not other"
		return p
	}
	r.text = strings.TrimPrefix(r.text, "}")
	if p.none = p.of("none"); p.none == nil {
		p.none = p.of("other")
	}
	return p
}
