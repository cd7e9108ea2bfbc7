package main

import (
	_ "embed"
	"encoding/json"
	"errors"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/goccy/go-yaml"
)

// Bounds of an environment, as the server checks them.
const (
	maxComponents = uint64(32)
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

// repairSchema says what swag cannot: how large an integer may be, and that a
// member of the object marked x-components is a component or a list of them.
func repairSchema(schema *openapi3.Schema) {
	for _, ref := range schema.Properties {
		property := ref.Value
		switch {
		case property == nil:
		case property.Type.Is("integer") && property.Format == "":
			property.Format = "int64"
		case property.Extensions["x-components"] != nil:
			delete(property.Extensions, "x-components")
			one := openapi3.NewStringSchema().WithMinLength(1).WithMaxLength(int64(maxText))
			many := openapi3.NewArraySchema().WithItems(one).WithMinItems(1).WithMaxItems(int64(maxComponents))
			property.WithAdditionalProperties(openapi3.NewOneOfSchema(one, many))
			property.MinProps, property.MaxProps = 1, openapi3.Ptr(maxComponents)
		}
	}
}
