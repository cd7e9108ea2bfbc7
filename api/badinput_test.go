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
	{name: "no product", path: "/v1/check?release=4.4.0&os=RHEL+9", status: 400, code: "invalid", field: "product", hint: "product=ei", candidate: "ei"},
	{name: "empty product", path: "/v1/check?product=&release=4.4.0&os=RHEL+9", status: 400, code: "invalid", field: "product", hint: "leave it out"},
	{name: "product twice", path: ask + "product=odd&os=RHEL+9", status: 400, code: "invalid", field: "product", hint: "once"},
	{name: "no release", path: "/v1/check?product=mi&os=RHEL+9", status: 400, code: "invalid", field: "release", hint: "release=4.4.0", candidate: "4.4.0"},
	{name: "empty release", path: "/v1/check?product=mi&release=&os=RHEL+9", status: 400, code: "invalid", field: "release", hint: "leave it out"},
	{name: "unknown product", path: "/v1/check?product=micro&release=4.4.0&os=RHEL+9", status: 404, code: "unknown_product", field: "product", hint: "Did you mean", candidate: "mi"},
	{name: "unknown release", path: "/v1/check?product=mi&release=4.4.1&os=RHEL+9", status: 404, code: "unknown_release", field: "release", hint: "4.4.0", candidate: "4.4.0"},
	{name: "release of an unknown product", path: "/v1/check?product=micro&os=RHEL+9", status: 404, code: "unknown_product", field: "product", candidate: "mi"},
	{name: "no component", path: "/v1/check?product=mi&release=4.4.0", status: 400, code: "invalid", field: "environment", hint: "os, jdk, dbms, arch", candidate: "os"},
	{name: "no component and unknown release", path: "/v1/check?product=mi&release=9", status: 404, code: "unknown_release", field: "release"},
	{name: "empty component", path: ask + "os=", status: 400, code: "invalid", field: "os", hint: "leave it out"},
	{name: "blank component", path: ask + "os=+%09", status: 400, code: "invalid", field: "os", hint: "leave it out"},
	{name: "component without a value", path: ask + "os", status: 400, code: "invalid", field: "os", hint: "leave it out"},
	{name: "misspelt kind", path: ask + "jkd=Corretto+21", status: 400, code: "invalid", field: "jkd", hint: "Did you mean jdk?", candidate: "jdk"},
	{name: "misspelt release", path: "/v1/check?product=mi&relaese=4.4.0", status: 400, code: "invalid", field: "relaese", hint: "Did you mean release?", candidate: "release"},
	{name: "unknown kind", path: ask + "colour=blue", status: 400, code: "invalid", field: "colour", hint: "product, release, require, os, jdk, dbms, arch, product, cores, memory, disk, deployment"},
	{name: "hostile name", path: ask + "%00%22%3Cscript%3E=1", status: 400, code: "invalid", field: `"<script>`, hint: "Known are"},
	{name: "no name", path: ask + "=RHEL", status: 400, code: "invalid", hint: "Known are"},
	{name: "long name", path: ask + strings.Repeat("x", 5000) + "=1", status: 400, code: "invalid", field: strings.Repeat("x", 40) + "…", hint: "Known are"},
	{name: "long value", path: ask + "os=" + strings.Repeat("x", 201), status: 400, code: "invalid", field: "os", hint: "Shorten"},
	{name: "long value beyond ASCII", path: ask + "os=" + strings.Repeat("%C3%A9", 201), status: 400, code: "invalid", field: "os", hint: "Shorten"},
	{name: "many components", path: ask + strings.Repeat("os=RHEL+9&", 33), status: 400, code: "invalid", field: "os", hint: "one environment"},
	{name: "control character", path: ask + "os=RHEL%009", status: 400, code: "invalid", field: "os", hint: "control"},
	{name: "delete character", path: ask + "os=RHEL%7F9", status: 400, code: "invalid", field: "os", hint: "control"},
	{name: "line break", path: ask + "os=RHEL%0A9", status: 400, code: "invalid", field: "os", hint: "control"},
	{name: "control beyond ASCII", path: ask + "os=RHEL%C2%859", status: 400, code: "invalid", field: "os", hint: "control"},
	{name: "invalid UTF-8", path: ask + "os=RHEL%ff9", status: 400, code: "invalid", field: "os", hint: "UTF-8"},
	{name: "surrogate in UTF-8", path: ask + "os=%ED%A0%80", status: 400, code: "invalid", field: "os", hint: "UTF-8"},
	{name: "broken escape", path: ask + "os=RHEL%zz", status: 400, code: "invalid", field: "os", hint: "%25"},
	{name: "broken escape in a name", path: ask + "o%2=RHEL", status: 400, code: "invalid", field: "query", hint: "%25"},
	{name: "require of no kind", path: ask + "os=RHEL+9&require=best", status: 400, code: "invalid", field: "require", hint: "tested, compatible, conditional"},
	{name: "require twice", path: ask + "os=RHEL+9&require=tested&require=exact", status: 400, code: "invalid", field: "require", hint: "once"},
	{name: "empty require", path: ask + "os=RHEL+9&require=", status: 400, code: "invalid", field: "require", hint: "leave it out"},
	{name: "unknown parameter of a list", path: "/v1/products?page=2", status: 400, code: "invalid", field: "page", hint: "Known are: vendor"},
	{name: "unknown parameter of a search", path: "/v1/technologies?knd=os", status: 400, code: "invalid", field: "knd", hint: "Did you mean kind?", candidate: "kind"},
	{name: "unknown kind of a search", path: "/v1/technologies?kind=oss", status: 400, code: "invalid", field: "kind", hint: "Did you mean os?", candidate: "os"},
	{name: "empty search", path: "/v1/technologies?search=", status: 400, code: "invalid", field: "search", hint: "leave it out"},
	{name: "long search", path: "/v1/technologies?search=" + strings.Repeat("x", 201), status: 400, code: "invalid", field: "search", hint: "Shorten"},
	{name: "unknown product in the path", path: "/v1/products/micro", status: 404, code: "unknown_product", field: "product", hint: "Did you mean", candidate: "mi"},
	{name: "unknown product of releases", path: "/v1/products/micro/releases", status: 404, code: "unknown_product", field: "product", candidate: "mi"},
	{name: "unknown release in the path", path: "/v1/products/mi/releases/4.4.1", status: 404, code: "unknown_release", field: "release", hint: "4.4.0", candidate: "4.4.0"},
	{name: "unknown source", path: "/v1/sources/pag", status: 404, code: "not_found", field: "source", hint: "Did you mean page?", candidate: "page"},
	{name: "unknown source, by its title", path: "/v1/sources/Installation%20Prerequisite", status: 404, code: "not_found", field: "source", hint: "Did you mean page?", candidate: "page"},
	{name: "source of nothing", path: "/v1/sources/xyzzy", status: 404, code: "not_found", field: "source", hint: "/v1/sources"},
	{name: "unknown parameter of one source", path: "/v1/sources/page?page=2", status: 400, code: "invalid", field: "page", hint: "none here"},
	{name: "unknown technology", path: "/v1/technologies/rhell", status: 404, code: "not_found", field: "technology", hint: "Did you mean rhel", candidate: "rhel"},
	{name: "control character in the path", path: "/v1/products/m%00i", status: 400, code: "invalid", field: "product", hint: "control"},
	{name: "blank in the path", path: "/v1/products/%20", status: 400, code: "invalid", field: "product", hint: "leave it out"},
	{name: "invalid UTF-8 in the path", path: "/v1/technologies/%ff", status: 400, code: "invalid", field: "technology", hint: "UTF-8"},
	{name: "unknown problem", path: "/problems/unknown_relase", status: 404, code: "not_found", field: "code", candidate: "unknown_release"},
	{name: "misspelt route", path: "/v1/chek?product=mi", status: 404, code: "no_such_route", hint: "Did you mean /v1/check?", candidate: "/v1/check"},
	{name: "route without its version", path: "/claims", status: 404, code: "no_such_route", candidate: "/v1/claims"},
	{name: "misspelt route with a slash at the end", path: "/v1/chek/", status: 404, code: "no_such_route", candidate: "/v1/check"},
	{name: "route of nothing", path: "/wp-admin/setup.php", status: 404, code: "no_such_route", hint: "/docs"},
}

