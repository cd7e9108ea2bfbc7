package api_test

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"net"
	"net/http"
	"net/url"
	"reflect"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/testedon/testedon/api"
)

// plainly are headers that make no answer be kept and change none.
var plainly = []string{"Traceparent", "none"}

// variants are requests of one question that are answered differently.
var variants = [][]string{
	nil, {"Accept", "text/plain"}, {"Accept", "application/json"}, {"Accept-Encoding", "gzip"}, {"Origin", "https://portal.example.com"},
	{"Host", "other.example.com"}, {"X-Forwarded-Proto", "https"}, {"Accept", "text/plain;q=0.5, application/json"},
}

// anonymous takes what is of one request out of its answer.
func anonymous(r response) response {
	r.body = bytes.ReplaceAll(r.body, []byte(r.header.Get("X-Request-Id")), nil) // problems name it
	r.header.Del("X-Request-Id")
	r.header.Del("Date")
	return r
}

// TestKeptIsTheSame: the second, third and fourth answer to a question are that of a request
// for which nothing is kept, in every header but the id.
func TestKeptIsTheSame(t *testing.T) {
	c := newServer(t)
	c.free = true
	random := rand.New(rand.NewPCG(1, 2))
	pick := func(of ...string) string { return of[random.IntN(len(of))] }
	for range 40 {
		q := url.Values{
			"product": {pick("mi", "MI", "ei", "no such")}, "release": {pick("4.4.0", "4.4", "latest", "6.3.0", "9")},
			"os": {pick("RHEL 9", "rhel:9.4", "Windows 11", "<b>&%\"", "Ubuntu 24.04")}, "jdk": {pick("Corretto 21", "JDK 8", "")},
			"require": {pick("tested", "compatible", "exact", "nonsense")},
		}
		path := "/v1/check?" + q.Encode()
		for _, headers := range variants {
			want := anonymous(c.get(path, append(headers, plainly...)...))
			for i := range 4 {
				if got := anonymous(c.get(path, headers...)); !reflect.DeepEqual(got, want) {
					t.Fatalf("answer %d to %s with %q: %d %v %s, not %d %v %s", i+1, path, headers, got.status, got.header, got.body, want.status, want.header, want.body)
				}
			}
		}
	}
}

// TestKeptGoesWithFacts: what is kept goes when the facts or the day change, and neither a
// server that ends nor a client that has the answer is sent it.
func TestKeptGoesWithFacts(t *testing.T) {
	facts := newCatalogue(t)
	var now atomic.Int64
	now.Store(time.Date(2026, 9, 1, 12, 0, 0, 0, time.UTC).Unix())
	c := serve(t, api.Options{Catalogue: facts, Now: func() time.Time { return time.Unix(now.Load(), 0).UTC() }})
	first := func() response { c.get(the); c.get(the); return c.get(the) }
	before := first()
	if got := c.get(the, "If-None-Match", before.header.Get("Etag")); got.status != http.StatusNotModified {
		t.Errorf("status %d for who has it", got.status)
	}
	now.Add(24 * 60 * 60)
	tomorrow := c.get(the)
	if tomorrow.header.Get("Etag") == before.header.Get("Etag") {
		t.Error("the answer of yesterday")
	}
	first()
	facts.matrix.Store(build(t, dataset(2)))
	if got := c.get(the); got.header.Get("Etag") == tomorrow.header.Get("Etag") || string(got.body) == string(tomorrow.body) {
		t.Error("the answer of facts that are gone")
	}
}

// TestKeptIsObserved: an answer that is kept has an id of its own, or the one that was sent,
// and is counted and logged as all are.
func TestKeptIsObserved(t *testing.T) {
	log := &lines{}
	c := serve(t, api.Options{Catalogue: newCatalogue(t), Logger: slog.New(slog.NewJSONHandler(log, nil))})
	ids := map[string]bool{}
	const asked = 6
	for range asked {
		ids[c.get(the).header.Get("X-Request-Id")] = true
	}
	if len(ids) != asked {
		t.Errorf("%d ids of %d requests", len(ids), asked)
	}
	if id := c.get(the, "X-Request-Id", "mine-7").header.Get("X-Request-Id"); id != "mine-7" {
		t.Errorf("id %q", id)
	}
	want := fmt.Sprintf(`testedon_http_requests_total{method="GET",route="/v1/check",status="200"} %d`, asked+1)
	if metrics := string(c.get("/metrics").body); !strings.Contains(metrics, want) {
		t.Errorf("no %s", want)
	}
	logged := 0
	for _, line := range log.all(t) {
		if line["route"] == "/v1/check" && line["status"] == 200.0 && line["bytes"] != 0.0 && line["remote"] == "127.0.0.1" {
			logged++
		}
	}
	if logged != asked+1 {
		t.Errorf("%d of %d requests are logged", logged, asked+1)
	}
}

// TestWholeAnswers reads answers of all lengths byte by byte from one connection: each is
// whole and ends where it says, whether it is written at once, is that of HEAD, or is asked
// for ahead.
func TestWholeAnswers(t *testing.T) {
	c := newServer(t)
	connection, err := net.Dial("tcp", strings.TrimPrefix(c.base, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer connection.Close()
	paths := []string{the, "/livez", "/v1/check?product=mi&release=4.4.0&os=Windows+3", "/v1/products", "/v1/claims?limit=2", "/openapi.json", "/v1/check"}
	var requests []*http.Request
	for i := range 60 {
		method := []string{http.MethodGet, http.MethodGet, http.MethodHead}[i%3]
		r, err := http.NewRequest(method, "http://x"+paths[i%len(paths)], http.NoBody)
		if err != nil {
			t.Fatal(err)
		}
		requests = append(requests, r)
	}
	go func() {
		for _, r := range requests {
			_ = r.Write(connection) // all ahead of the answers
		}
	}()
	in := bufio.NewReader(connection)
	for _, r := range requests {
		got, err := http.ReadResponse(in, r)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(got.Body)
		if err != nil || r.Method == http.MethodGet && got.ContentLength >= 0 && int64(len(body)) != got.ContentLength {
			t.Errorf("%s %s: %d of %d bytes, %v", r.Method, r.URL, len(body), got.ContentLength, err)
		}
		if want := c.beyond().do(r.Method, r.URL.RequestURI(), ""); want.status != got.StatusCode || r.URL.Path != "/v1/check" && r.URL.Path != "/v1/claims" && string(want.body) != string(body) && want.status == 200 {
			t.Errorf("%s %s: %d %.80s, alone %d %.80s", r.Method, r.URL, got.StatusCode, body, want.status, want.body)
		}
	}
}

// TestKeptIsBounded: answers that cannot be packed take no more room than all may have.
func TestKeptIsBounded(t *testing.T) {
	const room, length = 1 << 20, 4 << 10
	found, bytes, counted := api.Flood(1000, length, 9, room)
	if bytes != counted || bytes > room || found < room/length*3/4 {
		t.Errorf("%d answers of %d bytes, %d counted", found, bytes, counted)
	}
	if found, bytes, counted = api.Flood(100_000, 8, 9, 1<<40); bytes != counted || found > 1<<16 {
		t.Errorf("of more than there are places for: %d answers of %d bytes, %d counted", found, bytes, counted)
	}
	if found, bytes, counted = api.Flood(1000, 8, 1000, 1<<40); bytes != counted || found > 100 {
		t.Errorf("with headers that are all different: %d answers of %d bytes, %d counted", found, bytes, counted)
	}
}
