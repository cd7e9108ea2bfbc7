package api_test

import (
	"errors"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/testedon/testedon/api"
	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/compat/fact"
)

func TestProducts(t *testing.T) {
	c := newServer(t)
	listed := c.get("/v1/products")
	if link := listed.header.Get("Link"); !strings.Contains(link, `</openapi.json>; rel="service-desc"`) {
		t.Errorf("Link %q", link)
	}
	all := ok[api.Products](t, listed)
	if len(all.Items) != 3 || all.Items[0].ID != "ei" || all.Items[0].Vendor != "WSO2" || all.Items[0].Platform != "carbon" || all.Items[1].Platform != "" {
		t.Errorf("products %+v", all)
	}
	for _, path := range []string{"mi", "MI", "Micro%20Integrator", "wso2mi", "WSO2%20Micro%20Integrator", "%6di"} {
		got := ok[api.Product](t, c.get("/v1/products/"+path))
		if got.ID != "mi" || !slices.Equal(got.Releases, []string{"4.4.0", "4.3.0"}) {
			t.Errorf("%s: %+v", path, got)
		}
	}
	if odd := ok[api.Product](t, c.get("/v1/products/odd")); odd.Name != "Odd "+hostile || odd.Aliases == nil {
		t.Errorf("odd is %+v", odd)
	}
}

func TestReleases(t *testing.T) {
	c := newServer(t)
	all := ok[api.Releases](t, c.get("/v1/products/wso2mi/releases"))
	if len(all.Items) != 2 || all.Items[0].Version != "4.4.0" || all.Items[0].Product != "mi" || all.Items[1].Aliases == nil {
		t.Errorf("releases %+v", all)
	}
	for _, path := range []string{"mi/releases/4.4.0", "Micro%20Integrator/releases/4.4"} {
		got := ok[api.ReleaseMatrix](t, c.get("/v1/products/"+path))
		if got.Product != "mi" || got.Version != "4.4.0" || got.Catalogue.Revision != 1 {
			t.Errorf("%s: %+v", path, got)
		}
		kinds, labels := []string{}, []string{}
		for _, k := range got.Kinds {
			kinds = append(kinds, k.Kind)
			for _, l := range k.Listed {
				labels = append(labels, l.Label)
			}
		}
		if !slices.Equal(kinds, []string{"os", "jdk", "dbms", "arch"}) || len(labels) != 6 || !slices.Contains(labels, "PostgreSQL 17.2") {
			t.Errorf("kinds %v, labels %v", kinds, labels)
		}
		if len(got.Advisories) != 2 || len(got.Deployments) != 2 || got.Platform != "" || got.Profiles == nil {
			t.Errorf("%+v", got)
		}
	}
	odd := ok[api.ReleaseMatrix](t, c.get("/v1/products/odd/releases/1%20%26%202"))
	if len(odd.Configurations) != 1 || odd.Configurations[0].Note != hostile || len(odd.Advisories) != 1 || odd.Platform != "odd" {
		t.Errorf("odd is %+v", odd)
	}
	ei := ok[api.ReleaseMatrix](t, c.get("/v1/products/ei/releases/6.3.0"))
	listed := ei.Kinds[0].Listed[0]
	if listed.Label != "RedHat Enterprise Linux" || listed.When != "latest releases" || listed.Inherited != "carbon" || ei.Platform != "carbon" {
		t.Errorf("inherited is %+v", listed)
	}
	if len(ei.Deployments) != 3 || ei.Deployments[0].ID != "container" || len(ei.Profiles) != 1 || ei.Profiles[0].Offset != 10 || ei.Profiles[0].Source.ID != "page" {
		t.Errorf("deployments %+v, profiles %+v", ei.Deployments, ei.Profiles)
	}
	empty := ok[api.ReleaseMatrix](t, c.get("/v1/products/mi/releases/4.3.0"))
	if empty.Kinds == nil || len(empty.Kinds) != 0 || empty.Configurations == nil {
		t.Errorf("nothing is %+v", empty)
	}
}

