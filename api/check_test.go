package api_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/url"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/testedon/testedon/api"
	"github.com/testedon/testedon/api/answers"
)

func TestTheQuestion(t *testing.T) {
	answer := ok[answers.Answer](t, newServer(t).get(the))
	if answer.Verdict != "tested" || !answer.Pass || answer.Require != "tested" {
		t.Errorf("verdict %s, pass %t, require %s", answer.Verdict, answer.Pass, answer.Require)
	}
	if answer.Product != "mi" || answer.Release != "4.4.0" || answer.Combination.Recorded {
		t.Errorf("product %s, release %s, combination %v", answer.Product, answer.Release, answer.Combination)
	}
	if answer.Resources != nil {
		t.Errorf("resources nobody asked about: %+v", answer.Resources)
	}
	if !slices.Equal(answer.Unchecked, []string{"arch"}) {
		t.Errorf("unchecked %v", answer.Unchecked)
	}
	if answer.Catalogue.Revision != 1 || !strings.HasPrefix(answer.Catalogue.Digest, "sha256:") {
		t.Errorf("catalogue %v", answer.Catalogue)
	}
	for i, label := range []string{"Red Hat Enterprise Linux 9", "Corretto 21", "PostgreSQL 17.2"} {
		c := answer.Components[i]
		if c.Verdict != "tested" || c.Match != "exact" || c.Why == "" || len(c.Listed) != 1 || c.Listed[0].Label != label {
			t.Errorf("component %d is %+v", i, c)
		}
		if source := c.Listed[0].Source; source.ID != "page" || source.Quote != "as printed" || source.Authority != "official" {
			t.Errorf("source of %s is %+v", label, source)
		}
	}
}

// TestAnswers holds the answers of many kinds of question against the type that
// is the contract: read strictly into it and written by encoding/json, each is
// byte for byte what was sent.
func TestAnswers(t *testing.T) {
	c := newServer(t)
	long := strings.Repeat("é", 200)
	for name, query := range map[string]url.Values{
		"tested":          {"product": {"mi"}, "release": {"4.4.0"}, "os": {"RHEL 9"}},
		"two of a kind":   {"product": {"mi"}, "release": {"4.4.0"}, "dbms": {"Postgres 17.2", "Postgres 16"}},
		"aliases":         {"product": {"Micro Integrator"}, "release": {"4.4"}, "database": {"postgres:17.2"}},
		"release taken":   {"product": {"mi"}, "release": {"latest"}, "os": {"RHEL 9"}},
		"series":          {"product": {"mi"}, "release": {"4.4.0"}, "os": {"rhel@9.4"}},
		"policy":          {"product": {"mi"}, "release": {"4.4.0"}, "dbms": {"Postgres 17.4"}},
		"conditional":     {"product": {"mi"}, "release": {"4.4.0"}, "dbms": {"Postgres 17"}, "require": {"conditional"}},
		"family":          {"product": {"mi"}, "release": {"4.4.0"}, "os": {"AlmaLinux 9.5"}},
		"successor":       {"product": {"mi"}, "release": {"4.4.0"}, "jdk": {"Temurin 21"}},
		"not listed":      {"product": {"mi"}, "release": {"4.4.0"}, "os": {"RHEL 8.10"}, "jdk": {"Corretto 8"}},
		"move":            {"product": {"mi"}, "release": {"4.4.0"}, "os": {"RHEL 9"}, "dbms": {"Postgres 16"}},
		"unresolved":      {"product": {"mi"}, "release": {"4.4.0"}, "os": {"Fubar 3", "RHELL 9"}},
		"hostile asked":   {"product": {"mi"}, "release": {"4.4.0"}, "os": {"\"\\</script>&\u2028\u2029 é → 𝄞 \uFFFD"}},
		"long asked":      {"product": {"mi"}, "release": {"4.4.0"}, "os": {long}},
		"architecture":    {"product": {"mi"}, "release": {"4.4.0"}, "arch": {"ARM64"}, "require": {"compatible,exact"}},
		"advisories":      {"product": {"mi"}, "release": {"4.4.0"}, "dbms": {"Postgres 17.2"}, "jdk": {"Corretto 21"}},
		"hostile facts":   {"product": {"odd"}, "release": {"1 & 2"}, "os": {"RHEL 9"}, "dbms": {"odd 3.1", "odd 2"}},
		"recorded":        {"product": {"odd"}, "release": {"1 & 2"}, "os": {"RHEL 9"}, "arch": {"ARM64"}, "require": {"combination"}},
		"incompatible":    {"product": {"odd"}, "release": {"1 & 2"}, "arch": {"ARM64"}},
		"when":            {"product": {"ei"}, "release": {"6.3.0"}, "os": {"RHEL 9"}},
		"inherited":       {"product": {"ei"}, "release": {"6.3.0"}, "dbms": {"Postgres 17.2"}, "jdk": {"Temurin 8"}, "os": {"AlmaLinux 9"}},
		"hostile when":    {"product": {"odd"}, "release": {"1 & 2"}, "os": {"AlmaLinux 9"}},
		"resources":       {"product": {"mi"}, "release": {"4.4.0"}, "os": {"RHEL 9"}, "cores": {"500m"}, "memory": {"1.5 GB"}, "disk": {"10GB"}},
		"resources alone": {"product": {"ei"}, "release": {"6.3.0"}, "memory": {"4GB"}, "cores": {"2"}, "deployment": {"bare metal"}},
		"deployment":      {"product": {"mi"}, "release": {"4.4.0"}, "os": {"RHEL 9"}, "deployment": {"ESB"}},
		"hostile needs":   {"product": {"odd"}, "release": {"1 & 2"}, "disk": {"1 TiB"}},
		"nothing needed":  {"product": {"mi"}, "release": {"4.3.0"}, "memory": {"4GB"}},
		"nothing is kept": {"product": {"mi"}, "release": {"4.3.0"}, "os": {"RHEL 9"}, "jdk": {"Corretto 21"}},
	} {
		t.Run(name, func(t *testing.T) {
			c := &client{t: t, base: c.base, http: c.http, free: query.Has("database")} // an alias, which the contract does not have
			got := c.get("/v1/check?" + query.Encode())
			answer := ok[answers.Answer](t, got)
			var want bytes.Buffer
			encoder := json.NewEncoder(&want)
			encoder.SetEscapeHTML(false)
			if err := encoder.Encode(answer); err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(got.body, want.Bytes()) {
				t.Errorf("sent\n%s\nis not\n%s", got.body, want.Bytes())
			}
			if bytes.Contains(got.body, []byte(":null")) {
				t.Errorf("an empty list is null in %s", got.body)
			}
		})
	}
}

