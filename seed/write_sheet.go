package seed

import (
	"bytes"
	"slices"
	"strings"

	"github.com/goccy/go-yaml/ast"
)

// sheet is a file whose lines are edited where they stand: what an edit does not
// touch stays byte for byte. It is read anew after each edit, so that every place
// in it is where the file says.
type sheet struct {
	file  file
	lines []string // each with its line end
	end   string   // that the file uses
	root  ast.Node
}

func newSheet(f file) (*sheet, error) {
	s := &sheet{file: f}
	return s, s.read()
}

// read finds the lines and the nodes of the file. The parser is given plain line
// ends, as it misplaces what stands behind others.
func (s *sheet) read() error {
	s.lines = slices.Collect(strings.Lines(string(s.file.data)))
	if s.end = "\n"; len(s.lines) > 0 && strings.HasSuffix(s.lines[0], "\r\n") {
		s.end = "\r\n"
	}
	d := &document{file: file{s.file.name, bytes.ReplaceAll(s.file.data, []byte("\r\n"), []byte("\n"))}}
	if bytes.ContainsRune(d.file.data, '\r') {
		d.fault(place{}, "has line ends that are neither those of Unix nor of Windows; save it anew")
		return d.problems
	}
	if s.root = d.parse(); s.root == nil {
		return d.problems
	}
	return nil
}

// replace puts other lines, which have no line ends, in the place of those from
// one up to, but not including, another; both count from 0.
func (s *sheet) replace(from, to int, with []string) error {
	next := slices.Clone(s.lines[:from])
	if n := len(next); n > 0 && len(with) > 0 && !strings.HasSuffix(next[n-1], "\n") {
		next[n-1] += s.end
	}
	for _, line := range with {
		next = append(next, line+s.end)
	}
	s.file.data = []byte(strings.Join(append(next, s.lines[to:]...), ""))
	return s.read()
}

// at finds the node that keys and indexes lead to; nil where there is none.
func (s *sheet) at(path ...any) ast.Node {
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
func (s *sheet) item(list ast.Node, i int) (span, error) {
	entries, ok := list.(*ast.SequenceNode)
	if !ok || entries.IsFlowStyle || i >= len(entries.Entries) {
		return span{}, s.unwritable(list)
	}
	at := tokenPlace(entries.Entries[i].Start)
	return s.span(at.line-1, at.column-1)
}

// key finds an entry of a mapping.
func (s *sheet) key(mapping ast.Node, key string) (span, error) {
	m, ok := mapping.(ast.MapNode)
	if flow, is := mapping.(*ast.MappingNode); !ok || is && flow.IsFlowStyle {
		return span{}, s.unwritable(mapping)
	}
	for entries := m.MapRange(); entries.Next(); {
		if token := entries.Key().GetToken(); token.Value == key {
			at := tokenPlace(token)
			return s.span(at.line-1, at.column-1)
		}
	}
	return span{}, s.unwritable(mapping)
}

// unwritable is the error for what no line can be taken out of.
func (s *sheet) unwritable(n ast.Node) error {
	at := place{}
	if n != nil {
		at = placeOf(n)
	}
	return Problems{{s.file.name, at.line, at.column, SeverityError,
		"is written in one line with what is around it, and cannot be changed by itself; write each key and each entry of a list on a line of its own"}}
}

// span is the lines that begin with a dash or key in a column: those below that
// stand further to the right. Blank lines and remarks behind belong to what
// follows.
func (s *sheet) span(from, column int) (span, error) {
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
func (s *sheet) withRemarks(p span) span {
	for p.from > 0 {
		indent, content := indentOf(s.lines[p.from-1])
		if content || indent != p.indent || strings.TrimSpace(s.lines[p.from-1]) == "" {
			break
		}
		p.from--
	}
	return p
}

// remove takes an entry out of a list, with the remarks right above it. The last
// one takes the key of the list with it.
func (s *sheet) remove(i int, path ...any) error {
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

func (s *sheet) blank(line int) bool {
	return line >= 0 && line < len(s.lines) && strings.TrimSpace(s.lines[line]) == ""
}

// set gives a key of a mapping another value; lines is the key with it, as it
// stands at the left margin. A key that is not there comes last.
func (s *sheet) set(key string, lines []string, path ...any) error {
	mapping := s.at(path...)
	if valueOf(mapping, key) == nil {
		return s.addKey(mapping, lines)
	}
	p, err := s.key(mapping, key)
	if err != nil {
		return err
	}
	text := indented(lines, p.indent)
	text[0] = s.lines[p.from][:p.indent] + lines[0] // the first key of an entry stands behind its dash
	return s.replace(p.from, p.to, text)
}

// addKey adds a key behind the last one of a mapping.
func (s *sheet) addKey(mapping ast.Node, lines []string) error {
	last := ""
	if m, ok := mapping.(ast.MapNode); ok {
		for entries := m.MapRange(); entries.Next(); {
			last = entries.Key().GetToken().Value
		}
	}
	p, err := s.key(mapping, last)
	if err != nil {
		return err
	}
	return s.replace(p.to, p.to, indented(lines, p.indent))
}

// add adds an entry to the end of a list; lines is the entry with its dash, as it
// stands at the left margin. A blank line parts it from those before where one
// parts these; where there is only one of them, where told.
func (s *sheet) add(lines []string, parted bool, path ...any) error {
	list, ok := s.at(path...).(*ast.SequenceNode)
	if !ok || len(list.Values) == 0 {
		return s.unwritable(s.at(path...))
	}
	p, err := s.item(list, len(list.Values)-1)
	if err != nil {
		return err
	}
	lines = indented(lines, p.indent)
	if len(list.Values) > 1 {
		parted = s.blank(s.withRemarks(p).from - 1)
	}
	if parted {
		lines = append([]string{""}, lines...)
	}
	return s.replace(p.to, p.to, lines)
}

// exchange puts entries in the place of one; each has its dash, as it stands at
// the left margin.
func (s *sheet) exchange(i int, entries [][]string, path ...any) error {
	p, err := s.item(s.at(path...), i)
	if err != nil {
		return err
	}
	return s.replace(p.from, p.to, indented(slices.Concat(entries...), p.indent))
}

// indented moves lines to the right.
func indented(lines []string, by int) []string {
	all := make([]string, len(lines))
	for i, line := range lines {
		if all[i] = line; line != "" {
			all[i] = strings.Repeat(" ", by) + line
		}
	}
	return all
}
