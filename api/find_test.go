package api_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/testedon/testedon/api"
	"github.com/testedon/testedon/api/answers"
)

// TestFind holds what is found against lines of product, release, verdict and
// whether it passes.
func TestFind(t *testing.T) {
	c := serveFacts(t, upgraded())
	for query, want := range map[string]struct {
		items                 string
		passing, total, limit int
	}{
		"os=RHEL+9": {"mi 4.5.0 tested true, mi 4.4.0 tested true, odd 1 & 2 tested true, ei 6.3.0 conditional false, mi 4.3.0 not_listed false", 3, 5, 20},
		"os=RHEL+9&dbms=Postgres+17.2&product=mi":                       {"mi 4.4.0 tested true, mi 4.5.0 not_listed false, mi 4.3.0 not_listed false", 1, 3, 20},
		"os=RHEL+9&dbms=Postgres+17.2&product=WSO2MI":                   {"mi 4.4.0 tested true, mi 4.5.0 not_listed false, mi 4.3.0 not_listed false", 1, 3, 20},
		"dbms=Postgres+17.4&product=mi&require=compatible":              {"mi 4.5.0 tested true, mi 4.4.0 compatible true, mi 4.3.0 not_listed false", 2, 3, 20},
		"dbms=Postgres+17.4&product=mi&require=exact":                   {"mi 4.5.0 tested true, mi 4.4.0 compatible false, mi 4.3.0 not_listed false", 1, 3, 20},
		"os=RHEL+9&arch=ARM64&require=compatible%2Ccombination&limit=1": {"mi 4.4.0 compatible false", 0, 5, 1},
		"os=Fubar+3&limit=2":                                            {"ei 6.3.0 unresolved false, mi 4.5.0 unresolved false", 0, 5, 2},
		"os=RHEL+9&limit=1":                                             {"mi 4.5.0 tested true", 3, 5, 1},
		"jdk=Corretto+21&limit=01":                                      {"mi 4.5.0 tested true", 2, 5, 1},
		"os=RHEL+9&limit=1000&product=odd&os=AlmaLinux+9":               {"odd 1 & 2 conditional false", 0, 1, 1000},
	} {
		got := same[api.Findings](t, c.get("/v1/find?"+query))
		items := []string{}
		for _, item := range got.Items {
			items = append(items, fmt.Sprint(item.Product, " ", item.Release, " ", item.Verdict, " ", item.Pass))
		}
		if text := strings.Join(items, ", "); text != want.items || got.Passing != want.passing || got.Total != want.total || got.Limit != want.limit {
			t.Errorf("%s: %d of %d, limit %d: %s", query, got.Passing, got.Total, got.Limit, text)
		}
		if got.Summary == "" || got.Catalogue.Revision != 1 || got.Catalogue.Digest == "" {
			t.Errorf("%s: %+v", query, got)
		}
	}
}

// TestFindInSeveral looks at several products, each once, and writes what it finds as CSV.
func TestFindInSeveral(t *testing.T) {
	c := serveFacts(t, upgraded())
	got := ok[api.Findings](t, c.get("/v1/find?product=mi&product=ei&product=mi&os=RHEL+9"))
	if got.Total != 4 || got.Passing != 2 {
		t.Errorf("%d of %d", got.Passing, got.Total)
	}
	table := c.get("/v1/find?product=odd&os=RHEL+9&os=AlmaLinux+9&format=csv")
	if want := "outcome,verdict,product,release,name,not tested\n"; !strings.HasPrefix(string(table.body), want) || !strings.Contains(string(table.body), "odd,1 & 2,") || table.header.Get("Content-Type") != "text/csv; charset=utf-8" {
		t.Errorf("%v %s", table.header, table.body)
	}
	(&bad{status: 400, code: "invalid", field: "limit"}).verify(t, c.get("/v1/find?os=RHEL+9&limit=1&limit=2"))
	(&bad{status: 400, code: "invalid", field: "product"}).verify(t, c.get("/v1/find?os=RHEL+9"+strings.Repeat("&product=mi", 33)))
	(&bad{status: 404, code: "unknown_product", field: "product"}).verify(t, c.get("/v1/find?os=RHEL+9&product=mi&product=nix"))
}

