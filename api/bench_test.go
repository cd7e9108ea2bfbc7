package api_test

import (
	"io"
	"log/slog"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/testedon/testedon/api"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/internal/sample"
)

// nowhere is a response writer that keeps nothing.
type nowhere struct {
	header http.Header
	status int
	size   int
}

func (w *nowhere) Header() http.Header  { return w.header }
func (w *nowhere) WriteHeader(code int) { w.status = code }
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

// session is a text of 4 KB that machines print, with four things to find.
var session = strings.Join(printed, "\n") + strings.Repeat("2024-05-02 10:11:12,123 [main] INFO  org.example.Server - accepted a connection from 192.0.2.7:5432\n", 37)

// namesMany is a text of 4 KB that names some 70 systems, of which no two are the same.
func namesMany() string {
	var b strings.Builder
	for i := range 70 {
		b.WriteString([]string{"The database that we asked for: PostgreSQL 17.", "Java as our build has it: Amazon Corretto 21.0.", "The operating system: Red Hat Enterprise Linux 9."}[i%3] + strconv.Itoa(i) + "\n")
	}
	return b.String()
}

// BenchmarkQuick asks for what people wait for, of the embedded catalogue and without a
// connection. Many questions at once are a thousand.
func BenchmarkQuick(b *testing.B) {
	facts := &catalogue{}
	facts.matrix.Store(sample.Catalogue(b))
	const page = "/?product=mi&release=4.4.0&os=RHEL+9&jdk=Corretto+21&dbms=Postgres+17.2"
	one := items[0]
	for _, run := range []struct{ name, path, body string }{
		{"ask", inWords("is RHEL 9 + Corretto 21 + Postgres 17.2 tested for MI 4.4.0"), ""},
		{"ask which", inWords("which releases run on RHEL 9 with Postgres 17"), ""},
		{"ask close", inWords("Postgers 17.2 with Oracle 21 on windows for micro integrater 4.4"), ""},
		{"detect", "/v1/detect", textsBody(b, []string{session}, "")},
		{"detect names", "/v1/detect", textsBody(b, []string{namesMany()}, "")},
		{"check", the, ""},
		{"one", "/v1/check", one},
		{"many", "/v1/checks", `{"items":[` + strings.Repeat(one+",", 999) + one + `]}`},
		{"page", page, ""},
		{"page of a no", strings.Replace(page, "17.2", "15", 1), ""},
		{"page in words", "/?q=is+RHEL+9+%2B+Corretto+21+%2B+Postgres+17.2+tested+for+MI+4.4.0", ""},
		{"badge", "/badge/mi/4.4.0.svg" + strings.Replace(page[1:], "product=mi&release=4.4.0&", "", 1), ""},
		{"find", "/v1/find?os=RHEL+9&jdk=Corretto+21&dbms=Postgres+17.2", ""},
	} {
		b.Run(run.name, func(b *testing.B) { serveAgain(b, facts, run.path, run.body) })
	}
}

// serveAgain puts the same request, with a body where there is one, without a connection. A
// parameter that changes nothing keeps answers from being sent again as they were kept.
func serveAgain(b *testing.B, facts *catalogue, path, body string) {
	server, err := api.New(api.Options{Catalogue: facts, Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		b.Fatal(err)
	}
	request, err := http.NewRequest(http.MethodGet, path, nil)
	if err != nil {
		b.Fatal(err)
	}
	if body != "" {
		request.Method = http.MethodPost
		request.Header.Set("Content-Type", "application/json")
		request.ContentLength = int64(len(body))
	}
	request.Header["If-None-Match"] = []string{`"another"`} // nothing is sent again as it was kept
	request.RemoteAddr = "192.0.2.1:1234"
	b.ReportAllocs()
	for b.Loop() {
		w := &nowhere{header: http.Header{}}
		if body != "" {
			request.Body = io.NopCloser(strings.NewReader(body))
		}
		server.Handler().ServeHTTP(w, request)
		if w.size == 0 || w.status >= http.StatusBadRequest {
			b.Fatal("no answer", w.status)
		}
	}
}

// BenchmarkFind holds an environment against 10,000 releases: copies of those of the embedded
// catalogue.
func BenchmarkFind(b *testing.B) {
	const many = 10_000
	ds := *sample.Catalogue(b).Dataset()
	releases, claims := slices.Clone(ds.Releases), slices.Clone(ds.Claims)
	products := map[string]fact.Product{}
	for _, p := range ds.Products {
		products[p.ID] = p
	}
	for copies := 1; len(ds.Releases) < many; copies++ {
		product := func(id string) string { return id + "-" + strconv.Itoa(copies) }
		for id := range products {
			ds.Products = append(ds.Products, fact.Product{ID: product(id), Name: product(id), Vendor: "Nobody", Platform: products[id].Platform})
		}
		for _, r := range releases[:min(len(releases), many-len(ds.Releases))] {
			ds.Releases = append(ds.Releases, fact.Release{Product: product(r.Product), Version: r.Version})
			for _, c := range claims {
				if c.Product == r.Product && c.Release == r.Version {
					c.ID, c.Product = strconv.Itoa(copies)+"/"+c.ID, product(c.Product)
					ds.Claims = append(ds.Claims, c)
				}
			}
		}
	}
	facts := &catalogue{}
	facts.matrix.Store(build(b, &ds))
	serveAgain(b, facts, "/v1/find?os=RHEL+9&jdk=Corretto+21&dbms=Postgres+17.2", "")
}
