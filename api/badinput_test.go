package api_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/testedon/testedon/api/wire"
)

// bad is a request that must be answered with a problem.
type bad struct {
	name, path, body string
	status           int
	code, field      string
	hint             string // a part of it
	candidate        string // the first, unless empty
}

// ask is a question that misses or adds something.
const ask = "/v1/check?product=mi&release=4.4.0&"

var badQueries = []bad{
	{"no product", "/v1/check?release=4.4.0&os=RHEL+9", "", 400, "invalid", "product", "product=ei", "ei"},
	{"empty product", "/v1/check?product=&release=4.4.0&os=RHEL+9", "", 400, "invalid", "product", "leave it out", ""},
	{"product twice", ask + "product=odd&os=RHEL+9", "", 400, "invalid", "product", "once", ""},
	{"no release", "/v1/check?product=mi&os=RHEL+9", "", 400, "invalid", "release", "release=4.4.0", "4.4.0"},
	{"empty release", "/v1/check?product=mi&release=&os=RHEL+9", "", 400, "invalid", "release", "leave it out", ""},
	{"unknown product", "/v1/check?product=micro&release=4.4.0&os=RHEL+9", "", 404, "unknown_product", "product", "Did you mean", "mi"},
	{"unknown release", "/v1/check?product=mi&release=4.4.1&os=RHEL+9", "", 404, "unknown_release", "release", "4.4.0", "4.4.0"},
	{"release of an unknown product", "/v1/check?product=micro&os=RHEL+9", "", 404, "unknown_product", "product", "", "mi"},
	{"no component", "/v1/check?product=mi&release=4.4.0", "", 400, "invalid", "environment", "os, jdk, dbms, arch", "os"},
	{"no component and unknown release", "/v1/check?product=mi&release=9", "", 404, "unknown_release", "release", "", ""},
	{"empty component", ask + "os=", "", 400, "invalid", "os", "leave it out", ""},
	{"blank component", ask + "os=+%09", "", 400, "invalid", "os", "leave it out", ""},
	{"component without a value", ask + "os", "", 400, "invalid", "os", "leave it out", ""},
	{"misspelt kind", ask + "jkd=Corretto+21", "", 400, "invalid", "jkd", "Did you mean jdk?", "jdk"},
	{"misspelt release", "/v1/check?product=mi&relaese=4.4.0", "", 400, "invalid", "relaese", "Did you mean release?", "release"},
	{"unknown kind", ask + "colour=blue", "", 400, "invalid", "colour", "product, release, require, os, jdk, dbms, arch, product, cores, memory, disk, deployment", ""},
	{"hostile name", ask + "%00%22%3Cscript%3E=1", "", 400, "invalid", `"<script>`, "Known are", ""},
	{"no name", ask + "=RHEL", "", 400, "invalid", "", "Known are", ""},
	{"long name", ask + strings.Repeat("x", 5000) + "=1", "", 400, "invalid", strings.Repeat("x", 40) + "…", "Known are", ""},
	{"long value", ask + "os=" + strings.Repeat("x", 201), "", 400, "invalid", "os", "Shorten", ""},
	{"long value beyond ASCII", ask + "os=" + strings.Repeat("%C3%A9", 201), "", 400, "invalid", "os", "Shorten", ""},
	{"many components", ask + strings.Repeat("os=RHEL+9&", 33), "", 400, "invalid", "os", "one environment", ""},
	{"control character", ask + "os=RHEL%009", "", 400, "invalid", "os", "control", ""},
	{"delete character", ask + "os=RHEL%7F9", "", 400, "invalid", "os", "control", ""},
	{"line break", ask + "os=RHEL%0A9", "", 400, "invalid", "os", "control", ""},
	{"control beyond ASCII", ask + "os=RHEL%C2%859", "", 400, "invalid", "os", "control", ""},
	{"invalid UTF-8", ask + "os=RHEL%ff9", "", 400, "invalid", "os", "UTF-8", ""},
	{"surrogate in UTF-8", ask + "os=%ED%A0%80", "", 400, "invalid", "os", "UTF-8", ""},
	{"broken escape", ask + "os=RHEL%zz", "", 400, "invalid", "os", "%25", ""},
	{"broken escape in a name", ask + "o%2=RHEL", "", 400, "invalid", "query", "%25", ""},
	{"require of no kind", ask + "os=RHEL+9&require=best", "", 400, "invalid", "require", "tested, compatible, conditional", ""},
	{"require twice", ask + "os=RHEL+9&require=tested&require=exact", "", 400, "invalid", "require", "once", ""},
	{"empty require", ask + "os=RHEL+9&require=", "", 400, "invalid", "require", "leave it out", ""},
	{"unknown parameter of a list", "/v1/products?page=2", "", 400, "invalid", "page", "Known are: vendor", ""},
	{"unknown parameter of a search", "/v1/technologies?knd=os", "", 400, "invalid", "knd", "Did you mean kind?", "kind"},
	{"unknown kind of a search", "/v1/technologies?kind=oss", "", 400, "invalid", "kind", "Did you mean os?", "os"},
	{"empty search", "/v1/technologies?search=", "", 400, "invalid", "search", "leave it out", ""},
	{"long search", "/v1/technologies?search=" + strings.Repeat("x", 201), "", 400, "invalid", "search", "Shorten", ""},
	{"unknown product in the path", "/v1/products/micro", "", 404, "unknown_product", "product", "Did you mean", "mi"},
	{"unknown product of releases", "/v1/products/micro/releases", "", 404, "unknown_product", "product", "", "mi"},
	{"unknown release in the path", "/v1/products/mi/releases/4.4.1", "", 404, "unknown_release", "release", "4.4.0", "4.4.0"},
	{"unknown source", "/v1/sources/pag", "", 404, "not_found", "source", "Did you mean page?", "page"},
	{"unknown source, by its title", "/v1/sources/Installation%20Prerequisite", "", 404, "not_found", "source", "Did you mean page?", "page"},
	{"source of nothing", "/v1/sources/xyzzy", "", 404, "not_found", "source", "/v1/sources", ""},
	{"unknown parameter of one source", "/v1/sources/page?page=2", "", 400, "invalid", "page", "none here", ""},
	{"unknown technology", "/v1/technologies/rhell", "", 404, "not_found", "technology", "Did you mean rhel", "rhel"},
	{"control character in the path", "/v1/products/m%00i", "", 400, "invalid", "product", "control", ""},
	{"blank in the path", "/v1/products/%20", "", 400, "invalid", "product", "leave it out", ""},
	{"invalid UTF-8 in the path", "/v1/technologies/%ff", "", 400, "invalid", "technology", "UTF-8", ""},
	{"unknown problem", "/problems/unknown_relase", "", 404, "not_found", "code", "", "unknown_release"},
	{"misspelt route", "/v1/chek?product=mi", "", 404, "no_such_route", "", "Did you mean /v1/check?", "/v1/check"},
	{"route without its version", "/claims", "", 404, "no_such_route", "", "", "/v1/claims"},
	{"route with a slash at the end", "/v1/check/", "", 404, "no_such_route", "", "", "/v1/check"},
	{"route of nothing", "/wp-admin/setup.php", "", 404, "no_such_route", "", "/docs", ""},
}

