package api_test

import (
	"bytes"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/testedon/testedon/api"
	"github.com/testedon/testedon/api/answers"
)

const compare = "/v1/compare?product=mi&from=4.4.0&to=4.5.0"

// TestCompare holds the changes against lines of technology, way and statements.
func TestCompare(t *testing.T) {
	c := serveFacts(t, upgraded())
	const forth = "os almalinux adds +AlmaLinux 9 not_listed→tested; jdk adoptopenjdk drops -AdoptOpenJDK 21 tested→not_listed; jdk corretto narrows -Corretto 11 tested→not_listed; " +
		"dbms postgresql changes +PostgreSQL 16.3 not_listed→tested +PostgreSQL 17.4 compatible→tested -PostgreSQL 17.2 tested→not_listed; arch arm64 drops -ARM64 compatible processors compatible→not_listed"
	for query, want := range map[string]string{
		"from=4.4.0&to=4.5.0": forth, "from=4.4&to=next": forth, "from=4.5.0&to=4.5.0": "",
		"from=4.5.0&to=4.3.0": "os almalinux drops -AlmaLinux 9 tested→not_listed; os rhel drops -Red Hat Enterprise Linux 9 tested→not_listed; jdk corretto drops -Corretto 21 tested→not_listed; " +
			"dbms postgresql drops -PostgreSQL 16.3 tested→not_listed -PostgreSQL 17.4 tested→not_listed",
	} {
		got := same[api.Comparison](t, c.get("/v1/compare?product=Micro+Integrator&"+query))
		if text := changes(t, got); text != want {
			t.Errorf("%s: %s", query, text)
		}
		if got.Product != "mi" || got.Summary == "" || got.Before != nil || got.After != nil || got.Breaks != nil || got.Catalogue.Revision != 1 {
			t.Errorf("%s: %+v", query, got)
		}
	}
}