// TestAnswersOfHostileFacts makes sure that the facts above reach the answers.
func TestAnswersOfHostileFacts(t *testing.T) {
	c := newServer(t)
	recorded := ok[answers.Answer](t, c.get("/v1/check?product=odd&release=1+%26+2&os=RHEL+9&arch=ARM64"))
	if !recorded.Combination.Recorded || recorded.Combination.Result != "passed" || len(recorded.Combination.Configurations) != 1 {
		t.Fatalf("combination %+v", recorded.Combination)
	}
	if run := recorded.Combination.Configurations[0]; run.Note != hostile || run.Source.Quote != hostile {
		t.Errorf("configuration %+v", run)
	}
	if runs := recorded.Components[0].Runs; len(runs) == 0 || runs[0].Note != hostile || runs[0].Source.Quote != hostile {
		t.Errorf("runs %+v", runs)
	}
	if l := recorded.Components[0].Listed[0]; l.Label != hostile || l.Source.Title != hostile || l.Source.Section != hostile {
		t.Errorf("listing %+v", l)
	}
	via := ok[answers.Answer](t, c.get("/v1/check?product=mi&release=4.4.0&jdk=Temurin+21")).Components[0].Via
	if via == nil || via.Technology != "adoptopenjdk" || via.Note != "It was renamed "+hostile || via.Source == nil || via.Source.ID != "hostile" {
		t.Errorf("via %+v", via)
	}
	advised := ok[answers.Answer](t, c.get("/v1/check?product=mi&release=4.4.0&dbms=Postgres+17.2"))
	if len(advised.Advisories) != 1 || advised.Advisories[0].Text != hostile {
		t.Errorf("advisories %+v", advised.Advisories)
	}
	moves := ok[answers.Answer](t, c.get("/v1/check?product=mi&release=4.4.0&os=RHEL+9&dbms=Postgres+16")).Moves
	if len(moves) == 0 || moves[0].Summary != "PostgreSQL 16 → 17.2" || moves[0].Verdict != "tested" || moves[0].Changes[0].Kind != "dbms" || moves[0].Changes[0].Step != "major" {
		t.Errorf("moves %+v", moves)
	}
	unresolved := ok[answers.Answer](t, c.get("/v1/check?product=mi&release=4.4.0&os=RHELL+9")).Components[0]
	if unresolved.Verdict != "unresolved" || unresolved.Technology != "" || len(unresolved.Candidates) == 0 {
		t.Errorf("unresolved %+v", unresolved)
	}
}

