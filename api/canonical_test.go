package api_test

import (
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/testedon/testedon/api"
)

// pathSpellings of a path are led to it.
var pathSpellings = map[string]func(path string) string{
	"slash at the end":   func(path string) string { return path + "/" },
	"slash before":       func(path string) string { return "/" + path },
	"slashes within":     func(path string) string { return strings.ReplaceAll(path, "/", "//") },
	"capitals":           func(path string) string { return capitals(path) },
	"capitals and slash": func(path string) string { return capitals(path) + "/" },
}

// capitals writes the fixed parts of a path in capitals: those that the tests name are x.
func capitals(path string) string {
	parts := strings.Split(path, "/")
	for i, part := range parts {
		if !strings.HasPrefix(part, "x") {
			parts[i] = strings.ToUpper(part)
		}
	}
	return strings.Join(parts, "/")
}

// TestCanonical: every operation and page is found however its slashes and fixed parts are
// written, with the query as it was sent, and by one step.
func TestCanonical(t *testing.T) {
	server, err := api.New(api.Options{Catalogue: newCatalogue(t), Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	paths := []string{"/products", "/products/x1", "/products/x1/x2", "/technologies/x", "/find", "/changes", "/problems", "/openapi.json", "/llms.txt", "/.well-known/api-catalog"}
	named := regexp.MustCompile(`:\w+(\.\w+)?`)
	for _, o := range server.Operations() {
		paths = append(paths, named.ReplaceAllString(o.Path, "x%20Y%2F.svg"))
	}
	c := newServer(t).beyond()
	for _, path := range paths {
		for name, spelt := range pathSpellings {
			for _, query := range []string{"", "?asOf=2026-01-01&os=RHEL+9&a=%2F%0D"} {
				got := c.get(spelt(path)+query, "Accept", "application/json")
				if got.status != http.StatusPermanentRedirect || got.header.Get("Location") != path+query {
					t.Errorf("%s: %s leads with %d to %q", name, spelt(path)+query, got.status, got.header.Get("Location"))
				}
			}
		}
	}
}

// TestCanonicalKeepsMethods: a question in a body is sent again to where it is answered.
func TestCanonicalKeepsMethods(t *testing.T) {
	c := newServer(t).beyond()
	c.http.CheckRedirect = nil
	request, _ := http.NewRequest(http.MethodPost, c.base+"//V1/check/", strings.NewReader(`{"product":"mi","release":"4.4.0","environment":{"os":"RHEL 9"}}`))
	request.Header.Set("Content-Type", "application/json")
	got, err := c.http.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer got.Body.Close()
	if body, _ := io.ReadAll(got.Body); got.StatusCode != 200 || !strings.Contains(string(body), `"verdict":"tested"`) {
		t.Errorf("status %d: %s", got.StatusCode, body)
	}
}

// TestCanonicalPreflight: a browser may send the request that is led to the right path.
func TestCanonicalPreflight(t *testing.T) {
	c := newServer(t).beyond()
	got := c.do(http.MethodOptions, "/v1/check/", "", "Origin", "https://portal.example.com", "Access-Control-Request-Method", "POST", "Access-Control-Request-Headers", "content-type")
	if got.status != http.StatusNoContent || got.header.Get("Access-Control-Allow-Origin") != "*" || !strings.Contains(got.header.Get("Access-Control-Allow-Methods"), "POST") ||
		!strings.Contains(strings.ToLower(got.header.Get("Access-Control-Allow-Headers")), "content-type") {
		t.Errorf("%d %v", got.status, got.header)
	}
}

// elsewhere are paths that a careless server would lead to another host, or in a circle.
var elsewhere = []string{"//evil.example/", "//evil.example", "///evil.example/%2e%2e", `/\evil.example/`, "/%5Cevil.example/", "/%2Fevil.example/", "//evil.example/v1/check/",
	"/v1/check/..//evil.example/", "/v1/products/../", "/v1//products/%2e%2e/", "/v1//products/./", "/v1/products/%zz/", "/nothing/", "/v1/check/check/", "//@evil.example/",
	"/v1/%0d%0aLocation:x/", "/%09/evil.example/", "/V1%2Fcheck"}

// TestCanonicalStaysHere: a request is led to a path of this server or nowhere, and a path
// that it was led to leads no further.
func TestCanonicalStaysHere(t *testing.T) {
	handler := newHandler(t)
	for _, path := range elsewhere {
		holdsCanonical(t, handler, path)
	}
}

func newHandler(t testing.TB) http.Handler {
	t.Helper()
	server, err := api.New(api.Options{Catalogue: newCatalogue(t), Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	return server.Handler()
}

func holdsCanonical(t *testing.T, handler http.Handler, path string) {
	t.Helper()
	ask := func(path string) (int, string) {
		w := &recorded{header: http.Header{}}
		target, err := url.ParseRequestURI(path)
		if err != nil {
			return 0, "" // which package http refuses
		}
		handler.ServeHTTP(w, &http.Request{Method: http.MethodGet, URL: target, RequestURI: path, Host: "testedon.example", Header: http.Header{}, Body: http.NoBody})
		return w.status, w.header.Get("Location")
	}
	status, location := ask(path)
	if status != http.StatusPermanentRedirect {
		return
	}
	base, _ := url.Parse("http://testedon.example/a/b")
	led, err := base.Parse(location)
	if err != nil || led.Host != "testedon.example" || led.Scheme != "http" || !strings.HasPrefix(location, "/") || strings.HasPrefix(location, "//") || strings.ContainsAny(location, "\\\r\n\t") {
		t.Errorf("%q leads to %q", path, location)
	}
	if led.EscapedPath() != strings.SplitN(location, "?", 2)[0] {
		t.Errorf("%q leads to %q, which clients read as %q", path, location, led.EscapedPath())
	}
	if status, further := ask(location); status == http.StatusPermanentRedirect {
		t.Errorf("%q leads to %q, and that to %q", path, location, further)
	}
}

// recorded is what a handler writes.
type recorded struct {
	header http.Header
	status int
}

func (r *recorded) Header() http.Header { return r.header }
func (r *recorded) WriteHeader(status int) {
	r.status = status
}
func (r *recorded) Write(p []byte) (int, error) { return len(p), nil }

// FuzzCanonical is TestCanonicalStaysHere for any path.
func FuzzCanonical(f *testing.F) {
	for _, path := range elsewhere {
		f.Add(path)
	}
	f.Add("/v1//products/x/?a=b")
	handler := newHandler(f)
	f.Fuzz(func(t *testing.T, path string) {
		if strings.HasPrefix(path, "/") {
			holdsCanonical(t, handler, path)
		}
	})
}
