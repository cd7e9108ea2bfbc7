package client_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"reflect"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/testedon/testedon/api"
	"github.com/testedon/testedon/api/answers"
	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/client"
	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/internal/sample"
)

// serve runs a server of the small catalogue, and gives a client of it and how often it was asked.
func serve(t *testing.T, o client.Options) (*client.Client, *atomic.Int64) {
	t.Helper()
	m, err := compat.Build(sample.Small())
	if err != nil {
		t.Fatal(err)
	}
	server, err := api.New(api.Options{Catalogue: api.Still{M: m}, Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	asked := &atomic.Int64{}
	return answering(t, o, func(w http.ResponseWriter, r *http.Request) {
		asked.Add(1)
		server.Handler().ServeHTTP(w, r)
	}), asked
}

// answering is a client of a server that answers by a function.
func answering(t *testing.T, o client.Options, by http.HandlerFunc) *client.Client {
	t.Helper()
	listening := httptest.NewServer(by)
	t.Cleanup(listening.Close)
	c, err := client.New(listening.URL, o)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

var question = client.Question{Product: "shop", Release: "2.0", Environment: map[string][]string{"os": {"Alpha 2.3"}}}

// TestQuestions: every method reads what a server answers to it.
func TestQuestions(t *testing.T) {
	c, _ := serve(t, client.Options{})
	ctx := t.Context()
	answer, err := c.Check(ctx, question)
	if err != nil || answer.Verdict != client.Tested || !answer.Pass || len(answer.Components) != 1 || answer.Components[0].Listed[0].Source.Title == "" || answer.Catalogue.Digest == "" {
		t.Fatalf("%v: %+v", err, answer)
	}
	withTexts := client.Question{Product: "shop", Release: "2.0", Texts: []string{"nothing that is known"}, Environment: question.Environment}
	if got, err := c.Check(ctx, withTexts); err != nil || got.Verdict != client.Tested {
		t.Errorf("%v: %+v", err, got)
	}
	long := client.Question{Product: "shop", Release: "2.0", Environment: map[string][]string{"os": {strings.Repeat("é", 190), strings.Repeat("ü", 190), strings.Repeat("ö", 190)}}}
	if got, err := c.Check(ctx, long); err != nil || got.Verdict != client.Unresolved || got.Pass {
		t.Errorf("%v: %+v", err, got)
	}
	if got, err := c.Ask(ctx, "is Alpha 2.3 tested for shop 2.0?"); err != nil || got.Type != "check" || got.Answer == nil || got.Answer.Product != "shop" {
		t.Errorf("%v: %+v", err, got)
	}
	if got, err := c.Find(ctx, client.Question{Environment: question.Environment}, 1); err != nil || len(got.Items) != 1 || !got.Items[0].Pass {
		t.Errorf("%v: %+v", err, got)
	}
	if got, err := c.Compare(ctx, "shop", "2.0", "10.0", question.Environment); err != nil || got.Before == nil || got.After == nil || got.To != "10.0" {
		t.Errorf("%v: %+v", err, got)
	}
	if got, err := c.Detect(ctx, "some text"); err != nil || len(got.Unrecognised) != 1 {
		t.Errorf("%v: %+v", err, got)
	}
	if got, err := c.Release(ctx, "shop", "2.0"); err != nil || got.Version != "2.0" || len(got.Kinds) == 0 {
		t.Errorf("%v: %+v", err, got)
	}
	if got, err := c.Changes(ctx, url.Values{"limit": {"1"}}); err != nil || len(got.Items) != min(1, got.Total) {
		t.Errorf("%v: %+v", err, got)
	}
	var kinds struct{ Items []struct{ ID string } }
	if err := c.Get(ctx, "/v1/kinds", "", &kinds); err != nil || len(kinds.Items) == 0 {
		t.Errorf("%v: %+v", err, kinds)
	}
}

// TestProblems are errors that say how to mend the question. A name never leads to another path.
func TestProblems(t *testing.T) {
	c, _ := serve(t, client.Options{})
	_, err := c.Check(t.Context(), client.Question{Product: "shp", Release: "2.0", Environment: question.Environment})
	var p *client.Problem
	if !errors.As(err, &p) || p.Code != "unknown_product" || p.Field != "product" || p.Status != 404 || len(p.Candidates) == 0 || !strings.Contains(err.Error(), p.Hint) || p.RequestID == "" {
		t.Errorf("%#v", err)
	}
	for _, name := range []string{"", ".", "..", "../kinds", "a/b", "%2e%2e", "?", "#"} {
		if _, err := c.Release(t.Context(), name, "2.0"); !errors.As(err, &p) || p.Code != "unknown_product" && p.Field != "product" {
			t.Errorf("%q: %v", name, err)
		}
	}
}

// TestCheckAll: each result is what the question alone gets, in order, over several requests.
func TestCheckAll(t *testing.T) {
	c, asked := serve(t, client.Options{})
	questions := make([]client.Question, 1001)
	for i := range questions {
		questions[i] = question
	}
	questions[1].Release = "3"
	results, err := c.CheckAll(t.Context(), questions)
	if err != nil || len(results) != len(questions) || asked.Load() != 2 {
		t.Fatalf("%v: %d results of %d requests", err, len(results), asked.Load())
	}
	alone, _ := c.Check(t.Context(), question)
	for i, r := range results {
		if i == 1 && (r.Answer != nil || r.Problem.Code != "unknown_release" || r.Problem.Status != 404) || i != 1 && !reflect.DeepEqual(r.Answer, alone) {
			t.Fatalf("%d: %+v", i, r)
		}
	}
	large := client.Question{Product: "shop", Release: "2.0", Texts: []string{strings.Repeat("x ", 600_000)}}
	if got, err := c.CheckAll(t.Context(), []client.Question{large, question}); err != nil || got[0].Problem.Code != "too_large" || got[1].Answer == nil {
		t.Errorf("%v: %+v", err, got)
	}
	if none, err := c.CheckAll(t.Context(), nil); err != nil || len(none) != 0 {
		t.Errorf("%v: %v", err, none)
	}
}

// TestKept: what is asked again is fetched only where it has changed, and no more is kept than may be.
func TestKept(t *testing.T) {
	tag, full := `"1"`, 0
	c := answering(t, client.Options{Kept: 2}, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("ETag", tag)
		if r.Header.Get("If-None-Match") == tag {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		full++
		fmt.Fprintf(w, `{"items":[{"id":%q}],"catalogue":{"revision":1},"added":{"later":[1]}}`, r.URL.RawQuery+tag)
	})
	ask := func(product, want string, wantFull int) {
		t.Helper()
		got, err := c.Changes(t.Context(), url.Values{"product": {product}})
		if err != nil || got.Items[0].ID != want || full != wantFull {
			t.Errorf("%v: %+v after %d", err, got, full)
		}
	}
	ask("a", `product=a"1"`, 1)
	ask("a", `product=a"1"`, 1)
	tag = `"2"`
	ask("a", `product=a"2"`, 2)
	ask("b", `product=b"2"`, 3)
	ask("b", `product=b"2"`, 3)
	ask("c", `product=c"2"`, 4) // for which the others go
	ask("c", `product=c"2"`, 4)
	ask("a", `product=a"2"`, 5)
}

const busy = `{"code":"busy","status":503,"detail":"Too much.","hint":"Wait."}`

// TestBusy: a busy server is asked again as it says, so often and so long as the options allow.
func TestBusy(t *testing.T) {
	for name, it := range map[string]struct {
		options client.Options
		after   string
		asked   int // until the problem is told
	}{
		"no wait": {client.Options{}, "0", 3}, "never": {client.Options{Retries: -1}, "0", 1}, "often": {client.Options{Retries: 5}, "0", 6}, "too long": {client.Options{}, "31", 1},
		"past": {client.Options{}, "Mon, 02 Jan 2006 15:04:05 GMT", 3}, "nothing": {client.Options{}, "", 1}, "rubbish": {client.Options{}, "-1", 1}, "huge": {client.Options{}, "99999999999999999999", 1},
	} {
		asked := 0
		c := answering(t, it.options, func(w http.ResponseWriter, _ *http.Request) {
			asked++
			w.Header().Set("Retry-After", it.after)
			w.WriteHeader(http.StatusServiceUnavailable)
			fmt.Fprint(w, busy)
		})
		var p *client.Problem
		if _, err := c.Check(t.Context(), question); !errors.As(err, &p) || p.Code != "busy" || asked != it.asked {
			t.Errorf("%s: asked %d times: %v", name, asked, err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	c := answering(t, client.Options{}, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Retry-After", "29")
		w.WriteHeader(http.StatusTooManyRequests)
		fmt.Fprint(w, busy)
		time.AfterFunc(0, cancel)
	})
	if _, err := c.Check(ctx, question); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
}

// TestStrangers: what no server of ours answers is an error that says so, and never an answer.
func TestStrangers(t *testing.T) {
	for body, status := range map[string]int{
		"": 200, "null": 200, "[]": 200, "{}": 200, `{"verdict":"tested","pass":true}`: 200, `{"catalogue":{},"pass":"yes"}`: 200, "<html>": 200, "Bad Gateway": 502, `{"error":"x"}`: 404,
		`{"catalogue":{},"pass":true`: 200, strings.Repeat(" ", 2000) + "{}": 200, "x": 304, "y": 204,
	} {
		c := answering(t, client.Options{MaxAnswer: 1000}, func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(status)
			fmt.Fprint(w, body)
		})
		var odd *client.UnexpectedError
		if got, err := c.Check(t.Context(), question); !errors.As(err, &odd) || got != nil {
			t.Errorf("%q: %v, %v", body, got, err)
		}
	}
	whole := `{"index":0,"status":200,"answer":{"catalogue":{}}}` + "\n"
	for _, body := range []string{"", whole, whole + whole, `{"index":1,"status":200,"answer":{"catalogue":{}}}`, `{"index":0,"status":200}` + "\n" + `{"summary":{"total":1}}`, whole + `{"summary":{"total":2}}`, whole + `{"summa`} {
		c := answering(t, client.Options{}, func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, body) })
		var odd *client.UnexpectedError
		if got, err := c.CheckAll(t.Context(), []client.Question{question}); !errors.As(err, &odd) || got != nil {
			t.Errorf("%q: %v, %v", body, got, err)
		}
	}
}

// TestNewer: members and words of a later server are no error.
func TestNewer(t *testing.T) {
	c := answering(t, client.Options{}, func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, `{"verdict":"certified","pass":false,"new":{"x":[1]},"components":[{"verdict":"certified","extra":true}],"catalogue":{"revision":1,"digest":"sha256:0","x":1}}`)
	})
	if got, err := c.Check(t.Context(), question); err != nil || got.Verdict != "certified" || got.Pass {
		t.Errorf("%v: %+v", err, got)
	}
}

