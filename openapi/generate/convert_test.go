package generate

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"maps"

	"github.com/getkin/kin-openapi/openapi2"
	"github.com/getkin/kin-openapi/openapi2conv"
	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3conv"
	"github.com/swaggo/swag"
)

// annotations reads the packages in the folders dirs as Swagger 2.0. A field is
// required unless it is tagged omitempty.
func annotations(dirs ...string) ([]byte, error) {
	parser := swag.New(
		swag.SetDebugger(log.New(io.Discard, "", 0)),
		swag.SetCollectionFormat("multi"), // a parameter is repeated, not joined by commas
		swag.SetStrict(true),
		swag.SetUseStructName(true),
	)
	parser.RequiredByDefault = true
	if err := parser.ParseAPIMultiSearchDir(dirs, "doc.go", 0); err != nil {
		return nil, fmt.Errorf("read the annotations in %v: %w", dirs, err)
	}
	return json.Marshal(parser.GetSwagger())
}

// convert turns Swagger 2.0 into OpenAPI 3.0, loaded so that every reference
// leads somewhere.
func convert(swagger []byte) (*openapi3.T, error) {
	var old openapi2.T
	if err := json.Unmarshal(swagger, &old); err != nil {
		return nil, err
	}
	for _, item := range old.Paths {
		for _, operation := range item.Operations() { // which read and give JSON, unless they say otherwise
			if operation.Produces == nil {
				operation.Produces = []string{mediaJSON}
			}
			if operation.Consumes == nil {
				operation.Consumes = []string{mediaJSON}
			}
		}
	}
	doc, err := openapi2conv.ToV3(&old)
	if err != nil {
		return nil, err
	}
	return reload(doc)
}

// reload writes a document and reads it again, which resolves its references.
func reload(doc *openapi3.T) (*openapi3.T, error) {
	text, err := doc.MarshalJSON()
	if err != nil {
		return nil, err
	}
	return openapi3.NewLoader().LoadFromData(text)
}

// publish completes a document with its examples, validates it and gives it as the
// files of the contract.
func publish(doc *openapi3.T, from *examples) (map[string][]byte, error) {
	old, err := finish(doc, from)
	if err != nil {
		return nil, err
	}
	openapi3conv.Upgrade(doc)
	doc.OpenAPI = "3.1.1" // too few tools read what Upgrade calls it
	now, err := finish(doc, from)
	if err != nil {
		return nil, err
	}
	oldJSON, errOld := printJSON(old)
	nowJSON, errNow := printJSON(now)
	nowYAML, errYAML := printYAML(now)
	return map[string][]byte{
		"openapi-3.0.json": oldJSON, "openapi.json": nowJSON, "openapi.yaml": nowYAML,
	}, errors.Join(errOld, errNow, errYAML)
}

// finish completes a document, validates it, and gives its text.
func finish(doc *openapi3.T, from *examples) ([]byte, error) {
	text, err := doc.MarshalJSON()
	if err != nil {
		return nil, err
	}
	if doc.OpenAPI >= "3.1" {
		if text, err = besides(text); err != nil {
			return nil, err
		}
	}
	if text, err = from.complete(text); err != nil {
		return nil, err
	}
	return text, validate(text)
}

// besides writes what is said beside a reference there, as OpenAPI can from 3.1 on, where
// 3.0 needs an allOf of one schema.
func besides(text []byte) ([]byte, error) {
	var doc any
	from := json.NewDecoder(bytes.NewReader(text))
	from.UseNumber()
	if err := from.Decode(&doc); err != nil {
		return nil, err
	}
	unfold(doc)
	return json.Marshal(doc)
}

func unfold(node any) {
	switch node := node.(type) {
	case []any:
		for _, item := range node {
			unfold(item)
		}
	case map[string]any:
		if all, _ := node["allOf"].([]any); len(all) == 1 {
			maps.Copy(node, all[0].(map[string]any))
			delete(node, "allOf")
		}
		for _, value := range node {
			unfold(value)
		}
	}
}

// validate reports what is wrong with the text of a document and its examples.
func validate(text []byte) error {
	doc, err := openapi3.NewLoader().LoadFromData(text)
	if err != nil {
		return err
	}
	err = doc.Validate(context.Background(), openapi3.EnableExamplesValidation(), openapi3.EnableSchemaFormatValidation())
	if err != nil {
		return fmt.Errorf("the contract does not hold as OpenAPI %s: %w", doc.OpenAPI, err)
	}
	return nil
}
