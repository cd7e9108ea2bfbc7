package api_test

import (
	"iter"
	"log/slog"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/testedon/testedon/api"
	"github.com/testedon/testedon/seed"
)

// values are what stands for the parameters of a pattern.
var values = strings.NewReplacer(":product/:file", "mi/4.4.0.svg", ":product", "mi", ":release", "4.4.0", ":technology", "rhel",
	":source", "page", ":name", "release.schema.json", ":code", "invalid")

// asking are the queries of routes that answer nothing, or something else, without one.
var asking = map[string][]string{
	"/":                     {"", "?product=mi&release=4.4.0&os=RHEL+9", "?q=is+RHEL+9+tested+for+MI+4.4.0"},
	"/products/:product":    {"", "?kind=dbms"},
	"/compare":              {"", "?product=mi&from=4.3.0&to=4.4.0"},
	"/embed":                {"", "?product=mi&release=4.4.0&os=RHEL+9"},
	"/embed/check":          {"?product=mi&release=4.4.0&os=RHEL+9"},
	"/embed/check.html":     {"?product=mi&release=4.4.0&os=RHEL+9"},
	"/embed/check.md":       {"?product=mi&release=4.4.0&os=RHEL+9"},
	"/badge/:product/:file": {"?os=RHEL+9", "?dbms=Postgres+16", "?oss=RHEL+9", ""},
	"/oembed":               {"?url=http%3A%2F%2Fexample.com%2F%3Fproduct%3Dmi%26release%3D4.4.0%26os%3DRHEL%2B9"},
	"/v1/check":             {"?product=mi&release=4.4.0&os=RHEL+9"},
	"/v1/ask":               {"?q=is+RHEL+9+tested+for+MI+4.4.0"},
	"/v1/find":              {"?os=RHEL+9"},
	"/v1/compare":           {"?product=mi&from=4.3.0&to=4.4.0"},
	"/v1/search":            {"?q=rhel"},
	"/v1/products/:product/releases/:release/test-plan": {"?format=json", "?format=csv"},
	"/v1/products/:product/export":                      {"?format=csv", "?format=xlsx"},
	"/v1/products/:product/releases/:release/export":    {"?format=json", "?format=csv", "?format=markdown", "?format=html", "?format=xlsx"},
}

// TestNotModified asks every route of the router twice, as browsers, caches and programs
// do: the headers of the 304 are those of the 200 but for the length and type of the body
// that it does not have. A browser gives the page that it keeps the headers of the 304.
func TestNotModified(t *testing.T) {
	options := api.Options{Catalogue: newCatalogue(t), Version: "test", Schemas: seed.Schemas(), Logger: slog.New(slog.DiscardHandler)}
	server, err := api.New(options)
	if err != nil {
		t.Fatal(err)
	}
	c := serve(t, options).beyond()
	kept, digest := 0, options.Catalogue.Matrix().Dataset().Digest
	for _, pattern := range server.GETs() {
		queries := asking[pattern]
		if queries == nil {
			queries = []string{""}
		}
		for _, query := range queries {
			for _, accept := range []string{"*/*", "text/html,*/*;q=0.8", "text/plain"} {
				for _, coding := range []string{"", "gzip"} {
					if askTwice(t, c, strings.ReplaceAll(values.Replace(pattern), ":digest", digest)+query, "Accept", accept, "Accept-Encoding", coding, "X-Request-Id", "same") {
						kept++
					}
				}
			}
		}
	}
	if kept < 200 {
		t.Errorf("only %d answers are kept", kept)
	}
}

// askTwice asks for an address again with the tag it came with, and reports whether it
// has one. What has none must not be asked for again, or not be kept.
func askTwice(t *testing.T, c *client, path string, headers ...string) bool {
	t.Helper()
	first := c.get(path, headers...)
	tag := first.header.Get("ETag")
	switch cache := first.header.Get("Cache-Control"); {
	case first.status == http.StatusPermanentRedirect:
		return false
	case first.status != http.StatusOK:
		t.Errorf("%s: %d %s", path, first.status, first.body)
		return false
	case tag == "":
		if cache != "no-store" && !strings.HasSuffix(cache, "immutable") {
			t.Errorf("%s has no tag and may be kept: %q", path, cache)
		}
		return false
	}
	for _, method := range []string{http.MethodGet, http.MethodHead} {
		again := c.do(method, path, "", append(slices.Clone(headers), "If-None-Match", tag)...)
		if again.status != http.StatusNotModified || len(again.body) > 0 {
			t.Errorf("%s %s: %d, %d bytes", method, path, again.status, len(again.body))
		}
		want, got := lasting(first.header), lasting(again.header)
		for name := range names(want, got) {
			if !slices.Equal(want[name], got[name]) {
				t.Errorf("%s %s %q: %s of the 200 is %q, and of the 304 %q", method, path, headers, name, want[name], got[name])
			}
		}
	}
	return true
}

// names gives those of the headers that one of both has.
func names(a, b http.Header) iter.Seq[string] {
	all := maps.Clone(a)
	maps.Copy(all, b)
	return maps.Keys(all)
}

// lasting gives the headers that are the same of a 200 and a 304.
func lasting(header http.Header) http.Header {
	header = header.Clone()
	for _, name := range []string{"Content-Length", "Content-Type", "Content-Encoding", "Date"} {
		header.Del(name)
	}
	return header
}
