package api_test

import (
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/testedon/testedon/api"
	"github.com/testedon/testedon/compat/fact"
)

// about is a question about the small catalogue.
const about = "?product=mi&release=4.4.0&os=RHEL+9&"

// TestPlain reads answers as text: the first line says whether it passes and the
// verdict, the second one is the summary.
func TestPlain(t *testing.T) {
	c := newServer(t)
	for path, want := range map[string]string{
		"/v1/check" + about:                                                   `^pass tested\nRed Hat Enterprise Linux 9 is listed as tested for WSO2 Micro Integrator 4\.4\.0\.\n  os  RHEL 9  tested  exact\nNot asked: jdk, dbms, arch\n$`,
		"/v1/check" + about + "dbms=Postgres+16":                              `^fail not_listed\nPostgreSQL 16 is not listed .*\n  os    RHEL 9       tested      exact\n  dbms  Postgres 16  not_listed  none\n  Postgres 16: PostgreSQL 16 is not listed.*\nWould pass: PostgreSQL 16 → 17\.2\nNot asked: jdk, arch\n$`,
		"/v1/check" + about + "dbms=Postgres+17":                              `^fail conditional\n`,
		"/v1/check" + about + "dbms=Postgres+17.4":                            `^fail compatible\n`,
		"/v1/check" + about + "arch=arm64&require=compatible":                 `^pass compatible\n`,
		"/v1/check" + about + "jdk=Fubar+3":                                   `^fail unresolved\n"Fubar 3" could not be read, .*\n`,
		"/v1/check" + about + "require=tested,combination":                    `^fail tested\n.* No test of the whole environment is on record, and one is required\.\n`,
		"/v1/check?product=mi&release=4.4.0&os=RHEL+9.4&require=tested,exact": `^fail tested\n.* An exact match is required, and what is listed is Red Hat Enterprise Linux 9, not Red Hat Enterprise Linux 9\.4\.\n`,
		"/v1/check?product=mi&release=4.4.0&memory=4GB":                       `^(pass|fail) \w+\n.*\n`,
		inWords("is RHEL 9 tested for MI 4.4.0"):                              `^pass tested\nRed Hat Enterprise Linux 9 is listed .*\n  os  RHEL 9  tested  exact\n`,
		inWords("is RHEL 9 tested"):                                           `^find\n2 of 4 releases pass\..* Name a product that is known here\.\n  pass  tested .*\n`,
		inWords("is Oracle 21 tested for MI 4.4.0"):                           `^fail unanswered\n.+\n`,
		"/v1/find?os=RHEL+9&dbms=Postgres+16":                                 `^0 of 4 releases pass\n(  fail .*\n)  fail  not_listed   mi   4\.4\.0  WSO2 Micro Integrator +Postgres 16: not_listed\n(  fail .*\n){2}$`,
		"/v1/find?os=RHEL+9&limit=1":                                          `^2 of 4 releases pass\n  pass  tested  mi  4\.4\.0  WSO2 Micro Integrator *\n3 more; use limit to show more\n$`,
	} {
		got := c.get(path, "Accept", "text/plain")
		if got.status != 200 || got.header.Get("Content-Type") != "text/plain; charset=utf-8" || !regexp.MustCompile(want).Match(got.body) {
			t.Errorf("%s: %d %s\n%s", path, got.status, got.header.Get("Content-Type"), got.body)
		}
		if strings.ContainsAny(string(got.body), "\x00\x01\x07\b\x1b\x7f\u202e") {
			t.Errorf("%s: a terminal is steered by %q", path, got.body)
		}
		if !strings.Contains(strings.Join(got.header["Vary"], ","), "Accept") {
			t.Errorf("%s: Vary %q", path, got.header["Vary"])
		}
	}
	body := `{"product":"mi","release":"4.4.0","texts":["ID=rhel\nVERSION_ID=9\n","no idea"]}`
	got := c.do(http.MethodPost, "/v1/check", body, "Content-Type", "application/json", "Accept", "text/plain")
	if !regexp.MustCompile(`^pass tested\n(.*\n)+Not recognised: no idea\n$`).Match(got.body) {
		t.Errorf("%s", got.body)
	}
}

