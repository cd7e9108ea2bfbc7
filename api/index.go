package api

import (
	"regexp"

	"github.com/testedon/testedon/api/answers"
	"github.com/testedon/testedon/api/wire"
)

// Index says where everything is.
type Index struct {
	// Links lead to what describes the service.
	Links []IndexLink `json:"links" validate:"max=100"`
	// Operations are those of the contract: method and path, with the name of each part to fill in between braces.
	Operations []string             `json:"operations" example:"GET /v1/products/{product}" validate:"max=100"`
	Catalogue  answers.CatalogueRef `json:"catalogue"`
} // @name Index

// IndexLink leads to a document about the service.
type IndexLink struct {
	// Rel says what the document is to the service, a relation of RFC 8631 or of the IANA registry.
	Rel string `json:"rel" example:"service-desc"`
	// Href is its address, relative to that of the index.
	Href string `json:"href" example:"/openapi.json" format:"uri-reference"`
	// Type is its media type.
	Type string `json:"type" example:"application/json"`
} // @name IndexLink

// indexLinks are those of the index.
var indexLinks = []IndexLink{
	{"service-desc", "/openapi.json", wire.MediaJSON},
	{"service-desc", "/openapi.yaml", "application/yaml"},
	{"service-doc", "/docs", "text/html"},
	{"service-meta", "/v1/catalogue", wire.MediaJSON},
	{"status", "/readyz", wire.MediaJSON},
	{"api-catalog", "/.well-known/api-catalog", "application/linkset+json"},
	{"search", "/opensearch.xml", "application/opensearchdescription+xml"},
	{"help", "/llms.txt", wire.MediaText},
	{"help", "/problems", "text/html"},
}

// inPath is a part of a route that is filled in.
var inPath = regexp.MustCompile(`:(\w+)`)

// @Summary		Get the index of the API
// @Description	Where the contract, its pages and every operation are, and which facts answer.
// @Tags			service
// @ID				getIndex
// @Success		200	{object}	Index	"The index"
// @Router			/v1 [get]
func (s *Server) getIndex(v *view, _ wire.Input, _ none) (*wire.File, error) {
	operations := wire.Each(s.offers, func(o wire.Operation) string { return o.Method + " " + inPath.ReplaceAllString(o.Path, "{$1}") })
	return wire.JSON(Index{Links: indexLinks, Operations: operations, Catalogue: v.Catalogue}), nil
}
