package api

import (
	"encoding/json"
	"io/fs"
	"maps"
	"slices"
	"strings"

	"github.com/testedon/testedon/api/question"
	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/export"
)

// Schemas is a page of the JSON Schemas.
type Schemas struct {
	wire.Page
	Items []Schema `json:"items" validate:"max=1000"`
} // @name Schemas

// Schema is a JSON Schema and where it is.
type Schema struct {
	// Name is that of the file.
	Name  string `json:"name" example:"release.schema.json"`
	Title string `json:"title" example:"Release and what is stated about it"`
	// URL is the address of the schema on this server.
	URL string `json:"url" example:"/v1/schema/release.schema.json"`
} // @name Schema

// Where the schemas are, and how the names of their files end.
const (
	schemaFolder = "/v1/schema/"
	schemaEnding = ".schema.json"
)

var typeSchema = []string{"application/schema+json"}

// schemas are the texts of JSON Schemas by the names of their files.
type schemas map[string][]byte

// readSchemas reads those of a folder, which may be nil, and adds that of the
// export.
func readSchemas(folder fs.FS) (schemas, error) {
	all := schemas{export.SchemaName: export.Schema}
	if folder == nil {
		return all, nil
	}
	names, err := fs.Glob(folder, "*"+schemaEnding)
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		if all[name], err = fs.ReadFile(folder, name); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// names are those of the files, in order.
func (s schemas) names() []string { return slices.Sorted(maps.Keys(s)) }

// schemaList is the list of schemas.
var schemaList = &collection[Schema]{
	Key:   func(s Schema) string { return s.Name },
	Usual: "name", Limit: wire.UsualPage,
	Orders: []order[Schema]{
		wire.ByKey[*view, Schema]("name"),
		wire.By("title", func(_ *view, s Schema) string { return wire.Folded(s.Title) }),
	},
	Filters: []filter[Schema]{question.Like("Only those of which a name is like this; typing slips are forgiven.", func(_ *view, s Schema) []string { return []string{s.Name, s.Title} })},
}

// @Summary		List the JSON Schemas
// @Description	The schemas of the files that a catalogue is written in, and of the file that `/v1/export` gives. They refer to each other by their names.
// @Tags			service
// @ID				listSchemas
// @Success		200	{object}	Schemas	"A page of the schemas"
// @Router			/v1/schema [get]
func (s schemas) listSchemas(v *view, in wire.Input, _ none) (*wire.File, error) {
	page, err := schemaList.Page(v, in, wire.Each(s.names(), func(name string) Schema {
		var head struct{ Title string }
		_ = json.Unmarshal(s[name], &head) // one that is no JSON has no title
		return Schema{Name: name, Title: head.Title, URL: schemaFolder + name}
	}))
	if err != nil {
		return nil, err
	}
	return wire.JSON(Schemas{page.Page, wire.List(page.Items)}), nil
}

// @Summary		Get a JSON Schema
// @Description	The schema as editors and validators read it.
// @Tags			service
// @ID				getSchema
// @Produce		application/schema+json
// @Success		200		{object}	JSONSchema	"The schema"
// @Router			/v1/schema/{name} [get]
func (s schemas) getSchema(_ *view, _ wire.Input, p schemaPath) (*wire.File, error) {
	text, ok := s[strings.TrimSuffix(p.Name, schemaEnding)+schemaEnding]
	if !ok {
		return nil, s.unknown(p.Name)
	}
	return wire.Written(typeSchema, func(dst []byte) []byte { return append(dst, text...) }), nil
}

// schemaPath names a schema.
type schemaPath struct {
	// The name of the schema, with or without its ending.
	Name string `path:"name" example:"export.schema.json"`
}

// unknown offers the schemas of a similar name.
func (s schemas) unknown(name string) error {
	e := fact.Refuse("name", "schema.unknown", wire.Quotable(name), schemaFolder[:len(schemaFolder)-1]).Coded(fact.CodeNotFound)
	short := wire.Each(s.names(), func(name string) string { return strings.TrimSuffix(name, schemaEnding) })
	for _, near := range fact.Closest(strings.TrimSuffix(name, schemaEnding), short) {
		e.Candidates = append(e.Candidates, near+schemaEnding)
	}
	if len(e.Candidates) > 0 {
		return e.Advise("hint.did_you_mean", e.Candidates[0])
	}
	return e
}

// JSONSchema is a schema (JSON Schema, draft 7).
type JSONSchema struct {
	// Dialect is the address of the dialect that the schema is written in.
	Dialect string `json:"$schema" example:"http://json-schema.org/draft-07/schema#"`
	// ID is the name under which the other schemas refer to it.
	ID    string `json:"$id" example:"source.schema.json"`
	Title string `json:"title" example:"Source: a document that facts are taken from"`
	// Type is that of what the schema describes; missing where it only has definitions for others.
	Type string `json:"type,omitempty" example:"object"`
	// AdditionalProperties says whether there may be others than those described.
	AdditionalProperties bool     `json:"additionalProperties,omitempty" example:"false"`
	Required             []string `json:"required,omitempty" example:"id,title,authority" validate:"max=1000"`
	// Properties has a schema for each member.
	Properties map[string]any `json:"properties,omitempty"`
	// Definitions are schemas that others refer to.
	Definitions map[string]any `json:"definitions,omitempty"`
} // @name JSONSchema
