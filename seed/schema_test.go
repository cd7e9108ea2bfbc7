package seed

import (
	"bytes"
	"encoding"
	"encoding/json"
	"io/fs"
	"os"
	"path"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/seed/mapping"
	"github.com/testedon/testedon/seed/sheet"
	"github.com/testedon/testedon/version"
)

// shapes are the schemas and the types that files are decoded into.
var shapes = map[string]reflect.Type{
	"catalogue":     reflect.TypeFor[header](),
	"kinds":         reflect.TypeFor[kindsFile](),
	"technology":    reflect.TypeFor[fact.Technology](),
	"platform":      reflect.TypeFor[platformFile](),
	"product":       reflect.TypeFor[fact.Product](),
	"release":       reflect.TypeFor[ReleaseFile](),
	"source":        reflect.TypeFor[fact.Source](),
	"advisory":      reflect.TypeFor[fact.Advisory](),
	"configuration": reflect.TypeFor[fact.Configuration](),
	"lifecycle":     reflect.TypeFor[lifecycleFile](),
	"mapping":       reflect.TypeFor[mapping.Mapping](),
}

// TestSchemaShapes makes sure that each schema has the keys, the required keys
// and the types of what the reader decodes, no more and no less.
func TestSchemaShapes(t *testing.T) {
	for name, shape := range shapes {
		t.Run(name, func(t *testing.T) {
			compareShape(t, name, readSchema(t, name), shape)
		})
	}
}

// node is the part of JSON Schema that the schemas use.
type node struct {
	Ref                  string           `json:"$ref"`
	AllOf                []node           `json:"allOf"`
	Type                 string           `json:"type"`
	Enum                 []string         `json:"enum"`
	Properties           map[string]*node `json:"properties"`
	Required             []string         `json:"required"`
	AdditionalProperties *bool            `json:"additionalProperties"`
	Items                *node            `json:"items"`
	MinItems             int              `json:"minItems"`
	Minimum              *int             `json:"minimum"`
	Maximum              int              `json:"maximum"`
	Definitions          map[string]*node `json:"definitions"`
}

func readSchema(t *testing.T, name string) *node {
	t.Helper()
	data, err := os.ReadFile("schema/" + name + ".schema.json")
	if err != nil {
		t.Fatal(err)
	}
	n := &node{}
	if err := json.Unmarshal(data, n); err != nil {
		t.Fatal(err)
	}
	return n
}

// resolve follows a reference to a shared shape.
func (n *node) resolve(t *testing.T) *node {
	if len(n.AllOf) == 1 {
		n = &n.AllOf[0]
	}
	name, shared := strings.CutPrefix(n.Ref, "common.schema.json#/definitions/")
	if !shared {
		return n
	}
	n = readSchema(t, "common").Definitions[name]
	if n == nil {
		t.Fatalf("there is no shared shape %q", name)
	}
	return n
}

func compareShape(t *testing.T, at string, n *node, shape reflect.Type) {
	n = n.resolve(t)
	if reflect.PointerTo(shape).Implements(reflect.TypeFor[encoding.TextUnmarshaler]()) {
		if n.Type != "string" || sheet.Written[shape] == "" {
			t.Errorf("%s reads itself from text, in the schema %q, shown as %q", at, n.Type, sheet.Written[shape])
		}
		return
	}
	switch shape.Kind() {
	case reflect.Pointer:
		compareShape(t, at, n, shape.Elem())
	case reflect.Struct:
		compareKeys(t, at, n, shape)
	case reflect.Slice:
		if n.Type != "array" || n.Items == nil || n.MinItems != 1 {
			t.Errorf("%s is a list; its schema does not say so, or allows an empty one", at)
			return
		}
		compareShape(t, at+"[]", n.Items, shape.Elem())
	case reflect.Bool:
		if n.Type != "boolean" {
			t.Errorf("%s is true or false, in the schema %q", at, n.Type)
		}
	case reflect.Int:
		if n.Type != "integer" || n.Minimum == nil || *n.Minimum != 0 || n.Maximum != sheet.MaxInt {
			t.Errorf("%s is a whole number from 0 to %d; its schema does not say so", at, sheet.MaxInt)
		}
	case reflect.String:
		if n.Type != "string" && len(n.Enum) == 0 {
			t.Errorf("%s is text, in the schema %q", at, n.Type)
		}
	default:
		t.Errorf("%s is of a type that the reader cannot decode: %s", at, shape)
	}
}

func compareKeys(t *testing.T, at string, n *node, shape reflect.Type) {
	if n.Type != "object" || n.AdditionalProperties == nil || *n.AdditionalProperties {
		t.Errorf("%s: the schema allows more than the known keys", at)
	}
	known := sheet.FieldsOf(shape)
	for _, f := range known {
		property := n.Properties[f.Key]
		if property == nil {
			t.Errorf("%s: the schema lacks the key %q", at, f.Key)
			continue
		}
		if slices.Contains(n.Required, f.Key) == f.Optional {
			t.Errorf("%s: schema and reader disagree whether %q is required", at, f.Key)
		}
		compareShape(t, at+"."+f.Key, property, shape.FieldByIndex(f.Index).Type)
	}
	for key := range n.Properties {
		if known.Find(key) == nil {
			t.Errorf("%s: the schema has the key %q, which the reader refuses", at, key)
		}
	}
}