var badBodies = []bad{
	{"nothing", "/v1/check", ``, 400, "invalid", "body", `{"product"`, ""},
	{"no JSON", "/v1/check", `product=mi`, 400, "invalid", "body", `{"product"`, ""},
	{"cut off", "/v1/check", `{"product": "mi", "environment": {"os": ["RHEL`, 400, "invalid", "body", `{"product"`, ""},
	{"comma too many", "/v1/check", `{"product": "mi",}`, 400, "invalid", "body", `{"product"`, ""},
	{"list", "/v1/check", `["mi"]`, 400, "invalid", "body", "/docs", ""},
	{"null", "/v1/check", `null`, 400, "invalid", "body", "/docs", ""},
	{"two objects", "/v1/check", `{"product":"mi","release":"4.4.0","environment":{"os":"RHEL 9"}} {}`, 400, "invalid", "body", "nothing after", ""},
	{"garbage after", "/v1/check", `{"product":"mi","release":"4.4.0","environment":{"os":"RHEL 9"}} x`, 400, "invalid", "body", "nothing after", ""},
	{"unknown field", "/v1/check", `{"prodcut": "mi"}`, 400, "invalid", "prodcut", "Did you mean product?", "product"},
	{"field in capitals", "/v1/check", `{"Product": "mi"}`, 400, "invalid", "Product", "Did you mean product?", "product"},
	{"kind outside", "/v1/check", `{"product":"mi","release":"4.4.0","os":"RHEL 9"}`, 400, "invalid", "os", "environment", ""},
	{"unknown kind", "/v1/check", `{"environment":{"jkd": "Corretto 21"}}`, 400, "invalid", "environment.jkd", "Did you mean jdk?", "jdk"},
	{"field twice", "/v1/check", `{"product":"mi","product":"odd"}`, 400, "invalid", "product", "once", ""},
	{"kind twice", "/v1/check", `{"environment":{"os":"RHEL 9","os":"RHEL 8"}}`, 400, "invalid", "environment.os", "list", ""},
	{"number for a text", "/v1/check", `{"product":"mi","release":4.4}`, 400, "invalid", "release", "", ""},
	{"null for what is needed", "/v1/check", `{"product":null}`, 400, "invalid", "product", "/v1/products", "ei"},
	{"null in a list", "/v1/check", `{"environment":{"os":["RHEL 9",null]}}`, 400, "invalid", "environment.os[1]", "out of the list", ""},
	{"null for an unknown name", "/v1/check", `{"os":null}`, 400, "invalid", "os", "Known are", ""},
	{"null for an unknown kind", "/v1/check", `{"environment":{"oss":null}}`, 400, "invalid", "environment.oss", "Did you mean os?", "os"},
	{"list for a text", "/v1/check", `{"product":["mi"]}`, 400, "invalid", "product", "", ""},
	{"environment as a list", "/v1/check", `{"environment":["RHEL 9"]}`, 400, "invalid", "environment", "", ""},
	{"object for a component", "/v1/check", `{"environment":{"os":{"name":"RHEL"}}}`, 400, "invalid", "environment.os", "", ""},
	{"number in a list", "/v1/check", `{"environment":{"os":["RHEL 9", 9]}}`, 400, "invalid", "environment.os[1]", "", ""},
	{"deep nesting", "/v1/check", `{"environment":{"os":` + strings.Repeat("[", 20000), 400, "invalid", "environment.os[0]", "", ""},
	{"no product", "/v1/check", `{"release":"4.4.0","environment":{"os":"RHEL 9"}}`, 400, "invalid", "product", "product=ei", "ei"},
	{"empty component", "/v1/check", `{"environment":{"os":["RHEL 9",""]}}`, 400, "invalid", "environment.os[1]", "leave it out", ""},
	{"no component", "/v1/check", `{"product":"mi","release":"4.4.0","environment":{}}`, 400, "invalid", "environment", "os, jdk, dbms, arch", "os"},
	{"no component in a list", "/v1/check", `{"product":"mi","release":"4.4.0","environment":{"os":[]}}`, 400, "invalid", "environment", "os, jdk, dbms, arch", "os"},
	{"control character", "/v1/check", `{"environment":{"os":"RHEL\u00009"}}`, 400, "invalid", "environment.os", "control", ""},
	{"long value", "/v1/check", `{"environment":{"os":"` + strings.Repeat("x", 201) + `"}}`, 400, "invalid", "environment.os", "Shorten", ""},
	{"many components", "/v1/check", `{"environment":{"os":["a"` + strings.Repeat(`,"a"`, 32) + `]}}`, 400, "invalid", "environment.os[32]", "one environment", ""},
	{"invalid UTF-8", "/v1/check", "{\"product\":\"m\xffi\"}", 400, "invalid", "body", "UTF-8", ""},
	{"require of no kind", "/v1/check", `{"product":"mi","release":"4.4.0","environment":{"os":"RHEL 9"},"require":"best"}`, 400, "invalid", "require", "tested", ""},
	{"unknown product", "/v1/check", `{"product":"micro","release":"4.4.0","environment":{"os":"RHEL 9"}}`, 404, "unknown_product", "product", "", "mi"},
	{"number without a unit", "/v1/check", `{"product":"mi","release":"4.4.0","memory":2}`, 400, "invalid", "memory", units, ""},
	{"number as a power", "/v1/check", `{"product":"mi","release":"4.4.0","cores":1e3}`, 400, "invalid", "cores", "such as 2 or 0.5", ""},
	{"negative number", "/v1/check", `{"product":"mi","release":"4.4.0","cores":-1}`, 400, "invalid", "cores", "such as 2 or 0.5", ""},
	{"a truth for an amount", "/v1/check", `{"memory":true}`, 400, "invalid", "memory", "/docs", ""},
	{"truth for an amount", "/v1/check", `{"cores":true}`, 400, "invalid", "cores", "/docs", ""},
	{"list of amounts", "/v1/check", `{"memory":["2GB"]}`, 400, "invalid", "memory", "/docs", ""},
	{"object for an amount", "/v1/check", `{"memory":{"amount":"2GB"}}`, 400, "invalid", "memory", "/docs", ""},
	{"amount within the environment", "/v1/check", `{"environment":{"memory":"2GB"}}`, 400, "invalid", "environment.memory", "Known are", ""},
	{"amount twice", "/v1/check", `{"memory":"2GB","memory":"4GB"}`, 400, "invalid", "memory", "once", ""},
	{"empty amount", "/v1/check", `{"memory":""}`, 400, "invalid", "memory", "leave it out", ""},
	{"amount cut off", "/v1/check", `{"memory":`, 400, "invalid", "body", `{"product"`, ""},
	{"amount with a control character", "/v1/check", `{"memory":"2\u0000GB"}`, 400, "invalid", "memory", "control", ""},
	{"number for a deployment", "/v1/check", `{"deployment":1}`, 400, "invalid", "deployment", "/docs", ""},
	{"unknown deployment", "/v1/check", `{"product":"mi","release":"4.4.0","memory":"2GB","deployment":"cloud"}`, 400, "invalid", "deployment", "Use one of centralized", "centralized"},
	{"deployment alone", "/v1/check", `{"product":"mi","release":"4.4.0","deployment":"ESB"}`, 400, "invalid", "environment", "memory=4GB", "os"},
	{"misspelt member", "/v1/check", `{"memmory":"2GB"}`, 400, "invalid", "memmory", "Did you mean memory?", "memory"},
	{"too large", "/v1/check", `{"product":"mi"` + strings.Repeat(" ", 64<<10), 413, "too_large", "body", "in one request", ""},
	{"parameter beside a body", "/v1/check?os=RHEL+9", `{"product":"mi"}`, 400, "invalid", "os", "", ""},
}

