package main

import (
	"io"
	"io/fs"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/testedon/testedon/api"
	"github.com/testedon/testedon/compat"
)

// provocations are requests, by the status of the problem that answers them.
var provocations = map[int]func() *http.Request{
	http.StatusBadRequest:            get("/v1/check?product=mi&release=4.4.0&jkd=Corretto+21"),
	http.StatusNotFound:              get("/v1/check?product=mi&release=4.4.1&os=RHEL+9"),
	http.StatusRequestTimeout:        post("application/json", tooSlow{}),
	http.StatusRequestEntityTooLarge: post("application/json", strings.NewReader(strings.Repeat(" ", 1<<20))),
	http.StatusUnsupportedMediaType:  post("text/plain", strings.NewReader("RHEL 9")),
	http.StatusNotImplemented:        get("/oembed?format=xml&url=x"),
	http.StatusInternalServerError:   get("/v1/products"), // of the broken catalogue
	http.StatusServiceUnavailable:    get("/v1/products"), // of the empty one
}

// catalogues are what a server must stand on for a status; for the others it
// is that of the examples.
var catalogues = map[int]api.Catalogue{
	http.StatusInternalServerError: broken{},
	http.StatusServiceUnavailable:  fixed{},
}

func get(target string) func() *http.Request {
	return func() *http.Request { return httptest.NewRequest(http.MethodGet, target, nil) }
}

func post(kind string, body io.Reader) func() *http.Request {
	return func() *http.Request {
		request := httptest.NewRequest(http.MethodPost, "/v1/check", body)
		request.Header.Set("Content-Type", kind)
		return request
	}
}

// tooSlow is a body that does not arrive in time.
type tooSlow struct{}

func (tooSlow) Read([]byte) (int, error) { return 0, os.ErrDeadlineExceeded }

// fixed is a catalogue that stays as it is; empty when it has no matrix.
type fixed struct{ matrix *compat.Matrix }

func (f fixed) Matrix() *compat.Matrix { return f.matrix }
func (f fixed) Ready() error           { return nil }
func (f fixed) SetAside() string       { return "" }

// broken is a catalogue that fails whoever asks.
type broken struct{}

func (broken) Matrix() *compat.Matrix { panic("provoked") }
func (broken) Ready() error           { return fs.ErrInvalid }
func (broken) SetAside() string       { return "" }

// exampleDay is the day of all examples, so that they are the same whenever they are
// made.
func exampleDay() time.Time { return time.Date(2026, time.August, 22, 0, 0, 0, 0, time.UTC) }

// newServer makes a server over a catalogue, which logs nothing.
func newServer(catalogue api.Catalogue) (http.Handler, error) {
	server, err := api.New(api.Options{Catalogue: catalogue, Logger: slog.New(slog.DiscardHandler), Now: exampleDay})
	if err != nil {
		return nil, err
	}
	return server.Handler(), nil
}

// problemExamples provokes a problem of each status. The names are those of
// [exampleName].
func problemExamples(catalogue api.Catalogue) (openapi3.Examples, error) {
	examples := openapi3.Examples{}
	for status, request := range provocations {
		under := catalogue
		if own, ok := catalogues[status]; ok {
			under = own
		}
		server, err := newServer(under)
		if err != nil {
			return nil, err
		}
		code := strconv.Itoa(status)
		body, err := ask(server, request(), code)
		if err != nil {
			return nil, err
		}
		examples[exampleName(code)] = &openapi3.ExampleRef{Value: &openapi3.Example{Value: body}}
	}
	return examples, nil
}

// exampleName names the example of a status after its text: BadRequest.
func exampleName(status string) string {
	code, _ := strconv.Atoi(status)
	return strings.ReplaceAll(http.StatusText(code), " ", "")
}
