package api_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/testedon/testedon/compat/fact"
)

// chosen are lists with the ids of their items, in order.
var chosen = map[string]string{
	"/v1/products":                                                  "ei mi odd",
	"/v1/products?sort=-id":                                         "odd mi ei",
	"/v1/products?sort=name":                                        "odd ei mi",
	"/v1/products?sort=vendor":                                      "odd ei mi",
	"/v1/products?vendor=wso2":                                      "ei mi",
	"/v1/products?platform=carbon&platform=odd":                     "ei odd",
	"/v1/products?q=integartor":                                     "ei mi",
	"/v1/products?q=integartor&platform=carbon":                     "ei",
	"/v1/products?q=xyzzy":                                          "",
	"/v1/releases":                                                  "ei 6.3.0, mi 4.4.0, mi 4.3.0, odd 1 & 2",
	"/v1/releases?sort=version":                                     "odd 1 & 2, mi 4.3.0, mi 4.4.0, ei 6.3.0",
	"/v1/releases?product=wso2mi":                                   "mi 4.4.0, mi 4.3.0",
	"/v1/releases?product=mi&product=ei":                            "ei 6.3.0, mi 4.4.0, mi 4.3.0",
	"/v1/releases?q=mi+4.4":                                         "mi 4.4.0",
	"/v1/releases?q=entreprise":                                     "ei 6.3.0",
	"/v1/products/mi/releases":                                      "mi 4.4.0, mi 4.3.0",
	"/v1/products/mi/releases?sort=version":                         "mi 4.3.0, mi 4.4.0",
	"/v1/products/mi/releases?q=4.3":                                "mi 4.3.0",
	"/v1/technologies?kind=jdk&kind=arch":                           "adoptopenjdk arm64 corretto temurin",
	"/v1/technologies?kind=java&sort=name":                          "adoptopenjdk corretto temurin",
	"/v1/technologies?kind=os&kind=database&sort=kind":              "almalinux rhel odd-db postgresql",
	"/v1/technologies?family=RHEL":                                  "almalinux rhel",
	"/v1/technologies?q=postgers":                                   "postgresql",
	"/v1/technologies?q=linux&search=alma":                          "almalinux",
	"/v1/sources?authority=official":                                "page",
	"/v1/sources?authority=Official&authority=fork":                 "hostile page",
	"/v1/sources?sort=authority":                                    "page hostile",
	"/v1/sources?sort=-title":                                       "page hostile",
	"/v1/sources?product=ei":                                        "hostile page", // with what is about every product
	"/v1/sources?product=odd":                                       "hostile",
	"/v1/sources?q=prerequisits":                                    "page",
	"/v1/claims?product=mi&technology=corretto":                     "mi/4.4.0/corretto/11 mi/4.4.0/corretto/21",
	"/v1/claims?product=ei":                                         "carbon/postgresql carbon/rhel",
	"/v1/claims?product=ei&release=6.3.0":                           "carbon/postgresql carbon/rhel",
	"/v1/claims?product=mi&release=4.3.0":                           "",
	"/v1/claims?product=mi&release=4.4&kind=os":                     "mi/4.4.0/rhel/9",
	"/v1/claims?product=ei&product=mi&kind=os":                      "carbon/rhel mi/4.4.0/rhel/9",
	"/v1/claims?platform=carbon":                                    "carbon/postgresql carbon/rhel",
	"/v1/claims?inherited=true":                                     "carbon/postgresql carbon/rhel odd/almalinux",
	"/v1/claims?inherited=false&technology=Postgres":                "mi/4.4.0/postgresql/17.2",
	"/v1/claims?inherited=false&inherited=true&technology=Postgres": "carbon/postgresql mi/4.4.0/postgresql/17.2",
	"/v1/claims?status=recommended&status=compatible":               "carbon/postgresql carbon/rhel mi/4.4.0/arm64/",
	"/v1/claims?authority=fork&technology=rhel":                     "odd/1 & 2/rhel/9 odd/1 & 2/rhel/9/run",
	"/v1/claims?source=hostile&kind=arch":                           "odd/1 & 2/arm64/ odd/1 & 2/arm64/run",
	"/v1/claims?product=mi&sort=technology":                         "mi/4.4.0/adoptopenjdk/21 mi/4.4.0/arm64/ mi/4.4.0/corretto/11 mi/4.4.0/corretto/21 mi/4.4.0/postgresql/17.2 mi/4.4.0/rhel/9",
	"/v1/claims?product=mi&kind=arch&kind=os":                       "mi/4.4.0/arm64/ mi/4.4.0/rhel/9",
	"/v1/claims?product=mi&sort=status&kind=arch&kind=os":           "mi/4.4.0/rhel/9 mi/4.4.0/arm64/",
	"/v1/claims?product=mi&sort=-label&kind=jdk":                    "mi/4.4.0/corretto/21 mi/4.4.0/corretto/11 mi/4.4.0/adoptopenjdk/21",
	"/v1/kinds":           "os jdk dbms arch product",
	"/v1/kinds?sort=id":   "arch dbms jdk os product",
	"/v1/kinds?q=databse": "dbms",
}

