package contract_test

import (
	"bytes"
	"compress/gzip"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/testedon/testedon/openapi/contract"
)

const (
	alive   = `{"status": "ok"}`
	asked   = `{"product": "mi", "release": "4.4.0", "environment": {"os": "RHEL 9", "dbms": ["Postgres 17.2"]}}`
	problem = `{"type": "/problems/no_such_route", "title": "No such route", "status": 404, "code": "no_such_route",
		"detail": "Nothing is served there", "hint": "Look at /docs.", "candidates": [], "request_id": "1"}`
)

// exchanges are requests and their answers. The first ones hold; each of the
// others has one fault, and fault is a part of what must be said of it.
var exchanges = []struct {
	name, request, sent string
	status              int
	header, body        string
	fault               string
}{
	{name: "a probe", request: "GET /livez", status: 200, body: alive},
	{name: "HEAD", request: "HEAD /livez", status: 200},
	{name: "304", request: "GET /v1/products", status: 304, header: "ETag: \"abc\""},
	{name: "no such route", request: "GET /v1/nothing", status: 404, header: "Content-Type: application/problem+json", body: problem},
	{name: "no such method", request: "DELETE /livez", status: 405, header: "Content-Type: application/problem+json", body: problem},
	{name: "refused", request: "GET /v1/check?jkd=Corretto+21", status: 400, header: "Content-Type: application/problem+json", body: problem},

	{name: "a route of no operation", request: "GET /v1/secret", status: 200, body: alive, fault: "no such operation"},
	{name: "a method of no operation", request: "DELETE /livez", status: 200, body: alive, fault: "no such operation"},
	{name: "not found, for people", request: "GET /v1/nothing", status: 404, header: "Content-Type: text/html", body: "<p>", fault: "not a problem"},
	{name: "not found, half a problem", request: "GET /v1/nothing", status: 404, header: "Content-Type: application/problem+json", body: `{"title": "No"}`, fault: "missing properties"},
	{name: "a status not described", request: "GET /livez", status: 201, body: alive, fault: "does not describe this status"},
	{name: "a redirect not described", request: "GET /livez", status: 301, fault: "does not describe this status"},
	{name: "304 not described", request: "GET /livez", status: 304, fault: "does not describe this status"},
	{name: "another media type", request: "GET /livez", status: 200, header: "Content-Type: text/html", body: alive, fault: "text/html"},
	{name: "an error as plain JSON", request: "GET /livez", status: 500, body: problem, fault: "application/json"},
	{name: "a value not in the list", request: "GET /livez", status: 200, body: `{"status": "fine"}`, fault: "'/status': value must be 'ok'"},
	{name: "a field too few", request: "GET /livez", status: 200, body: `{}`, fault: "status"},
	{name: "a field too many", request: "GET /livez", status: 200, body: `{"status": "ok", "uptime": 3}`, fault: "uptime"},
	{name: "no JSON", request: "GET /livez", status: 200, body: `{`, fault: "decode"},
	{name: "a header too few", request: "GET /livez", status: 200, header: "X-Request-Id:", body: alive, fault: "X-Request-Id"},
	{name: "no ETag on HEAD", request: "HEAD /v1/products", status: 200, fault: "ETag"},
	{name: "an unknown parameter is taken", request: "GET /livez?verbose=1", status: 200, body: alive, fault: `no parameter "verbose"`},
	{name: "a parameter too long is taken", request: "GET /v1/technologies?search=" + strings.Repeat("x", 201), status: 304, header: "ETag: \"abc\"", fault: "maxLength: got 201, want 200"},
	{name: "a missing parameter is done without", request: "GET /v1/check?product=mi", status: 304, header: "ETag: \"abc\"", fault: `"release"`},
	{name: "an unknown field is taken", request: "POST /v1/check", sent: strings.Replace(asked, "release", "version", 1), status: 200, body: alive, fault: "contract forbids"},
}

// TestVerify plants faults and sees each one caught.
func TestVerify(t *testing.T) {
	for _, e := range exchanges {
		t.Run(e.name, func(t *testing.T) {
			method, target, _ := strings.Cut(e.request, " ")
			request := httptest.NewRequest(method, target, nil)
			request.Header.Set("Content-Type", "application/json")
			err := contract.Verify(request, []byte(e.sent), answer(e.status, e.header), []byte(e.body))
			switch {
			case e.fault == "" && err != nil:
				t.Errorf("it holds, but: %v", err)
			case e.fault != "" && err == nil:
				t.Error("the fault was not caught")
			case e.fault != "" && !strings.Contains(err.Error(), e.fault):
				t.Errorf("the fault is called %q and not %q", err, e.fault)
			}
		})
	}
}

// TestVerifyCompressed reads a compressed body.
func TestVerifyCompressed(t *testing.T) {
	var body bytes.Buffer
	writer := gzip.NewWriter(&body)
	writer.Write([]byte(`{"status": "fine"}`))
	writer.Close()
	err := contract.Verify(httptest.NewRequest("GET", "/livez", nil), nil, answer(200, "Content-Encoding: gzip"), body.Bytes())
	if err == nil || !strings.Contains(err.Error(), "must be 'ok'") {
		t.Errorf("the fault was not caught: %v", err)
	}
}

// answer makes a response with the headers that every answer has; header is a
// line that adds or replaces one, or takes it away when it has no value.
func answer(status int, header string) *http.Response {
	response := &http.Response{StatusCode: status, Header: http.Header{}}
	response.Header.Set("Content-Type", "application/json")
	response.Header.Set("Cache-Control", "no-store")
	response.Header.Set("X-Request-Id", "1")
	name, value, _ := strings.Cut(header, ":")
	response.Header.Set(name, strings.TrimSpace(value))
	if value == "" {
		response.Header.Del(name)
	}
	return response
}
