package wire_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/compat/fact"
)

type inner struct {
	A string `json:"a"`
	B *struct {
		C int `json:"c"`
	} `json:"b,omitempty"`
}

type outer struct {
	inner
	List   []inner           `json:"list"`
	Map    map[string]string `json:"map"`
	Hidden string            `json:"-"`
}

// TestChosenFields: what is wanted is what there is of it, in its order; a name stands for all within.
func TestChosenFields(t *testing.T) {
	known := wire.FieldNames(reflect.TypeFor[outer]())
	if want := []string{"a", "b", "b.c", "list", "list.a", "list.b", "list.b.c", "map"}; !slices.Equal(slices.Sorted(slices.Values(known)), want) {
		t.Fatalf("known are %q", known)
	}
	const text = `{"a":"x,\"}\u2028","b":{"c":1},"list":[{"a":"1","b":{"c":2}},{"a":"2"},null],"map":{"a":"y","k":"<"}}`
	for fields, want := range map[string]string{
		"":                              text,
		"a":                             `{"a":"x,\"}\u2028"}`,
		"map,a":                         `{"a":"x,\"}\u2028","map":{"a":"y","k":"<"}}`,
		"b.c":                           `{"b":{"c":1}}`,
		"list.a":                        `{"list":[{"a":"1"},{"a":"2"},null]}`,
		"list.b.c":                      `{"list":[{"b":{"c":2}},{},null]}`,
		"list.b,list":                   `{"list":[{"a":"1","b":{"c":2}},{"a":"2"},null]}`,
		"list,list.b.c":                 `{"list":[{"a":"1","b":{"c":2}},{"a":"2"},null]}`,
		"list.b.c,list.b,list.b":        `{"list":[{"b":{"c":2}},{},null]}`,
		strings.Repeat("a,", 400) + "a": `{"a":"x,\"}\u2028"}`,
	} {
		f, err := chosen(fields, known)
		if err != nil {
			t.Fatalf("%s: %v", fields, err)
		}
		if got := string(f.Append([]byte("before "), []byte(text))); got != "before "+want {
			t.Errorf("%s: %s", fields, got)
		}
	}
	for fields, hint := range map[string]string{"": "The contract", "lst": "Did you mean list?", "list.": "", ",": "", "a,": "", "a ,b": "", "xyzzy": "The contract", "map.k": "", "A": "", "list..a": "", "a.b": "", strings.Repeat("a,", 500) + "a": "Name an object"} {
		_, err := wire.ReadFields(wire.Input{Query: map[string][]string{"fields": {fields}}}, wire.Param{Name: "fields", Longest: 1000}, known)
		var e *fact.Error
		if !errors.As(err, &e) || e.Field != "fields" || e.Code != fact.CodeInvalid || !strings.Contains(e.Hint, hint) {
			t.Errorf("%s: %#v", fields, err)
		}
	}
}

// chosen reads fields; without any it is as if they were not given.
func chosen(fields string, known []string) (wire.Fields, error) {
	query := map[string][]string{"fields": {fields}}
	if fields == "" {
		query = nil
	}
	return wire.ReadFields(wire.Input{Query: query}, wire.Param{Name: "fields", Longest: 1000}, known)
}

// FuzzFields: what is taken of a JSON text is what a decoder takes of it.
func FuzzFields(f *testing.F) {
	for _, text := range []string{`{"a":1,"b":{"c":[1,2]},"a":2}`, `[]`, `{"b":[{"c":{}}]}`, `null`, `{"a":"\\\\\"","x":"\\\\","b":"}"}`, "{\"\xff\":1}", `{"x":{"a":[1,{"a":"]"}]},"b":[[{"c":-1.5e3,"d":{}}],"c",true]}`} {
		f.Add(text)
	}
	wanted := wire.Fields{"a": nil, "b": {"c": nil}}
	f.Fuzz(func(t *testing.T, text string) {
		var compact bytes.Buffer
		if json.Compact(&compact, []byte(text)) != nil {
			return
		}
		want, err := decoded(wanted, nil, jsontext.NewDecoder(bytes.NewReader(compact.Bytes()), jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true)))
		if got := wanted.Append(nil, compact.Bytes()); err == nil && !bytes.Equal(got, want) {
			t.Errorf("%s becomes %s, not %s", compact.Bytes(), got, want)
		}
	})
}

// decoded appends what is wanted of the next value that a decoder reads.
func decoded(f wire.Fields, dst []byte, in *jsontext.Decoder) ([]byte, error) {
	opening := in.PeekKind()
	if f == nil || opening != jsontext.KindBeginObject && opening != jsontext.KindBeginArray {
		value, err := in.ReadValue()
		return append(dst, value...), err
	}
	_, err := in.ReadToken()
	dst = append(dst, byte(opening))
	for written := 0; err == nil && in.PeekKind() != jsontext.KindEndObject && in.PeekKind() != jsontext.KindEndArray; {
		wanted := f
		var name jsontext.Value
		if opening == jsontext.KindBeginObject {
			if name, err = in.ReadValue(); err != nil {
				return dst, err
			}
			within, there := f[string(name[1:len(name)-1])] // as no name that is known has an escape
			if !there {
				err = in.SkipValue()
				continue
			}
			name, wanted = append(name.Clone(), ':'), within
		}
		dst = append(wire.Comma(dst, written), name...)
		written++
		dst, err = decoded(wanted, dst, in)
	}
	if err != nil {
		return dst, err
	}
	_, err = in.ReadToken()
	return append(dst, byte(opening)+2), err // the brace or bracket that closes
}
