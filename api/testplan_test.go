package api_test

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/testedon/testedon/api"
	"github.com/testedon/testedon/api/answers"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/internal/sample"
)

const plan = "/v1/products/mi/releases/4.4.0/test-plan"

// TestPlans holds the sizes of plans against lines of strategy, environments,
// combinations and kinds.
func TestPlans(t *testing.T) {
	c := newServer(t)
	for query, want := range map[string]string{
		"":               "pairwise 3 of 3: os 1, jdk 3, dbms 1, arch 1",
		"?strategy=all":  "all 3 of 3: os 1, jdk 3, dbms 1, arch 1",
		"?strategy=each": "each 3 of 3: os 1, jdk 3, dbms 1, arch 1",
		"?kind=os":       "pairwise 1 of 1: os 1",
		"?kind=java&kind=db&strategy=all&format=json": "all 3 of 3: jdk 3, dbms 1",
	} {
		got := ok[api.TestPlan](t, c.get(plan+query))
		kinds := []string{}
		for _, k := range got.Kinds {
			kinds = append(kinds, fmt.Sprint(k.Kind, " ", k.Values))
		}
		if text := fmt.Sprint(got.Strategy, " ", got.Total, " of ", got.Combinations, ": ", strings.Join(kinds, ", ")); text != want || len(got.Items) != got.Total {
			t.Errorf("%s: %s, %d items", query, text, len(got.Items))
		}
		if got.Product != "mi" || got.Release != "4.4.0" || got.Summary == "" || got.Catalogue.Revision != 1 {
			t.Errorf("%s: %+v", query, got)
		}
	}
	first := ok[api.TestPlan](t, c.get("/v1/products/Micro%20Integrator/releases/4.4/test-plan")).Items[0]
	if first["dbms"] != (api.PlannedValue{Technology: "postgresql", Version: "17.2", Label: "PostgreSQL 17.2", Text: "PostgreSQL 17.2"}) ||
		first["arch"] != (api.PlannedValue{Technology: "arm64", Label: "ARM64 compatible processors", Text: "ARM64"}) {
		t.Errorf("%+v", first)
	}
	for _, format := range []string{"?format=json", "/github"} {
		if got := c.get("/v1/products/mi/releases/4.3.0/test-plan" + format); !strings.Contains(string(got.body), `[]`) || strings.Contains(string(got.body), "null") {
			t.Errorf("nothing is %s", got.body)
		}
	}
	odd := ok[api.TestPlan](t, c.get("/v1/products/odd/releases/1%20%26%202/test-plan?strategy=all"))
	if odd.Items[0]["dbms"].Label != hostile {
		t.Errorf("%+v", odd.Items)
	}
}

// TestPlanFormats: the formats say the same, the kinds in order.
func TestPlanFormats(t *testing.T) {
	c := newServer(t)
	whole := ok[api.TestPlan](t, c.get(plan))
	var matrix struct{ Include []map[string]string }
	github := c.get(plan + "/github")
	if err := json.Unmarshal(github.body, &matrix); err != nil || !strings.HasPrefix(string(github.body), `{"include":[{"os":"Red Hat Enterprise Linux 9","jdk":"Eclipse Temurin 21","dbms":`) {
		t.Fatalf("%v in %s", err, github.body)
	}
	table := c.get(plan + "?format=csv")
	if kind := table.header.Get("Content-Type"); kind != "text/csv; charset=utf-8" {
		t.Errorf("the table is of type %s", kind)
	}
	rows := read(t, table)
	if want := []string{"os", "jdk", "dbms", "arch"}; !slices.Equal(rows[0], want) || len(rows) != whole.Total+1 || len(matrix.Include) != whole.Total {
		t.Fatalf("%q, %v", rows, matrix)
	}
	for i, environment := range whole.Items {
		texts := map[string]string{}
		for k, kind := range rows[0] {
			texts[kind] = environment[kind].Text
			if rows[i+1][k] != texts[kind] {
				t.Errorf("row %d: %q, not %q", i+1, rows[i+1][k], texts[kind])
			}
		}
		if !maps.Equal(texts, matrix.Include[i]) {
			t.Errorf("%v, not %v", matrix.Include[i], texts)
		}
	}
	if empty := c.beyond().get("/v1/products/mi/releases/4.3.0/test-plan?format=csv"); empty.status != 200 || len(empty.body) != 0 {
		t.Errorf("nothing is %q", empty.body)
	}
	if odd := read(t, c.get("/v1/products/odd/releases/1%20%26%202/test-plan?format=csv&kind=dbms")); len(odd) != 2 || !strings.Contains(odd[1][0], "</script>") {
		t.Errorf("%q", odd)
	}
}

func read(t *testing.T, got response) [][]string {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(string(got.body))).ReadAll()
	if err != nil || got.status != 200 {
		t.Fatalf("%d, %v in %s", got.status, err, got.body)
	}
	return rows
}

