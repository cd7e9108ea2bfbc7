package detect

import (
	"html"
	"strings"

	"github.com/testedon/testedon/internal/str"
)

// maxNested bounds how deep entries nest. What is nested deeper counts as part of the
// deepest.
const maxNested = 64

// entry is a key with its value, or an item of a list, and what is nested in it.
type entry struct {
	key, value string // without quotes
	line, end  int    // of the page: where it stands, and the one behind all that is of it
	in         *entry
	first      *entry // of what is nested in it
	next       *entry // beside it
	last       *entry
	literal    bool // the value is no expression of a language of configurations
	bracketed  bool // what is nested stands in brackets or between tags, and these end it
	section    bool // "[key]": what follows is nested
	owned      bool // by a document

	indent   int  // twice the column; of an item of a list one more
	open     int  // the brackets that are not closed
	indented bool // what is nested begins further right
}

// at gives the first entry that a path of keys leads to, an empty one where none does.
func (e *entry) at(path ...string) *entry {
	for _, key := range path {
		for e = e.first; e != nil && e.key != key; e = e.next {
		}
		if e == nil {
			return &entry{}
		}
	}
	return e
}

// texts gives the value of an entry, or those of the items of its list.
func (e *entry) texts() []string {
	var all []string
	if e.value != "" {
		all = append(all, e.value)
	}
	for one := e.first; one != nil; one = one.next {
		if one.key == "" && one.value != "" {
			all = append(all, one.value)
		}
	}
	return all
}

// outliner makes a tree of lines, by their indentation and brackets, whatever the
// language: JSON in any layout, YAML, HCL, TOML, properties, XML. It follows no
// reference, and reads each line once, but for a few in search of what ends a comment.
type outliner struct {
	lines   []string
	n       int // the line that is read
	root    *entry
	in      *entry // what was read last, and the next may be nested in
	nested  int    // how deep that is
	open    int    // the brackets that are open
	toml    bool   // a section is open
	skip    int    // the line up to which nothing is read: a comment, a here-document
	vain    int    // the line up to which an end was looked for in vain
	block   *entry // the key whose text the deeper lines are
	parting bool   // a bracket was opened in this line, so that a comma ends a value
	free    []entry
	deeper  entry // what is nested deeper than is read
}

// outline reads the lines of a page from one up to another.
func outline(lines []string, from, to int) *entry {
	root := &entry{line: from, end: from, indent: -2}
	o := &outliner{lines: lines[:to], root: root, in: root}
	for o.n = from; o.n < to; o.n++ {
		o.line(lines[o.n])
	}
	o.leave(root)
	return root
}

// line reads a line.
func (o *outliner) line(raw string) {
	text := strings.TrimLeft(raw, " \t")
	indent := 2 * (len(raw) - len(text))
	switch {
	case text == "":
		return
	case o.n < o.skip || o.block != nil && indent > o.block.indent:
		o.touch()
		return
	}
	o.block, o.parting = nil, false
	switch {
	case text[0] == '#' || text[0] == ';' || strings.HasPrefix(text, "//") || strings.HasPrefix(text, "{{"):
		o.touch()
	case strings.HasPrefix(text, "/*") && o.until(o.n, text, "*/"):
	case text[0] == '<' && len(text) > 1 && (isWordRune(rune(text[1])) || strings.IndexByte("!?/", text[1]) >= 0):
		o.tags(indent, text)
	case text[0] == '[' && o.open == 0 && o.head(text):
	default:
		o.row(indent, text)
	}
}

// touch makes the line a part of what was read last.
func (o *outliner) touch() { o.in.end = o.n + 1 }

// until skips the lines up to one that holds an end, if there is one nearby.
func (o *outliner) until(n int, text, end string) bool {
	if n < o.vain || end == "" {
		return false
	}
	for i := n; i < min(n+maxBlock, len(o.lines)); i++ {
		if i > n {
			text = o.lines[i]
		}
		if strings.Contains(text, end) {
			o.skip = i + 1
			o.touch()
			return true
		}
	}
	o.vain = n + maxBlock
	return false
}

