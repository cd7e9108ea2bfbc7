package api_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/testedon/testedon/api"
	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/compat/fact"
)

// lacking is the small catalogue of these tests with one case of everything that a record
// may lack.
func lacking(t *testing.T) *client {
	t.Helper()
	ds := dataset(1)
	ds.Sources[0].Date, ds.Sources[0].Checked, ds.Sources[0].Cadence = "2026-01-31", "2026-03-01", "30 days"
	ds.Sources[1].Undated = hostile
	ds.Products[0].Published, ds.Products[0].PublishedBy = []string{"v4.4.0", "4.2.0", "4.1.0"}, "page"
	page := ds.Claims[0].Citation
	ds.Claims = append(ds.Claims, fact.Claim{ID: "mi/4.4.0/postgresql/17", Product: "mi", Release: "4.4.0", Technology: "postgresql", Label: "Postgres 17",
		Version: "17", Status: fact.StatusNotRecommended, Term: fact.Term{Since: "2026-02-28"}, Citation: page})
	run := func(id, release string, components ...fact.Target) fact.Configuration {
		return fact.Configuration{ID: id, Product: "mi", Release: release, Components: components, Result: fact.Passed, Date: "2026-01-31", Citation: page}
	}
	ds.Configurations = append(ds.Configurations, run("run-2", "4.4.0", fact.Target{Technology: "rhel", Version: "9.4"}, fact.Target{Technology: "corretto", Version: "21"}),
		run("run-3", "4.3.0", fact.Target{Technology: "rhel", Version: "8"}))
	facts := &catalogue{}
	facts.matrix.Store(build(t, ds))
	return serve(t, api.Options{Catalogue: facts, Version: "test", Now: newClock(t, "2026-04-01T00:00:00Z").Now})
}

func TestCoverage(t *testing.T) {
	got := ok[api.Coverage](t, lacking(t).get("/v1/coverage"))
	if got.Today != "2026-04-01" || got.Sources != (api.SourceCounts{Total: 2, Addressed: 2, Dated: 1, Overdue: 1}) || got.Catalogue.Revision != 1 {
		t.Errorf("%+v", got)
	}
	const summary = "Sources: 2, of which 2 have an address and 1 a day; overdue: 1. Statements: 13; since when they stand is told of 1, and of 4 why not; without a day: 4. Contradictions: 2. " +
		"Releases that the vendor has published and that are not here: 2; here without a page: 1. Listed as tested: 8; of these exercised by no recorded test run: 5."
	if got.Claims != (api.ClaimCounts{Total: 13, Since: 1, Unknown: 4}) {
		t.Errorf("%+v", got.Claims)
	}
	if got.Summary != summary {
		t.Error(got.Summary)
	}
	if o := got.Overdue; len(o) != 1 || o[0].ID != "page" || o[0].URL == "" || o[0].Confirmed != "2026-03-01" || o[0].Due != "2026-03-31" {
		t.Errorf("overdue %+v", o)
	}
	if u := got.Undated; len(u) != 1 || u[0].Source.ID != "hostile" || u[0].Reason != hostile || u[0].Claims != 4 {
		t.Errorf("undated %+v", u)
	}
	if len(got.Contradictions) != 2 || got.Contradictions[1].Yes.Label != "ARM64" { // a page says no, and a test run yes
		t.Fatalf("contradictions %+v", got.Contradictions)
	}
	if c := got.Contradictions[0]; c.Versions != "17.2" || c.Yes.ID != "mi/4.4.0/postgresql/17.2" || c.No.ID != "mi/4.4.0/postgresql/17" || c.Decides != c.No.ID ||
		c.No.Product != "mi" || c.No.Release != "4.4.0" || c.No.Kind != "dbms" || c.No.Source.ID != "page" {
		t.Errorf("contradiction %+v", c)
	}
	if m := got.Missing; len(m) != 1 || m[0].Product != "mi" || !slices.Equal(m[0].Versions, []string{"4.2.0", "4.1.0"}) || m[0].PublishedBy.ID != "page" {
		t.Errorf("missing %+v", m)
	}
	if u := got.Unpaged; !slices.Equal(u, []api.UnpagedRelease{{Product: "mi", Release: "4.3.0", Configurations: 1}}) {
		t.Errorf("unpaged %+v", u)
	}
	var lines []string
	for _, e := range got.Exercised {
		var never []string
		for _, n := range e.Never {
			never = append(never, n.ID)
		}
		if e.Exercised != e.Listed-len(e.Never) {
			t.Errorf("%+v", e)
		}
		lines = append(lines, e.Product+": "+strings.Join(never, " "))
	}
	want := []string{"mi: mi/4.4.0/adoptopenjdk/21 mi/4.4.0/corretto/11 mi/4.4.0/postgresql/17.2", "odd: odd/almalinux odd/1 & 2/odd-db/3.1"}
	if !slices.Equal(lines, want) {
		t.Errorf("exercised %q", lines)
	}
	if n := got.Exercised[0].Never[2]; n.Label != "PostgreSQL 17.2" || n.Kind != "dbms" || n.Version != "17.2" || n.Source.ID != "page" {
		t.Errorf("never %+v", n)
	}
}

// TestCoverageOfAProduct has what is known of it alone; what there is none of is an empty
// list.
func TestCoverageOfAProduct(t *testing.T) {
	c := lacking(t)
	if got := ok[api.Coverage](t, c.get("/v1/coverage?product=Micro+Integrator")); len(got.Exercised) != 1 || len(got.Missing) != 1 || got.Sources.Total != 2 {
		t.Errorf("%+v", got) // an advisory about everything stands on the other source
	}
	got := ok[api.Coverage](t, c.get("/v1/coverage?product=ei"))
	if got.Undated == nil || got.Contradictions == nil || got.Missing == nil || got.Exercised == nil || got.Unpaged == nil || len(got.Exercised)+len(got.Missing)+len(got.Unpaged) > 0 {
		t.Errorf("%+v", got)
	}
}

func TestCoverageBadInput(t *testing.T) {
	c := newServer(t)
	for query, want := range map[string]struct {
		status      int
		field, hint string
	}{
		"?product=micro":          {404, "product", ""},
		"?product=mii":            {404, "product", "mi"},
		"?product=":               {400, "product", ""},
		"?product=mi&product=ei":  {400, "product", ""},
		"?today=2026-01-31":       {400, "today", ""},
		"?product=mi&release=4.4": {400, "release", ""},
	} {
		got := c.beyond().get("/v1/coverage" + query)
		p := into[wire.Problem](t, got)
		if got.status != want.status || p.Field != want.field || !strings.Contains(p.Hint, want.hint) {
			t.Errorf("%s: %d %+v", query, got.status, p)
		}
	}
}
