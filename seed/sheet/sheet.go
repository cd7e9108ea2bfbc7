package sheet

import (
	"bytes"
	"reflect"
	"slices"
	"strings"

	"github.com/goccy/go-yaml/ast"
)

// Sheet is a file whose lines are edited where they stand: what an edit does not
// touch stays byte for byte. It is read anew after each edit, so that every place
// in it is where the file says. A path leads by keys and indexes from the root to what
// is edited. An error is of type [Problems].
type Sheet struct {
	File
	lines []string // each with its line end
	end   string   // that the file uses
	root  ast.Node
}

// Open makes a sheet of a file.
func Open(f File) (*Sheet, error) {
	s := &Sheet{File: f}
	return s, s.read()
}

// read finds the lines and the nodes of the file.
func (s *Sheet) read() error {
	s.lines = slices.Collect(strings.Lines(string(s.Data)))
	if s.end = "\n"; len(s.lines) > 0 && strings.HasSuffix(s.lines[0], "\r\n") {
		s.end = "\r\n"
	}
	d := &document{file: s.File}
	if bytes.Count(s.Data, []byte("\r")) != bytes.Count(s.Data, []byte("\r\n")) {
		d.fault(Place{}, "has line ends that are neither those of Unix nor of Windows; save it anew")
		return d.problems
	}
	if s.root = d.parse(); s.root == nil {
		return d.problems
	}
	return nil
}

// replace puts other lines, which have no line ends, in the place of those from
// one up to, but not including, another; both count from 0.
func (s *Sheet) replace(from, to int, with []string) error {
	next := slices.Clone(s.lines[:from])
	if n := len(next); n > 0 && len(with) > 0 && !strings.HasSuffix(next[n-1], "\n") {
		next[n-1] += s.end
	}
	for _, line := range with {
		next = append(next, line+s.end)
	}
	s.Data = []byte(strings.Join(append(next, s.lines[to:]...), ""))
	return s.read()
}

// at finds the node that keys and indexes lead to; nil where there is none.
func (s *Sheet) at(path ...any) ast.Node {
	n := s.root
	for _, step := range path {
		switch step := step.(type) {
		case string:
			n = valueOf(n, step)
		case int:
			list, ok := n.(*ast.SequenceNode)
			if !ok || step >= len(list.Values) {
				return nil
			}
			n = list.Values[step]
		}
	}
	return n
}

// valueOf finds the value of a key.
func valueOf(n ast.Node, key string) ast.Node {
	mapping, ok := n.(ast.MapNode)
	if !ok {
		return nil
	}
	for entries := mapping.MapRange(); entries.Next(); {
		if entries.Key().GetToken().Value == key {
			return entries.Value()
		}
	}
	return nil
}

// span is the lines of an entry, from one up to, but not including, another, and
// the column its dash or key stands in; all count from 0.
type span struct{ from, to, indent int }

// item finds an entry of a list. The lines of remarks right above it are part of
// it.
func (s *Sheet) item(list ast.Node, i int) (span, error) {
	entries, ok := list.(*ast.SequenceNode)
	if !ok || entries.IsFlowStyle || i >= len(entries.Entries) {
		return span{}, s.unwritable(list)
	}
	at := tokenPlace(entries.Entries[i].Start)
	return s.span(at.Line-1, at.Column-1)
}

// key finds an entry of a mapping.
func (s *Sheet) key(mapping ast.Node, key string) (span, error) {
	m, ok := mapping.(ast.MapNode)
	if flow, is := mapping.(*ast.MappingNode); !ok || is && flow.IsFlowStyle {
		return span{}, s.unwritable(mapping)
	}
	for entries := m.MapRange(); entries.Next(); {
		if token := entries.Key().GetToken(); token.Value == key {
			at := tokenPlace(token)
			return s.span(at.Line-1, at.Column-1)
		}
	}
	return span{}, s.unwritable(mapping)
}

// unwritable is the error for what no line can be taken out of.
func (s *Sheet) unwritable(n ast.Node) error {
	at := Place{}
	if n != nil {
		at = placeOf(n)
	}
	return Problems{{s.Name, at.Line, at.Column, SeverityError,
		"is written in one line with what is around it, and cannot be changed by itself; write each key and each entry of a list on a line of its own"}}
}

// span is the lines that begin with a dash or key in a column: those below that
// stand further to the right. Blank lines and remarks behind belong to what
// follows.
func (s *Sheet) span(from, column int) (span, error) {
	if from < 0 || from >= len(s.lines) || column < 0 {
		return span{}, s.unwritable(nil)
	}
	to := from + 1
	for i := from + 1; i < len(s.lines); i++ {
		indent, content := indentOf(s.lines[i])
		if content && indent <= column {
			break
		}
		if content || indent > column && strings.TrimSpace(s.lines[i]) != "" {
			to = i + 1
		}
	}
	return span{from, to, column}, nil
}

// indentOf counts the blanks before a line, and tells whether it holds more than
// blanks and a remark.
func indentOf(line string) (indent int, content bool) {
	text := strings.TrimLeft(line, " ")
	return len(line) - len(text), strings.TrimSpace(text) != "" && text[0] != '#'
}

// withRemarks takes in the lines of remarks right above, at the same indent.
func (s *Sheet) withRemarks(p span) span {
	for p.from > 0 {
		indent, content := indentOf(s.lines[p.from-1])
		if content || indent != p.indent || strings.TrimSpace(s.lines[p.from-1]) == "" {
			break
		}
		p.from--
	}
	return p
}

// Has reports whether something stands at a path.
func (s *Sheet) Has(path ...any) bool { return s.at(path...) != nil }

