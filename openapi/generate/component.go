package main

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
)

//go:embed components.yaml
var componentsYAML []byte

// shared is what components.yaml holds.
type shared struct {
	Components openapi3.Components `json:"-"`
	// Bodies fill requests, by the name of their schema. They are kept as
	// text, which keeps the order of their members.
	Bodies map[string]json.RawMessage `json:"bodies"`
}

// readShared reads components.yaml.
func readShared() (*shared, error) {
	text, err := yaml.YAMLToJSON(componentsYAML)
	if err != nil {
		return nil, err
	}
	s := &shared{}
	return s, errors.Join(json.Unmarshal(text, &s.Components), json.Unmarshal(text, s))
}

// addComponents adds the shared headers and parameters to a document.
func addComponents(doc *openapi3.T) error {
	shared, err := readShared()
	if err != nil {
		return err
	}
	doc.Components.Headers = shared.Components.Headers
	doc.Components.Parameters = shared.Components.Parameters
	return nil
}

// repairSchema says what swag cannot: what size an integer has, that a member of
// the object marked x-components is a component or a list of them, and that
// what is marked x-amount is a text or a number.
func repairSchema(schema *openapi3.Schema) {
	for _, ref := range schema.Properties {
		property := ref.Value
		if property == nil {
			continue
		}
		sized(property)
		switch {
		case property.Extensions["x-components"] != nil:
			delete(property.Extensions, "x-components")
			many := openapi3.NewArraySchema().WithItems(textSchema()).WithMaxItems(int64(maxComponents))
			property.WithAdditionalProperties(openapi3.NewOneOfSchema(textSchema(), many))
			property.MaxProps = openapi3.Ptr(maxComponents)
		case property.Extensions["x-amount"] != nil:
			delete(property.Extensions, "x-amount")
			property.OneOf = openapi3.NewOneOfSchema(textSchema(), openapi3.NewFloat64Schema().WithMin(0)).OneOf
		}
	}
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
