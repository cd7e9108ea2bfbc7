package wire_test

import (
	"encoding/json"
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"

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

// FuzzFields: what is taken of a JSON text is one, and has nothing that was not wanted.
func FuzzFields(f *testing.F) {
	for _, text := range []string{`{"a":1,"b":{"c":[1,2]},"a":2}`, `[]`, `{"b":[{"c":{}}]}`, `null`, `{"a"`, "{\"\xff\":1}", `{"a":1}}`} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		wanted := wire.Fields{"a": nil, "b": {"c": nil}}
		got := wanted.Append(nil, []byte(text))
		if len(got) == 0 {
			return
		}
		var value any
		if err := json.Unmarshal(got, &value); err != nil {
			if json.Valid([]byte(text)) {
				t.Fatalf("%s becomes %s: %v", text, got, err)
			}
			return
		}
		if object, is := value.(map[string]any); is {
			for name := range object {
				if name != "a" && name != "b" {
					t.Errorf("%s has %q", got, name)
				}
			}
		}
	})
}
