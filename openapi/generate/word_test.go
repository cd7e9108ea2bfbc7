package generate

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

// enum is a list of words that has a schema of its own, see components.yaml.
type enum struct {
	At, Description string
	Named           string // properties of this name, which have no words of their own
	Also, Except    []string
	Closed          bool
}

// openWords marks a list of words that may grow: Zalando's guidelines call it so, and
// generators make a plain text of it.
const openWords = "x-extensible-enum"

// nameWords gives each list of words a schema of its own, and leads there from every
// property and parameter that takes these words.
func nameWords(doc *openapi3.T, enums map[string]enum) error {
	schemas := doc.Components.Schemas
	words, named := map[string]string{}, map[string]string{}
	for _, name := range slices.Sorted(maps.Keys(enums)) {
		e := enums[name]
		made := openapi3.NewStringSchema()
		made.Description = e.Description
		var list []any
		if e.Named == "" {
			schema, property, _ := strings.Cut(e.At, ".")
			if schemas[schema] == nil || schemas[schema].Value.Properties[property] == nil {
				return fmt.Errorf("%s: there is no %s", name, e.At)
			}
			list = valueOf(schemas[schema].Value.Properties[property].Value).Enum
			words[fmt.Sprint(list)] = name
		}
		if e.Closed {
			made.Enum = list
		} else {
			made.Extensions = map[string]any{openWords: list}
		}
		for _, place := range e.Also {
			named[place] = name
		}
		named[e.Named] = name
		for _, place := range e.Except {
			words[place] = " "
		}
		schemas[name] = made.NewRef()
	}
	refer := func(ref *openapi3.SchemaRef, name string) {
		described := &openapi3.Schema{Description: ref.Value.Description, AllOf: openapi3.SchemaRefs{openapi3.NewSchemaRef("#/components/schemas/"+name, schemas[name].Value)}}
		*ref = openapi3.SchemaRef{Ref: described.AllOf[0].Ref, Value: schemas[name].Value}
		if described.Description != "" {
			*ref = *described.NewRef()
		}
	}
	for _, of := range slices.Sorted(maps.Keys(schemas)) {
		for property, ref := range schemas[of].Value.Properties {
			if ref.Value == nil || ref.Ref != "" {
				continue
			}
			holds := ref
			if ref.Value.Items != nil && ref.Value.Items.Ref == "" {
				holds = ref.Value.Items
			}
			name := cmp.Or(named[of+"."+property], words[fmt.Sprint(holds.Value.Enum)])
			if name == "" && holds.Value.Type.Is("string") && holds.Value.Enum == nil && property != "" && words[of+"."+property] == "" {
				name = named[property]
			}
			switch {
			case name != "":
				refer(holds, name)
			case len(holds.Value.Enum) > 1:
				return fmt.Errorf("%s.%s: the words %v need a name in components.yaml", of, property, holds.Value.Enum)
			}
		}
	}
	for _, item := range doc.Paths.Map() {
		for _, operation := range item.Operations() {
			for _, p := range operation.Parameters {
				if p.Ref != "" {
					continue
				}
				holds := p.Value.Schema
				if holds.Value.Items != nil {
					holds = holds.Value.Items
				}
				if name := words[fmt.Sprint(holds.Value.Enum)]; name != "" && holds.Value.Default == nil {
					refer(holds, name)
				}
			}
		}
	}
	return nil
}

// valueOf is the schema of the items of a list, and any other schema itself.
func valueOf(schema *openapi3.Schema) *openapi3.Schema {
	if schema.Items != nil {
		return schema.Items.Value
	}
	return schema
}

// tellWords describes every schema and property: a schema by the comment of its type, a
// property whose field has no comment by the words of components.yaml.
func tellWords(doc *openapi3.T, about, words map[string]string) (faults error) {
	for _, name := range slices.Sorted(maps.Keys(doc.Components.Schemas)) {
		schema := doc.Components.Schemas[name].Value
		schema.Description = cmp.Or(schema.Description, sentence(name, about["schema "+name]))
		if schema.Description == "" {
			faults = errors.Join(faults, fmt.Errorf("the schema %s has no description", name))
		}
		for property, ref := range schema.Properties {
			if ref.Ref != "" || ref.Value.Description != "" {
				continue
			}
			if ref.Value.Description = cmp.Or(words[name+"."+property], words[property]); ref.Value.Description == "" {
				faults = errors.Join(faults, fmt.Errorf("the property %s.%s has no description", name, property))
			}
		}
	}
	return faults
}

var (
	writer = regexp.MustCompile(`: what \[append\w+\] writes`)
	link   = regexp.MustCompile(`\[(?:\w+\.)?(\w+)\]`)
)

// sentence is the comment of a type without what is for programmers only: its name, what
// writes it, and links.
func sentence(name, comment string) string {
	comment = link.ReplaceAllString(writer.ReplaceAllString(comment, ""), "$1")
	for _, verb := range []string{" is ", " are "} {
		if rest, ok := strings.CutPrefix(comment, name+verb); ok {
			return strings.ToUpper(rest[:1]) + rest[1:]
		}
	}
	return comment
}
