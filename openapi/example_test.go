package openapi_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/testedon/testedon/api"
	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/internal/sample"
	"github.com/testedon/testedon/openapi"
	"github.com/testedon/testedon/seed"
)

// exampleServer serves a catalogue folder as a server does that has just made its
// record, on a day.
func exampleServer(t *testing.T, files fs.FS, day time.Time) http.Handler {
	t.Helper()
	dataset, err := seed.Load(files)
	if err != nil {
		t.Fatal(err)
	}
	dataset.Revision = 1
	matrix, err := compat.Build(dataset)
	if err != nil {
		t.Fatal(err)
	}
	server, err := api.New(api.Options{Catalogue: api.Still{M: matrix}, Logger: slog.New(slog.DiscardHandler), Schemas: seed.Schemas(),
		Now: func() time.Time { return day }})
	if err != nil {
		t.Fatal(err)
	}
	return server.Handler()
}

// exampled is a contract with what the test needs of it.
type exampled struct {
	Examples struct{ Catalogue, Day string } `json:"x-examples"`
	Paths    map[string]map[string]struct {
		OperationID string
		Parameters  []parameter
		RequestBody *struct{ Content map[string]media }
		Responses   map[string]struct{ Content map[string]media }
	}
	Components struct{ Parameters map[string]parameter }
	partly     bool // not every operation has examples
}

type parameter struct {
	Name, In string
	Required bool
	Example  any
	Kind     string `json:"x-kind"`
	Ref      string `json:"$ref"`
}

// at is the parameter that one refers to, or is.
func (e *exampled) at(p parameter) parameter {
	if p.Ref != "" {
		return e.Components.Parameters[p.Ref[strings.LastIndex(p.Ref, "/")+1:]]
	}
	return p
}

type media struct{ Example json.RawMessage }

// day is that on which the examples are answered.
func (e *exampled) day(t *testing.T) time.Time {
	t.Helper()
	day, err := time.Parse(time.DateOnly, e.Examples.Day)
	if err != nil {
		t.Fatal(err)
	}
	return day
}

// hold asks every operation by its own documented example, which is to be answered with
// 200, and holds the answer against the documented one. It gives how many it held.
func (e *exampled) hold(t *testing.T, server http.Handler) (held int) {
	t.Helper()
	for path, item := range e.Paths {
		for method, operation := range item {
			target, query := path, []string{}
			complete := true
			for _, p := range operation.Parameters {
				p := e.at(p)
				complete = complete && (!p.Required || p.Example != nil)
				for _, value := range values(p.Example) {
					switch p.In {
					case "path":
						target = strings.ReplaceAll(target, "{"+p.Name+"}", url.PathEscape(value))
					case "query":
						query = append(query, p.Name+"="+url.QueryEscape(value))
					}
				}
			}
			sent, body := "application/json", []byte{}
			if operation.RequestBody != nil {
				for kind, documented := range operation.RequestBody.Content {
					if sent, body = kind, documented.Example; kind != "application/json" {
						var text string
						_ = json.Unmarshal(body, &text) // one that is no text is no body, either
						body = []byte(text)
					}
				}
				complete = complete && len(body) > 0
			}
			if !complete && e.partly {
				continue
			}
			for kind, documented := range operation.Responses["200"].Content {
				request := httptest.NewRequest(strings.ToUpper(method), "http://localhost:8080"+target+"?"+strings.Join(query, "&"), bytes.NewReader(body))
				request.Header.Set("Accept", kind)
				request.Header.Set("Content-Type", sent)
				request.Header.Set("X-Request-Id", "0f8b1c6e52d94a7f9c3e1d20b7a64581") // which problems repeat
				got := httptest.NewRecorder()
				server.ServeHTTP(got, request)
				media, _, _ := strings.Cut(got.Header().Get("Content-Type"), ";")
				if documented.Example == nil && !e.partly && got.Code != 200 {
					t.Errorf("%s %s (%s) answers %d", method, target, kind, got.Code)
				}
				if documented.Example == nil {
					continue
				}
				held++
				if got.Code != 200 || media != kind {
					t.Errorf("%s %s (%s) answers %d, %s", method, target, kind, got.Code, media)
				} else if difference := differ(kind, documented.Example, got.Body.Bytes()); difference != "" {
					t.Errorf("%s %s (%s): %s", method, target, kind, difference)
				}
			}
		}
	}
	return held
}

