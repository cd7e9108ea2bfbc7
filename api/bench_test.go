package api_test

import (
	"log/slog"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"github.com/testedon/testedon/api"
)

// nowhere is a response writer that keeps nothing.
type nowhere struct {
	header http.Header
	size   int
}

func (w *nowhere) Header() http.Header { return w.header }
func (w *nowhere) WriteHeader(int)     {}
func (w *nowhere) Write(p []byte) (int, error) {
	w.size += len(p)
	return len(p), nil
}

// BenchmarkHTTP compares the check endpoint with a fixed body of the same size
// behind the same middleware, without a connection.
func BenchmarkHTTP(b *testing.B) {
	plain := dataset(1)
	plain.Advisories = plain.Advisories[1:] // without the hostile one, which touches the question
	facts := &catalogue{}
	facts.matrix.Store(build(b, plain))
	body := serve(b, api.Options{Catalogue: facts}).get(the).body
	length := []string{strconv.Itoa(len(body))}
	fixed := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		header := w.Header()
		header["Content-Type"] = []string{"application/json"}
		header["Content-Length"] = length
		_, _ = w.Write(body)
	})
	server, err := api.New(api.Options{Catalogue: facts, Logger: slog.New(slog.DiscardHandler), Pages: map[string]http.Handler{"/fixed": fixed}})
	if err != nil {
		b.Fatal(err)
	}
	for _, run := range [][2]string{{"fixed", "/fixed"}, {"check", the}, {"unresolved", "/v1/check?product=mi&release=4.4.0&os=Fubar+3"},
		{"page", mainPage}, {"page of a no", "/?product=mi&release=4.4.0&os=RHEL+9&dbms=Postgres+16"}, {"matrix", "/products/mi"}, {"badge", "/badge/mi/4.4.0.svg?os=RHEL+9"}, {"fragment", "/embed/check.html" + mainPage[1:]}} {
		b.Run(run[0], func(b *testing.B) {
			request, err := http.NewRequest(http.MethodGet, run[1], nil)
			if err != nil {
				b.Fatal(err)
			}
			request.RemoteAddr = "192.0.2.1:1234"
			b.ReportAllocs()
			for b.Loop() {
				w := &nowhere{header: http.Header{}}
				server.Handler().ServeHTTP(w, request)
				if w.size == 0 {
					b.Fatal("no answer")
				}
			}
		})
	}
}

// BenchmarkChecks asks a running server a thousand questions: one by one over one
// connection, and at once. An operation is the thousand.
func BenchmarkChecks(b *testing.B) {
	const many = 1000
	c := newServer(b).beyond()
	body := strings.Repeat(items[0]+"\n", many)
	b.Run("one by one", func(b *testing.B) {
		for b.Loop() {
			for range many {
				if got := c.post("/v1/check", items[0]); got.status != http.StatusOK {
					b.Fatal(got.status)
				}
			}
		}
	})
	for _, accept := range []string{"application/json", "application/x-ndjson"} {
		b.Run(accept, func(b *testing.B) {
			for b.Loop() {
				got := c.do(http.MethodPost, "/v1/checks", body, "Content-Type", "application/x-ndjson", "Accept", accept)
				if got.status != http.StatusOK || len(got.body) < many {
					b.Fatal(got.status)
				}
			}
		})
	}
}