// InBraces reports whether a mapping is written in braces.
func (s *Sheet) InBraces(path ...any) bool {
	m, is := s.at(path...).(*ast.MappingNode)
	return is && m.IsFlowStyle
}

// Remove takes an entry out of a list, with the remarks right above it. The last
// one takes the key of the list with it.
func (s *Sheet) Remove(i int, path ...any) error {
	list, ok := s.at(path...).(*ast.SequenceNode)
	if !ok {
		return s.unwritable(s.at(path...))
	}
	last := len(path) - 1
	p, err := s.item(list, i)
	if len(list.Values) == 1 {
		p, err = s.key(s.at(path[:last]...), path[last].(string))
	}
	if err != nil {
		return err
	}
	p = s.withRemarks(p)
	switch { // no two blank lines in a row, and none before the first entry
	case s.blank(p.from-1) && (p.to >= len(s.lines) || s.blank(p.to)):
		p.from--
	case i == 0 && len(list.Values) > 1 && s.blank(p.to):
		p.to++
	}
	return s.replace(p.from, p.to, nil)
}

func (s *Sheet) blank(line int) bool {
	return line >= 0 && line < len(s.lines) && strings.TrimSpace(s.lines[line]) == ""
}

// column is the one that keys at a path stand in, in a file that this package has laid
// out.
func column(path []any) int {
	n := 0
	for _, step := range path {
		if _, list := step.(string); list {
			n += entryIndent
		}
	}
	return n
}

// Set gives a key of a mapping another value. One that is not there comes last.
func (s *Sheet) Set(name string, value any, path ...any) error {
	return s.set(name, key(name, reflect.ValueOf(value), column(path)), path...)
}

// set gives a key the lines that it stands in with its value, as they are at the left
// margin.
func (s *Sheet) set(name string, lines []string, path ...any) error {
	mapping := s.at(path...)
	there := valueOf(mapping, name) != nil
	if m, ok := mapping.(ast.MapNode); ok && !there {
		for entries := m.MapRange(); entries.Next(); {
			name = entries.Key().GetToken().Value // it comes behind the last one
		}
	}
	p, err := s.key(mapping, name)
	if err != nil {
		return err
	}
	text := indented(lines, p.indent)
	if !there {
		return s.replace(p.to, p.to, text)
	}
	text[0] = s.lines[p.from][:p.indent] + lines[0] // the first key of an entry stands behind its dash
	return s.replace(p.from, p.to, text)
}

// Append adds structs to a list at the root, which may not be there yet. They are
// parted by blank lines where told, unless it has more than one, and these are not.
func Append[T any](s *Sheet, name string, parted bool, entries ...T) error {
	lines := []string{"", name + ":"}
	for i, e := range entries {
		if s.Has(name) {
			if err := s.add(e, parted, name); err != nil {
				return err
			}
			continue
		}
		if parted && i > 0 {
			lines = append(lines, "")
		}
		lines = append(lines, indented(entry(reflect.ValueOf(e), entryIndent), entryIndent/2)...)
	}
	if s.Has(name) || len(entries) == 0 {
		return nil
	}
	return s.set(name, lines)
}

// Add adds a struct to the end of a list.
func (s *Sheet) Add(value any, path ...any) error { return s.add(value, false, path...) }

// add adds a struct to the end of a list. A blank line parts it from those before where
// one parts these; where there is only one of them, where told.
func (s *Sheet) add(value any, parted bool, path ...any) error {
	list, ok := s.at(path...).(*ast.SequenceNode)
	if !ok || len(list.Values) == 0 {
		return s.unwritable(s.at(path...))
	}
	p, err := s.item(list, len(list.Values)-1)
	if err != nil {
		return err
	}
	lines := indented(entry(reflect.ValueOf(value), column(path)), p.indent)
	if len(list.Values) > 1 {
		parted = s.blank(s.withRemarks(p).from - 1)
	}
	if parted {
		lines = append([]string{""}, lines...)
	}
	return s.replace(p.to, p.to, lines)
}

// Exchange puts structs in the place of an entry of a list.
func Exchange[T any](s *Sheet, i int, entries []T, path ...any) error {
	p, err := s.item(s.at(path...), i)
	if err != nil {
		return err
	}
	var lines []string
	for _, e := range entries {
		lines = append(lines, indented(entry(reflect.ValueOf(e), column(path)), p.indent)...)
	}
	return s.replace(p.from, p.to, lines)
}

// Text is that of a key at the root; empty where it has none.
func (s *Sheet) Text(name string) string {
	text, _ := textOf(s.at(name))
	return text
}

// Put gives a key at the root a text, and leaves what else stands on its line. One that
// is not there comes behind the first of some others that is.
func (s *Sheet) Put(name, text string, behind ...string) error {
	if s.Has(name) {
		p, err := s.key(s.root, name)
		if err != nil {
			return err
		}
		if was, line := s.Text(name), strings.TrimRight(s.lines[p.from], "\r\n"); was != "" && strings.Contains(line, was) {
			return s.replace(p.from, p.to, []string{strings.Replace(line, was, text, 1)})
		}
		return s.Set(name, text)
	}
	for _, other := range behind {
		if p, err := s.key(s.root, other); err == nil {
			return s.replace(p.to, p.to, scalar(name, text, 0))
		}
	}
	return s.Set(name, text)
}

// Drop takes a key at the root away, where it is there.
func (s *Sheet) Drop(name string) error {
	if !s.Has(name) {
		return nil
	}
	p, err := s.key(s.root, name)
	if err != nil {
		return err
	}
	return s.replace(p.from, p.to, nil)
}