// TestPlainWord: a product's own word stands where its verdict would.
func TestPlainWord(t *testing.T) {
	ds := dataset(1)
	at := slices.IndexFunc(ds.Claims, func(c fact.Claim) bool { return c.Release == "4.4.0" && c.Technology == "arm64" })
	ds.Claims[at].Status = fact.StatusSupported
	for i := range ds.Products {
		ds.Products[i].Require, ds.Products[i].Word = fact.Compatible, fact.StatusSupported
	}
	c := serveFacts(t, ds)
	for path, want := range map[string]string{
		"/v1/check?product=mi&release=4.4.0&arch=arm64": `^pass supported\n(.*\n)  arch  arm64  supported  exact\n`,
		"/v1/find?arch=arm64&product=mi":                `\n  pass  supported +mi +4\.4\.0 `,
	} {
		if got := c.get(path, "Accept", "text/plain"); !regexp.MustCompile(want).Match(got.body) {
			t.Errorf("%s: %s", path, got.body)
		}
	}
}

// TestPlainOrJSON: a client gets text where it prefers that, and JSON otherwise.
func TestPlainOrJSON(t *testing.T) {
	c := newServer(t)
	tags := map[string]string{}
	for accept, want := range map[string]string{
		"": "application/json", "*/*": "application/json", "application/json": "application/json",
		"application/json, text/plain, */*": "application/json", "text/plain;q=0.5, application/json": "application/json",
		"text/html,application/xhtml+xml,*/*;q=0.8": "application/json", "text/plain;q=0": "application/json", "image/png": "application/json",
		"text/plain": "text/plain; charset=utf-8", "text/*": "text/plain; charset=utf-8", "Text/Plain, */*": "text/plain; charset=utf-8",
		"application/json;q=0.4, text/plain;q=0.5": "text/plain; charset=utf-8",
	} {
		for _, path := range []string{the, inWords("is RHEL 9 tested for MI 4.4.0"), "/v1/find?os=RHEL+9"} {
			got := c.get(path, "Accept", accept)
			if media := got.header.Get("Content-Type"); media != want {
				t.Errorf("%s: %q gets %s", path, accept, media)
			}
			tag := got.header.Get("Etag")
			if known := tags[path+want]; known != "" && known != tag {
				t.Errorf("%s: %q gets another tag", path, accept)
			}
			tags[path+want] = tag
			if again := c.get(path, "Accept", accept, "If-None-Match", tag); again.status != 304 {
				t.Errorf("%s: %q: status %d", path, accept, again.status)
			}
		}
	}
	for _, path := range []string{the, inWords("is RHEL 9 tested for MI 4.4.0"), "/v1/find?os=RHEL+9"} {
		if tags[path+"application/json"] == tags[path+"text/plain; charset=utf-8"] {
			t.Errorf("%s: text and JSON have one tag", path)
		}
	}
	some := serve(t, api.Options{Catalogue: newCatalogue(t), CORSOrigins: []string{"https://portal.example.com"}})
	if vary := strings.Join(some.get(the).header["Vary"], ", "); !strings.Contains(vary, "Origin") || !regexp.MustCompile(`Accept(,|$)`).MatchString(vary) {
		t.Errorf("Vary %s", vary)
	}
}

// TestPlainProblems: who reads text is told in text what is wrong.
func TestPlainProblems(t *testing.T) {
	c := newServer(t)
	for path, want := range map[string]string{
		"/v1/check?product=mi&release=4.4.1&os=RHEL+9": `^problem 404 unknown_release\nWSO2 Micro Integrator has no release "4\.4\.1" here\. The nearest: 4\.4\.0, 4\.3\.0\.\nCandidates: 4\.4\.0, 4\.3\.0\nRequest id: x\n$`,
		"/v1/check?product=mi&release=4.4.0":           `^problem 400 invalid\nThe question names no component and no resource\. .*\n`,
		"/v1/ask":                                      `^problem 400 invalid\n`,
		"/v1/find?os=RHEL+9&product=micro":             `^problem 404 unknown_product\n`,
		"/v1/find?oss=RHEL+9":                          `^problem 400 invalid\nThere is no parameter "oss" here\. Did you mean os\?\n`,
	} {
		got := c.get(path, "Accept", "text/plain", "X-Request-Id", "x")
		if got.header.Get("Content-Type") != "text/plain; charset=utf-8" || !regexp.MustCompile(want).Match(got.body) || got.header.Get("X-TestedOn-Verdict") != "" {
			t.Errorf("%s: %v\n%s", path, got.header, got.body)
		}
		if got := c.get(path); got.header.Get("Content-Type") != "application/problem+json" {
			t.Errorf("%s: %v", path, got.header)
		}
	}
	got := c.do(http.MethodPost, "/v1/check", "{", "Content-Type", "application/json", "Accept", "text/plain")
	if !strings.HasPrefix(string(got.body), "problem 400 invalid\n") {
		t.Errorf("%s", got.body)
	}
}

