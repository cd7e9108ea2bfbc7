package fact_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/go-json-experiment/json"

	"github.com/testedon/testedon/compat/fact"
)

// TestNouns makes sure that every list of a dataset is one of the nouns, in the order that
// digests rest on.
func TestNouns(t *testing.T) {
	ds := &fact.Dataset{}
	lists := reflect.ValueOf(ds).Elem()
	for i := range lists.NumField() {
		if list := lists.Field(i); list.Kind() == reflect.Slice {
			list.Set(reflect.MakeSlice(list.Type(), i, i))
		}
	}
	var words []string
	sizes := map[int]bool{}
	for _, n := range fact.Nouns {
		words = append(words, n.Word())
		sizes[n.Len(ds)] = true
	}
	if len(sizes) != lists.NumField()-len([]string{"Revision", "Digest", "Recorded"}) || sizes[0] {
		t.Errorf("the nouns stand for %d lists", len(sizes))
	}
	first := strings.Fields("kind technology platform product release source claim requirement port note advisory lifecycle configuration")
	if later := words[len(first):]; !slices.Equal(words[:len(first)], first) || !slices.IsSorted(later) {
		t.Errorf("the nouns are %q: the digests of records would change", words)
	}
	others := slices.Sorted(slices.Values(slices.Concat(words[len(first):], []string{"aside", "zone"})))
	want := slices.Concat(first, others)
	if got := fact.Words([]string{"zone", "claim", "aside", "image"}); !slices.Equal(got, want) {
		t.Errorf("with others they are %q, want %q", got, want)
	}
}

// TestDocuments writes facts, in one part and in many, and reads them again.
func TestDocuments(t *testing.T) {
	claims := fact.Nouns[6]
	for _, size := range []int{0, 1, 256, 257, 2048, 2049, 5000} {
		ds := &fact.Dataset{Claims: []fact.Claim{}}
		for i := range size {
			ds.Claims = append(ds.Claims, fact.Claim{ID: fmt.Sprintf("c-%04d", i), Label: "<&>\u2028", With: []fact.Target{{Technology: "t"}}})
		}
		var text string
		for some := range claims.Documents(ds) {
			text += some
		}
		got := &fact.Dataset{}
		claims.Make(got, size)
		if err := claims.Decode(got, 0, size, text); err != nil || strings.Count(text, "\n") != size {
			t.Fatal(size, err)
		}
		if !reflect.DeepEqual(got, ds) {
			t.Errorf("%d claims read as %d, or as others", size, len(got.Claims))
		}
	}
	for range claims.Documents(&fact.Dataset{Claims: make([]fact.Claim, 5000)}) {
		break // leaving off does no harm
	}
}

// TestDecodeIsStrict reads what is not the document of a fact, or not as many as it is said.
func TestDecodeIsStrict(t *testing.T) {
	for text, want := range map[string]string{
		`{"id":"rhel/9","new":1}`:          `the claim "rhel/9"`,
		`{"id":"rhel/9","id":"rhel/9"}`:    "duplicate",
		`{"ID":"rhel/9"}`:                  "ID",
		`{"id":"rhel/9"}` + "\n{}":         "more than one document",
		`{"id":"rhel/9"`:                   `the claim "rhel/9"`,
		"{\"id\":\"\xff\"}":                "UTF-8",
		``:                                 "EOF",
		`{"id":"rhel/9","label":["list"]}`: `the claim "rhel/9"`,
	} {
		ds := &fact.Dataset{Claims: make([]fact.Claim, 1)}
		if err := fact.Nouns[6].Decode(ds, 0, 1, text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: error %v does not say %q", text, err, want)
		}
	}
}

// FuzzDecode holds what is read of a document against the library: it is the same fact, or
// both refuse.
func FuzzDecode(f *testing.F) {
	for _, text := range []string{
		`{"id":"c","technology":"t","label":"RHEL 9","status":"tested","citation":{"source":"s"}}`,
		`{"id":"c","with":[{"technology":"a"},{"technology":"b","version":"2"}],"exclusive":true,"position":12,"citation":{}}`,
		`{"id":"c","with":[]}`, `{"id":"c","with":null}`, `{"id":"c","exclusive":false,"position":0}`, `{"position":-3}`, `{"position":007}`, `{"position":1e2}`, `{"position":99999999999999999999}`,
		`{"id":"a\"b"}`, `{"id":"é"}`, `{"id":"\u003c"}`, `{"id":"tab	"}`, `{"id":"open`, `{"id":"c"}x`, `{"id":"c",}`, `{,"id":"c"}`, `{"label":"l","id":"c"}`, `{"id":"c" }`, `{}`, `{`, `[]`, `null`,
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if strings.Contains(text, "\n") {
			t.Skip("is not on a line")
		}
		got, want := &fact.Dataset{Claims: make([]fact.Claim, 1)}, make([]fact.Claim, 1)
		err := fact.Nouns[6].Decode(got, 0, 1, text)
		refused := json.Unmarshal([]byte(text), &want[0], json.RejectUnknownMembers(true))
		if (err == nil) != (refused == nil) || err == nil && !reflect.DeepEqual(got.Claims, want) {
			t.Errorf("%s: read as %+v, %v; by the library as %+v, %v", text, got.Claims, err, want, refused)
		}
	})
}
