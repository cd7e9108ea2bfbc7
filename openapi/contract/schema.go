package contract

import (
	"bytes"
	"encoding/json"
	"fmt"
	"sync"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

// compiled are the schemas that bodies were held against, each compiled once:
// openapi3filter compiles one for each body, which took half the time of the tests.
var compiled sync.Map // *openapi3.Schema → func() (*jsonschema.Schema, error)

// holds verifies a JSON body against a schema of the contract.
func holds(schema *openapi3.SchemaRef, body []byte) error {
	compile, _ := compiled.LoadOrStore(schema.Value, sync.OnceValues(func() (*jsonschema.Schema, error) { return compile(schema) }))
	rule, err := compile.(func() (*jsonschema.Schema, error))()
	if err != nil {
		return fmt.Errorf("a schema of the contract cannot be read: %w", err)
	}
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(body))
	if err != nil {
		return fmt.Errorf("failed to decode the body: %w", err)
	}
	return rule.Validate(value)
}

// compile reads a schema, which may refer to the components of the contract.
func compile(schema *openapi3.SchemaRef) (*jsonschema.Schema, error) {
	doc, err := document()
	if err != nil {
		return nil, err
	}
	text, err := json.Marshal(map[string]any{"components": doc.Components, "allOf": []any{schema}})
	if err != nil {
		return nil, err
	}
	root, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		return nil, err
	}
	for _, schema := range root.(map[string]any)["components"].(map[string]any)["schemas"].(map[string]any) {
		if schema := schema.(map[string]any); schema["x-extensible-enum"] != nil { // which holds of what there is now
			schema["enum"] = schema["x-extensible-enum"]
		}
	}
	const name = "urn:contract"
	compiler := jsonschema.NewCompiler()
	compiler.AssertFormat()
	if err := compiler.AddResource(name, root); err != nil {
		return nil, err
	}
	return compiler.Compile(name)
}