func changes(t *testing.T, c api.Comparison) string {
	t.Helper()
	lines := []string{}
	for _, k := range c.Kinds {
		for _, d := range k.Changes {
			line := strings.Join([]string{k.Kind, d.Technology, d.Way}, " ")
			for _, s := range d.Gained {
				line += fmt.Sprint(" +", s.Label, " ", s.Before, "→", s.After)
				if s.Why != "" || s.Source.ID != "page" {
					t.Errorf("gained %+v", s)
				}
			}
			for _, s := range d.Lost {
				line += fmt.Sprint(" -", s.Label, " ", s.Before, "→", s.After)
				if s.Why == "" || s.Source.ID != "page" {
					t.Errorf("lost %+v", s)
				}
			}
			if d.Name == "" || k.Name == "" {
				t.Errorf("%+v has no name", d)
			}
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "; ")
}

// TestCompareEnvironment: given an environment, both answers are those of a check.
func TestCompareEnvironment(t *testing.T) {
	c := serveFacts(t, upgraded())
	for query, want := range map[string]struct{ before, after, breaks, move string }{
		"os=RHEL+9&dbms=Postgres+17.2":                    {"tested", "not_listed", "Postgres 17.2", "PostgreSQL 17.2 → 17.4"},
		"dbms=Postgres+17.2&jdk=Corretto+11&os=RHEL+9":    {"tested", "not_listed", "Corretto 11, Postgres 17.2", "Amazon Corretto 11 → 21, PostgreSQL 17.2 → 17.4"},
		"os=RHEL+9&jdk=Corretto+21":                       {"tested", "tested", "", ""},
		"os=AlmaLinux+9":                                  {"not_listed", "tested", "", ""},
		"dbms=Postgres+17.4&require=compatible":           {"compatible", "tested", "", ""},
		"dbms=Postgres+17&require=conditional":            {"conditional", "conditional", "", ""},
		"os=Fubar+3&os=RHEL+9&require=compatible%2Cexact": {"unresolved", "unresolved", "", ""},
	} {
		got := same[api.Comparison](t, c.get(compare+"&"+query))
		breaks, move := []string{}, ""
		for _, b := range got.Breaks {
			breaks = append(breaks, b.Asked)
		}
		if len(got.After.Moves) > 0 {
			move = got.After.Moves[0].Summary
		}
		if got.Before.Verdict != want.before || got.After.Verdict != want.after || strings.Join(breaks, ", ") != want.breaks || got.Breaks == nil || move != want.move {
			t.Errorf("%s: %s, then %s, breaks %q, moves %+v", query, got.Before.Verdict, got.After.Verdict, breaks, got.After.Moves)
		}
		for release, answer := range map[string]*answers.Answer{"4.4.0": got.Before, "4.5.0": got.After} {
			checked := ok[answers.Answer](t, c.get("/v1/check?product=mi&release="+release+"&"+query))
			if !reflect.DeepEqual(checked, *answer) {
				t.Errorf("%s: %s answers\n%+v\nand not\n%+v", query, release, *answer, checked)
			}
		}
	}
}

// TestCompareHostile: hostile facts are written as text and nothing else.
func TestCompareHostile(t *testing.T) {
	ds := upgraded()
	for i := range ds.Claims {
		if ds.Claims[i].Product == "mi" && ds.Claims[i].Technology == "rhel" && ds.Claims[i].Release == "4.4.0" {
			ds.Claims[i].Label, ds.Claims[i].Technology, ds.Claims[i].Citation.Quote = hostile, "odd-db", hostile
		}
	}
	got := serveFacts(t, ds).get(compare + "&dbms=odd")
	compared := same[api.Comparison](t, got)
	if !strings.Contains(changes(t, compared), "dbms odd-db drops -"+hostile) || !strings.Contains(compared.Summary, hostile) || len(compared.Breaks) != 1 {
		t.Errorf("%+v", compared)
	}
	if bytes.ContainsAny(got.body, "\u2028\x01") {
		t.Error("a separator or control character stands for itself")
	}
}

var badComparisons = []bad{
	{"compare nothing", "/v1/compare", "", 400, "invalid", "product", "product=ei", "ei"},
	{"compare from nothing", "/v1/compare?product=mi&to=4.4.0", "", 400, "invalid", "from", "from=4.4.0", "4.4.0"},
	{"compare to nothing", "/v1/compare?product=mi&from=4.4.0", "", 400, "invalid", "to", "to=4.4.0", "4.4.0"},
	{"compare from nothing, unknown product", "/v1/compare?product=micro", "", 404, "unknown_product", "product", "Did you mean", "mi"},
	{"compare an unknown product", "/v1/compare?product=micro&from=4.3.0&to=4.4.0", "", 404, "unknown_product", "product", "Did you mean", "mi"},
	{"compare from an unknown release", "/v1/compare?product=mi&from=4.2.0&to=4.4.0", "", 404, "unknown_release", "from", "The nearest: 4.3.0", "4.3.0"},
	{"compare to an unknown release", "/v1/compare?product=mi&from=4.3.0&to=4.5.0", "", 404, "unknown_release", "to", "The nearest: 4.4.0", "4.4.0"},
	{"compare from an empty release", "/v1/compare?product=mi&from=&to=4.4.0", "", 400, "invalid", "from", "leave it out", ""},
	{"compare to two releases", "/v1/compare?product=mi&from=4.3.0&to=4.4.0&to=4.3.0", "", 400, "invalid", "to", "once", ""},
	{"compare a release", "/v1/compare?product=mi&release=4.4.0", "", 400, "invalid", "release", "product, from, to, fromAsOf, toAsOf, require, os", ""},
	{"compare with a limit", "/v1/compare?product=mi&from=4.3.0&to=4.4.0&limit=3", "", 400, "invalid", "limit", "Known are", ""},
	{"compare with a bar of no kind", "/v1/compare?product=mi&from=4.3.0&to=4.4.0&require=best", "", 400, "invalid", "require", "tested, compatible", ""},
	{"compare with an empty component", "/v1/compare?product=mi&from=4.3.0&to=4.4.0&os=", "", 400, "invalid", "os", "leave it out", ""},
	{"compare with a misspelt kind", "/v1/compare?product=mi&from=4.3.0&to=4.4.0&jkd=21", "", 400, "invalid", "jkd", "Did you mean jdk?", "jdk"},
}

func TestBadComparisons(t *testing.T) {
	c := newServer(t)
	for _, b := range badComparisons {
		t.Run(b.name, func(t *testing.T) { b.verify(t, c.get(b.path)) })
	}
}