// TestFoundAsChecked follows the address of what is found: the check says the same,
// component by component.
func TestFoundAsChecked(t *testing.T) {
	c := serveFacts(t, upgraded())
	for _, query := range []string{
		"os=RHEL+9&jdk=Corretto+21&dbms=Postgres+17.2", "dbms=Postgres+17&os=rhel%3A9&os=AlmaLinux+9&require=compatible%2Cexact", "os=%26+%3D+%3F%23+RHEL", "arch=ARM64",
		"dbms=Postgres+17.4&require=compatible",
	} {
		found := ok[api.Findings](t, c.get("/v1/find?"+query))
		if len(found.Items) != 5 {
			t.Fatalf("%s: %d items", query, len(found.Items))
		}
		for _, item := range found.Items {
			checked := ok[answers.Answer](t, c.get(item.Check))
			whole := api.Found{Product: checked.Product, Name: item.Name, Release: checked.Release, Verdict: checked.Verdict,
				Pass: checked.Pass, Require: checked.Require, RequireBy: checked.RequireBy, Word: checked.Word, Provisional: checked.Provisional, NoPage: checked.NoPage, Stale: checked.Stale, Summary: checked.Summary, Components: checked.Components, Assumed: checked.Assumed, Check: item.Check}
			if !reflect.DeepEqual(item, whole) {
				t.Errorf("%s says\n%+v\nand not\n%+v", item.Check, whole, item)
			}
		}
	}
}

// TestFindByAlias: kinds go by every name of theirs, as in a check.
func TestFindByAlias(t *testing.T) {
	c := newServer(t).beyond()
	got := ok[api.Findings](t, c.get("/v1/find?database=Postgres+17.2&product=mi"))
	if len(got.Items) != 2 || got.Items[0].Components[0].Kind != "dbms" || got.Items[0].Check != "/v1/check?product=mi&release=4.4.0&dbms=Postgres+17.2" {
		t.Errorf("%+v", got.Items)
	}
}

var badFindings = []bad{
	{"find without a component", "/v1/find", "", 400, "invalid", "environment", "There are: os, jdk, dbms, arch, product.", "os"},
	{"find without a component, of a product", "/v1/find?product=mi&limit=3", "", 400, "invalid", "environment", "os=Red Hat Enterprise Linux 9", "os"},
	{"find an unknown product", "/v1/find?product=micro&os=RHEL+9", "", 404, "unknown_product", "product", "Did you mean", "mi"},
	{"find nothing", "/v1/find?os=RHEL+9&limit=0", "", 400, "invalid", "limit", "from 1 to 1000", ""},
	{"find many", "/v1/find?os=RHEL+9&limit=x", "", 400, "invalid", "limit", "from 1 to 1000", ""},
	{"find too many", "/v1/find?os=RHEL+9&limit=1001", "", 400, "invalid", "limit", "from 1 to 1000", ""},
	{"find without a limit", "/v1/find?os=RHEL+9&limit=", "", 400, "invalid", "limit", "leave it out", ""},
	{"find with two limits", "/v1/find?os=RHEL+9&limit=1&limit=2", "", 400, "invalid", "limit", "once", ""},
	{"find with a release", "/v1/find?os=RHEL+9&release=4.4.0", "", 400, "invalid", "release", "product, require, limit, format, os, jdk, dbms, arch", ""},
	{"find with memory", "/v1/find?os=RHEL+9&memory=4GB", "", 400, "invalid", "memory", "Known are", ""},
	{"find by a misspelt kind", "/v1/find?jkd=21", "", 400, "invalid", "jkd", "Did you mean jdk?", "jdk"},
	{"find by an empty component", "/v1/find?os=", "", 400, "invalid", "os", "leave it out", ""},
	{"find by a long component", "/v1/find?os=" + strings.Repeat("x", 201), "", 400, "invalid", "os", "Shorten", ""},
	{"find by many components", "/v1/find?" + strings.Repeat("os=RHEL+9&", 33), "", 400, "invalid", "os", "one environment", ""},
	{"find what passes no bar", "/v1/find?os=RHEL+9&require=best", "", 400, "invalid", "require", "tested, compatible, conditional", ""},
	{"find with an empty bar", "/v1/find?os=RHEL+9&require=", "", 400, "invalid", "require", "leave it out", ""},
}

func TestBadFindings(t *testing.T) {
	c := newServer(t)
	for _, b := range badFindings {
		t.Run(b.name, func(t *testing.T) { b.verify(t, c.get(b.path)) })
	}
}
