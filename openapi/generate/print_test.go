package generate

import (
	"bytes"
	"cmp"
	"encoding/json"
	"regexp"
	"slices"

	"github.com/goccy/go-yaml"
)

// order is the order in which a reader wants the keys of an object; the rest
// follows by name.
var order = []string{
	"openapi", "x-examples", "info", "servers", "tags", "paths", "components",
	"get", "post", "operationId", "name", "in", "title", "summary", "description", "version", "license",
	"parameters", "requestBody", "responses", "headers", "content",
	"required", "schema", "schemas", "type", "format", "properties", "items", "enum",
}

// printJSON prints a document as JSON on one line, in the order of [order].
func printJSON(doc []byte) ([]byte, error) {
	tree, err := ordered(doc)
	if err != nil {
		return nil, err
	}
	text, err := yaml.MarshalWithOptions(tree, yaml.JSON())
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	if err := json.Compact(&out, text); err != nil {
		return nil, err
	}
	return append(out.Bytes(), '\n'), nil
}

// printYAML prints a document as YAML in the order of [order].
func printYAML(doc []byte) ([]byte, error) {
	tree, err := ordered(doc)
	if err != nil {
		return nil, err
	}
	text, err := yaml.MarshalWithOptions(tree, yaml.Indent(2), yaml.UseLiteralStyleIfMultiline(true))
	return trailing.ReplaceAll(text, nil), err
}

// trailing is the blank end of a line: empty lines of a text are indented.
var trailing = regexp.MustCompile(`(?m)[ \t]+$`)

// ordered gives a document as lists, ordered objects and plain values.
func ordered(doc []byte) (any, error) {
	var tree any // JSON is YAML, and this decoder keeps the order of keys
	if err := yaml.UnmarshalWithOptions(doc, &tree, yaml.UseOrderedMap()); err != nil {
		return nil, err
	}
	sort(tree)
	return tree, nil
}

// sort brings the keys of every object into the order of [order]. An example
// keeps the order in which the server wrote it.
func sort(node any) {
	switch node := node.(type) {
	case []any:
		for _, item := range node {
			sort(item)
		}
	case yaml.MapSlice:
		slices.SortStableFunc(node, func(a, b yaml.MapItem) int {
			return cmp.Compare(place(a.Key), place(b.Key))
		})
		for _, item := range node {
			switch item.Key {
			case "example", "value":
			case "properties": // the keys are names of fields
				for _, field := range item.Value.(yaml.MapSlice) {
					sort(field.Value)
				}
			default:
				sort(item.Value)
			}
		}
	}
}

// place is the position of a key in [order].
func place(key any) int {
	i := slices.Index(order, key.(string))
	if i < 0 {
		return len(order)
	}
	return i
}