func TestTechnologies(t *testing.T) {
	c := newServer(t)
	for query, want := range map[string][]string{
		"":                        {"adoptopenjdk", "almalinux", "arm64", "corretto", "odd-db", "postgresql", "rhel", "temurin"},
		"?kind=os":                {"almalinux", "rhel"},
		"?kind=database":          {"odd-db", "postgresql"},
		"?search=red+hat":         {"rhel"},
		"?search=RHEL":            {"rhel"},
		"?kind=jdk&search=linux":  {},
		"?search=nothing+like+it": {},
	} {
		got := ok[api.Technologies](t, c.get("/v1/technologies"+query))
		ids := []string{}
		for _, item := range got.Items {
			ids = append(ids, item.ID)
		}
		if got.Items == nil || !slices.Equal(ids, want) {
			t.Errorf("%s: %v", query, ids)
		}
	}
	for _, name := range []string{"rhel", "RHEL", "Red%20Hat%20Enterprise%20Linux"} {
		got := ok[api.Technology](t, c.get("/v1/technologies/"+name))
		if got.ID != "rhel" || len(got.Cycles) != 2 || got.Successors == nil || got.Policies == nil {
			t.Errorf("%s: %+v", name, got)
		}
	}
	adopt := ok[api.Technology](t, c.get("/v1/technologies/adoptopenjdk"))
	if len(adopt.Successors) != 1 || adopt.Successors[0].Source.Title != hostile {
		t.Errorf("successors %+v", adopt.Successors)
	}
	if pg := ok[api.Technology](t, c.get("/v1/technologies/postgres")); len(pg.Policies) != 1 || pg.Policies[0].Source.ID != "page" {
		t.Errorf("policies %+v", pg.Policies)
	}
}

func TestCatalogue(t *testing.T) {
	got := ok[api.CatalogueInfo](t, newServer(t).get("/v1/catalogue"))
	if got.Revision != 1 || got.Digest == "" {
		t.Errorf("catalogue %+v", got)
	}
	want := api.Counts{Platforms: 2, Products: 3, Releases: 4, Technologies: 8, Claims: 12, Requirements: 12, Ports: 5, Notes: 4, Advisories: 6, Lifecycles: 8, Configurations: 1, Sources: 2}
	if got.Counts != want {
		t.Errorf("counts %+v", got.Counts)
	}
	carbon := got.Platforms[0]
	if len(got.Platforms) != 2 || carbon.ID != "carbon" || !slices.Equal(carbon.Products, []string{"ei"}) || len(carbon.Deployments) != 2 || carbon.Deployments[0].Aliases == nil {
		t.Errorf("platforms %+v", got.Platforms)
	}
	if len(got.Sources) != 2 || got.Sources[1].URL == "" || got.Sources[0].Document != hostile {
		t.Errorf("sources %+v", got.Sources)
	}
	if len(got.Kinds) != 5 || got.Kinds[0].ID != "os" || !slices.Contains(got.Kinds[2].Aliases, "db") {
		t.Errorf("kinds %+v", got.Kinds)
	}
}

func TestHealth(t *testing.T) {
	facts := newCatalogue(t)
	c := serve(t, api.Options{Catalogue: facts})
	for _, path := range []string{"/livez", "/readyz"} {
		got := c.get(path)
		if ok[api.Health](t, got).Status != "ok" || got.header.Get("Cache-Control") != "no-store" {
			t.Errorf("%s: %s %v", path, got.body, got.header)
		}
	}
	const aside = "testedon.db.damaged-20260822T101500Z"
	facts.state.Store(api.State{SetAside: aside})
	if got := ok[api.Health](t, c.get("/readyz")); got.Status != "ok" || got.SetAside != aside {
		t.Errorf("a record made anew reads %+v", got)
	}
	if metrics := string(c.beyond().get("/metrics").body); !strings.Contains(metrics, "\ntestedon_record_set_aside_total 1\n") {
		t.Errorf("the metrics do not tell of a record made anew: %s", metrics)
	}
	facts.state.Store(api.State{SetAside: aside, Stale: &fact.Error{Message: "revision 7 could not be loaded", Cause: errors.New("open /secret/path: permission denied")}})
	told := c.get("/readyz")
	if got := ok[api.Health](t, told); got.Status != "ok" || got.Stale != "Revision 7 could not be loaded" {
		t.Errorf("older facts read %+v", got)
	}
	if strings.Contains(string(told.body), "secret") {
		t.Errorf("the cause is shown: %s", told.body)
	}
	if metrics := string(c.beyond().get("/metrics").body); !strings.Contains(metrics, "\ntestedon_catalogue_stale 1\n") {
		t.Errorf("the metrics do not tell of older facts: %s", metrics)
	}
	if c.get("/livez").status != 200 || c.get(the).status != 200 {
		t.Error("the facts before are not served")
	}
}

