package api_test

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/testedon/testedon/api"
	"github.com/testedon/testedon/compat/fact"
)

// all reads what still comes on a connection.
func all(t *testing.T, from io.Reader) string {
	t.Helper()
	text, err := io.ReadAll(from)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// administered runs a server with an address for administration, which the second client
// asks.
func administered(t *testing.T, o api.Options) (public, admin *client) {
	t.Helper()
	var err error
	if o.Admin, err = net.Listen("tcp", "127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	public = serve(t, o)
	admin = public.beyond()
	admin.base = "http://" + o.Admin.Addr().String()
	return public, admin
}

// TestAdmin: what is not for everybody is at the address for administration.
func TestAdmin(t *testing.T) {
	public, admin := administered(t, api.Options{Catalogue: newCatalogue(t)})
	hidden := bad{status: 404, code: "no_such_route", hint: "administration"}
	hidden.verify(t, public.get("/metrics"))
	for _, path := range []string{"/livez", "/readyz"} {
		if got := public.get(path); got.status != 200 {
			t.Errorf("%s is %d", path, got.status)
		}
	}
	for path, want := range map[string]string{
		"/livez": `"ok"`, "/readyz": `"ok"`, "/metrics": "testedon_http_requests_running 0\n", "/debug/pprof/": "goroutine", "/debug/pprof/goroutine?debug=1": "goroutine profile",
		"/debug/pprof/heap?debug=1": "heap profile", "/debug/pprof/cmdline": "api.test", "/debug/pprof/profile?seconds=1": "\x1f\x8b",
	} {
		if got := admin.get(path); got.status != 200 || !strings.Contains(string(got.body), want) {
			t.Errorf("%s: %d %.200q", path, got.status, got.body)
		}
	}
	for _, path := range []string{"/debug/pprof/", "/reload", "/debug/vars"} {
		if got := public.beyond().do(http.MethodPost, path, ""); got.status != 404 && got.status != 405 {
			t.Errorf("%s is public: %d", path, got.status)
		}
	}
	elsewhere := bad{status: 404, code: "no_such_route"}
	elsewhere.verify(t, admin.get("/v1/products"))
}

// TestReload: a reload tells what answers then, or why there is nothing newer.
func TestReload(t *testing.T) {
	facts := newCatalogue(t)
	var fail atomic.Pointer[fact.Error]
	reload := func(context.Context) error {
		if e := fail.Load(); e != nil {
			return e
		}
		facts.matrix.Store(build(t, dataset(2)))
		return nil
	}
	_, admin := administered(t, api.Options{Catalogue: facts, Reload: reload})
	if got := admin.do(http.MethodPost, "/reload", ""); got.status != 200 || !strings.Contains(string(got.body), `{"revision":2,"digest":"`+facts.Matrix().Dataset().Digest) {
		t.Errorf("%d %s", got.status, got.body)
	}
	fail.Store(&fact.Error{Code: fact.CodeUnavailable, Message: "the database is away", Hint: "Start it.", Cause: errors.New("secret")})
	failed := bad{status: 503, code: "unavailable", hint: "Start it."}
	failed.verify(t, admin.do(http.MethodPost, "/reload", ""))
	if got := admin.get("/reload"); got.status != 405 {
		t.Errorf("GET reloads: %d", got.status)
	}
	if got := admin.do(http.MethodPost, "/reload", "", "Origin", "https://evil.example", "Sec-Fetch-Site", "cross-site"); got.status != 403 {
		t.Errorf("a page of another origin reloads: %d", got.status)
	}
	_, admin = administered(t, api.Options{Catalogue: newCatalogue(t)})
	nothing := bad{status: 501, code: "not_implemented", hint: "Start it again."}
	nothing.verify(t, admin.do(http.MethodPost, "/reload", ""))
}

// TestAdminClosesLast: while the server drains, both addresses say so.
func TestAdminClosesLast(t *testing.T) {
	facts := newCatalogue(t)
	admin, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	running, finish := make(chan struct{}), make(chan struct{})
	facts.before = func() { close(running); <-finish }
	address, stop, done := start(t, api.Options{Catalogue: facts, Admin: admin})
	dial(t, address, "GET "+the+" HTTP/1.1\r\nHost: x\r\n\r\n")
	<-running
	stop()
	for refused := false; !refused; { // until the public door is closed
		probe, err := net.Dial("tcp", address)
		if refused = err != nil; !refused {
			probe.Close()
		}
	}
	got := all(t, dial(t, admin.Addr().String(), "GET /readyz HTTP/1.1\r\nHost: x\r\n\r\n"))
	if !strings.HasPrefix(got, "HTTP/1.1 503 ") || !strings.Contains(got, "about to end") {
		t.Errorf("ready: %s", got)
	}
	close(finish)
	if err := <-done; err != nil {
		t.Error(err)
	}
	if _, err := net.Dial("tcp", admin.Addr().String()); err == nil {
		t.Error("the address for administration is still open")
	}
}

// TestAdminFails ends the server: nobody could see how it is.
func TestAdminFails(t *testing.T) {
	admin, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	admin.Close()
	_, _, done := start(t, api.Options{Catalogue: newCatalogue(t), Admin: admin, Logger: slog.New(slog.DiscardHandler)})
	if err := <-done; err == nil || !strings.Contains(err.Error(), admin.Addr().String()) {
		t.Errorf("serve: %v", err)
	}
}
