package wire

import (
	"bytes"
	"reflect"
	"slices"
	"strings"

	"github.com/testedon/testedon/compat/fact"
)

// Fields are the members that a caller wants of an object of JSON, and of the objects within
// it, by name; nil stands for all that there is.
type Fields map[string]Fields

// FieldNames are those of the members of a documented type, with a dot before those of an
// object within: "components.verdict". What stands in a list goes by the name of the list. They
// are sorted.
func FieldNames(of reflect.Type) (names []string) {
	for of.Kind() == reflect.Pointer || of.Kind() == reflect.Slice {
		of = of.Elem()
	}
	if of.Kind() != reflect.Struct {
		return nil
	}
	for _, f := range reflect.VisibleFields(of) {
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if name == "" || name == "-" {
			continue
		}
		names = append(names, name)
		for _, within := range FieldNames(f.Type) {
			names = append(names, name+"."+within)
		}
	}
	slices.Sort(names)
	return names
}

// ReadFields reads the names of a parameter, apart by commas, of those that [FieldNames] gives; nil
// where it is not given.
func ReadFields(in Input, param Param, known []string) (Fields, error) {
	if len(in.Query[param.Name]) == 0 {
		return nil, nil
	}
	text, all := in.One(param.Name), Fields{}
	if len(text) > param.Longest {
		return nil, fact.Refuse(param.Name, "value.long", param.Name, param.Longest).Advise("fields.long")
	}
	for name := range strings.SplitSeq(text, ",") {
		if _, found := slices.BinarySearch(known, name); !found {
			e := Unknown("field", name, known)
			if e.Field = param.Name; len(e.Candidates) == 0 {
				e = e.Advise("fields.unknown", "/docs")
			}
			return nil, e
		}
		all.add(strings.Split(name, "."))
	}
	return all, nil
}

// add wants one more member. The whole of one includes all within it.
func (f Fields) add(path []string) {
	within, there := f[path[0]]
	switch {
	case len(path) == 1:
		f[path[0]] = nil
	case !there:
		within = Fields{}
		f[path[0]] = within
		fallthrough
	case within != nil:
		within.add(path[1:])
	}
}

// Append appends what is wanted of a JSON text, in the order that it has. The text is one that
// this program wrote: valid, and without blanks between its signs.
func (f Fields) Append(dst, text []byte) []byte {
	dst, _ = f.keep(dst, text)
	return dst
}

// keep appends what is wanted of the value that a text begins with, and gives the rest of the text.
func (f Fields) keep(dst, text []byte) (kept, rest []byte) {
	opening := text[0]
	if f == nil || opening != '{' && opening != '[' {
		n := lengthOf(text)
		return append(dst, text[:n]...), text[n:]
	}
	closing := opening + 2 // in both pairs
	dst, text = append(dst, opening), text[1:]
	for written := 0; text[0] != closing; {
		if text[0] == ',' {
			text = text[1:]
		}
		wanted, name := f, 0
		if opening == '{' {
			name = lengthOf(text) + len(":")
			within, there := f[string(text[len(`"`):name-len(`":`)])]
			if !there {
				text = text[name:]
				text = text[lengthOf(text):]
				continue
			}
			wanted = within
		}
		dst = append(Comma(dst, written), text[:name]...)
		dst, text = wanted.keep(dst, text[name:])
		written++
	}
	return append(dst, closing), text[1:]
}

// lengthOf is that of the name or value that a text begins with, which ends before the next sign
// that is not within it. It looks for signs alone, as the text is known to be JSON.
func lengthOf(text []byte) int {
	depth := 0
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '"':
			for escapes := 1; escapes%2 == 1; { // before a quotation mark that does not close
				i += 1 + bytes.IndexByte(text[i+1:], '"')
				for escapes = 0; text[i-1-escapes] == '\\'; {
					escapes++
				}
			}
		case '{', '[':
			depth++
		case ',', ':':
			if depth == 0 {
				return i
			}
		case '}', ']':
			if depth == 0 {
				return i
			}
			depth--
		}
	}
	return len(text)
}