// TestChosen holds orders and filters against the ids of what they give.
func TestChosen(t *testing.T) {
	c := newServer(t)
	for path, want := range chosen {
		got := c.sheet(path)
		names := []string{}
		sign := " "
		for _, item := range got.Items {
			var one struct{ ID, Product, Version string }
			if err := json.Unmarshal(item, &one); err != nil {
				t.Fatal(err)
			}
			if one.ID == "" {
				sign = ", "
				one.ID = one.Product + " " + one.Version
			}
			names = append(names, one.ID)
		}
		if told := strings.Join(names, sign); told != want || got.Total != len(names) {
			t.Errorf("%s: %d of %d: %s", path, len(names), got.Total, told)
		}
	}
}

// TestChosenStatements holds the filters of what is stated of a release against a field
// of every item.
func TestChosenStatements(t *testing.T) {
	c := newServer(t)
	for path, want := range map[string]map[string]string{
		ei + "requirements?resource=memory&deployment=physical": {"resource": "memory", "deployment": "physical"},
		ei + "requirements?level=sufficient":                    {"level": "sufficient", "resource": "heap"},
		ei + "advisories?severity=warning":                      {"severity": "warning"},
		ei + "notes?q=securty":                                  {"topic": "security"},
		ei + "ports?q=consle":                                   {"name": "https"},
		"/v1/advisories?product=ei&severity=warning":            {"severity": "warning"},
		"/v1/advisories?q=profle":                               {"id": "of-profile", "product": "ei", "release": "6.3.0"},
		"/v1/search?q=o&type=product":                           {"type": "product"},
		"/v1/search?q=jdk&kind=jdk":                             {"kind": "jdk"},
	} {
		whole, _, _ := strings.Cut(path, "?")
		some, all := c.sheet(path), sheet{}
		if whole != "/v1/search" {
			all = c.sheet(whole)
		}
		if some.Total == 0 || whole != "/v1/search" && some.Total >= all.Total {
			t.Errorf("%s: %d of %d", path, some.Total, all.Total)
		}
		for _, item := range some.Items {
			var fields map[string]any
			if err := json.Unmarshal(item, &fields); err != nil {
				t.Fatal(err)
			}
			for name, value := range want {
				if fields[name] != value {
					t.Errorf("%s: %s is %v", path, name, fields[name])
				}
			}
		}
	}
}

// TestAdvisoriesOfTechnology: a caveat names two sides, and either may be asked for.
func TestAdvisoriesOfTechnology(t *testing.T) {
	ds := dataset(1)
	ds.Advisories = []fact.Advisory{
		{ID: "both", Severity: fact.SeverityError, Title: "Not together", Text: "x", Citation: ds.Claims[0].Citation, Incompatible: true,
			Applies: []fact.Target{{Technology: "rhel"}}, With: []fact.Target{{Technology: "temurin"}}},
		{ID: "one", Severity: fact.SeverityInfo, Title: "One", Text: "x", Citation: ds.Claims[0].Citation, Applies: []fact.Target{{Technology: "rhel", Version: "9"}}},
	}
	c := serveFacts(t, ds)
	for technology, want := range map[string]int{"rhel": 2, "Temurin": 1, "corretto": 0} {
		if got := c.sheet("/v1/advisories?technology=" + technology); got.Total != want {
			t.Errorf("%s: %d", technology, got.Total)
		}
	}
}