// section is the head of one: "[a.b]", "[[a]]".
var section = str.Regexp(`^\[\[?(\w[\w.'"-]*)\][]\s]*(?:#|$)`)

// head reads the head of a section, whose dotted name is a path of keys.
func (o *outliner) head(text string) bool {
	found := section().FindStringSubmatch(text)
	if found == nil {
		return false
	}
	o.prose()
	o.toml = true
	for part := range strings.SplitSeq(found[1], ".") {
		o.add(entry{key: strings.Trim(part, `"'`), indent: -1, section: true})
	}
	return true
}

// prose ends what is open, at a line that is no entry.
func (o *outliner) prose() {
	o.leave(o.root)
	o.toml = false
}

// add nests an entry in what is open, and opens it.
func (o *outliner) add(e entry) *entry {
	if o.nested == maxNested {
		o.touch()
		return &o.deeper
	}
	if len(o.free) == 0 {
		o.free = make([]entry, min(64, 4+len(o.lines)-o.root.line))
	}
	one, in := &o.free[0], o.in
	o.free = o.free[1:]
	*one = e
	one.line, one.end, one.in = o.n, o.n+1, in
	if in.first == nil {
		in.first = one
		in.indented = e.indent > in.indent && o.n > in.line
	} else {
		in.last.next = one
	}
	in.last, o.in, o.nested = one, one, o.nested+1
	return one
}

// leave closes what is open up to an entry, which stays open.
func (o *outliner) leave(to *entry) {
	for o.in != to {
		o.open -= o.in.open
		o.in.in.end = max(o.in.in.end, o.in.end)
		o.in, o.nested = o.in.in, o.nested-1
	}
}

// place closes what an entry at an indent is not nested in.
func (o *outliner) place(indent int) {
	for o.in != o.root {
		inside := o.in.indent < indent && o.in.value == ""
		if o.in.open > 0 {
			inside = o.in.indent < indent || !o.in.indented
		} else if first := o.in.first; first != nil && o.in.indent == indent-1 && first.indent != indent {
			inside = false // an item of a list below what is nested further right
		}
		if inside {
			return
		}
		o.leave(o.in.in)
	}
}

// opened opens brackets of what was read last.
func (o *outliner) opened(n int) {
	o.in.open, o.open = o.in.open+n, o.open+n
	o.in.bracketed, o.parting = true, true
}

// bracket gives the innermost entry whose bracket is open; nil for none.
func (o *outliner) bracket() *entry {
	e := o.in
	for e != nil && e.open == 0 {
		e = e.in
	}
	return e
}

// closed closes a bracket.
func (o *outliner) closed() {
	e := o.bracket()
	if e == nil {
		return
	}
	o.leave(e)
	o.touch()
	if e.open, o.open = e.open-1, o.open-1; e.open == 0 && e != o.root {
		o.leave(e.in)
	}
}

// row reads the entries of a line: one, or as many as brackets and commas part.
func (o *outliner) row(indent int, text string) {
	for {
		if text = strings.TrimLeft(text, " \t,"); text == "" || text[0] == '#' {
			return
		}
		switch c := text[0]; {
		case c == '-' && !o.parting && (len(text) == 1 || text[1] == ' '): // an item of a list
			o.place(indent + 1)
			o.add(entry{indent: indent + 1})
			rest := strings.TrimLeft(text[1:], " \t")
			indent, text = indent+2*(len(text)-len(rest)), rest
		case c == '}' || c == ']' || c == ')':
			o.closed()
			text = text[1:]
		case c == '{' || c == '[':
			if !o.fresh() {
				o.place(indent)
				o.add(entry{indent: indent})
			}
			o.opened(1)
			text = text[1:]
		default:
			text = o.entry(indent, text)
		}
	}
}

