package store_test

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/testedon/testedon/internal/dbserver"
	"github.com/testedon/testedon/store"
)

// notes keeps what is logged.
type notes struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (n *notes) Write(line []byte) (int, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.text.Write(line)
}

func (n *notes) String() string {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.text.String()
}

func (n *notes) logger() *slog.Logger { return slog.New(slog.NewTextHandler(n, nil)) }

// guard is somebody who watches a record.
type guard struct {
	*notes
	calls chan struct{}
}

// watch watches a record until the end of the test, and has been called once when it
// returns.
func watch(t *testing.T, o store.Options, every time.Duration) *guard {
	t.Helper()
	g := &guard{&notes{}, make(chan struct{}, 1000)}
	o.Logger = g.logger()
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() {
		defer close(done)
		store.Watch(ctx, o, every, func() { g.calls <- struct{}{} })
	}()
	t.Cleanup(func() { cancel(); <-done })
	g.called(t, "the beginning")
	return g
}

// limit is how long a test waits for what has to come.
const limit = 30 * time.Second

func (g *guard) called(t *testing.T, after string) {
	t.Helper()
	select {
	case <-g.calls:
	case <-time.After(limit):
		t.Fatalf("%s was not seen; the log: %s", after, g)
	}
}

// says waits until the log has a text, and makes sure that it has it so many times.
func (g *guard) says(t *testing.T, text string, times int) {
	t.Helper()
	for end := time.Now().Add(limit); strings.Count(g.String(), text) < times; {
		if time.Now().After(end) {
			t.Fatalf("the log does not say %q: %s", text, g)
		}
		<-time.After(time.Millisecond)
	}
	if n := strings.Count(g.String(), text); n != times {
		t.Errorf("the log says %q %d times, want %d: %s", text, n, times, g)
	}
}

// alter applies a change of anna's.
func alter(t *testing.T, s *store.Store, label string) {
	t.Helper()
	if _, _, err := s.Apply(t.Context(), claimsOnly("anna/1", label), store.Change{Owner: "anna"}); err != nil {
		t.Fatal(err)
	}
}

const quick = 2 * time.Millisecond

func TestWatchFile(t *testing.T) {
	dir, other := t.TempDir(), t.TempDir()
	seeded(t, dir)
	g := watch(t, store.Options{Dir: dir}, quick)
	s := openAt(t, dir, store.Options{})
	for i := range 20 {
		alter(t, s, fmt.Sprint(i))
		g.called(t, "a change in the log")
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	g.called(t, "the log in the file")

	// Another file of the same size and time.
	file, copied := filepath.Join(dir, store.FileName), filepath.Join(other, store.FileName)
	write(t, copied, files(t, dir)[store.FileName])
	info, err := os.Stat(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Chtimes(copied, time.Time{}, info.ModTime()); err != nil {
		t.Fatal(err)
	}
	drain(g.calls)
	if err := os.Rename(copied, file); err != nil {
		t.Fatal(err)
	}
	g.called(t, "another file in its place")

	if err := os.Rename(file, copied); err != nil {
		t.Fatal(err)
	}
	g.says(t, "record is away", 1)
	seeded(t, dir)
	g.says(t, "record is back", 1)
	g.called(t, "a new file")
	g.says(t, "record is away", 1)
}

// drain takes what is in a channel.
func drain(calls chan struct{}) {
	for {
		select {
		case <-calls:
		default:
			return
		}
	}
}

// testWatchWoken looks once an hour, and is told of a change at once.
func testWatchWoken(t *testing.T, server *dbserver.PostgreSQL) {
	url, _ := server.Schema(t)
	s := openURL(t, url, store.Options{})
	if _, _, err := s.Apply(t.Context(), rich(), store.Change{Owner: "seed"}); err != nil {
		t.Fatal(err)
	}
	g := watch(t, store.Options{Database: url}, time.Hour)
	for i := range 5 {
		alter(t, s, fmt.Sprint(i))
		g.called(t, "a change")
	}
}

// testWatchPolls sees a change that nobody announces, as where a pooler stands between.
func testWatchPolls(t *testing.T, server *dbserver.PostgreSQL) {
	url, schema := server.Schema(t)
	openURL(t, url, store.Options{})
	g := watch(t, store.Options{Database: url}, quick)
	for i := range 5 {
		server.Execute(t, fmt.Sprintf("INSERT INTO %s.revisions VALUES (%d, '', 'seed', '', 0, 0, 'x')", schema, i+1))
		g.called(t, "a change")
	}
}

// testWatchAway watches a database that goes away and comes back.
func testWatchAway(t *testing.T, server *dbserver.PostgreSQL) {
	server.Execute(t, "CREATE DATABASE away")
	url := server.URL("ada", "away", "")
	s := openURL(t, url, store.Options{})
	if _, _, err := s.Apply(t.Context(), rich(), store.Change{Owner: "seed"}); err != nil {
		t.Fatal(err)
	}
	g := watch(t, store.Options{Database: url}, quick)
	for i := range 3 {
		server.Execute(t, "ALTER DATABASE away ALLOW_CONNECTIONS false", "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'away'")
		g.says(t, "record is away", i+1)
		if ds, err := s.Dataset(t.Context()); err == nil {
			t.Errorf("away, it reads %v", ds.Revision)
		}
		server.Execute(t, "ALTER DATABASE away ALLOW_CONNECTIONS true")
		g.says(t, "record is back", i+1)
		alter(t, s, fmt.Sprint(i))
		g.called(t, "a change")
		g.says(t, "record is away", i+1)
	}
}
