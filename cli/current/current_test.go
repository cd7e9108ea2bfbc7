package current

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/testedon/testedon/api"
	"github.com/testedon/testedon/api/question"
	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/internal/dbserver"
	"github.com/testedon/testedon/seed"
	"github.com/testedon/testedon/store"
)

// scripted is an origin that does what a test says.
type scripted func(than edition) (*compat.Matrix, error)

func (s scripted) load(_ context.Context, than edition, _ bool) (*compat.Matrix, error) {
	return s(than)
}

func (scripted) known(context.Context, question.Revision) (*compat.Matrix, error) { return nil, nil }

// matrix is that of a small catalogue, at a revision; what it says of PostgreSQL depends on that.
func matrix(t testing.TB, revision int64) *compat.Matrix {
	t.Helper()
	ds := &fact.Dataset{
		Revision:     revision,
		Kinds:        []fact.Kind{{ID: "dbms", Name: "database", Plural: "databases"}},
		Technologies: []fact.Technology{{ID: "pg", Name: "PostgreSQL", Kind: "dbms", Scheme: "dotted"}},
		Products:     []fact.Product{{ID: "p", Name: "P", Vendor: "V"}},
		Releases:     []fact.Release{{Product: "p", Version: "1"}},
		Sources:      []fact.Source{{ID: "s", Title: fmt.Sprint("Page ", revision), Authority: fact.Official}},
	}
	for v := range revision {
		ds.Claims = append(ds.Claims, fact.Claim{
			ID: fmt.Sprint("c", v), Product: "p", Release: "1", Technology: "pg", Label: fmt.Sprint("PostgreSQL ", 10+v),
			Version: fmt.Sprint(10 + v), Status: fact.StatusTested, Citation: fact.Citation{Source: "s"},
		})
	}
	ds.Digest = ds.ContentDigest()
	m, err := compat.Build(ds)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

var quiet = slog.New(slog.DiscardHandler)

// running is a catalogue that has started and is kept current until the test ends.
func running(t *testing.T, c *Catalogue, every time.Duration, watches ...Watch) {
	t.Helper()
	if err := c.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	var keeping sync.WaitGroup
	keeping.Go(func() { c.Run(ctx, every, watches...) })
	t.Cleanup(func() { stop(); keeping.Wait() })
}

// until waits for a condition.
func until(t *testing.T, what string, met func() bool) {
	t.Helper()
	for end := time.Now().Add(time.Minute); !met(); <-time.After(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("waited in vain until " + what)
		}
	}
}

// TestReloads asks for a hundred loads at once: they are done together, and each who asked is
// told of one that began later.
func TestReloads(t *testing.T) {
	var loads atomic.Int64
	hold := make(chan struct{})
	c := New(scripted(func(edition) (*compat.Matrix, error) {
		n := loads.Add(1)
		if n == 2 {
			<-hold
		}
		if n == 1 {
			return matrix(t, 1), nil
		}
		return nil, fmt.Errorf("load %d", n)
	}), nil, time.Now, quiet)
	running(t, c, time.Hour)
	go c.Reload(t.Context())
	until(t, "it loads", func() bool { return loads.Load() == 2 })
	var asked, told sync.WaitGroup
	for range 100 {
		asked.Add(1)
		told.Go(func() {
			asked.Done()
			if err := c.Reload(t.Context()); err == nil || err.Error() == "load 2" {
				t.Errorf("told of %v, which began before it asked", err)
			}
		})
	}
	asked.Wait()
	close(hold)
	told.Wait()
	if n := loads.Load(); n > 20 {
		t.Errorf("%d loads for a hundred who asked at once", n)
	}
	if state := c.State(); state.Stale == nil || state.Failures != uint64(loads.Load()-1) || state.Loads != 1 {
		t.Errorf("%+v", state)
	}
}

// TestReloadEnds asks for loads that never come to an end, and of a catalogue that has ended.
func TestReloadEnds(t *testing.T) {
	c := New(scripted(func(edition) (*compat.Matrix, error) { return matrix(t, 1), nil }), nil, time.Now, quiet)
	if err := c.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	stop()
	var known *fact.Error
	if err := c.Reload(ctx); !errors.As(err, &known) || known.Code != fact.CodeUnavailable {
		t.Error(err)
	}
	c.Run(ctx, time.Hour)
	if err := c.Reload(t.Context()); !errors.As(err, &known) || known.Code != fact.CodeUnavailable {
		t.Error(err)
	}
}