// values gives the example of a parameter as texts.
func values(example any) (all []string) {
	if example == nil {
		return nil
	}
	list, ok := example.([]any)
	if !ok {
		list = []any{example}
	}
	for _, item := range list {
		all = append(all, fmt.Sprint(item))
	}
	return all
}

// differ tells where a documented answer differs from the real one; empty where it does
// not. Of a list in a JSON answer one item is documented at least.
func differ(kind string, documented, real []byte) string {
	var shown, value any
	if err := json.Unmarshal(documented, &shown); err != nil {
		return err.Error()
	}
	if kind != "application/json" {
		value = string(real)
	} else if err := json.Unmarshal(real, &value); err != nil {
		return err.Error()
	}
	return differAt("$", shown, value)
}

func differAt(place string, documented, real any) string {
	switch real := real.(type) {
	case []any:
		shown, ok := documented.([]any)
		if !ok || len(shown) > min(len(real), openapi.MaxItems) || len(shown) == 0 && len(real) > 0 {
			return fmt.Sprintf("%s: documented %v, is %v", place, documented, real)
		}
		for i := range shown {
			if found := differAt(fmt.Sprintf("%s[%d]", place, i), shown[i], real[i]); found != "" {
				return found
			}
		}
		return ""
	case map[string]any:
		shown, ok := documented.(map[string]any)
		if names := slices.Sorted(maps.Keys(real)); !ok || !slices.Equal(names, slices.Sorted(maps.Keys(shown))) {
			return fmt.Sprintf("%s: documented %v, has %v", place, documented, names)
		}
		for name := range real {
			if found := differAt(place+"."+name, shown[name], real[name]); found != "" {
				return found
			}
		}
		return ""
	}
	if !reflect.DeepEqual(documented, real) {
		return fmt.Sprintf("%s: documented %v, is %v", place, documented, real)
	}
	return ""
}

// TestExamples: every example of an answer is what the server answers, over the
// catalogue within the program, to the example of the request.
func TestExamples(t *testing.T) {
	for _, name := range []string{"openapi.json", "openapi-3.0.json"} {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		var doc exampled
		if err := json.Unmarshal(text, &doc); err != nil {
			t.Fatal(err)
		}
		answers := 0
		for path, item := range doc.Paths {
			for method, operation := range item {
				for kind, documented := range operation.Responses["200"].Content {
					answers++
					if documented.Example == nil && !unexampled[path+" "+kind] && !unexampled[method+" "+path+" "+kind] {
						t.Errorf("%s: %s %s has no example of %s", name, method, path, kind)
					}
				}
			}
		}
		if held := doc.hold(t, exampleServer(t, seed.Embedded(), doc.day(t))); held != answers-len(unexampled) {
			t.Errorf("%s: %d answers of %d were held against the server", name, held, answers)
		}
	}
}

