package api_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/testedon/testedon/api"
	"github.com/testedon/testedon/api/wire"
)

// again is what a claim is told as: RELEASE LABEL STATE END, and what is suggested.
func again(i api.RetestItem) string {
	line := i.Product + " " + i.Release + " " + i.Label + " " + i.State + " " + i.Lifecycle.Ends
	if i.Suggestion != nil {
		line += ", " + i.Suggestion.Cycle
	}
	return line
}

func TestRetest(t *testing.T) {
	c := at(t, "2026-08-30T12:00:00Z")
	for query, want := range map[string][]string{
		"":                      {"odd 1 & 2 " + hostile + " ended ", "mi 4.4.0 Corretto 11 ending_soon 2026-08-31, 25"},
		"?within=0d&product=mi": {},
		"?within=1d&product=mi": {"mi 4.4.0 Corretto 11 ending_soon 2026-08-31, 25"},
		"?within=5y&product=MI&release=4.4": {"mi 4.4.0 Corretto 11 ending_soon 2026-08-31, 25", "mi 4.4.0 PostgreSQL 17.2 ending_soon 2029-11-08",
			"mi 4.4.0 Corretto 21 ending_soon 2030-10-31, 25"},
		"?within=5y&technology=Postgres": {"mi 4.4.0 PostgreSQL 17.2 ending_soon 2029-11-08"},
		"?within=52w&kind=java":          {"mi 4.4.0 Corretto 11 ending_soon 2026-08-31, 25"},
		"?kind=os":                       {},
	} {
		got := ok[api.Retest](t, c.get("/v1/retest"+query))
		lines := []string{}
		for _, i := range got.Items {
			lines = append(lines, again(i))
		}
		if !slices.Equal(lines, want) {
			t.Errorf("%s: %q, want %q", query, lines, want)
		}
		if got.Today != "2026-08-30" || got.Until < got.Today || got.Summary == "" || got.Catalogue.Revision != 1 {
			t.Errorf("%s: %+v", query, got)
		}
	}
}

// TestRetestInFull: an item has the claim with its evidence, a series what it comes
// after, and what was skipped is counted.
func TestRetestInFull(t *testing.T) {
	got := ok[api.Retest](t, at(t, "2026-08-30T12:00:00Z").get("/v1/retest?product=mi"))
	i := got.Items[0]
	if i.Kind != "jdk" || i.Technology != "corretto" || i.Name != "Amazon Corretto" || i.Version != "11" || i.Status != "tested" ||
		i.Source.ID != "page" || i.Source.Quote != "as printed" || i.Lifecycle.State != "ending_soon" || i.Lifecycle.Source == nil || i.Suggestion.State != "maintained" {
		t.Errorf("%+v", i)
	}
	if got.Until != "2027-02-28" || len(got.Newer) != 1 {
		t.Fatalf("until %s: %+v", got.Until, got.Newer)
	}
	if n := got.Newer[0]; n.Product != "mi" || n.Kind != "jdk" || n.Technology != "corretto" || n.Listed != "21" || n.Lifecycle.Cycle != "25" || n.Lifecycle.State != "maintained" {
		t.Errorf("%+v", n)
	}
	want := []api.SkippedClaims{{Reason: "every_version", Claims: 1}, {Reason: "no_lifecycle", Claims: 1}}
	if !slices.Equal(got.Skipped, want) {
		t.Errorf("skipped %+v", got.Skipped)
	}
	if got.Summary != "No claim stands on versions past their vendor's end of life, and one claim stands on versions that will be by 2027-02-28. One newer series is maintained that no release lists yet." {
		t.Error(got.Summary)
	}
}

func TestRetestBadInput(t *testing.T) {
	c := newServer(t)
	for query, want := range map[string]struct {
		status      int
		field, hint string
	}{
		"?within=soon":            {400, "within", "30d, 12w, 6m, 2y"},
		"?within=11y":             {400, "within", "up to 10y"},
		"?within=-1d":             {400, "within", "30d"},
		"?within=":                {400, "within", ""},
		"?within=1d&within=2d":    {400, "within", ""},
		"?release=4.4.0":          {400, "release", "Name its product"},
		"?kind=jkd":               {400, "kind", "jdk"},
		"?product=micro":          {404, "product", ""},
		"?product=mi&release=9.9": {404, "release", "4.4.0"},
		"?technology=correto":     {404, "technology", "corretto"},
		"?until=2027-01-01":       {400, "until", ""},
		"?technology=" + strings.Repeat("x", 300): {400, "technology", ""},
	} {
		got := c.beyond().get("/v1/retest" + query)
		p := into[wire.Problem](t, got)
		if got.status != want.status || p.Field != want.field || !strings.Contains(p.Hint, want.hint) {
			t.Errorf("%s: %d %+v", query, got.status, p)
		}
	}
}
