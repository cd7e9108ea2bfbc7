package wire

import (
	"bytes"
	"reflect"
	"slices"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/testedon/testedon/compat/fact"
)

// Fields are the members that a caller wants of an object of JSON, and of the objects within
// it, by name; nil stands for all that there is.
type Fields map[string]Fields

// FieldNames are those of the members of a documented type, with a dot before those of an
// object within: "components.verdict". What stands in a list goes by the name of the list.
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
	return names
}

// ReadFields reads the names of a parameter, apart by commas, of those that are known; nil where
// it is not given.
func ReadFields(in Input, param Param, known []string) (Fields, error) {
	if len(in.Query[param.Name]) == 0 {
		return nil, nil
	}
	text, all := in.One(param.Name), Fields{}
	if len(text) > param.Longest {
		return nil, fact.Refuse(param.Name, "value.long", param.Name, param.Longest).Advise("fields.long")
	}
	for name := range strings.SplitSeq(text, ",") {
		if !slices.Contains(known, name) {
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
// this program wrote; of another, nothing is appended.
func (f Fields) Append(dst, text []byte) []byte {
	if f == nil {
		return append(dst, text...)
	}
	kept, err := f.keep(dst, jsontext.NewDecoder(bytes.NewBuffer(text), jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true)))
	if err != nil {
		return dst
	}
	return kept
}

// keep appends what is wanted of the next value.
func (f Fields) keep(dst []byte, in *jsontext.Decoder) ([]byte, error) {
	opening := in.PeekKind()
	if f == nil || opening != jsontext.KindBeginObject && opening != jsontext.KindBeginArray {
		value, err := in.ReadValue()
		return append(dst, value...), err
	}
	_, err := in.ReadToken()
	dst = append(dst, byte(opening))
	for written := 0; err == nil && in.PeekKind() != jsontext.KindEndObject && in.PeekKind() != jsontext.KindEndArray; {
		wanted := f
		if opening == jsontext.KindBeginObject {
			name, wrong := in.ReadToken()
			if wrong != nil {
				return dst, wrong
			}
			within, there := f[name.String()]
			if !there {
				err = in.SkipValue()
				continue
			}
			wanted, dst = within, append(AppendString(Comma(dst, written), name.String()), ':')
		} else {
			dst = Comma(dst, written)
		}
		written++
		dst, err = wanted.keep(dst, in)
	}
	if err != nil {
		return dst, err
	}
	_, err = in.ReadToken()
	return append(dst, byte(opening)+2), err // the brace or bracket that closes
}
