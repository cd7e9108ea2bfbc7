package api_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/testedon/testedon/api"
	"github.com/testedon/testedon/api/answers"
	"github.com/testedon/testedon/compat"
)

// lines is a log that a test reads.
type lines struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.Write(p)
}

// all gives the lines written so far.
func (l *lines) all(t *testing.T) []map[string]any {
	t.Helper()
	l.mu.Lock()
	defer l.mu.Unlock()
	var all []map[string]any
	for decoder := json.NewDecoder(bytes.NewReader(l.buf.Bytes())); ; {
		var line map[string]any
		if err := decoder.Decode(&line); err == io.EOF {
			return all
		} else if err != nil {
			t.Fatal(err)
		}
		all = append(all, line)
	}
}

func TestLog(t *testing.T) {
	log := &lines{}
	c := serve(t, api.Options{Catalogue: newCatalogue(t), Logger: slog.New(slog.NewJSONHandler(log, nil))})
	got := c.get(the+"&require=tested", "X-Request-Id", "trace-1")
	c.get("/v1/products/mi")
	c.over()
	all := log.all(t)
	if len(all) != 2 {
		t.Fatalf("%d lines, not one per request that is no probe: %v", len(all), all)
	}
	for name, want := range map[string]any{
		"level": "INFO", "msg": "request", "id": "trace-1", "method": "GET", "route": "/v1/check", "path": "/v1/check",
		"status": 200., "bytes": float64(len(got.body)), "remote": "127.0.0.1",
	} {
		if all[0][name] != want {
			t.Errorf("%s is %v, not %v", name, all[0][name], want)
		}
	}
	if all[0]["duration"].(float64) <= 0 || all[1]["route"] != "/v1/products/:product" {
		t.Errorf("lines %v", all)
	}
	if strings.Contains(log.buf.String(), "RHEL") {
		t.Error("the log tells what someone runs")
	}
}

func TestRequestIDs(t *testing.T) {
	c := newServer(t)
	for sent, kept := range map[string]bool{
		"trace-1": true, "0af7651916cd43dd.8448:eb211_c": true, strings.Repeat("x", 64): true,
		strings.Repeat("x", 65): false, "a b": false, "a\"b": false, "é": false, "": false,
	} {
		got := c.get("/livez", "X-Request-Id", sent).header.Get("X-Request-Id")
		if kept != (got == sent) || len(got) == 0 || len(got) > 64 {
			t.Errorf("%q becomes %q", sent, got)
		}
	}
	if one, two := c.get("/livez"), c.get("/livez"); one.header.Get("X-Request-Id") == two.header.Get("X-Request-Id") {
		t.Error("two requests have one id")
	}
}

func TestProxies(t *testing.T) {
	for trusted, want := range map[string]string{
		"": "127.0.0.1", "10.0.0.0/8": "127.0.0.1", "127.0.0.1/32": "198.51.100.7", "127.0.0.0/8": "198.51.100.7",
	} {
		log := &lines{}
		o := api.Options{Catalogue: newCatalogue(t), Logger: slog.New(slog.NewJSONHandler(log, nil))}
		if trusted != "" {
			o.TrustedProxies = []netip.Prefix{netip.MustParsePrefix(trusted)}
		}
		serve(t, o).get("/v1/catalogue", "X-Forwarded-For", "192.0.2.1, 198.51.100.7")
		if got := log.all(t)[0]["remote"]; got != want {
			t.Errorf("trusting %q: the client is %v, not %s", trusted, got, want)
		}
	}
}

func TestPanic(t *testing.T) {
	log := &lines{}
	facts := newCatalogue(t)
	facts.before = func() { panic("secret cause") }
	c := serve(t, api.Options{Catalogue: facts, Logger: slog.New(slog.NewJSONHandler(log, nil))})
	for range 2 { // the second shows that the first ended nothing else
		got := c.get("/v1/products/mi")
		failed := bad{status: 500, code: "internal", hint: "request id"}
		failed.verify(t, got)
		if strings.Contains(string(got.body), "secret") {
			t.Errorf("the cause is shown: %s", got.body)
		}
		line := log.all(t)[0]
		if line["level"] != "ERROR" || !strings.Contains(line["cause"].(string), "secret cause") || !strings.Contains(line["stack"].(string), "server_test.go") {
			t.Errorf("the log has %v", line)
		}
	}
}

