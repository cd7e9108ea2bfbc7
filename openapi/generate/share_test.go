package generate

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/testedon/testedon/openapi"
)

// shareResponses leads from every operation to the one problem and the one 304 of the
// document. What an operation has of its own, such as a problem that is a page, stays.
func shareResponses(doc *openapi3.T, operation *openapi3.Operation) error {
	shared := func(status, name string) {
		operation.Responses.Set(status, &openapi3.ResponseRef{Ref: "#/components/responses/" + name, Value: doc.Components.Responses[name].Value})
	}
	if operation.Responses.Value("304") != nil {
		shared("304", "NotModified")
	}
	shared("default", "Problem")
	return nil
}

// composeSchemas leads from a schema to another one whose properties it has all of.
func composeSchemas(doc *openapi3.T, parts map[string][]string) error {
	for part, wholes := range parts {
		schema := doc.Components.Schemas[part]
		if schema == nil {
			return fmt.Errorf("there is no schema %s, which is to be a part", part)
		}
		for _, name := range wholes {
			whole := doc.Components.Schemas[name].Value
			rest := openapi3.NewObjectSchema()
			rest.Properties = maps.Clone(whole.Properties)
			for property, ref := range schema.Value.Properties {
				if one, other := asJSON(ref), asJSON(whole.Properties[property]); one != other {
					return fmt.Errorf("%s.%s is %s, and %s in %s", part, property, one, other, name)
				}
				delete(rest.Properties, property)
			}
			rest.Required = slices.DeleteFunc(slices.Clone(whole.Required), func(p string) bool { return rest.Properties[p] == nil })
			whole.AllOf = openapi3.SchemaRefs{openapi3.NewSchemaRef("#/components/schemas/"+part, schema.Value), rest.NewRef()}
			whole.Type, whole.Properties, whole.Required = nil, nil, nil
		}
	}
	return nil
}

func asJSON(value any) string {
	text, _ := json.Marshal(value) // of a document, which is JSON
	return string(text)
}

// use is a parameter as some operations have it.
type use struct {
	name, text string
	parameter  *openapi3.Parameter
	refs       []*openapi3.ParameterRef
}

// shareParameters leads from operations that have the same parameter to one of the
// document. Where a name stands for several, that of the most operations is shared; the
// others stay where they are.
func shareParameters(doc *openapi3.T) {
	uses := map[string]*use{}
	for _, path := range slices.Sorted(maps.Keys(doc.Paths.Map())) {
		operations := doc.Paths.Value(path).Operations()
		for _, method := range slices.Sorted(maps.Keys(operations)) {
			operation := operations[method]
			for _, ref := range operation.Parameters {
				if ref.Ref != "" {
					continue
				}
				text := asJSON(ref.Value)
				if uses[text] == nil {
					uses[text] = &use{name: openapi.ParameterName(ref.Value.Name), text: text, parameter: ref.Value}
				}
				uses[text].refs = append(uses[text].refs, ref)
			}
		}
	}
	most := slices.SortedFunc(maps.Values(uses), func(a, b *use) int {
		return cmp.Or(cmp.Compare(len(b.refs), len(a.refs)), cmp.Compare(a.text, b.text))
	})
	for _, u := range most {
		if doc.Components.Parameters[u.name] != nil || len(u.refs) == 1 {
			continue
		}
		doc.Components.Parameters[u.name] = &openapi3.ParameterRef{Value: u.parameter}
		for _, ref := range u.refs {
			*ref = openapi3.ParameterRef{Ref: "#/components/parameters/" + u.name, Value: u.parameter}
		}
	}
}