var badBodies = []bad{
	{name: "nothing", path: "/v1/check", body: ``, status: 400, code: "invalid", field: "body", hint: `{"product"`},
	{name: "no JSON", path: "/v1/check", body: `product=mi`, status: 400, code: "invalid", field: "body", hint: `{"product"`},
	{name: "cut off", path: "/v1/check", body: `{"product": "mi", "environment": {"os": ["RHEL`, status: 400, code: "invalid", field: "body", hint: `{"product"`},
	{name: "comma too many", path: "/v1/check", body: `{"product": "mi",}`, status: 400, code: "invalid", field: "body", hint: `{"product"`},
	{name: "list", path: "/v1/check", body: `["mi"]`, status: 400, code: "invalid", field: "body", hint: "/docs"},
	{name: "null", path: "/v1/check", body: `null`, status: 400, code: "invalid", field: "body", hint: "/docs"},
	{name: "two objects", path: "/v1/check", body: `{"product":"mi","release":"4.4.0","environment":{"os":"RHEL 9"}} {}`, status: 400, code: "invalid", field: "body", hint: "nothing after"},
	{name: "garbage after", path: "/v1/check", body: `{"product":"mi","release":"4.4.0","environment":{"os":"RHEL 9"}} x`, status: 400, code: "invalid", field: "body", hint: "nothing after"},
	{name: "unknown field", path: "/v1/check", body: `{"prodcut": "mi"}`, status: 400, code: "invalid", field: "prodcut", hint: "Did you mean product?", candidate: "product"},
	{name: "field in capitals", path: "/v1/check", body: `{"Product": "mi"}`, status: 400, code: "invalid", field: "Product", hint: "Did you mean product?", candidate: "product"},
	{name: "kind outside", path: "/v1/check", body: `{"product":"mi","release":"4.4.0","os":"RHEL 9"}`, status: 400, code: "invalid", field: "os", hint: "environment"},
	{name: "unknown kind", path: "/v1/check", body: `{"environment":{"jkd": "Corretto 21"}}`, status: 400, code: "invalid", field: "environment.jkd", hint: "Did you mean jdk?", candidate: "jdk"},
	{name: "field twice", path: "/v1/check", body: `{"product":"mi","product":"odd"}`, status: 400, code: "invalid", field: "product", hint: "once"},
	{name: "kind twice", path: "/v1/check", body: `{"environment":{"os":"RHEL 9","os":"RHEL 8"}}`, status: 400, code: "invalid", field: "environment.os", hint: "list"},
	{name: "number for a text", path: "/v1/check", body: `{"product":"mi","release":4.4}`, status: 400, code: "invalid", field: "release"},
	{name: "null for what is needed", path: "/v1/check", body: `{"product":null}`, status: 400, code: "invalid", field: "product", hint: "/v1/products", candidate: "ei"},
	{name: "null in a list", path: "/v1/check", body: `{"environment":{"os":["RHEL 9",null]}}`, status: 400, code: "invalid", field: "environment.os[1]", hint: "out of the list"},
	{name: "null for an unknown name", path: "/v1/check", body: `{"os":null}`, status: 400, code: "invalid", field: "os", hint: "Known are"},
	{name: "null for an unknown kind", path: "/v1/check", body: `{"environment":{"oss":null}}`, status: 400, code: "invalid", field: "environment.oss", hint: "Did you mean os?", candidate: "os"},
	{name: "list for a text", path: "/v1/check", body: `{"product":["mi"]}`, status: 400, code: "invalid", field: "product"},
	{name: "environment as a list", path: "/v1/check", body: `{"environment":["RHEL 9"]}`, status: 400, code: "invalid", field: "environment"},
	{name: "object for a component", path: "/v1/check", body: `{"environment":{"os":{"name":"RHEL"}}}`, status: 400, code: "invalid", field: "environment.os"},
	{name: "number in a list", path: "/v1/check", body: `{"environment":{"os":["RHEL 9", 9]}}`, status: 400, code: "invalid", field: "environment.os[1]"},
	{name: "deep nesting", path: "/v1/check", body: `{"environment":{"os":` + strings.Repeat("[", 20000), status: 400, code: "invalid", field: "body", hint: `{"product"`},
	{name: "no product", path: "/v1/check", body: `{"release":"4.4.0","environment":{"os":"RHEL 9"}}`, status: 400, code: "invalid", field: "product", hint: "product=ei", candidate: "ei"},
	{name: "empty component", path: "/v1/check", body: `{"environment":{"os":["RHEL 9",""]}}`, status: 400, code: "invalid", field: "environment.os[1]", hint: "leave it out"},
	{name: "no component", path: "/v1/check", body: `{"product":"mi","release":"4.4.0","environment":{}}`, status: 400, code: "invalid", field: "environment", hint: "os, jdk, dbms, arch", candidate: "os"},
	{name: "no component in a list", path: "/v1/check", body: `{"product":"mi","release":"4.4.0","environment":{"os":[]}}`, status: 400, code: "invalid", field: "environment", hint: "os, jdk, dbms, arch", candidate: "os"},
	{name: "control character", path: "/v1/check", body: `{"environment":{"os":"RHEL\u00009"}}`, status: 400, code: "invalid", field: "environment.os", hint: "control"},
	{name: "long value", path: "/v1/check", body: `{"environment":{"os":"` + strings.Repeat("x", 201) + `"}}`, status: 400, code: "invalid", field: "environment.os", hint: "Shorten"},
	{name: "many components", path: "/v1/check", body: `{"environment":{"os":["a"` + strings.Repeat(`,"a"`, 32) + `]}}`, status: 400, code: "invalid", field: "environment.os[32]", hint: "one environment"},
	{name: "invalid UTF-8", path: "/v1/check", body: "{\"product\":\"m\xffi\"}", status: 400, code: "invalid", field: "body", hint: "UTF-8"},
	{name: "require of no kind", path: "/v1/check", body: `{"product":"mi","release":"4.4.0","environment":{"os":"RHEL 9"},"require":"best"}`, status: 400, code: "invalid", field: "require", hint: "tested"},
	{name: "unknown product", path: "/v1/check", body: `{"product":"micro","release":"4.4.0","environment":{"os":"RHEL 9"}}`, status: 404, code: "unknown_product", field: "product", candidate: "mi"},
	{name: "number without a unit", path: "/v1/check", body: `{"product":"mi","release":"4.4.0","memory":2}`, status: 400, code: "invalid", field: "memory", hint: units},
	{name: "number as a power", path: "/v1/check", body: `{"product":"mi","release":"4.4.0","cores":1e3}`, status: 400, code: "invalid", field: "cores", hint: "such as 2 or 0.5"},
	{name: "negative number", path: "/v1/check", body: `{"product":"mi","release":"4.4.0","cores":-1}`, status: 400, code: "invalid", field: "cores", hint: "such as 2 or 0.5"},
	{name: "a truth for an amount", path: "/v1/check", body: `{"memory":true}`, status: 400, code: "invalid", field: "memory", hint: "/docs"},
	{name: "truth for an amount", path: "/v1/check", body: `{"cores":true}`, status: 400, code: "invalid", field: "cores", hint: "/docs"},
	{name: "list of amounts", path: "/v1/check", body: `{"memory":["2GB"]}`, status: 400, code: "invalid", field: "memory", hint: "/docs"},
	{name: "object for an amount", path: "/v1/check", body: `{"memory":{"amount":"2GB"}}`, status: 400, code: "invalid", field: "memory", hint: "/docs"},
	{name: "amount within the environment", path: "/v1/check", body: `{"environment":{"memory":"2GB"}}`, status: 400, code: "invalid", field: "environment.memory", hint: "Known are"},
	{name: "amount twice", path: "/v1/check", body: `{"memory":"2GB","memory":"4GB"}`, status: 400, code: "invalid", field: "memory", hint: "once"},
	{name: "empty amount", path: "/v1/check", body: `{"memory":""}`, status: 400, code: "invalid", field: "memory", hint: "leave it out"},
	{name: "amount cut off", path: "/v1/check", body: `{"memory":`, status: 400, code: "invalid", field: "body", hint: `{"product"`},
	{name: "amount with a control character", path: "/v1/check", body: `{"memory":"2\u0000GB"}`, status: 400, code: "invalid", field: "memory", hint: "control"},
	{name: "number for a deployment", path: "/v1/check", body: `{"deployment":1}`, status: 400, code: "invalid", field: "deployment", hint: "/docs"},
	{name: "unknown deployment", path: "/v1/check", body: `{"product":"mi","release":"4.4.0","memory":"2GB","deployment":"cloud"}`, status: 400, code: "invalid", field: "deployment", hint: "Use one of centralized", candidate: "centralized"},
	{name: "deployment alone", path: "/v1/check", body: `{"product":"mi","release":"4.4.0","deployment":"ESB"}`, status: 400, code: "invalid", field: "environment", hint: "memory=4GB", candidate: "os"},
	{name: "misspelt member", path: "/v1/check", body: `{"memmory":"2GB"}`, status: 400, code: "invalid", field: "memmory", hint: "Did you mean memory?", candidate: "memory"},
	{name: "too large", path: "/v1/check", body: `{"product":"mi"` + strings.Repeat(" ", 2<<20), status: 413, code: "too_large", field: "body", hint: "in one request"},
	{name: "parameter beside a body", path: "/v1/check?os=RHEL+9", body: `{"product":"mi"}`, status: 400, code: "invalid", field: "os"},
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
	if !strings.HasPrefix(p.Type, "http://127.0.0.1:") || !strings.HasSuffix(p.Type, "/problems/"+p.Code) || p.Title == "" || p.Detail == "" || p.Hint == "" || p.Candidates == nil {
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