func TestAddresses(t *testing.T) {
	for _, address := range []string{"", "localhost:8080", "ftp://a.example", "http://", "http://a.example?x", "http://a.example#x", "http://a b", "://", "file:///etc/passwd"} {
		if c, err := client.New(address, client.Options{}); err == nil || c != nil {
			t.Errorf("%q is taken", address)
		}
	}
	seen := ""
	c := answering(t, client.Options{UserAgent: "x/1"}, func(_ http.ResponseWriter, r *http.Request) { seen = r.Header.Get("User-Agent") })
	_ = c.Get(t.Context(), "/v1", "", new(any))
	if seen != "x/1" {
		t.Errorf("User-Agent %q", seen)
	}
	if with, _ := client.New("https://u:secret@a.example/base/", client.Options{}); strings.Contains(with.Server(), "secret") {
		t.Error(with.Server())
	}
}

// TestTypes holds every member that the types have against the documented ones.
func TestTypes(t *testing.T) {
	for ours, theirs := range map[reflect.Type]reflect.Type{
		reflect.TypeFor[client.Answer](): reflect.TypeFor[answers.Answer](), reflect.TypeFor[client.Asked](): reflect.TypeFor[api.Asked](), reflect.TypeFor[client.Findings](): reflect.TypeFor[api.Findings](),
		reflect.TypeFor[client.Comparison](): reflect.TypeFor[api.Comparison](), reflect.TypeFor[client.Detected](): reflect.TypeFor[answers.Detected](), reflect.TypeFor[client.Release](): reflect.TypeFor[api.ReleaseMatrix](),
		reflect.TypeFor[client.Changes](): reflect.TypeFor[api.Changes](), reflect.TypeFor[client.Question](): reflect.TypeFor[api.Question](), reflect.TypeFor[client.Problem](): reflect.TypeFor[wire.Problem](),
	} {
		known := map[string]bool{}
		for _, name := range wire.FieldNames(theirs) {
			known[name] = true
		}
		for _, name := range wire.FieldNames(ours) {
			if !known[name] {
				t.Errorf("%s has %s, which %s does not", ours, name, theirs)
			}
		}
	}
}
