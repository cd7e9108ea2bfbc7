package api_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/testedon/testedon/api"
	"github.com/testedon/testedon/api/question"
	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/openapi/contract"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// catalogue is a catalogue that a test changes as it likes.
type catalogue struct {
	matrix atomic.Pointer[compat.Matrix]
	state  atomic.Value             // api.State, what it says of itself
	known  map[int64]*compat.Matrix // by revision
	before func()                   // runs at each look, unless nil
}

func (c *catalogue) Matrix() *compat.Matrix {
	if c.before != nil {
		c.before()
	}
	return c.matrix.Load()
}

func (c *catalogue) State() api.State {
	state, _ := c.state.Load().(api.State)
	return state
}

func (c *catalogue) Known(_ context.Context, asked question.Revision) (*compat.Matrix, error) {
	if m := c.known[asked.Number]; m != nil {
		return m, nil
	}
	return nil, api.NotKept(asked, c.matrix.Load())
}

func newCatalogue(t testing.TB) *catalogue {
	t.Helper()
	c := &catalogue{}
	c.matrix.Store(build(t, dataset(1)))
	return c
}

func build(t testing.TB, ds *fact.Dataset) *compat.Matrix {
	t.Helper()
	ds.Digest = ds.ContentDigest()
	m, err := compat.Build(ds)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// client asks a running server and holds each exchange against the contract.
type client struct {
	t    testing.TB
	base string
	http *http.Client
	free bool // of the contract
}

// beyond gives a client for what the contract does not describe: pages, and
// parameters that only this catalogue has.
func (c *client) beyond() *client {
	free := *c
	free.free = true
	return &free
}

// serve runs a real server on a free port until the test ends.
func serve(t testing.TB, o api.Options) *client {
	t.Helper()
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	server, err := api.New(o)
	if err != nil {
		t.Fatal(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- server.Serve(ctx, listener) }()
	transport := &http.Transport{DisableCompression: true}
	t.Cleanup(func() {
		transport.CloseIdleConnections()
		stop()
		if err := <-done; err != nil {
			t.Errorf("serve: %v", err)
		}
	})
	return &client{t: t, base: "http://" + listener.Addr().String(), http: &http.Client{
		Transport:     transport,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Timeout:       20 * time.Second,
	}}
}

// newServer runs a server over the small catalogue of these tests.
func newServer(t testing.TB) *client {
	t.Helper()
	return serve(t, api.Options{Catalogue: newCatalogue(t), Version: "test"})
}

// response is an answer, read whole.
type response struct {
	status int
	header http.Header
	body   []byte
}

// do sends a request; headers are pairs of name and value. Every exchange of
// these tests goes through here.
func (c *client) do(method, path, body string, headers ...string) response {
	c.t.Helper()
	request, err := http.NewRequest(method, c.base+path, strings.NewReader(body))
	if err != nil {
		c.t.Fatal(err)
	}
	for i := 0; i < len(headers); i += 2 {
		request.Header.Set(headers[i], headers[i+1])
	}
	request.Host = request.Header.Get("Host") // the client's own where it is empty
	got, err := c.http.Do(request)
	if err != nil {
		c.t.Fatal(err)
	}
	defer got.Body.Close()
	content, err := io.ReadAll(got.Body)
	if err != nil {
		c.t.Fatal(err)
	}
	if !c.free {
		contract.Check(c.t, request, []byte(body), got, content)
	}
	return response{got.StatusCode, got.Header, content}
}

func (c *client) get(path string, headers ...string) response {
	c.t.Helper()
	return c.do(http.MethodGet, path, "", headers...)
}

// over returns when the requests before are over, and so are in the log: a server begins the
// next request of a connection then.
func (c *client) over() { c.get("/livez") }

func (c *client) post(path, body string) response {
	c.t.Helper()
	return c.do(http.MethodPost, path, body, "Content-Type", "application/json")
}

// into reads a body strictly: a field that the type does not have is an error.
func into[T any](t testing.TB, r response) T {
	t.Helper()
	var value T
	decoder := json.NewDecoder(bytes.NewReader(r.body))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&value); err != nil {
		t.Fatalf("%v in %s", err, r.body)
	}
	return value
}

// ok reads an answer that must be a success.
func ok[T any](t testing.TB, r response) T {
	t.Helper()
	if r.status != http.StatusOK {
		t.Fatalf("status %d: %s", r.status, r.body)
	}
	return into[T](t, r)
}

// the is the question that everything is about.
const the = "/v1/check?product=mi&release=4.4.0&os=RHEL+9&jdk=Corretto+21&dbms=Postgres+17.2"
