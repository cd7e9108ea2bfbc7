package api_test

import (
	"fmt"
	"net/http"
	"reflect"
	"strings"
	"testing"
)

// TestNamesMayBeEscaped: a parameter is the same whether a character of its name is escaped, also
// one that is taken out before the others are read.
func TestNamesMayBeEscaped(t *testing.T) {
	c := newServer(t).beyond()
	for _, path := range []string{the, "/v1/find?os=RHEL+9", "/v1/claims?kind=os", "/?product=mi&release=4.4.0&os=RHEL+9", "/products?", "/badge/mi/4.4.0.svg?os=RHEL+9", "/embed/check.md" + mainPage[1:]} {
		for name, value := range map[string]string{"fields": "verdict,pass", "asOf": "2026-08-01", "known": "1"} {
			if name == "fields" && path != the {
				continue
			}
			plain := anonymous(c.get(path + "&" + name + "=" + value))
			escaped := anonymous(c.get(fmt.Sprintf("%s&%%%x%s=%s", path, name[0], name[1:], value)))
			if plain.status != escaped.status || string(plain.body) != string(escaped.body) {
				t.Errorf("%s with %s=%s: %d %s, escaped %d %s", path, name, value, plain.status, plain.body, escaped.status, escaped.body)
			}
		}
	}
	posted := c.do(http.MethodPost, "/v1/check?%66ields=verdict", `{"product":"mi","release":"4.4.0","environment":{"os":"RHEL 9"}}`, "Content-Type", "application/json")
	if again := c.get(posted.header.Get("Content-Location")); again.status != http.StatusOK || string(again.body) != string(posted.body) {
		t.Errorf("%s: %d %s, not %s", posted.header.Get("Content-Location"), again.status, again.body, posted.body)
	}
}

// TestNoInternalHeaders: what tells the compression to let an answer be is told to no client.
func TestNoInternalHeaders(t *testing.T) {
	c := newServer(t).beyond()
	for _, path := range []string{"/v1/snapshot", "/v1/products/mi/releases/4.4.0/export?format=xlsx", the} {
		var bodies []string
		for _, encoding := range []string{"", "identity", "gzip"} {
			got := c.get(path, "Accept-Encoding", encoding)
			if got.header.Get("No-Gzip-Compression") != "" {
				t.Errorf("%s, %q: %v", path, encoding, got.header)
			}
			bodies = append(bodies, string(got.body))
		}
		if path != the && !reflect.DeepEqual(bodies, []string{bodies[0], bodies[0], bodies[0]}) {
			t.Errorf("%s is compressed again", path)
		}
	}
}

// TestUnprintable: characters that XML refuses are refused, as control characters are.
func TestUnprintable(t *testing.T) {
	c := newServer(t).beyond()
	for _, text := range []string{"%EF%BF%BE", "a%EF%BF%BF", "%01"} {
		for path, field := range map[string]string{"/v1/check?product=mi&release=4.4.0&os=": "os", "/v1/search?q=": "q", "/v1/ask?q=is+it+": "q"} {
			(&bad{status: 400, code: "invalid", field: field}).verify(t, c.get(path+text))
		}
		if badge := c.get("/badge/mi/4.4.0.svg?os=RHEL+9&label=" + text); strings.ContainsAny(string(badge.body), "\ufffe\uffff\x01") {
			t.Errorf("a badge with %s: %s", text, badge.body)
		}
	}
}