// unexampled are the answers that the contract does not show: figures that change each
// time, files to keep, and what is too long.
var unexampled = map[string]bool{
	"/badge/{product}/{release}.svg image/svg+xml":                       true,
	"post /v1/check application/json":                                    true, // it is that of GET
	"/v1/ask application/json":                                           true,
	"/v1/coverage application/json":                                      true,
	"/v1/products/{product}/releases/{release}/export application/yaml":  true,
	"/v1/products/{product}/releases/{release}/export application/json5": true,
	"/embed/check.html text/html":                                        true,
	"/embed/check.md text/markdown":                                      true,
	"/metrics text/plain":                                                true,
	"/v1/checks.ndjson application/x-ndjson":                             true,
	"/v1/compare application/json":                                       true,
	"/v1/export application/json":                                        true,
	"/v1/products/{product}/export application/vnd.openxmlformats-officedocument.spreadsheetml.sheet":                    true,
	"/v1/products/{product}/export text/csv":                                                                             true,
	"/v1/products/{product}/releases/{release}/export application/json":                                                  true,
	"/v1/products/{product}/releases/{release}/export application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": true,
	"/v1/products/{product}/releases/{release}/export text/csv":                                                          true,
	"/v1/products/{product}/releases/{release}/export text/html":                                                         true,
	"/v1/products/{product}/releases/{release}/export text/markdown":                                                     true,
	"/v1/schema/{name} application/schema+json":                                                                          true,
	"/v1/snapshot application/gzip":                                                                                      true,
	"/v1/snapshots/{digest} application/gzip":                                                                            true,
}

// foreign are words of the catalogue within the program, which no other one is to show.
var foreign = regexp.MustCompile(`(?i)\bwso2\b|\bmi\b|micro integrator|\b4\.4\.0\b|corretto|rhel 9 \+`)

// TestOtherCatalogue: a server with another catalogue publishes the kinds and examples of
// that one, in a contract that holds.
func TestOtherCatalogue(t *testing.T) {
	day := time.Date(2026, time.March, 4, 0, 0, 0, 0, time.UTC)
	server := exampleServer(t, os.DirFS("../cli/testdata/acme"), day)
	for _, path := range []string{"/openapi.json", "/openapi-3.0.json", "/openapi.yaml"} {
		t.Run(path, func(t *testing.T) {
			text := fetch(t, server, path)
			if found := foreign.FindAllString(string(text), -1); found != nil {
				t.Errorf("it says %q", found)
			}
			doc, err := openapi3.NewLoader().LoadFromData(text)
			if err != nil {
				t.Fatal(err)
			}
			if err := doc.Validate(t.Context(), openapi3.EnableExamplesValidation(), openapi3.EnableSchemaFormatValidation()); err != nil {
				t.Errorf("it does not hold: %v", err)
			}
			var shown exampled
			if err := json.Unmarshal(text, &shown); err != nil {
				t.Fatal(err)
			}
			if !shown.day(t).Equal(day) {
				t.Errorf("the examples are of %s", shown.Examples.Day)
			}
			shown.partly = true
			if held := shown.hold(t, server); held < 30 {
				t.Errorf("only %d answers are shown", held)
			}
			for path, item := range shown.Paths {
				for _, operation := range item {
					var kinds []string
					for _, p := range operation.Parameters {
						if p := shown.at(p); p.Kind != "" {
							kinds = append(kinds, p.Name)
						}
					}
					if kinds != nil && !slices.Equal(kinds, []string{"engine", "os"}) {
						t.Errorf("%s asks for the kinds %v", path, kinds)
					}
				}
			}
		})
	}
	if again := fetch(t, server, "/openapi.json"); !bytes.Equal(again, fetch(t, server, "/openapi.json")) {
		t.Error("the contract changes from one request to the next")
	}
}