// TestAbort: a page may cut its connection, which is no fault to log.
func TestAbort(t *testing.T) {
	log := &lines{}
	abort := http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) })
	c := serve(t, api.Options{Catalogue: newCatalogue(t), Logger: slog.New(slog.NewJSONHandler(log, nil)), Pages: map[string]http.Handler{"/abort": abort}})
	if got, err := c.http.Get(c.base + "/abort"); err == nil {
		got.Body.Close()
		t.Errorf("the connection gives %s", got.Status)
	}
	if all := log.all(t); len(all) != 0 {
		t.Errorf("the log has %v", all)
	}
}

// TestSecurityHeaders: whatever is answered has what protects a reader; JSON has nothing that
// would do nothing for it.
func TestSecurityHeaders(t *testing.T) {
	c := newServer(t).beyond()
	for path, json := range map[string]bool{the: true, the + "&fields=pass": true, "/v1/products": true, "/v1/check": true, "/nothing": true, "/livez": true, "/badge/mi/4.4.0.json?os=RHEL+9": true,
		"/oembed?url=http%3A%2F%2Fx%2F%3Fproduct%3Dmi%26release%3D4.4.0%26os%3DRHEL%2B9": true, "/v1/products/mi/releases/4.4.0/export?format=csv": false,
		"/metrics": false, "/docs": false, "/badge/mi/4.4.0.svg?os=RHEL+9": false, "/robots.txt": false, mainPage: false} {
		header := c.get(path).header
		wanted := map[string]string{"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer", "Cross-Origin-Resource-Policy": "cross-origin"}
		if json {
			wanted["Referrer-Policy"], wanted["Cross-Origin-Resource-Policy"] = "", ""
		}
		for name, want := range wanted {
			if header.Get(name) != want {
				t.Errorf("%s: %s is %q", path, name, header.Get(name))
			}
		}
		if strings.Contains(header.Get("Content-Type"), "json") != json {
			t.Errorf("%s is %s", path, header.Get("Content-Type"))
		}
		policy := header.Get("Content-Security-Policy")
		if !strings.Contains(policy, "default-src 'none'") || !strings.Contains(policy, "frame-ancestors 'none'") {
			t.Errorf("%s: policy %q", path, policy)
		}
	}
}

func TestCORS(t *testing.T) {
	open := newServer(t).beyond()
	for _, path := range []string{the, "/v1/check", "/nothing"} {
		for _, origin := range []string{"", "https://portal.example.com"} {
			header := open.get(path, "Origin", origin).header
			if header.Get("Access-Control-Allow-Origin") != "*" || header.Get("Access-Control-Allow-Credentials") != "" {
				t.Errorf("%s from %q: %v", path, origin, header)
			}
			if exposed := header.Get("Access-Control-Expose-Headers"); exposed != "*" {
				t.Errorf("%s: exposed %q", path, exposed)
			}
			if vary := strings.Join(header.Values("Vary"), ","); strings.Contains(vary, "Origin") {
				t.Errorf("%s: Vary %q splits caches", path, vary)
			}
		}
	}
	asked := open.do("OPTIONS", "/v1/check", "", "Origin", "https://a.example", "Access-Control-Request-Method", "POST", "Access-Control-Request-Headers", "content-type")
	if asked.status != 204 || asked.header.Get("Access-Control-Allow-Origin") != "*" ||
		!strings.Contains(asked.header.Get("Access-Control-Allow-Methods"), "POST") || !strings.Contains(asked.header.Get("Access-Control-Allow-Headers"), "Content-Type") {
		t.Errorf("preflight: %d %v", asked.status, asked.header)
	}
	if plain := open.do("OPTIONS", "/v1/products", ""); plain.status != 204 || plain.header.Get("Allow") != "OPTIONS, GET, HEAD" {
		t.Errorf("OPTIONS: %d, Allow %q", plain.status, plain.header.Get("Allow"))
	}
}

