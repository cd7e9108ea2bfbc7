package api_test

import (
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/testedon/testedon/api"
	"github.com/testedon/testedon/compat/fact"
)

// claimsOf is a catalogue of many claims, a hundred for each release.
func claimsOf(t testing.TB, claims int) *catalogue {
	t.Helper()
	ds := dataset(1)
	ds.Products = append(ds.Products, fact.Product{ID: "synthetic", Name: "Synthetic Product", Vendor: "Nobody"})
	for i := range claims {
		release := fmt.Sprintf("%d.%d", i/10_000, i/100%100)
		if i%100 == 0 {
			ds.Releases = append(ds.Releases, fact.Release{Product: "synthetic", Version: release})
		}
		tech, version := ds.Technologies[i%3], fmt.Sprint(i%100)
		ds.Claims = append(ds.Claims, fact.Claim{
			ID: fmt.Sprintf("synthetic/%s/%s/%s", release, tech.ID, version), Product: "synthetic", Release: release, Technology: tech.ID,
			Label: tech.Name + " " + version, Version: version, Status: fact.StatusTested, Citation: fact.Citation{Source: "page"},
		})
	}
	facts := &catalogue{}
	facts.matrix.Store(build(t, ds))
	return facts
}

// pageOf gives what asks a server for the third page of a list, without a connection.
func pageOf(t testing.TB, facts *catalogue, path string) func() *httptest.ResponseRecorder {
	t.Helper()
	server, err := api.New(api.Options{Catalogue: facts, Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	ask := func(path string) *httptest.ResponseRecorder {
		w := httptest.NewRecorder()
		server.Handler().ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
		if w.Code != http.StatusOK {
			t.Fatalf("%s: %d %s", path, w.Code, w.Body)
		}
		return w
	}
	second := links(t, response{header: ask(path).Header()})["next"]
	third := links(t, response{header: ask(second).Header()})["next"]
	return func() *httptest.ResponseRecorder { return ask(third) }
}

// claimPages are pages of the list of claims.
var claimPages = map[string]string{
	"usual order":   "/v1/claims?limit=100",
	"turned round":  "/v1/claims?limit=100&sort=-id",
	"another order": "/v1/claims?limit=100&sort=-technology",
	"chosen":        "/v1/claims?limit=100&product=synthetic&kind=os&status=tested",
}

// TestPagesCostNoMore counts what a page takes of memory, in a short list and in one that
// is fifty times as long.
func TestPagesCostNoMore(t *testing.T) {
	if testing.Short() {
		t.Skip("SKIPPED: asks for each page many times")
	}
	short, long := claimsOf(t, 1_000), claimsOf(t, 50_000)
	for name, path := range claimPages {
		cost := func(facts *catalogue) float64 {
			page := pageOf(t, facts, path)
			return testing.AllocsPerRun(10, func() { page() })
		}
		if few, many := cost(short), cost(long); many > few*1.2 {
			t.Errorf("%s: %.0f allocations in a short list, and %.0f in a long one", name, few, many)
		}
	}
}

// BenchmarkClaims asks for a page of a hundred out of a thousand claims, and out of a
// million.
func BenchmarkClaims(b *testing.B) {
	for _, claims := range []int{1_000, 1_000_000} {
		facts := claimsOf(b, claims)
		for name, path := range claimPages {
			page := pageOf(b, facts, path)
			b.Run(fmt.Sprintf("%s/claims=%d", name, claims), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					page()
				}
			})
		}
	}
}
