package contract

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
)

// Verify tells how an exchange departs from the contract; nil when it does not.
//
//  1. A request for no operation of the contract must be answered by a problem,
//     404 or 405.
//  2. A request that succeeds must be one that the contract allows.
//  3. The response must be one that the contract describes.
//
// A HEAD request is held to what GET says, without the body.
func Verify(request *http.Request, sent []byte, response *http.Response, got []byte) error {
	find, err := router()
	if err != nil {
		return err
	}
	asked := request.Clone(context.Background())
	asked.Body = io.NopCloser(bytes.NewReader(sent))
	if asked.Method == http.MethodHead {
		asked.Method = http.MethodGet
	}
	route, path, err := find.FindRoute(asked)
	if err != nil {
		return unknown(err, response, got)
	}
	input := &openapi3filter.RequestValidationInput{
		Request: asked, Route: route, PathParams: path,
		Options: &openapi3filter.Options{SkipSettingDefaults: true},
	}
	if response.StatusCode < 400 && !isBeside(route, asked.Header) {
		if err := allowed(input); err != nil {
			return fmt.Errorf("the server takes what the contract forbids: %w", err)
		}
	}
	if isBeside(route, response.Header) {
		return nil
	}
	return described(input, request.Method, response, got)
}

// beside are media types that a path takes and gives beside the one of its operation: the
// contract says so in words, as a second one makes generators give either of two types.
var beside = map[string][]string{
	"/problems/{code}": {"text/html"},
	"/v1/ask":          {"text/plain"},
	"/v1/changes":      {"application/atom+xml"},
	"/v1/check":        {"text/plain"},
	"/v1/checks":       {"application/x-ndjson"},
	"/v1/detect":       {"text/plain", "multipart/form-data"},
	"/v1/find":         {"text/plain", "text/csv"},
	"/v1/lifecycles":   {"text/calendar"},
	"/v1/products/{product}/releases/{release}/test-plan": {"text/csv"},
}

// isBeside reports whether a message is of such a type.
func isBeside(route *routers.Route, header http.Header) bool {
	media, _, _ := mime.ParseMediaType(header.Get("Content-Type"))
	return slices.Contains(beside[route.Path], media)
}

// unknown verifies the answer to a request for no operation of the contract.
func unknown(reason error, response *http.Response, got []byte) error {
	status := response.StatusCode
	if status != http.StatusNotFound && status != http.StatusMethodNotAllowed {
		return fmt.Errorf("the contract has no such operation: %w", reason)
	}
	if kind := response.Header.Get("Content-Type"); kind != "application/problem+json" {
		return fmt.Errorf("the answer is of type %q and not a problem", kind)
	}
	content, err := decoded(response, got)
	if err != nil {
		return err
	}
	return problem(content)
}

// problem verifies a body that must be a problem.
func problem(body []byte) error {
	doc, err := document()
	if err != nil {
		return err
	}
	return holds(doc.Components.Schemas["Problem"], body)
}

// allowed verifies a request, and that it has no parameter of an unknown name.
func allowed(input *openapi3filter.RequestValidationInput) error {
	for name := range input.Request.URL.Query() {
		if !named(input.Route, name) {
			return fmt.Errorf("it has no parameter %q", name)
		}
	}
	return openapi3filter.ValidateRequest(context.Background(), input)
}

// named reports whether a route has a query parameter of that name.
func named(route *routers.Route, name string) bool {
	return route.Operation.Parameters.GetByInAndName("query", name) != nil
}

// described verifies a response to a request made by method.
func described(input *openapi3filter.RequestValidationInput, method string, response *http.Response, got []byte) error {
	content, err := decoded(response, got)
	if err != nil {
		return err
	}
	responses, kind := input.Route.Operation.Responses, response.Header.Get("Content-Type")
	// The validator lets any 304 pass.
	answer := responses.Status(response.StatusCode)
	if answer == nil && response.StatusCode >= 400 {
		answer = responses.Default()
	}
	if answer == nil {
		return errors.New("the contract does not describe this status")
	}
	for _, name := range []string{"Cache-Control", "X-Request-Id"} {
		if response.Header.Get(name) == "" {
			return fmt.Errorf("it has no %s", name)
		}
	}
	bodiless := method == http.MethodHead || response.StatusCode == http.StatusNotModified
	media := answer.Value.Content.Get(kind)
	apart := media != nil && isJSON(kind)
	output := &openapi3filter.ResponseValidationInput{
		RequestValidationInput: input,
		Status:                 response.StatusCode,
		Header:                 response.Header,
		Options: &openapi3filter.Options{
			IncludeResponseStatus: true,
			ExcludeResponseBody:   bodiless || apart,
		},
	}
	output.SetBodyBytes(content)
	err = openapi3filter.ValidateResponse(context.Background(), output)
	if err == nil && apart && !bodiless {
		err = holds(media.Schema, content)
	}
	return err
}

// isJSON reports whether a media type is JSON.
func isJSON(contentType string) bool {
	media, _, err := mime.ParseMediaType(contentType)
	return err == nil && (media == "application/json" || strings.HasSuffix(media, "+json"))
}

// decoded undoes the content coding of a body.
func decoded(response *http.Response, body []byte) ([]byte, error) {
	if response.Header.Get("Content-Encoding") != "gzip" || len(body) == 0 {
		return body, nil
	}
	reader, err := gzip.NewReader(bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(reader)
}
