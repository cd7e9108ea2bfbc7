package generate

import (
	"cmp"
	"encoding/json"
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

// use is a parameter as some operations have it.
type use struct {
	name, text string
	parameter  *openapi3.Parameter
	refs       []*openapi3.ParameterRef
}

// shareParameters leads from operations that have the same parameter to one of the
// document. Where a name stands for several, that of the most operations is shared; the
// others stay where they are.
func shareParameters(doc *openapi3.T) error {
	uses := map[string]*use{}
	for _, path := range slices.Sorted(maps.Keys(doc.Paths.Map())) {
		operations := doc.Paths.Value(path).Operations()
		for _, method := range slices.Sorted(maps.Keys(operations)) {
			operation := operations[method]
			for _, ref := range operation.Parameters {
				if ref.Ref != "" {
					continue
				}
				text, err := json.Marshal(ref.Value)
				if err != nil {
					return err
				}
				if uses[string(text)] == nil {
					uses[string(text)] = &use{name: openapi.ParameterName(ref.Value.Name), text: string(text), parameter: ref.Value}
				}
				uses[string(text)].refs = append(uses[string(text)].refs, ref)
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
	return nil
}
