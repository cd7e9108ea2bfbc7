package generate

import (
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/testedon/testedon/api"
	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/seed"
)

// provocations are requests, by the status of the problem that answers them.
var provocations = map[int]func() *http.Request{
	http.StatusBadRequest:            get("/v1/check?product=mi&release=4.4.0&jkd=Corretto+21"),
	http.StatusNotFound:              get("/v1/check?product=mi&release=4.4.1&os=RHEL+9"),
	http.StatusRequestTimeout:        post("application/json", tooSlow{}),
	http.StatusRequestEntityTooLarge: post("application/json", strings.NewReader(strings.Repeat(" ", 3<<20))),
	http.StatusUnsupportedMediaType:  post("text/plain", strings.NewReader("RHEL 9")),
	http.StatusNotImplemented:        get("/oembed?format=xml&url=x"),
	http.StatusInternalServerError:   get("/v1/products"), // of the broken catalogue
	http.StatusServiceUnavailable:    get("/v1/products"), // of the empty one
}

// catalogues are what a server must stand on for a status; for the others it
// is that of the examples.
var catalogues = map[int]api.Catalogue{
	http.StatusInternalServerError: broken{},
	http.StatusServiceUnavailable:  api.Still{},
}

// typical are the statuses of which the contract shows a problem. The others are provoked to
// see that they are problems.
var typical = map[int]bool{http.StatusBadRequest: true, http.StatusNotFound: true, http.StatusServiceUnavailable: true}

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

// broken is a catalogue that fails whoever asks.
type broken struct{ api.Still }

func (broken) Matrix() *compat.Matrix { panic("provoked") }

// newServer makes a server over a catalogue, which logs nothing.
func newServer(catalogue api.Catalogue) (*api.Server, error) {
	return api.New(api.Options{
		Catalogue: catalogue, Logger: slog.New(slog.DiscardHandler), Now: exampleDay, Schemas: seed.Schemas(),
	})
}

// addProblems provokes a problem of each status, and gives them for examples to the
// response that all problems are.
func addProblems(doc *openapi3.T, catalogue api.Catalogue) error {
	doc.Components.Examples = openapi3.Examples{}
	shown := openapi3.Examples{}
	for status, request := range provocations {
		under := catalogue
		if own, ok := catalogues[status]; ok {
			under = own
		}
		server, err := newServer(under)
		if err != nil {
			return err
		}
		got, body := ask(server.Handler(), request())
		if got != status {
			return fmt.Errorf("what is to provoke %d is answered %d: %s", status, got, body)
		}
		name := exampleName(status)
		if !typical[status] {
			continue
		}
		doc.Components.Examples[name] = &openapi3.ExampleRef{Value: &openapi3.Example{Value: json.RawMessage(body)}}
		shown[name] = &openapi3.ExampleRef{Ref: "#/components/examples/" + name, Value: doc.Components.Examples[name].Value}
	}
	doc.Components.Responses["Problem"].Value.Content["application/problem+json"].Examples = shown
	return nil
}

// exampleName names the example of a status after its text: BadRequest.
func exampleName(status int) string {
	return strings.ReplaceAll(http.StatusText(status), " ", "")
}