// doors are addresses of one question, by what stands before its components; those of
// the contract first.
var doors = []struct {
	path     func(components string) string
	contract bool
}{
	{func(q string) string { return "/v1/check?product=mi&release=4.4.0&" + q }, true},
	{func(q string) string { return "/embed/check.html?product=mi&release=4.4.0&" + q }, true},
	{func(q string) string { return "/embed/check.md?product=mi&release=4.4.0&" + q }, true},
	{func(q string) string { return "/badge/mi/4.4.0.svg?" + q }, true},
	{func(q string) string { return "/badge/mi/4.4.0.json?" + q }, true},
	{func(q string) string {
		return "/oembed?url=" + url.QueryEscape("http://x/?product=mi&release=4.4.0&"+q)
	}, true},
	{func(q string) string { return "/?product=mi&release=4.4.0&" + q }, false},
	{func(q string) string { return "/embed/check?product=mi&release=4.4.0&" + q }, false},
	{func(q string) string {
		values, _ := url.ParseQuery(q)
		return "/?q=" + url.QueryEscape("MI 4.4.0 "+values.Get("os")+" "+values.Get("dbms"))
	}, false},
	{func(q string) string {
		values, _ := url.ParseQuery(q)
		return inWords("MI 4.4.0 " + values.Get("os") + " " + values.Get("dbms"))
	}, true},
}

// TestVerdictHeader: every answer about one environment tells its verdict in a header,
// which is the same by every door, for GET and HEAD, and where the client has it.
func TestVerdictHeader(t *testing.T) {
	c := newServer(t)
	for components, want := range map[string]string{
		"os=RHEL+9&dbms=Postgres+17.2": "tested; pass",
		"os=RHEL+9&dbms=Postgres+16":   "not_listed; fail",
		"os=RHEL+9&dbms=Postgres+17":   "conditional; fail",
		"os=RHEL+9&dbms=Postgres+17.4": "compatible; fail",
	} {
		for _, door := range doors {
			c, path := c, door.path(components)
			if !door.contract {
				c = c.beyond()
			}
			got := c.get(path)
			has := c.get(path, "If-None-Match", got.header.Get("Etag"))
			head := c.do(http.MethodHead, path, "")
			for _, r := range []response{got, has, head} {
				if r.header.Get("X-TestedOn-Verdict") != want {
					t.Errorf("%s: %d, the header says %q and not %q", path, r.status, r.header.Get("X-TestedOn-Verdict"), want)
				}
			}
			if got.status != 200 || has.status != 304 || head.status != 200 {
				t.Errorf("%s: status %d, %d, %d", path, got.status, has.status, head.status)
			}
		}
	}
	for _, path := range []string{"/v1/check?product=mi&release=4.4.1&os=RHEL+9", "/v1/find?os=RHEL+9", "/v1/products", inWords("is RHEL 9 tested"), "/badge/mi/4.4.1.svg?os=RHEL+9"} {
		if told := c.get(path).header.Get("X-TestedOn-Verdict"); told != "" {
			t.Errorf("%s: the header says %q", path, told)
		}
	}
	posted := c.post("/v1/check", `{"product":"mi","release":"4.4.0","environment":{"dbms":"Postgres 17.4"},"require":"compatible"}`)
	if told := posted.header.Get("X-TestedOn-Verdict"); told != "compatible; pass" {
		t.Errorf("the header says %q", told)
	}
}
