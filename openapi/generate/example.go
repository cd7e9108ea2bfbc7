package main

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path"
	"strconv"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/goccy/go-yaml"

	"github.com/testedon/testedon/api"
	"github.com/testedon/testedon/compat"
)

//go:embed catalogue.yaml
var catalogueYAML []byte

// exampleID is the request id of every example.
const exampleID = "0f8b1c6e52d94a7f9c3e1d20b7a64581"

// examples are what addExamples draws on.
type examples struct {
	server   http.Handler               // over the catalogue of the examples
	bodies   map[string]json.RawMessage // of requests, by the name of their schema
	problems openapi3.Examples          // by [exampleName]
}

// addExamples gives every request body of a document its example, and every
// response what the server answers. They are added as text, which keeps the
// order in which the server writes; so this comes after all reloading.
func addExamples(doc *openapi3.T) error {
	from, err := newExamples()
	if err != nil {
		return err
	}
	doc.Components.Examples = from.problems
	for path, item := range doc.Paths.Map() {
		for method, operation := range item.Operations() {
			if err := from.add(method, path, operation); err != nil {
				return fmt.Errorf("example of %s %s: %w", method, path, err)
			}
		}
	}
	return nil
}

func newExamples() (*examples, error) {
	shared, err := readShared()
	if err != nil {
		return nil, err
	}
	catalogue, err := exampleCatalogue()
	if err != nil {
		return nil, err
	}
	server, err := newServer(catalogue)
	if err != nil {
		return nil, err
	}
	problems, err := problemExamples(catalogue)
	return &examples{server, shared.Bodies, problems}, err
}

// exampleCatalogue builds the catalogue of the examples.
func exampleCatalogue() (api.Catalogue, error) {
	text, err := yaml.YAMLToJSON(catalogueYAML)
	if err != nil {
		return nil, err
	}
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	dataset := &compat.Dataset{Revision: 1}
	if err := decoder.Decode(dataset); err != nil {
		return nil, fmt.Errorf("catalogue.yaml: %w", err)
	}
	dataset.Digest = dataset.ContentDigest()
	matrix, err := compat.Build(dataset)
	return fixed{matrix}, err
}

// add gives the body and the responses of an operation their examples.
func (e *examples) add(method, path string, operation *openapi3.Operation) error {
	body, err := e.addBody(operation)
	if err != nil {
		return err
	}
	for status, ref := range operation.Responses.Map() {
		if media := ref.Value.Content["application/problem+json"]; media != nil {
			name := exampleName(status)
			if e.problems[name] == nil {
				return fmt.Errorf("nothing provokes the status %s, see provoke.go", status)
			}
			media.Examples = openapi3.Examples{name: {Ref: "#/components/examples/" + name, Value: e.problems[name].Value}}
		}
		kinds := append([]string{"application/json"}, textMedia...)
		if alsoText(ref.Value.Content) {
			kinds = append(kinds, mediaText)
		}
		for _, kind := range kinds {
			media := ref.Value.Content[kind]
			if media == nil || status != "200" {
				continue
			}
			request := tryOut(method, path, operation, body)
			request.Header.Set("Accept", kind)
			text, err := ask(e.server, request, status)
			if err != nil {
				return err
			}
			media.Example = exampleOf(kind, text)
		}
	}
	return nil
}

// exampleOf gives a text of a media type as an example: JSON as it is, lines and
// tables as a text.
func exampleOf(kind string, text json.RawMessage) any {
	if kind == "application/json" {
		return text
	}
	return string(text) + "\n"
}

// addBody gives the body of an operation its example and returns it; nil where
// the operation takes none.
func (e *examples) addBody(operation *openapi3.Operation) (json.RawMessage, error) {
	if operation.RequestBody == nil {
		return nil, nil
	}
	media := operation.RequestBody.Value.Content["application/json"]
	name := path.Base(media.Schema.Ref)
	body, ok := e.bodies[name]
	if !ok {
		return nil, fmt.Errorf("components.yaml has no body for the schema %s", name)
	}
	media.Example = body
	if lines := operation.RequestBody.Value.Content[mediaLines]; lines != nil {
		text, err := linesOf(body)
		if err != nil {
			return nil, err
		}
		lines.Example = text
	}
	return body, nil
}

// linesOf gives the items of a body as lines.
func linesOf(body json.RawMessage) (string, error) {
	var list struct{ Items []json.RawMessage }
	if err := json.Unmarshal(body, &list); err != nil {
		return "", err
	}
	lines := ""
	for _, item := range list.Items {
		lines += string(item) + "\n"
	}
	return lines, nil
}

// tryOut makes the request that an operation's own examples ask for.
func tryOut(method, path string, operation *openapi3.Operation, body []byte) *http.Request {
	query := []string{}
	for _, ref := range operation.Parameters {
		for _, text := range texts(ref.Value.Example) {
			if ref.Value.In == openapi3.ParameterInPath {
				path = strings.ReplaceAll(path, "{"+ref.Value.Name+"}", url.PathEscape(text))
			} else {
				query = append(query, ref.Value.Name+"="+url.QueryEscape(text))
			}
		}
	}
	request := httptest.NewRequest(method, path+"?"+strings.Join(query, "&"), bytes.NewReader(body))
	request.Header.Set("Content-Type", "application/json")
	return request
}

// texts gives the example of a parameter as its values; none without one.
func texts(example any) []string {
	items, ok := example.([]any)
	if !ok && example != nil {
		items = []any{example}
	}
	values := []string{}
	for _, item := range items {
		values = append(values, fmt.Sprint(item))
	}
	return values
}

// ask gives the body of the answer to a request, which must be of that status.
func ask(server http.Handler, request *http.Request, status string) (json.RawMessage, error) {
	request.Header.Set("X-Request-Id", exampleID)
	recorder := httptest.NewRecorder()
	server.ServeHTTP(recorder, request)
	if got := strconv.Itoa(recorder.Code); got != status {
		return nil, fmt.Errorf("%s %s answers %s and not %s: %s", request.Method, request.URL, got, status, recorder.Body)
	}
	return bytes.TrimSpace(recorder.Body.Bytes()), nil
}
