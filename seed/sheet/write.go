package sheet

import (
	"encoding"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml/ast"
)

// lineWidth is how wide the lines are that are written.
const lineWidth = 120

// Write writes a value as a file: a struct whose keys are those of its json tags, as
// [Decode] reads it. What may be left out and is empty is left out.
func Write(value any, head ...string) []byte {
	return []byte(strings.Join(append(head, keys(reflect.ValueOf(value), 0)...), "\n") + "\n")
}

// keys writes the keys of a struct, as they stand at the left margin; indent is the
// column that they will stand in.
func keys(v reflect.Value, indent int) []string {
	var lines []string
	for _, f := range FieldsOf(v.Type()) {
		if value := v.FieldByIndex(f.Index); !f.Optional || !value.IsZero() {
			lines = append(lines, key(f.Key, value, indent)...)
		}
	}
	return lines
}

// key writes a key and its value: texts as a list on one line, and so structs of
// texts; other structs as entries on lines of their own.
func key(name string, v reflect.Value, indent int) []string {
	if v.Kind() != reflect.Slice {
		if text, is := textIn(v); is {
			return scalar(name, text, indent)
		}
		return []string{fmt.Sprintf("%s: %v", name, v)}
	}
	all := make([]string, v.Len())
	for i := range v.Len() {
		text, onLine := inLine(v.Index(i))
		if !onLine {
			return nested(name, v, indent)
		}
		all[i] = text
	}
	return []string{name + ": [" + strings.Join(all, ", ") + "]"}
}

// textIn gives the text of a value that is one, with the dash of keyboards.
func textIn(v reflect.Value) (string, bool) {
	if m, is := v.Interface().(encoding.TextMarshaler); is {
		text, err := m.MarshalText()
		return strings.ReplaceAll(string(text), "–", "-"), err == nil
	}
	return v.String(), v.Kind() == reflect.String
}

// inLine writes an entry of a list that stands on one line; false where it is none.
func inLine(v reflect.Value) (string, bool) {
	if v.Kind() == reflect.String {
		return strconv.Quote(v.String()), true
	}
	var all []string
	for i, f := range FieldsOf(v.Type()) {
		value := v.FieldByIndex(f.Index)
		switch {
		case value.Kind() != reflect.String:
			return "", false
		case i == 0: // an identifier
			all = append(all, f.Key+": "+value.String())
		case !f.Optional || !value.IsZero():
			all = append(all, f.Key+": "+strconv.Quote(value.String()))
		}
	}
	return "{" + strings.Join(all, ", ") + "}", true
}

// nested writes a key and the entries of its list.
func nested(name string, v reflect.Value, indent int) []string {
	lines := []string{name + ":"}
	for i := range v.Len() {
		lines = append(lines, indented(entry(v.Index(i), indent+entryIndent), entryIndent/2)...)
	}
	return lines
}

// entryIndent is how much further to the right the keys of an entry stand than the key
// of its list: those of a dash, and of what follows it.
const entryIndent = 4

// entry writes a struct as an entry of a list, with its dash at the left margin; indent
// is the column that its keys will stand in.
func entry(v reflect.Value, indent int) []string {
	lines := indented(keys(v, indent), entryIndent/2)
	lines[0] = "-" + lines[0][1:]
	return lines
}

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
	return []string{key + ": " + strconv.Quote(text)}
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
	d := &document{file: File{Data: []byte(strings.Join(lines, "\n") + "\n")}}
	root, ok := d.parse().(ast.MapNode)
	if !ok || strings.Contains(strings.Join(lines, " "), " #") {
		return false
	}
	entries := root.MapRange()
	if !entries.Next() || entries.Key().GetToken().Value != key {
		return false
	}
	got, ok := textOf(entries.Value())
	return ok && got == text && !entries.Next()
}

// indented moves lines to the right.
func indented(lines []string, by int) []string {
	all := slices.Clone(lines)
	for i, line := range all {
		if line != "" {
			all[i] = strings.Repeat(" ", by) + line
		}
	}
	return all
}