func TestCORSOfSome(t *testing.T) {
	c := serve(t, api.Options{Catalogue: newCatalogue(t), CORSOrigins: []string{"https://a.example", "https://b.example:8443"}})
	for origin, want := range map[string]string{
		"https://a.example": "https://a.example", "https://b.example:8443": "https://b.example:8443",
		"https://evil.example": "", "https://a.example.evil.example": "", "null": "", "": "",
	} {
		header := c.get(the, "Origin", origin).header
		if got := header.Get("Access-Control-Allow-Origin"); got != want {
			t.Errorf("%q: allowed is %q", origin, got)
		}
		if vary := strings.Join(header.Values("Vary"), ","); !strings.Contains(vary, "Origin") {
			t.Errorf("%q: Vary %q", origin, vary)
		}
	}
}

func TestOptions(t *testing.T) {
	if _, err := api.New(api.Options{}); err == nil || !strings.Contains(err.Error(), "catalogue") {
		t.Errorf("no catalogue: %v", err)
	}
	for _, origin := range []string{"portal.example.com", "https://portal.example.com/", "https://", "", "https://*\n"} {
		if _, err := api.New(api.Options{Catalogue: newCatalogue(t), CORSOrigins: []string{origin}}); err == nil {
			t.Errorf("the origin %q is taken", origin)
		}
	}
}

func TestMetrics(t *testing.T) {
	c := newServer(t).beyond()
	c.get(the)
	c.get("/v1/products/mi")
	c.get("/v1/products/micro")
	c.get("/nothing")
	c.do("SERIES", "/v1/check", "")
	text := string(c.get("/metrics").body)
	for _, line := range []string{
		`testedon_http_requests_total{method="GET",route="/v1/check",status="200"} 1`,
		`testedon_http_requests_total{method="GET",route="/v1/products/:product",status="200"} 1`,
		`testedon_http_requests_total{method="GET",route="/v1/products/:product",status="404"} 1`,
		`testedon_http_requests_total{method="GET",route="",status="404"} 1`,
		`testedon_http_requests_total{method="other",route="/v1/check",status="405"} 1`,
		`testedon_http_request_duration_seconds_count{method="GET",route="/v1/check",status="200"} 1`,
		`testedon_catalogue_revision 1`, `testedon_build_info{version="test"} 1`, `go_goroutines `,
	} {
		if !strings.Contains(text, line) {
			t.Errorf("no line %s", line)
		}
	}
}

// TestShutdown ends the server while a request runs.
func TestShutdown(t *testing.T) {
	facts := newCatalogue(t)
	running, finish := make(chan struct{}), make(chan struct{})
	facts.before = sync.OnceFunc(func() { close(running); <-finish })
	address, stop, done := start(t, api.Options{Catalogue: facts})
	answered := make(chan response, 1)
	c := &client{t: t, base: "http://" + address, http: &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}}
	go func() { answered <- c.get(the) }()
	<-running
	stop()
	for { // until the listener is closed
		connection, err := net.Dial("tcp", address)
		if err != nil {
			break
		}
		connection.Close()
	}
	close(finish)
	if got := <-answered; got.status != 200 || !strings.Contains(string(got.body), `"verdict":"tested"`) {
		t.Errorf("the running request got %d %s", got.status, got.body)
	}
	if err := <-done; err != nil {
		t.Errorf("serve: %v", err)
	}
}

// TestShutdownBound cuts off a request that does not end.
func TestShutdownBound(t *testing.T) {
	facts := newCatalogue(t)
	running, finish := make(chan struct{}), make(chan struct{})
	facts.before = sync.OnceFunc(func() { close(running); <-finish })
	address, stop, done := start(t, api.Options{Catalogue: facts, ShutdownGrace: time.Millisecond})
	connection := dial(t, address, "GET "+the+" HTTP/1.1\r\nHost: x\r\n\r\n")
	<-running
	stop()
	if err := <-done; err == nil || !strings.Contains(err.Error(), "cut off") {
		t.Errorf("serve: %v", err)
	}
	if content, err := io.ReadAll(connection); len(content) != 0 || errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("the request got %q, %v", content, err)
	}
	close(finish)
}