// TestPlanAccept: the header decides where the format is not named, and each
// representation has an ETag of its own.
func TestPlanAccept(t *testing.T) {
	c := newServer(t)
	tags := map[string]string{}
	for accept, media := range map[string]string{
		"": "application/json", "*/*": "application/json", "text/csv": "text/csv; charset=utf-8", "text/*": "text/csv; charset=utf-8", "image/png": "application/json",
		"text/csv;q=0.5, application/json;q=0.4": "text/csv; charset=utf-8", "text/csv;q=0.5, application/json": "application/json", "text/csv, */*;q=0.1": "text/csv; charset=utf-8",
	} {
		got := c.get(plan, "Accept", accept)
		if kind := got.header.Get("Content-Type"); got.status != 200 || kind != media {
			t.Errorf("%q: %d %s", accept, got.status, kind)
		}
		if vary := got.header.Values("Vary"); !slices.Contains(vary, "Accept") {
			t.Errorf("%q: Vary %q", accept, vary)
		}
		tag := got.header.Get("ETag")
		if tags[media] != "" && tags[media] != tag {
			t.Errorf("%q: the tags %s and %s", accept, tags[media], tag)
		}
		tags[media] = tag
		if again := c.get(plan, "Accept", accept, "If-None-Match", tag); again.status != 304 {
			t.Errorf("%q: %d for the tag of its own", accept, again.status)
		}
	}
	if len(tags) != 2 || tags["application/json"] == tags["text/csv; charset=utf-8"] {
		t.Errorf("tags %v", tags)
	}
	if got := c.get(plan+"?format=json", "Accept", "text/csv"); got.header.Get("Content-Type") != "application/json" {
		t.Error("the header decides though the format is named")
	}
}

// TestPlansAreChecked asks for each value of the real catalogue in a check, which
// must find just the statement that the value comes from.
func TestPlansAreChecked(t *testing.T) {
	if testing.Short() {
		t.Skip("SKIPPED: asks for each value of every plan")
	}
	ds := sample.Catalogue(t).Dataset()
	c := newSeeded(t)
	for _, release := range ds.Releases {
		path := "/v1/products/" + release.Product + "/releases/" + url.PathEscape(release.Version) + "/test-plan?strategy=each"
		rows, whole := read(t, c.get(path+"&format=csv")), ok[api.TestPlan](t, c.get(path))
		for i, row := range rows[1:] {
			query := url.Values{"product": {release.Product}, "release": {release.Version}, "require": {"conditional,exact"}}
			for k, text := range row {
				query.Set(rows[0][k], text)
			}
			answer := ok[answers.Answer](t, c.beyond().get("/v1/check?"+query.Encode()))
			for _, component := range answer.Components {
				if label := whole.Items[i][component.Kind].Label; len(component.Listed) == 0 || !answer.Pass || component.Match != "exact" {
					t.Errorf("%s: %s", label, component.Why)
				}
			}
		}
	}
}

var badPlans = []bad{
	{"plan by no strategy", plan + "?strategy=x", "", 400, "invalid", "strategy", "Use one of all, pairwise, each", "all"},
	{"plan by an empty strategy", plan + "?strategy=", "", 400, "invalid", "strategy", "leave it out", ""},
	{"plan by two strategies", plan + "?strategy=all&strategy=each", "", 400, "invalid", "strategy", "once", ""},
	{"plan of a kind not listed", plan + "?kind=os&kind=browser", "", 400, "invalid", "kind", "Use one of os, jdk, dbms, arch", "os"},
	{"plan of a kind where there is none", "/v1/products/mi/releases/4.3.0/test-plan?kind=os", "", 400, "invalid", "kind", "Leave it out", ""},
	{"plan of an empty kind", plan + "?kind=", "", 400, "invalid", "kind", "leave it out", ""},
	{"plan in no format", plan + "?format=xml", "", 400, "invalid", "format", "Use one of json, csv.", "json"},
	{"plan in an empty format", plan + "?format=", "", 400, "invalid", "format", "leave it out", ""},
	{"plan with a misspelt parameter", plan + "?strategie=all", "", 400, "invalid", "strategie", "Did you mean strategy?", "strategy"},
	{"plan of an unknown product", "/v1/products/micro/releases/4.4.0/test-plan", "", 404, "unknown_product", "product", "Did you mean", "mi"},
	{"plan of an unknown release", "/v1/products/mi/releases/4.4.1/test-plan", "", 404, "unknown_release", "release", "4.4.0", "4.4.0"},
}

func TestBadPlans(t *testing.T) {
	c := newServer(t)
	for _, b := range badPlans {
		t.Run(b.name, func(t *testing.T) { b.verify(t, c.get(b.path)) })
	}
}

// TestLongPlans: what nobody could run is refused, and so is what GitHub would not.
func TestLongPlans(t *testing.T) {
	ds := dataset(1)
	for technology, n := range map[string]int{"rhel": 30, "corretto": 30, "postgresql": 30} {
		for i := range n {
			v := fmt.Sprint(100 + i)
			ds.Claims = append(ds.Claims, fact.Claim{ID: technology + v, Product: "mi", Release: "4.3.0", Technology: technology, Label: v, Version: v,
				Status: fact.StatusTested, Citation: fact.Citation{Source: "page"}})
		}
	}
	c := serveFacts(t, ds)
	const long = "/v1/products/mi/releases/4.3.0/test-plan"
	for query, hint := range map[string]string{"?strategy=all": "Use pairwise or each", "/github": "name fewer kinds", "/github?strategy=all&kind=os&kind=jdk": "Use pairwise"} {
		b := bad{name: query, status: 400, code: "invalid", field: "strategy", hint: hint}
		b.verify(t, c.get(long+query))
	}
	for query, total := range map[string]int{"": 900, "?strategy=each": 30, "?strategy=all&kind=os&kind=jdk": 900} {
		if got := ok[api.TestPlan](t, c.get(long+query)); got.Total < total || got.Total > 2*total {
			t.Errorf("%s: %d environments", query, got.Total)
		}
	}
	if got := c.get(long + "/github?strategy=each"); got.status != 200 {
		t.Errorf("%d %s", got.status, got.body)
	}
}