// badChoices are requests of lists that must be refused.
var badChoices = []bad{
	{"no items", "/v1/products?limit=0", "", 400, "invalid", "limit", "from 1 to 1000", ""},
	{"too many items", "/v1/claims?limit=1001", "", 400, "invalid", "limit", "from 1 to 1000", ""},
	{"limit in words", "/v1/claims?limit=all", "", 400, "invalid", "limit", "from 1 to 1000", ""},
	{"limit twice", "/v1/claims?limit=1&limit=2", "", 400, "invalid", "limit", "once", ""},
	{"unknown order", "/v1/products?sort=naem", "", 400, "invalid", "sort", "Did you mean name? Use one of id, -id, name, -name, vendor, -vendor", "name"},
	{"order twice turned", "/v1/products?sort=--id", "", 400, "invalid", "sort", "Use one of", ""},
	{"two orders", "/v1/products?sort=id,name", "", 400, "invalid", "sort", "Use one of", ""},
	{"empty order", "/v1/products?sort=", "", 400, "invalid", "sort", "leave it out", ""},
	{"unknown vendor", "/v1/products?vendor=WSO3", "", 400, "invalid", "vendor", "Did you mean WSO2?", "WSO2"},
	{"unknown platform", "/v1/products?platform=carbn", "", 400, "invalid", "platform", "Did you mean carbon?", "carbon"},
	{"unknown status", "/v1/claims?status=teste", "", 400, "invalid", "status", "Use one of tested, supported, required", "tested"},
	{"unknown authority", "/v1/claims?authority=me", "", 400, "invalid", "authority", "official, site, unconfirmed, fork", ""},
	{"neither true nor false", "/v1/claims?inherited=maybe", "", 400, "invalid", "inherited", "true, false", ""},
	{"unknown product of claims", "/v1/claims?product=micro", "", 400, "invalid", "product", "Did you mean", "mi"},
	{"unknown product of sources", "/v1/sources?product=micro", "", 400, "invalid", "product", "Did you mean", "mi"},
	{"unknown technology", "/v1/claims?technology=rhell", "", 400, "invalid", "technology", "Did you mean rhel", "rhel"},
	{"unknown family", "/v1/technologies?family=rhell", "", 400, "invalid", "family", "Did you mean rhel", "rhel"},
	{"unknown kind of claims", "/v1/claims?kind=oss", "", 400, "invalid", "kind", "Did you mean os?", "os"},
	{"unknown source", "/v1/claims?source=pag", "", 400, "invalid", "source", "Did you mean page?", "page"},
	{"release of no product", "/v1/claims?release=4.4.0", "", 400, "invalid", "release", "product=mi", ""},
	{"release of two products", "/v1/claims?release=4.4.0&product=mi&product=ei", "", 400, "invalid", "release", "one product", ""},
	{"unknown release", "/v1/claims?product=mi&release=4.4.1", "", 400, "invalid", "release", "4.4.0", "4.4.0"},
	{"unknown severity", "/v1/advisories?severity=fatal", "", 400, "invalid", "severity", "info, warning, error", ""},
	{"unknown level", ei + "requirements?level=least", "", 400, "invalid", "level", "minimum, required, recommended, sufficient", ""},
	{"unknown resource", ei + "requirements?resource=gpu", "", 400, "invalid", "resource", "cores", ""},
	{"empty text", "/v1/products?q=", "", 400, "invalid", "q", "leave it out", ""},
	{"two texts", "/v1/products?q=a&q=b", "", 400, "invalid", "q", "once", ""},
	{"long text", "/v1/search?q=" + strings.Repeat("x", 201), "", 400, "invalid", "q", "Shorten", ""},
	{"nothing to look for", "/v1/search", "", 400, "invalid", "q", "q=NAME", ""},
	{"unknown type", "/v1/search?q=mi&type=profile", "", 400, "invalid", "type", "product, technology, release, series", ""},
	{"many values", "/v1/claims?" + strings.Repeat("status=tested&", 33), "", 400, "invalid", "status", "several requests", ""},
	{"filter of another list", "/v1/products?severity=info", "", 400, "invalid", "severity", "Known are", ""},
	{"empty cursor", "/v1/products?cursor=", "", 400, "invalid", "cursor", "leave it out", ""},
	{"cursor twice", "/v1/products?cursor=a&cursor=a", "", 400, "invalid", "cursor", "once", ""},
	{"cursor with a control character", "/v1/products?cursor=%00", "", 400, "invalid", "cursor", "Link header", ""},
	{"cursor of no UTF-8", "/v1/products?cursor=%ff", "", 400, "invalid", "cursor", "Link header", ""},
	{"long cursor", "/v1/products?cursor=" + strings.Repeat("A", 10_000), "", 400, "invalid", "cursor", "Link header", ""},
	{"cursor made up", "/v1/products?cursor=" + cursorText("", "ei", false, 1), "", 400, "invalid", "cursor", "same sort and filters", ""},
}

func TestBadChoices(t *testing.T) {
	c := newServer(t)
	for _, b := range badChoices {
		t.Run(b.name, func(t *testing.T) { b.verify(t, c.get(b.path)) })
	}
}