// start runs a server whose end the test decides.
func start(t *testing.T, o api.Options) (address string, stop func(), done chan error) {
	t.Helper()
	o.Logger = slog.New(slog.DiscardHandler)
	server, err := api.New(o)
	if err != nil {
		t.Fatal(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	t.Cleanup(stop)
	done = make(chan error, 1)
	go func() { done <- server.Serve(ctx, listener) }()
	return listener.Addr().String(), stop, done
}

func TestServeFails(t *testing.T) {
	server, err := api.New(api.Options{Catalogue: newCatalogue(t)})
	if err != nil {
		t.Fatal(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	listener.Close()
	if err := server.Serve(context.Background(), listener); err == nil || !strings.Contains(err.Error(), listener.Addr().String()) {
		t.Errorf("serve: %v", err)
	}
}

// patience is how long a test waits for what should be at once; it is below the
// defaults of the timeouts under test.
const patience = 4 * time.Second

// dial sends raw bytes, and fails a test that waits for an end in vain.
func dial(t *testing.T, address, sent string) net.Conn {
	t.Helper()
	connection, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { connection.Close() })
	if err := connection.SetDeadline(time.Now().Add(patience)); err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(connection, sent); err != nil {
		t.Fatal(err)
	}
	return connection
}

// TestSlowClients are closed in every phase of a connection.
func TestSlowClients(t *testing.T) {
	const brief = 30 * time.Millisecond
	for name, slow := range map[string]struct {
		options api.Options
		sent    string
		answer  string // how the last answer begins
	}{
		"headers":   {api.Options{ReadHeaderTimeout: brief}, "GET /livez HTTP/1.1\r\nHost: x\r\n", ""},
		"nothing":   {api.Options{ReadHeaderTimeout: brief}, "", ""},
		"body":      {api.Options{ReadTimeout: brief}, "POST /v1/check HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{", "HTTP/1.1 408 "},
		"idle":      {api.Options{IdleTimeout: brief}, "GET /livez HTTP/1.1\r\nHost: x\r\n\r\n", "HTTP/1.1 200 "},
		"too large": {api.Options{HeaderLimit: 1 << 10}, "GET /livez HTTP/1.1\r\nHost: x\r\nX: " + strings.Repeat("x", 8<<10) + "\r\n\r\n", "HTTP/1.1 431 "},
	} {
		t.Run(name, func(t *testing.T) {
			slow.options.Catalogue = newCatalogue(t)
			c := serve(t, slow.options)
			content, err := io.ReadAll(dial(t, strings.TrimPrefix(c.base, "http://"), slow.sent))
			if err != nil || !strings.HasPrefix(string(content), slow.answer) || slow.answer == "" && len(content) != 0 {
				t.Errorf("%v after %q", err, content)
			}
		})
	}
}

// TestSlowReader stalls the answer until the write times out.
func TestSlowReader(t *testing.T) {
	ended := make(chan struct{})
	endless := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		for block := make([]byte, 1<<20); ; {
			if _, err := w.Write(block); err != nil {
				close(ended)
				return
			}
		}
	})
	c := serve(t, api.Options{Catalogue: newCatalogue(t), WriteTimeout: 30 * time.Millisecond, Pages: map[string]http.Handler{"/endless": endless}})
	connection := dial(t, strings.TrimPrefix(c.base, "http://"), "GET /endless HTTP/1.1\r\nHost: x\r\n\r\n")
	if line, err := bufio.NewReader(connection).ReadString('\n'); err != nil || !strings.Contains(line, "200") {
		t.Errorf("%q, %v", line, err)
	}
	select {
	case <-ended:
	case <-time.After(patience):
		t.Error("the answer still waits")
	}
}

// TestSwap asks from many goroutines while the facts change; each answer is of
// one piece.
func TestSwap(t *testing.T) {
	facts := newCatalogue(t)
	c := serve(t, api.Options{Catalogue: facts}).beyond() // hundreds of the same, which other tests hold against the contract
	other := dataset(2)
	other.Products[0].Name = "Renamed"
	matrices := []*compat.Matrix{build(t, dataset(1)), build(t, other)}
	var asking sync.WaitGroup
	for range 8 {
		asking.Go(func() {
			for range 50 {
				got := c.get(the)
				answer := into[answers.Answer](t, got)
				if got.status != 200 || answer.Verdict != "tested" || answer.Catalogue.Digest != matrices[answer.Catalogue.Revision-1].Dataset().Digest ||
					strings.Contains(answer.Summary, "Renamed") != (answer.Catalogue.Revision == 2) {
					t.Errorf("%d %s", got.status, got.body)
				}
			}
		})
	}
	for i := range 500 {
		facts.matrix.Store(matrices[i%2])
	}
	asking.Wait()
}