func TestBadQueries(t *testing.T) {
	c := newServer(t)
	for _, b := range slices.Concat(badQueries, badStatements, badAmounts, badWords) {
		t.Run(b.name, func(t *testing.T) { b.verify(t, c.get(b.path)) })
	}
}

func TestBadBodies(t *testing.T) {
	c := newServer(t)
	for _, b := range badBodies {
		t.Run(b.name, func(t *testing.T) { b.verify(t, c.post(b.path, b.body)) })
	}
}

func TestBadMedia(t *testing.T) {
	c := newServer(t)
	const body = `{"product":"mi","release":"4.4.0","environment":{"os":"RHEL 9"}}`
	for _, headers := range [][]string{
		nil, {"Content-Type", "text/plain"}, {"Content-Type", "application/x-www-form-urlencoded"}, {"Content-Type", "application/json/x"},
		{"Content-Type", "application/json; charset=latin1"},
		{"Content-Type", "application/json", "Content-Encoding", "gzip"},
	} {
		field := "Content-Type"
		if len(headers) > 2 {
			field = "Content-Encoding"
		}
		b := bad{status: 415, code: "unsupported_media_type", field: field, hint: "Send"}
		b.verify(t, c.do(http.MethodPost, "/v1/check", body, headers...))
	}
	for _, media := range []string{"application/json", "application/json; charset=utf-8", "Application/JSON;charset=UTF-8"} {
		if got := c.do(http.MethodPost, "/v1/check", body, "Content-Type", media); got.status != 200 {
			t.Errorf("%s: status %d", media, got.status)
		}
	}
}