// TestOtherPages: neither a page nor a problem of a server with another catalogue names
// what is in the one within the program.
func TestOtherPages(t *testing.T) {
	server := exampleServer(t, os.DirFS("../cli/testdata/acme"), time.Date(2026, time.March, 4, 0, 0, 0, 0, time.UTC))
	for _, path := range []string{
		"/", "/?q=zzz", "/?product=rocket", "/?product=rocket&release=2.0", "/?product=rocket&release=2.0&engine=Merlin+1.5",
		"/products", "/products/rocket", "/products/rocket/2.0", "/products/zzz", "/technologies", "/technologies/merlin", "/compare",
		"/embed", "/embed?product=rocket&release=2.0&engine=Merlin", "/embed/check", "/embed/testedon.js", "/docs", "/nowhere",
		"/v1/ask", "/v1/ask?q=", "/v1/check", "/v1/check?product=rocket&release=2.0", "/v1/check?jdk=1", "/v1/find", "/v1/compare",
		"/v1/claims?release=1", "/v1/products/zzz", "/v1/technologies/zzz", "/v1/search?q=zzz", "/oembed?url=zzz", "/badge/zzz/1.svg",
	} {
		request := httptest.NewRequest("GET", path, nil)
		if !strings.HasPrefix(path, "/v1") {
			request.Header.Set("Accept", "text/html")
		}
		got := httptest.NewRecorder()
		server.ServeHTTP(got, request)
		if found := foreign.FindAllString(got.Body.String(), -1); found != nil || got.Body.Len() == 0 {
			t.Errorf("%s says %q", path, found)
		}
	}
	for _, path := range []string{"/v1/check", "/v1/checks", "/v1/detect"} {
		request := httptest.NewRequest("POST", path, strings.NewReader("{"))
		request.Header.Set("Content-Type", "application/json")
		got := httptest.NewRecorder()
		server.ServeHTTP(got, request)
		if found := foreign.FindAllString(got.Body.String(), -1); found != nil || got.Code != 400 {
			t.Errorf("%s says %d, %q", path, got.Code, found)
		}
	}
}

// TestOwnCatalogue: with the catalogue within the program, the files are served as they
// were generated.
func TestOwnCatalogue(t *testing.T) {
	server := exampleServer(t, seed.Embedded(), time.Date(2027, time.March, 4, 0, 0, 0, 0, time.UTC))
	for _, name := range []string{"openapi.json", "openapi.yaml", "openapi-3.0.json"} {
		generated, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(fetch(t, server, "/"+name), generated) {
			t.Errorf("%s is served as another text", name)
		}
	}
}

// TestKinds: every kind of the catalogue is a parameter of a question.
func TestKinds(t *testing.T) {
	dataset := sample.Catalogue(t).Dataset()
	var doc exampled
	if err := json.Unmarshal(openapi.Document(), &doc); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"/v1/check", "/v1/find", "/v1/compare"} {
		shown := map[string]string{}
		for _, p := range doc.Paths[path]["get"].Parameters {
			p := doc.at(p)
			shown[p.Kind] = p.Name
		}
		for _, k := range dataset.Kinds {
			if name := shown[k.ID]; name != k.ID && !slices.Contains(k.Aliases, name) {
				t.Errorf("%s has no parameter for the kind %s", path, k.ID)
			}
		}
	}
}

// fetch gives the body of an answer, which must be one.
func fetch(t *testing.T, server http.Handler, path string) []byte {
	t.Helper()
	got := httptest.NewRecorder()
	server.ServeHTTP(got, httptest.NewRequest("GET", path, nil))
	body, err := io.ReadAll(got.Body)
	if err != nil || got.Code != 200 {
		t.Fatalf("%s: %d %v", path, got.Code, err)
	}
	return body
}

// TestCut: lists end early, and what is no JSON comes back whole.
func TestCut(t *testing.T) {
	for text, want := range map[string]string{
		`{"b": [1, 2, 3, 4.50], "a": {"c": [[], {}, null, true]}}`: `{"b":[1,2,3],"a":{"c":[[],{},null]}}`,
		`{"b": [1, 2, 3, 4`: `{"b": [1, 2, 3, 4`,
		`{"b" 1}`:           `{"b" 1}`,
		``:                  ``,
	} {
		if got := string(openapi.Cut([]byte(text), 1000)); got != want {
			t.Errorf("%s becomes %s", text, got)
		}
	}
	for longest, want := range map[int]string{9: `[[1,2,3]]`, 8: `[[1,2]]`, 7: `[[1,2]]`, 6: `[[1]]`, 0: `[[1]]`} {
		if got := string(openapi.Cut([]byte(`[[1,2,3,4]]`), longest)); got != want {
			t.Errorf("in %d bytes: %s", longest, got)
		}
	}
}