// beside reports whether a line within brackets begins no further right than the one that
// opened them.
func (o *outliner) beside(indent int) bool {
	return o.open > 0 && !o.parting && indent <= o.bracket().indent
}

// fresh reports whether what was read last is an item of a list that is still empty.
func (o *outliner) fresh() bool {
	e := o.in
	return e != o.root && e.key == "" && e.line == o.n && e.value == "" && !e.bracketed
}

// entry reads one entry and gives the rest of the text.
func (o *outliner) entry(indent int, text string) string {
	key, value, json, equals, ok := cutKey(text)
	if !ok {
		return o.item(indent, text)
	}
	if o.toml && o.open == 0 && (!equals || isName(value) && value != "true" && value != "false") || !json && !equals && o.beside(indent) {
		o.prose() // it may stand below a file, and is no part of it
	}
	o.place(indent)
	e := o.add(entry{key: key, indent: indent, literal: true})
	for value != "" && !equals && (value[0] == '&' || strings.HasPrefix(value, "!!")) { // an anchor or a tag
		_, value, _ = strings.Cut(value, " ")
		value = strings.TrimLeft(value, " ")
	}
	switch {
	case value == "" || value[0] == '#':
		return ""
	case (value[0] == '{' || value[0] == '[') && !strings.HasPrefix(value, "{{"):
		o.opened(1)
		return value[1:]
	case (value[0] == '|' || value[0] == '>') && !equals && len(value) < 4:
		o.block = e
		return ""
	case strings.HasPrefix(value, "<<") && o.until(o.n+1, "", strings.Trim(value, `<-~"' `)):
		return ""
	}
	var rest string
	e.value, rest, e.literal = o.value(value, json)
	e.literal = e.literal || !equals || !isName(e.value)
	return rest
}

// item reads what has no key: the head of a block (`resource "a" "b" {`), an item of a
// list, more of the value above; or prose, which ends what is open.
func (o *outliner) item(indent int, text string) string {
	head, block := strings.CutSuffix(text, "{")
	block = block && len(text) < maxKey
	switch {
	case block && isName(head) && !strings.ContainsAny(head, "|=:,;(."):
		name, labels, _ := strings.Cut(head, " ")
		o.place(indent)
		o.add(entry{key: name, value: strings.Join(strings.Fields(strings.ReplaceAll(labels, `"`, " ")), " "), indent: indent, literal: true})
		o.opened(1)
		return ""
	case o.open > 0 && (strings.IndexByte("\"'", text[0]) >= 0 || !o.beside(indent)):
		o.place(indent)
	case !o.fresh() && o.in != o.root && !o.in.section && indent > o.in.indent:
		o.touch()
		return ""
	case !o.fresh():
		if o.prose(); !block {
			return ""
		}
	}
	if !o.fresh() {
		o.add(entry{indent: indent})
	}
	var rest string
	o.in.value, rest, _ = o.value(text, false)
	o.in.literal = true
	return rest
}

// value cuts a value off a text. What stands in quotes is a literal; what does not goes
// on to the end of the line, or to a comma or bracket where those part entries.
func (o *outliner) value(text string, json bool) (value, rest string, literal bool) {
	if q := text[0]; q == '"' || q == '\'' || q == '`' {
		if end := quoteEnd(text); end > 0 {
			if o.parting || json || o.open > 0 {
				rest = text[end+1:]
			}
			return text[1:end], rest, true
		}
	}
	if o.parting || json {
		if end := strings.IndexAny(text, ",}])"); end >= 0 {
			return strings.TrimSpace(text[:end]), text[end:], false
		}
	}
	if end := strings.Index(text, " #"); end >= 0 {
		text = text[:end]
	}
	text = strings.TrimRight(text, ", \t")
	if head := strings.TrimRight(text, "{[("); len(head) < len(text) {
		count := func(of string) int { return strings.Count(text, of) }
		o.opened(max(1, count("{")+count("[")+count("(")-count("}")-count("]")-count(")")))
		text = strings.TrimSpace(head)
	}
	return text, "", false
}

