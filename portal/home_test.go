package portal_test

import (
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/testedon/testedon/api"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/internal/sample"
)

// TestFirstPage: whatever the catalogue holds, the first page has the field, what is known in
// figures, examples with their verdicts, and no more products than can be looked over.
func TestFirstPage(t *testing.T) {
	many := sample.Small()
	for i := range 499 {
		id := fmt.Sprintf("p%03d", i)
		many.Products = append(many.Products, fact.Product{ID: id, Name: "Product " + id, Vendor: "Acme"})
		many.Releases = append(many.Releases, fact.Release{Product: id, Version: "1.0"})
	}
	hostile := sample.Small()
	hostile.Products[0].Name = `<script>alert(1)</script>" autofocus onfocus="x`
	for name, c := range map[string]struct {
		ds   *fact.Dataset
		want []string
	}{
		"none":    {&fact.Dataset{}, []string{"0 products, 0 releases, 0 technologies, 0 sourced statements", "≠Products</h2>", "≠chip"}},
		"one":     {sample.Small(), []string{"1 product, 2 releases, 5 technologies, 13 sourced statements", `<a href="/products/shop">Shop</a>`, "</span> tested</span> <a href=\"/?product=shop", "≠more</a>"}},
		"many":    {many, []string{"500 products, 501 releases", `<a href="/products">476 more</a>`}},
		"hostile": {hostile, []string{"&lt;script&gt;alert(1)", "≠<script>alert", `≠" onfocus="x`}},
	} {
		c.ds.Digest = "sha256:" + strings.Repeat("0", 64)
		server, err := api.New(api.Options{Catalogue: api.Still{M: sample.Build(t, c.ds)}, Logger: slog.New(slog.DiscardHandler)})
		if err != nil {
			t.Fatal(err)
		}
		got := httptest.NewRecorder()
		server.Handler().ServeHTTP(got, httptest.NewRequest(http.MethodGet, "/", nil))
		if page := got.Body.String(); got.Code != http.StatusOK || len(page) > 100<<10 || strings.Count(page, " autofocus>") != 1 {
			t.Errorf("%s: %d, %d bytes", name, got.Code, len(page))
		}
		has(t, got.Body.String(), c.want...)
	}
}

// TestAskSupport: where an answer does not pass, its page leads to the support of the product,
// with the question, and nowhere where it passes.
func TestAskSupport(t *testing.T) {
	ds := sample.Small()
	ds.Digest = "sha256:" + strings.Repeat("0", 64)
	ds.Products[0].Support = "https://support.example.com/new?subject={title}&body={body}"
	server, err := api.New(api.Options{Catalogue: api.Still{M: sample.Build(t, ds)}, Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	for version, want := range map[string]string{"9": `<a href="https://support.example.com/new?subject=Shop%202.0%20with%20Alpha%20Linux%209`, "2.3": "≠support.example.com"} {
		got := httptest.NewRecorder()
		server.Handler().ServeHTTP(got, httptest.NewRequest(http.MethodGet, "/?product=shop&release=2.0&os=Alpha+Linux+"+version, nil))
		has(t, got.Body.String(), want)
	}
}
