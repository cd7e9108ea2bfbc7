package store_test

import (
	"sync"
	"testing"
	"time"

	"github.com/testedon/testedon/internal/dbserver"
	"github.com/testedon/testedon/store"
)

// TestPostgreSQL holds a record on a real server to the contract, and to what is of
// servers alone.
func TestPostgreSQL(t *testing.T) {
	t.Parallel()
	server := dbserver.NewPostgreSQL(t, "ssl=on", "max_connections=300")
	t.Run("contract", func(t *testing.T) {
		contract(t, func(t *testing.T) func(func() time.Time) record {
			url, _ := server.Schema(t)
			return func(now func() time.Time) record { return openURL(t, url, store.Options{Now: now}) }
		})
	})
	for name, test := range map[string]func(*testing.T, *dbserver.PostgreSQL){
		"many open at once": testManyOpen,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, server)
		})
	}
}

// openURL opens a record that must open, and closes it after the test.
func openURL(t testing.TB, url string, o store.Options) *store.Store {
	t.Helper()
	o.Database = url
	s, err := store.Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

// testManyOpen starts on an empty schema as ten servers do at once: one of them makes
// the record, one applies the seed.
func testManyOpen(t *testing.T, server *dbserver.PostgreSQL) {
	url, _ := server.Schema(t)
	changes := make([]bool, 10)
	var wait sync.WaitGroup
	for i := range changes {
		wait.Go(func() {
			s, err := store.Open(t.Context(), store.Options{Database: url})
			if err != nil {
				t.Error(err)
				return
			}
			defer func() { _ = s.Close() }()
			revision, changed, err := s.Apply(t.Context(), rich(), store.Change{Owner: "seed", SeedDigest: "files"})
			if revision != 1 || err != nil {
				t.Errorf("revision %d, %v", revision, err)
			}
			changes[i] = changed
		})
	}
	wait.Wait()
	seeds := 0
	for _, changed := range changes {
		if changed {
			seeds++
		}
	}
	ds, err := openURL(t, url, store.Options{}).Dataset(t.Context())
	if seeds != 1 || err != nil || ds.Revision != 1 || ds.Digest != rich().ContentDigest() {
		t.Errorf("%d of %d have applied the seed; it reads %v, %v", seeds, len(changes), ds, err)
	}
}