// TestCrash loads facts that make the program crash: the log has where, and those before
// answer.
func TestCrash(t *testing.T) {
	var log bytes.Buffer
	c := New(scripted(func(than edition) (*compat.Matrix, error) {
		if than == (edition{}) {
			return matrix(t, 1), nil
		}
		panic("at the disco")
	}), nil, time.Now, slog.New(slog.NewTextHandler(&log, nil)))
	running(t, c, time.Hour)
	if err := c.Reload(t.Context()); err == nil || c.Matrix() == nil {
		t.Error(err)
	}
	if !strings.Contains(log.String(), "at the disco") || !strings.Contains(log.String(), "TestCrash") {
		t.Error(log.String())
	}
}

// TestNoAnswerMixes asks while facts are swapped as fast as can be: each answer is, byte by
// byte, that of one revision, and of the one that its tag stands for.
func TestNoAnswerMixes(t *testing.T) {
	paths := []string{"/v1/check?product=p&release=1&dbms=PostgreSQL+11", "/v1/claims", "/v1/catalogue", "/v1/export", "/v1/products/p/releases/1"}
	day := func() time.Time { return time.Date(2026, 8, 22, 12, 0, 0, 0, time.UTC) }
	want := map[string]string{} // bodies by path and tag
	editions := []*compat.Matrix{matrix(t, 1), matrix(t, 2), matrix(t, 3)}
	server := func(c api.Catalogue) *api.Server {
		s, err := api.New(api.Options{Catalogue: c, Logger: quiet, Now: day})
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	ask := func(s *api.Server, path string) (tag, body string) {
		w := httptest.NewRecorder()
		s.Handler().ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
		text, _ := io.ReadAll(w.Body)
		return w.Header().Get("Etag"), string(text)
	}
	for _, m := range editions {
		still := New(scripted(func(edition) (*compat.Matrix, error) { return m, nil }), nil, day, quiet)
		if err := still.Start(t.Context()); err != nil {
			t.Fatal(err)
		}
		for _, path := range paths {
			tag, body := ask(server(still), path)
			want[path+tag] = body
		}
	}
	if len(want) != len(paths)*len(editions) {
		t.Fatalf("%d answers for %d questions of %d revisions", len(want), len(paths), len(editions))
	}
	n := 0
	c := New(scripted(func(edition) (*compat.Matrix, error) { n++; return editions[n%len(editions)], nil }), nil, day, quiet)
	s := server(c)
	c.Prepare(s.Prepare, func() {})
	running(t, c, time.Hour)
	var asking sync.WaitGroup
	for range 8 {
		asking.Go(func() {
			for i := range 500 {
				path := paths[i%len(paths)]
				tag, body := ask(s, path)
				if body != want[path+tag] || body == "" {
					t.Errorf("%s: mixed: %s %s", path, tag, body)
					return
				}
			}
		})
	}
	done := make(chan struct{})
	go func() { asking.Wait(); close(done) }()
	for swaps := 0; ; swaps++ {
		select {
		case <-done:
			if swaps < 10 {
				t.Errorf("only %d swaps", swaps)
			}
			return
		default:
			if err := c.Reload(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// TestDatabaseAway starts on a PostgreSQL, and again while that is away: the facts that are
// kept answer, until it is back and those in it do.
func TestDatabaseAway(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: starts a database server")
	}
	server := dbserver.NewPostgreSQL(t)
	url, _ := server.Schema(t)
	kept := &Kept{Path: filepath.Join(t.TempDir(), "new", "testedon.snapshot"), Logger: quiet}
	start := func() *Catalogue {
		o := store.Options{Database: url, Logger: quiet}
		c := New(Record(o, []seed.Folder{{Files: seed.Embedded()}}), kept, time.Now, quiet)
		running(t, c, 20*time.Millisecond, Changes(o, 20*time.Millisecond))
		return c
	}
	first := start()
	until(t, "facts are kept", func() bool { return kept.read() != nil })
	server.End()
	until(t, "a running server tells that the database is away", func() bool { return first.State().Stale != nil })
	again := start()
	if state := again.State(); state.Stale == nil || editionOf(again.Matrix()) != editionOf(first.Matrix()) {
		t.Errorf("%+v, revision %d", state, again.Matrix().Dataset().Revision)
	}
	server.Begin(t)
	until(t, "the database is back", func() bool { return again.State().Stale == nil && first.State().Stale == nil })
	record, err := store.Open(t.Context(), store.Options{Database: url})
	if err != nil {
		t.Fatal(err)
	}
	defer record.Close()
	ds := &fact.Dataset{Kinds: []fact.Kind{{ID: "zoo", Name: "zoo", Plural: "zoos", Order: 99}}}
	if _, _, err := record.Apply(t.Context(), ds, store.Change{Owner: "anna"}); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]*Catalogue{"first": first, "second": again} {
		until(t, "the "+name+" server has it", func() bool { return c.Matrix().Dataset().Revision == 2 })
	}
	until(t, "it is kept", func() bool { s := kept.read(); return s != nil && s.Revision == 2 })
}
