package api_test

import (
	"bytes"
	"net/url"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"github.com/testedon/testedon/api"
	"github.com/testedon/testedon/api/answers"
)

// TestEmbeddedCatalogue asks the real catalogue, as its users will.
func TestEmbeddedCatalogue(t *testing.T) {
	c := newSeeded(t)
	for _, question := range []struct{ os, jdk, dbms, verdict string }{
		{os: "RHEL 9", jdk: "Corretto 21", dbms: "Postgres 17.2", verdict: "tested"},
		{os: "rhel:9", jdk: "corretto@21.0.5", dbms: "pg 17.2-1.pgdg120+1", verdict: "tested"},
		{os: "RHEL 9", jdk: "Corretto 21", dbms: "Postgres 17", verdict: "conditional"},
		{os: "RHEL 9", jdk: "Corretto 21", dbms: "Postgres 16", verdict: "not_listed"},
		{os: "Windows Server 2025", jdk: "Temurin 21", dbms: "SQL Server 2022", verdict: "tested"},
		{os: "Fubar 3", jdk: "Corretto 21", dbms: "Postgres 17.2", verdict: "unresolved"},
	} {
		query := url.Values{"product": {"mi"}, "release": {"4.4.0"}, "os": {question.os}, "jdk": {question.jdk}, "dbms": {question.dbms}}
		answer := ok[answers.Answer](t, c.get("/v1/check?"+query.Encode()))
		if answer.Verdict != question.verdict || answer.Combination.Recorded {
			t.Errorf("%v: %s", question, answer.Summary)
		}
	}
	askStatements(t, c)
	stateOnce(t, c)
	for _, path := range []string{"/v1/products", "/v1/products/mi/releases/4.4.0", "/v1/technologies", "/v1/catalogue"} {
		if got := c.get(path); got.status != 200 {
			t.Errorf("%s: %d", path, got.status)
		}
	}
}

// stateOnce reports a cell of a product's matrix that says the same twice, as two
// documents may, and that the matrix of some product is empty.
func stateOnce(t *testing.T, c *client) {
	t.Helper()
	for _, product := range ok[api.Products](t, c.get("/v1/products")).Items {
		page := c.beyond().get("/products/" + product.ID)
		tree, err := html.Parse(bytes.NewReader(page.body))
		if err != nil {
			t.Fatal(err)
		}
		cells := 0
		for n := range tree.Descendants() {
			if n.Data != "td" {
				continue
			}
			stated := []string{}
			for cell := range n.ChildNodes() {
				text := textOf(cell)
				if cells++; slices.Contains(stated, text) {
					t.Errorf("%s says %q twice", product.ID, text)
				}
				stated = append(stated, text)
			}
		}
		if page.status != 200 || cells == 0 {
			t.Errorf("the matrix of %s: %d, %d cells", product.ID, page.status, cells)
		}
	}
}

// textOf is the text within a node.
func textOf(node *html.Node) string {
	text := ""
	for n := range node.Descendants() {
		if n.Type == html.TextNode {
			text += n.Data
		}
	}
	return text
}

// askStatements asks for what the documents state beside tested versions.
func askStatements(t *testing.T, c *client) {
	t.Helper()
	needs := ok[api.Requirements](t, c.get(ei+"requirements?deployment=physical&instances=3"))
	amounts := map[string]string{}
	for _, r := range needs.Items {
		if r.Level == "required" {
			amounts[r.Resource] = r.Amount.Text
		}
	}
	if amounts["memory"] != "8 GB" || amounts["disk"] != "30 GB" {
		t.Errorf("three instances on a machine need %v", amounts)
	}
	listening := map[string]int{}
	for _, p := range ok[api.Ports](t, c.get(ei+"ports?profile=micro-integrator")).Items {
		listening[p.Name] = p.Port
	}
	if listening["passthrough-http"] != 8290 || listening["passthrough-https"] != 8253 {
		t.Errorf("the profile listens on %v", listening)
	}
	for query, title := range map[string]string{
		"jdk=Oracle+JDK+1.8.0_151": "GZIP", "os=SLES+15": "SUSE", "dbms=H2": "H2", "directory=Apache+DS": "Apache DS", "jdk=IBM+JDK+1.8": "IBM JDK",
	} {
		answer := ok[answers.Answer](t, c.get("/v1/check?product=ei&release=6.3.0&"+query))
		told := slices.ContainsFunc(answer.Advisories, func(a answers.Advisory) bool {
			return a.Inherited == "carbon" && strings.Contains(a.Title+a.Text, title)
		})
		if !told {
			t.Errorf("%s: advisories %+v", query, answer.Advisories)
		}
	}
	if met := ok[answers.Answer](t, c.get("/v1/check?product=mi&release=4.4.0&memory=2GB&cores=2&deployment=centralized")); !met.Pass {
		t.Error(met.Summary)
	}
}