func TestBadMethods(t *testing.T) {
	c := newServer(t)
	for _, request := range [][2]string{
		{"DELETE", "/v1/check"}, {"PUT", "/v1/products"}, {"POST", "/v1/products/mi"}, {"PATCH", "/livez"}, {"FOO", "/metrics"},
	} {
		got := c.do(request[0], request[1], "")
		b := bad{status: 405, code: "method_not_allowed", hint: "GET"}
		b.verify(t, got)
		if allow := got.header.Get("Allow"); !strings.Contains(allow, "GET") || !strings.Contains(allow, "HEAD") {
			t.Errorf("%v: Allow is %q", request, allow)
		}
	}
}

// verify holds an answer against the problem it must be.
func (b *bad) verify(t *testing.T, got response) {
	t.Helper()
	if got.status != b.status {
		t.Fatalf("%s: status %d, not %d: %s", b.name, got.status, b.status, got.body)
	}
	if media := got.header.Get("Content-Type"); media != "application/problem+json" {
		t.Errorf("%s: media type %s", b.name, media)
	}
	if got.header.Get("Cache-Control") != "no-store" || got.header.Get("ETag") != "" {
		t.Errorf("%s: the problem may be kept: %v", b.name, got.header)
	}
	p := into[wire.Problem](t, got)
	if p.Status != b.status || p.Code != b.code || p.Field != b.field {
		t.Errorf("%s: status %d, code %s, field %q: %s", b.name, p.Status, p.Code, p.Field, got.body)
	}
	if p.Type != "/problems/"+p.Code || p.Title == "" || p.Detail == "" || p.Hint == "" || p.Candidates == nil {
		t.Errorf("%s: incomplete: %s", b.name, got.body)
	}
	if p.RequestID == "" || p.RequestID != got.header.Get("X-Request-Id") {
		t.Errorf("%s: request id %q: %s", b.name, p.RequestID, got.body)
	}
	if !strings.Contains(p.Hint, b.hint) {
		t.Errorf("%s: the hint is %q", b.name, p.Hint)
	}
	if b.candidate != "" && !slices.Equal(p.Candidates[:min(1, len(p.Candidates))], []string{b.candidate}) {
		t.Errorf("%s: candidates %q", b.name, p.Candidates)
	}
}