// TestAnswersRepeatFacts: a statement or caveat that comes with an answer is, in
// every field, what the routes of its release give, which encoding/json writes.
func TestAnswersRepeatFacts(t *testing.T) {
	c := newServer(t)
	for query, release := range map[string]string{
		"product=ei&release=6.3.0&os=RHEL+9&os=AlmaLinux+9&dbms=Postgres+17.2&jdk=Temurin+8": "/v1/products/ei/releases/6.3.0",
		"product=odd&release=1+%26+2&os=RHEL+9&os=AlmaLinux+9&dbms=odd+3.1&arch=ARM64":       "/v1/products/odd/releases/1%20%26%202",
		"product=mi&release=4.4.0&os=RHEL+9&jdk=Corretto+21&dbms=Postgres+17.2&arch=ARM64":   "/v1/products/mi/releases/4.4.0",
	} {
		answer, matrix := ok[answers.Answer](t, c.get("/v1/check?"+query)), ok[api.ReleaseMatrix](t, c.get(release))
		facts := map[string]any{}
		for _, k := range matrix.Kinds {
			for _, l := range k.Listed {
				facts["listing "+l.Technology+l.Version+l.Run] = l
			}
		}
		for _, a := range matrix.Advisories {
			facts["advisory "+a.ID] = a
		}
		told := 0
		for _, component := range answer.Components {
			for _, l := range component.Listed {
				if told++; !reflect.DeepEqual(facts["listing "+l.Technology+l.Version+l.Run], any(l)) {
					t.Errorf("%s: %+v is not %+v", query, l, facts["listing "+l.Technology+l.Version+l.Run])
				}
			}
		}
		for _, a := range answer.Advisories {
			if told++; !reflect.DeepEqual(facts["advisory "+a.ID], any(a)) {
				t.Errorf("%s: %+v is not %+v", query, a, facts["advisory "+a.ID])
			}
		}
		if told < 4 {
			t.Errorf("%s: only %d facts", query, told)
		}
	}
}

// TestWhen: a statement that holds only when something else is true is a
// condition of the answer.
func TestWhen(t *testing.T) {
	c := newServer(t)
	got := ok[answers.Answer](t, c.get("/v1/check?product=ei&release=6.3.0&os=RHEL+9"))
	if got.Verdict != "conditional" || !slices.Equal(got.Components[0].Conditions, []answers.Condition{{Range: "9", When: "latest releases", Verdict: "compatible"}}) {
		t.Errorf("%+v", got.Components[0])
	}
	every := ok[answers.Answer](t, c.get("/v1/check?product=ei&release=6.3.0&os=RHEL"))
	if !slices.Equal(every.Components[0].Conditions, []answers.Condition{{When: "latest releases", Verdict: "compatible"}}) {
		t.Errorf("%+v", every.Components[0])
	}
}

func TestCheckBody(t *testing.T) {
	c := newServer(t)
	got := c.post("/v1/check", `{"product": "mi", "release": "4.4.0", "require": "tested",
		"environment": {"os": "RHEL 9", "jdk": ["Corretto 21"], "database": ["Postgres 17.2", "Postgres 16"]}}`)
	if got.status != http.StatusOK {
		t.Fatalf("status %d: %s", got.status, got.body)
	}
	location := got.header.Get("Content-Location")
	same := c.get(location)
	if !bytes.Equal(got.body, same.body) {
		t.Errorf("POST answers\n%s\nand GET %s\n%s", got.body, location, same.body)
	}
	if tag := got.header.Get("ETag"); tag == "" || tag != same.header.Get("ETag") {
		t.Errorf("ETag %s and %s", tag, same.header.Get("ETag"))
	}
	tail := c.post("/v1/check", strings.Repeat(" ", 1000)+`{"product":"mi","release":"4.4.0","environment":{"os":"RHEL 9"}}`+"\n \n")
	if tail.status != http.StatusOK {
		t.Errorf("blanks around the object: %d %s", tail.status, tail.body)
	}
}

func TestRequire(t *testing.T) {
	c := newServer(t)
	for query, pass := range map[string]bool{
		"os=RHEL+9.4":                             true,
		"os=RHEL+9.4&require=exact":               false,
		"dbms=Postgres+17.4":                      false,
		"dbms=Postgres+17.4&require=compatible":   true,
		"dbms=Postgres+17&require=compatible":     false,
		"dbms=Postgres+17&require=conditional":    true,
		"os=RHEL+9&require=tested,combination":    false,
		"os=RHEL+9&require=compatible%2C%20exact": true,
		"os=RHEL+8&require=conditional":           false,
		"os=RHEL+9&os=RHEL+8&require=conditional": false,
		"os=rhel%3A9&jdk=corretto%4021.0":         true,
	} {
		if got := ok[answers.Answer](t, c.get("/v1/check?product=mi&release=4.4.0&"+query)); got.Pass != pass {
			t.Errorf("%s: pass is %t: %s", query, got.Pass, got.Summary)
		}
	}
}
