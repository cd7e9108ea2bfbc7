package api_test

import (
	"slices"
	"testing"

	"github.com/testedon/testedon/api"
	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/compat/fact"
)

func TestSources(t *testing.T) {
	c := newServer(t)
	all := ok[api.Sources](t, c.get("/v1/sources"))
	if known := ok[api.CatalogueInfo](t, c.get("/v1/catalogue")).Sources; len(all.Items) != 2 || !slices.Equal(all.Items, known) {
		t.Errorf("%+v, and in the catalogue %+v", all.Items, known)
	}
}

// TestSource counts all that rests on a source.
func TestSource(t *testing.T) {
	c := newServer(t)
	page := ok[api.SourceDetail](t, c.get("/v1/sources/page"))
	if page.ID != "page" || page.Title != "Installation Prerequisites" || page.URL == "" || page.Document != "docs" || page.Revision != "1" || page.Authority != "official" {
		t.Errorf("%+v", page)
	}
	if want := (api.States{Claims: 8, Requirements: 11, Ports: 4, Notes: 3, Advisories: 4, Profiles: 1, Policies: 1}); page.States != want {
		t.Errorf("states %+v", page.States)
	}
	about := []api.Subject{{Product: "mi", Release: "4.4.0"}, {Platform: "carbon"}, {Product: "ei", Release: "6.3.0"}, {Product: "ei"}, {Product: "mi"}, {Technology: "postgresql"}}
	if len(page.About) != len(about) {
		t.Errorf("about %+v", page.About)
	}
	for _, subject := range about {
		if !slices.Contains(page.About, subject) {
			t.Errorf("%+v is not in %+v", subject, page.About)
		}
	}
	odd := ok[api.SourceDetail](t, c.get("/v1/sources/hostile"))
	if want := (api.States{Claims: 4, Requirements: 1, Ports: 1, Notes: 1, Advisories: 2, Configurations: 1, Successors: 1}); odd.States != want || odd.Title != hostile {
		t.Errorf("%+v", odd)
	}
}

// TestSourceOfNothing: a document may be known before a fact is taken from it.
// Its title and id both come close to a misspelt one, and it is offered once.
func TestSourceOfNothing(t *testing.T) {
	facts := &catalogue{}
	ds := dataset(1)
	ds.Sources = append(ds.Sources, fact.Source{ID: "unread", Title: "Unread", Authority: fact.Site})
	facts.matrix.Store(build(t, ds))
	c := serve(t, api.Options{Catalogue: facts})
	if p := into[wire.Problem](t, c.get("/v1/sources/unreads")); !slices.Equal(p.Candidates, []string{"unread"}) {
		t.Errorf("candidates %q", p.Candidates)
	}
	got := ok[api.SourceDetail](t, c.get("/v1/sources/unread"))
	if got.About == nil || len(got.About) != 0 || got.States != (api.States{}) {
		t.Errorf("%+v", got)
	}
}
