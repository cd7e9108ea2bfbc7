// Package contract holds requests and responses against the published contract
// of the API. It is for tests and is not linked into the product.
//
// A test that asks a real server hands each exchange to [Check], best in the
// one helper that all its requests go through:
//
//	got, err := client.Do(request)
//	…
//	content, err := io.ReadAll(got.Body)
//	…
//	contract.Check(t, request, body, got, content)
//
// What is caught: a path or method that the contract does not have and that is
// not answered as a problem; a request that is taken though the contract forbids
// it, also by a parameter it does not name; a status, media type, header or body
// that the contract does not describe, also by a field it does not name.
//
// The pages for people (/docs, the contract itself) are no part of the contract.
package contract

import (
	"fmt"
	"maps"
	"net/http"
	"sync"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/gorillamux"

	"github.com/testedon/testedon/export"
	"github.com/testedon/testedon/openapi"
)

// Check fails the test where an exchange does not hold. The bodies are given
// apart, as sent and as received, since those of request and response are read.
func Check(t testing.TB, request *http.Request, sent []byte, response *http.Response, got []byte) {
	t.Helper()
	if err := Verify(request, sent, response, got); err != nil {
		t.Errorf("%s %s → %d: %v", request.Method, request.URL.RequestURI(), response.StatusCode, err)
	}
}

// document is the contract as it is published, with every object closed, so
// that a field it does not name is a fault. Clients must expect more fields;
// our own tests must not.
var document = sync.OnceValues(func() (*openapi3.T, error) {
	doc, err := openapi3.NewLoader().LoadFromData(openapi.Document())
	if err != nil {
		return nil, fmt.Errorf("the contract cannot be read: %w", err)
	}
	for _, schema := range doc.Components.Schemas {
		shut(schema.Value)
	}
	return doc, nil
})

// shut closes an object that names its fields, with those of its parts.
func shut(schema *openapi3.Schema) {
	if schema.AllOf != nil {
		schema.Properties = openapi3.Schemas{}
		for _, part := range schema.AllOf {
			maps.Copy(schema.Properties, part.Value.Properties)
			schema.Required = append(schema.Required, part.Value.Required...)
		}
		schema.AllOf = nil
	}
	if len(schema.Properties) > 0 {
		closed := false
		schema.AdditionalProperties.Has = &closed
	}
}

// texts are the media types that are a text to OpenAPI, beside those of exports.
var texts = []string{"application/x-ndjson", "text/markdown", "text/html", "image/svg+xml", "application/atom+xml", "text/calendar", "application/gzip"}

// router finds the operation of a request.
var router = sync.OnceValues(func() (routers.Router, error) {
	for _, f := range export.Formats {
		openapi3filter.RegisterBodyDecoder(f.Type(), openapi3filter.PlainBodyDecoder)
	}
	for _, media := range texts {
		openapi3filter.RegisterBodyDecoder(media, openapi3filter.PlainBodyDecoder)
	}
	doc, err := document()
	if err != nil {
		return nil, err
	}
	return gorillamux.NewRouter(doc)
})