func TestNoCatalogueYet(t *testing.T) {
	facts := newCatalogue(t)
	facts.matrix.Store(nil)
	c := serve(t, api.Options{Catalogue: facts})
	for _, path := range []string{the, "/v1/products", "/v1/catalogue", "/readyz"} {
		got := c.get(path)
		unready := bad{status: 503, code: "unavailable", hint: "/readyz"}
		unready.verify(t, got)
		if got.header.Get("Retry-After") == "" {
			t.Errorf("%s: no Retry-After", path)
		}
	}
	if c.get("/livez").status != 200 || c.beyond().get("/metrics").status != 200 {
		t.Error("the process does not answer")
	}
}

func TestProblemPages(t *testing.T) {
	c := newServer(t)
	for _, path := range []string{"/v1/check", "/v1/products/x", "/nothing"} {
		p := into[wire.Problem](t, c.get(path))
		about := ok[wire.ProblemKind](t, c.get(strings.TrimPrefix(p.Type, c.base)))
		if about.Title != p.Title || about.Status != p.Status || about.Code != p.Code || about.About == "" {
			t.Errorf("%s: %+v is not about %+v", path, about, p)
		}
	}
}

// TestHead compares every route with GET.
func TestHead(t *testing.T) {
	c := newServer(t).beyond()
	for _, path := range append(slices.Clone(tagged), "/livez", "/readyz", "/metrics", "/", "/docs", "/openapi.json", "/v1/check", "/nothing") {
		get, head := c.get(path), c.do(http.MethodHead, path, "")
		if head.status != get.status || len(head.body) != 0 {
			t.Errorf("%s: status %d, not %d; %d bytes", path, head.status, get.status, len(head.body))
		}
		for _, name := range []string{"Content-Type", "ETag", "Cache-Control"} {
			if head.header.Get(name) != get.header.Get(name) {
				t.Errorf("%s: %s is %q, not %q", path, name, head.header.Get(name), get.header.Get(name))
			}
		}
	}
}

func TestDocs(t *testing.T) {
	c := newServer(t).beyond()
	for path, media := range map[string]string{
		"/docs": "text/html", "/swagger/index.html": "text/html", "/openapi.json": "application/json",
		"/openapi-3.0.json": "application/json", "/openapi.yaml": "application/yaml",
	} {
		if got := c.get(path); got.status != 200 || !strings.HasPrefix(got.header.Get("Content-Type"), media) {
			t.Errorf("%s: status %d, type %s", path, got.status, got.header.Get("Content-Type"))
		}
	}
}

// TestPages serves what a caller of the package adds.
func TestPages(t *testing.T) {
	page := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { _, _ = w.Write([]byte("page " + r.URL.Path)) })
	c := serve(t, api.Options{Catalogue: newCatalogue(t), Pages: map[string]http.Handler{"/": page, "/explore/*": page}}).beyond()
	for _, path := range []string{"/", "/explore/mi"} {
		if got := c.get(path); got.status != 200 || string(got.body) != "page "+path {
			t.Errorf("%s: %d %s", path, got.status, got.body)
		}
	}
}
