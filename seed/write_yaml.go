package seed

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"github.com/goccy/go-yaml/ast"
)

// The width of what is written, and the most that is quoted of a page.
const (
	lineWidth = 120
	maxQuote  = 600 // bytes
)

// scalar writes a key and its text as lines: plain where that is read as the same
// text, folded where it is long, else in quotes.
func scalar(key, text string, indent int) []string {
	if len(text)+len(key)+indent > lineWidth {
		if lines := append([]string{key + ": >-"}, wrapped(text, lineWidth-indent-2)...); reads(lines, key, text) {
			return lines
		}
	}
	if plain := []string{key + ": " + text}; reads(plain, key, text) {
		return plain
	}
	return []string{key + ": " + inQuotes(text)}
}

// wrapped breaks a text at single blanks and indents the lines.
func wrapped(text string, width int) []string {
	var lines []string
	line := ""
	for _, word := range strings.Split(text, " ") {
		if line != "" && len(line)+1+len(word) > width {
			lines, line = append(lines, "  "+line), ""
		}
		if line != "" {
			line += " "
		}
		line += word
	}
	return append(lines, "  "+line)
}

// reads reports whether lines are one key with this text, and nothing else.
func reads(lines []string, key, text string) bool {
	d := &document{file: file{data: []byte(strings.Join(lines, "\n") + "\n")}}
	root, ok := d.parse().(ast.MapNode)
	if !ok {
		return false
	}
	entries := root.MapRange()
	if !entries.Next() || entries.Key().GetToken().Value != key {
		return false
	}
	got, ok := textOf(entries.Value())
	return ok && got == text && !strings.Contains(strings.Join(lines, " "), " #") && !entries.Next()
}

// inQuotes writes a text in double quotes.
func inQuotes(text string) string { return strconv.Quote(text) }

// inList writes texts as a list on one line.
func inList(texts []string) string {
	all := make([]string, len(texts))
	for i, text := range texts {
		all[i] = inQuotes(text)
	}
	return "[" + strings.Join(all, ", ") + "]"
}

// entry writes keys as an entry of a list.
func entry(lines ...[]string) []string {
	var all []string
	for _, key := range lines {
		for _, line := range key {
			if line != "" {
				line = "  " + line
			}
			all = append(all, line)
		}
	}
	all[0] = "-" + all[0][1:]
	return all
}

// optional is a key that is left out where it has no text.
func optional(key, text string, indent int) []string {
	if text == "" {
		return nil
	}
	return scalar(key, text, indent)
}

// listed writes a key with texts; nothing where there are none.
func listed(key string, texts []string) []string {
	if len(texts) == 0 {
		return nil
	}
	return []string{key + ": " + inList(texts)}
}

// nested writes a key and the entries of its list, with blank lines between them
// where parted.
func nested(key string, entries [][]string, parted bool) []string {
	lines := []string{key + ":"}
	for i, e := range entries {
		if parted && i > 0 {
			lines = append(lines, "")
		}
		lines = append(lines, indented(e, 2)...)
	}
	return lines
}

var blanks = regexp.MustCompile(`\s+`)

// clean makes a text of a page one that a catalogue may hold: blanks drawn
// together, nothing that steers a terminal, and not longer than a short quote.
func clean(text string) string {
	text = strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Cf, r) || unicode.IsControl(r) && !unicode.IsSpace(r) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, "\ufffd"))
	text = strings.TrimSpace(blanks.ReplaceAllString(text, " "))
	if len(text) <= maxQuote {
		return text
	}
	cut := strings.LastIndexByte(text[:maxQuote], ' ')
	if cut < maxQuote/2 {
		cut = maxQuote
	}
	return strings.ToValidUTF8(text[:cut], "") + " …"
}
