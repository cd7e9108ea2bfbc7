package export_test

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"reflect"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/export"
	"github.com/testedon/testedon/internal/sample"
	"github.com/testedon/testedon/seed"
)

const schema = "/v1/schema/" + export.SchemaName

func catalogue(t testing.TB, ds *fact.Dataset) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := export.WriteCatalogue(&b, ds, "", schema); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestCatalogue: the file of testdata is what its own content is written as.
func TestCatalogue(t *testing.T) {
	golden(t, "catalogue.json", string(catalogue(t, dataset(t))))
}

// TestCatalogueIsWhole reads the file of the real catalogue back: the facts have the
// same digest, and a matrix can be built of them.
func TestCatalogueIsWhole(t *testing.T) {
	ds := sample.Catalogue(t).Dataset()
	text := catalogue(t, ds)
	read := decode(t, text)
	if got := read.ContentDigest(); got != ds.Digest || read.Digest != ds.Digest {
		t.Errorf("the digest of what is read is %s and the one written %s, not %s", got, read.Digest, ds.Digest)
	}
	if _, err := compat.Build(read); err != nil {
		t.Error(err)
	}
	if err := validate(t, text); err != nil {
		t.Error(err)
	}
}

// TestSchemaKnowsEverything writes a fact of each noun with every field filled. The
// schema must know all of them, and the file must bring them back.
func TestSchemaKnowsEverything(t *testing.T) {
	ds := &fact.Dataset{}
	fill(reflect.ValueOf(ds).Elem(), "")
	text := catalogue(t, ds)
	var faults []string
	if err := validate(t, text); err != nil {
		for line := range strings.Lines(err.Error()) {
			if strings.Contains(line, "additional properties") || strings.Contains(line, "missing") {
				faults = append(faults, line)
			}
		}
	}
	if len(faults) > 0 {
		t.Errorf("the schema does not know what the file has:\n%s", strings.Join(faults, ""))
	}
	if read := decode(t, text); !reflect.DeepEqual(read, ds) {
		t.Errorf("%+v is read, not %+v", read, ds)
	}
}

// fill gives every field a value, and every list an item.
func fill(v reflect.Value, name string) {
	switch v.Kind() {
	case reflect.Struct:
		if q, ok := v.Addr().Interface().(*fact.Quantity); ok {
			*q, _ = fact.ParseQuantity("2 GB", "")
			return
		}
		for field, value := range v.Fields() {
			fill(value, field.Name)
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		fill(v.Index(0), name)
	case reflect.String:
		v.SetString(name)
	case reflect.Int, reflect.Int64:
		v.SetInt(1)
	case reflect.Bool:
		v.SetBool(true)
	}
}

// TestEmptyCatalogue: nothing is an empty list, never null.
func TestEmptyCatalogue(t *testing.T) {
	ds := &fact.Dataset{}
	ds.Digest = ds.ContentDigest()
	text := catalogue(t, ds)
	if err := validate(t, text); err != nil || strings.Contains(string(text), "null") {
		t.Errorf("%v in %s", err, text)
	}
}

// TestCatalogueTellsFaults: an error of writing is told.
func TestCatalogueTellsFaults(t *testing.T) {
	for room := range 3 {
		if err := export.WriteCatalogue(&full{room * 100}, dataset(t), "", schema); err == nil {
			t.Errorf("nothing is said though only %d bytes could be written", room*100)
		}
	}
}

// full takes some bytes.
type full struct{ room int }

func (f *full) Write(p []byte) (int, error) {
	if f.room -= len(p); f.room < 0 {
		return 0, fs.ErrPermission
	}
	return len(p), nil
}

// validate holds a file against the schema, and those it refers to.
func validate(t testing.TB, text []byte) error {
	t.Helper()
	compiler := jsonschema.NewCompiler()
	add := func(name string, schema []byte) {
		doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(schema))
		if err != nil {
			t.Fatal(err)
		}
		if err := compiler.AddResource("https://example.com/v1/schema/"+name, doc); err != nil {
			t.Fatal(err)
		}
	}
	add(export.SchemaName, export.Schema)
	names, err := fs.Glob(seed.Schemas(), "*.json")
	if err != nil || len(names) < 9 {
		t.Fatalf("%v: %q", err, names)
	}
	for _, name := range names {
		schema, err := fs.ReadFile(seed.Schemas(), name)
		if err != nil {
			t.Fatal(err)
		}
		add(name, schema)
	}
	compiled, err := compiler.Compile("https://example.com/v1/schema/" + export.SchemaName)
	if err != nil {
		t.Fatal(err)
	}
	var value any
	if err := json.Unmarshal(text, &value); err != nil {
		t.Fatal(err)
	}
	return compiled.Validate(value)
}
