package export

import (
	_ "embed"
	"encoding/json"
	"io"
	"reflect"
	"strings"

	"github.com/testedon/testedon/compat/fact"
)

// SchemaName is what the schema of a catalogue file is called.
const SchemaName = "export.schema.json"

// Schema is the JSON Schema of what [WriteCatalogue] writes. It refers to those of
// the files of a catalogue.
//
//go:embed export.schema.json
var Schema []byte

// WriteCatalogue writes every fact of a dataset as one object of JSON: the address
// of its schema, the past day that they are of where there is one, revision and digest, then a list for each noun, a fact on each
// line. Who decodes it into a fact.Dataset has the same content, with the same
// digest. The error is that of w.
func WriteCatalogue(w io.Writer, ds *fact.Dataset, asOf, schema string) error {
	out := &catalogueWriter{w: w}
	out.raw("{")
	out.key("$schema")
	out.value(schema)
	if asOf != "" {
		out.raw(",\n")
		out.key("as_of")
		out.value(asOf)
	}
	for field, value := range reflect.ValueOf(ds).Elem().Fields() {
		out.raw(",\n")
		out.key(strings.ToLower(field.Name[:1]) + field.Name[1:])
		if value.Kind() == reflect.Slice {
			out.list(value)
			continue
		}
		out.value(value.Interface())
	}
	out.raw("}\n")
	return out.err
}

// catalogueWriter writes JSON until writing fails.
type catalogueWriter struct {
	w   io.Writer
	err error
}

func (c *catalogueWriter) raw(text string) {
	if c.err == nil {
		_, c.err = io.WriteString(c.w, text)
	}
}

func (c *catalogueWriter) key(name string) {
	c.value(name)
	c.raw(": ")
}

// list writes each fact on a line of its own.
func (c *catalogueWriter) list(facts reflect.Value) {
	between := "[\n"
	for i := range facts.Len() {
		c.raw(between)
		c.value(facts.Index(i).Addr().Interface())
		between = ",\n"
	}
	c.raw(map[bool]string{true: "[]", false: "\n]"}[facts.Len() == 0])
}

func (c *catalogueWriter) value(v any) {
	text, err := json.Marshal(v)
	if c.err == nil {
		c.err = err
	}
	c.raw(string(text))
}