// quoteEnd is the place of the quote that ends the one a text begins with, 0 for none.
func quoteEnd(text string) int {
	for i := 1; i < len(text); i++ {
		if text[i] == '\\' && text[0] == '"' {
			i++
		} else if text[i] == text[0] {
			return i
		}
	}
	return 0
}

// maxKey bounds a key in bytes.
const maxKey = 128

// cutKey parts a key from its value, at an equals sign, or at a colon behind quotes or
// before a blank.
func cutKey(text string) (key, value string, quoted, equals, ok bool) {
	end := 0
	if quoted = text[0] == '"' || text[0] == '\''; quoted {
		end = quoteEnd(text[:min(len(text), maxKey)]) + 1
		key = text[1:max(end-1, 1)]
	} else {
		for end < len(text) && end < maxKey && isKeyByte(text[end]) {
			end++
		}
		key = text[:end]
	}
	value = strings.TrimLeft(text[end:], " \t")
	if end < 1 || key == "" || value == "" {
		return "", "", false, false, false
	}
	sign, after := value[0], value[1:]
	equals = sign == '='
	if equals && (after == "" || after[0] != '=' && after[0] != '>' && after[0] != '~') || sign == ':' && (quoted || after == "" || after[0] == ' ' || after[0] == '\t') {
		return key, strings.TrimSpace(after), quoted && !equals, equals, true
	}
	return "", "", false, false, false
}

func isKeyByte(c byte) bool {
	return isWordRune(rune(c)) || strings.IndexByte("_.-/$@*+~^", c) >= 0
}

// isName reports whether a text begins as a name does in a language of configurations.
func isName(text string) bool { return text != "" && text[0]|0x20 >= 'a' && text[0]|0x20 <= 'z' }

// attribute is what a tag of XML tells of itself.
var attribute = str.Regexp(`([^\s=]+)\s*=\s*("[^"]*"|'[^']*')`)

// tags reads the tags of XML in a line. Attributes are entries, and so is what stands
// between a tag and its end.
func (o *outliner) tags(indent int, text string) {
	for text != "" {
		before, tag, ok := strings.Cut(text, "<")
		if before = strings.TrimSpace(before); before != "" && o.in != o.root && o.in.value == "" {
			o.in.value, o.in.literal = html.UnescapeString(before), true
		}
		if !ok {
			return
		}
		if rest, comment := strings.CutPrefix(tag, "!--"); comment {
			if _, after, ends := strings.Cut(rest, "-->"); ends {
				text = after
				continue
			}
			o.until(o.n, rest, "-->")
			return
		}
		tag, text, _ = strings.Cut(tag, ">")
		inner, end := strings.CutPrefix(tag, "/")
		name := inner
		if i := strings.IndexAny(inner, " \t/"); i >= 0 {
			name = inner[:i]
		}
		name = name[strings.IndexByte(name, ':')+1:]
		switch {
		case end:
			o.ended(name)
		case isName(name):
			o.begun(indent, name, inner)
		}
	}
}

// ended closes what a tag began.
func (o *outliner) ended(name string) {
	e := o.in
	for e != nil && (e.key != name || e.open == 0) {
		e = e.in
	}
	if e != nil {
		o.leave(e)
		o.closed()
	}
}

// begun makes an entry of a tag and its attributes.
func (o *outliner) begun(indent int, name, inner string) {
	if o.open == 0 {
		o.place(indent)
	}
	o.add(entry{key: name, indent: indent})
	o.opened(1)
	for _, found := range attribute().FindAllStringSubmatch(inner, -1) {
		in := o.in
		o.add(entry{key: found[1], value: html.UnescapeString(strings.Trim(found[2], `"'`)), indent: indent, literal: true})
		o.leave(in)
	}
	if strings.HasSuffix(inner, "/") {
		o.closed()
	}
}
