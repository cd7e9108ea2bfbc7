package generate

import (
	_ "embed"
	"encoding/json"
	"errors"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/goccy/go-yaml"
)

// Bounds of a question, as the server checks them.
const (
	maxComponents = uint64(32) // of an environment; other parameters repeat no more often
	maxText       = uint64(200)
	maxKinds      = uint64(1000)
	maxLines      = uint64(2 << 20) // of many questions, a line each
)

// The media types: JSON, a text for a person, a JSON value on each line, and a
// snapshot.
const (
	mediaJSON  = "application/json"
	mediaText  = "text/plain"
	mediaForm  = "multipart/form-data"
	mediaLines = "application/x-ndjson"
	mediaGzip  = "application/gzip"
)

// textMedia are the media types of answers that are a text.
var textMedia = []string{mediaLines, "text/csv", "text/markdown", "text/html", "image/svg+xml", "application/atom+xml", "text/calendar", mediaGzip}

//go:embed components.yaml
var componentsYAML []byte

// shared is what components.yaml holds.
type shared struct {
	Components openapi3.Components `json:"-"`
	// Bodies fill requests, by the name of their schema. They are kept as
	// text, which keeps the order of their members.
	Bodies   map[string]json.RawMessage `json:"bodies"`
	Enums    map[string]enum            `json:"enums"`
	Parts    map[string][]string        `json:"parts"`
	Words    map[string]string          `json:"words"`
	Examples map[string]any             `json:"examples"`
}

// readShared reads components.yaml.
func readShared() (*shared, error) {
	text, err := yaml.YAMLToJSON(componentsYAML)
	if err != nil {
		return nil, err
	}
	s := &shared{}
	if err := json.Unmarshal(text, s); err != nil {
		return nil, err
	}
	var of map[string]json.RawMessage
	if err := json.Unmarshal(text, &of); err != nil {
		return nil, err
	}
	delete(of, "examples") // which are none of the Components Object
	text, err = json.Marshal(of)
	return s, errors.Join(err, json.Unmarshal(text, &s.Components))
}

// repairSchema says what swag cannot: what size an integer has, that a member of
// the object marked x-components is a component or a list of them, how long the
// lists of an object with one for each kind and of a list are, how many members the objects of a
// list have, and that what is marked x-amount is a text or a number. What is sent is bounded.
func repairSchema(schema *openapi3.Schema, sent bool) {
	for _, ref := range schema.Properties {
		property := ref.Value
		if property == nil {
			continue
		}
		sized(property)
		property.Example = nil // the answers show it
		if !sent {
			property.MaxItems = nil // as for texts and numbers: there are as many as there are facts
		}
		switch {
		case property.Extensions["x-components"] != nil:
			delete(property.Extensions, "x-components")
			many := openapi3.NewArraySchema().WithItems(textSchema()).WithMaxItems(int64(maxComponents))
			property.WithAdditionalProperties(openapi3.NewOneOfSchema(textSchema(), many))
			property.MaxProps = openapi3.Ptr(maxComponents)
		case isLists(property):
			property.AdditionalProperties.Schema.Value.WithMaxItems(int64(maxComponents))
			property.MaxProps = openapi3.Ptr(maxComponents)
		case isRows(property):
			property.Items.Value.WithMaxItems(int64(maxComponents))
		case isTable(property):
			property.Items.Value.MaxProps = openapi3.Ptr(maxKinds)
		case property.Extensions["x-amount"] != nil:
			delete(property.Extensions, "x-amount")
			property.OneOf = openapi3.NewOneOfSchema(textSchema(), openapi3.NewFloat64Schema().WithMin(0)).OneOf
		}
	}
}

// isLists reports whether an object has a list under each name.
func isLists(schema *openapi3.Schema) bool {
	members := schema.AdditionalProperties.Schema
	return members != nil && members.Value != nil && members.Value.Type.Is("array")
}

// isRows reports whether a list has lists of texts, the cells of a row each.
func isRows(schema *openapi3.Schema) bool {
	return schema.Items != nil && schema.Items.Value != nil && schema.Items.Value.Type.Is("array")
}

// isTable reports whether a list has objects with a value for each kind.
func isTable(schema *openapi3.Schema) bool {
	return schema.Items != nil && schema.Items.Value != nil && schema.Items.Value.AdditionalProperties.Schema != nil
}

// sized gives an integer its size.
func sized(schema *openapi3.Schema) {
	if schema.Type.Is("integer") && schema.Format == "" {
		schema.Format = "int64"
	}
}

// textSchema is for a value that a caller writes.
func textSchema() *openapi3.Schema {
	return openapi3.NewStringSchema().WithMinLength(1).WithMaxLength(int64(maxText))
}