// TestSchemaWords makes sure that closed lists of words are those of the domain.
func TestSchemaWords(t *testing.T) {
	words := func(schema string, path ...string) []string {
		n := readSchema(t, schema)
		for _, key := range path {
			if n = n.resolve(t).Properties[key].resolve(t); n.Items != nil {
				n = n.Items.resolve(t)
			}
		}
		return n.Enum
	}
	tests := []struct {
		name      string
		got, want any
	}{
		{"scheme", words("technology", "scheme"), version.Schemes()},
		{"place", words("technology", "marks", "in"), texts(fact.Places...)},
		{"status", words("release", "sections", "status"), texts(fact.Statuses...)},
		{"status of a word", words("mapping", "rules", "words", "status"), texts(fact.Statuses...)},
		{"word", words("product", "word"), texts(fact.Vouching...)},
		{"resource", words("platform", "requirements", "rows", "resource"), texts(fact.Resources...)},
		{"level", words("platform", "requirements", "rows", "level"), texts(fact.Levels...)},
		{"authority", words("source", "authority"), texts(fact.Official, fact.Site, fact.Unconfirmed, fact.Fork)},
		{"severity", words("advisory", "severity"), texts(fact.SeverityInfo, fact.SeverityWarning, fact.SeverityError)},
		{"result", words("configuration", "result"), texts(fact.Passed, fact.Failed)},
	}
	for _, test := range tests {
		if !reflect.DeepEqual(test.got, test.want) {
			t.Errorf("%s: the schema lists %v, the domain %v", test.name, test.got, test.want)
		}
	}
}

func texts[T ~string](words ...T) []string {
	all := make([]string, len(words))
	for i, w := range words {
		all[i] = string(w)
	}
	return all
}

// TestSchemaForms makes sure that identifiers have the forms the reader asks
// for.
func TestSchemaForms(t *testing.T) {
	var common struct {
		Definitions map[string]struct {
			Pattern string `json:"pattern"`
		} `json:"definitions"`
	}
	data, err := os.ReadFile("schema/common.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, &common); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]Form{"id": PlainID, "dottedId": DottedID, "release": ReleaseID} {
		if got := common.Definitions[name].Pattern; got != want.pattern.String() {
			t.Errorf("%s: the schema has %s, the reader %s", name, got, want.pattern)
		}
	}
}

// TestSchemaSupport makes sure that an address to ask at has the form that the domain asks for.
func TestSchemaSupport(t *testing.T) {
	var product struct {
		Properties struct {
			Support struct {
				Pattern   string `json:"pattern"`
				MaxLength int    `json:"maxLength"`
			} `json:"support"`
		} `json:"properties"`
	}
	data, err := os.ReadFile("schema/product.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, &product); err != nil {
		t.Fatal(err)
	}
	if got := product.Properties.Support; got.Pattern != fact.SupportForm.String() || got.MaxLength != fact.MaxSupport {
		t.Errorf("the schema has %s of up to %d, the domain %s of up to %d", got.Pattern, got.MaxLength, fact.SupportForm, fact.MaxSupport)
	}
}

// TestSchemaFiles validates each embedded file against the schema that its first
// line names for editors.
func TestSchemaFiles(t *testing.T) {
	files, problems := readFolder(embedded)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	compiler := jsonschema.NewCompiler()
	compiler.AssertFormat()
	for _, f := range files {
		t.Run(f.Name, func(t *testing.T) {
			line, _, _ := bytes.Cut(f.Data, []byte("\n"))
			link, ok := strings.CutPrefix(string(line), "# yaml-language-server: $schema=")
			if !ok {
				t.Fatal("the first line names no schema")
			}
			schema, err := compiler.Compile(path.Join(path.Dir(f.Name), link))
			if err != nil {
				t.Fatal(err)
			}
			data, err := yaml.YAMLToJSON(f.Data)
			if err != nil {
				t.Fatal(err)
			}
			value, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
			if err != nil {
				t.Fatal(err)
			}
			if err := schema.Validate(value); err != nil {
				t.Error(err)
			}
		})
	}
}

// TestSchemaRefuses makes sure that an editor marks what the reader refuses, for
// the faults that one file shows by itself.
func TestSchemaRefuses(t *testing.T) {
	compiler := jsonschema.NewCompiler()
	release, err := fs.ReadFile(Embedded(), "releases/mi/4.4.0.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for name, replace := range map[string][2]string{
		"unknown key":           {"printed: Windows", "pritned: Windows"},
		"number without quotes": {`versions: ["9.5"]`, `versions: [9.5]`},
		"unknown status":        {"status: tested", "status: testd"},
		"blank at the end":      {"quote: Windows | 2025", "quote: 'Windows | 2025 '"},
		"empty list":            {`versions: ["9.5"]`, `versions: []`},
		"identifier":            {"product: mi", "product: M I"},
		"amount without unit":   {"amount: 2 GB", "amount: 2"},
		"number in quotes":      {"product: mi", "product: mi\nports: [{source: x, rows: [{name: x, number: '80', purpose: x, quote: x}]}]"},
		"negative number":       {"product: mi", "product: mi\nports: [{source: x, rows: [{name: x, number: -1, purpose: x, quote: x}]}]"},
	} {
		t.Run(name, func(t *testing.T) {
			text := strings.Replace(string(release), replace[0], replace[1], 1)
			if text == string(release) {
				t.Fatalf("the release does not say %q", replace[0])
			}
			data, err := yaml.YAMLToJSON([]byte(text))
			if err != nil {
				t.Fatal(err)
			}
			value, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
			if err != nil {
				t.Fatal(err)
			}
			schema, err := compiler.Compile("schema/release.schema.json")
			if err != nil {
				t.Fatal(err)
			}
			if schema.Validate(value) == nil {
				t.Error("the schema allows it")
			}
		})
	}
}
