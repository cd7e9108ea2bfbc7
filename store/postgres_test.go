package store_test

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/internal/dbserver"
	"github.com/testedon/testedon/store"
)

// TestPostgreSQL holds a record on a real server to the contract, and to what is of
// servers alone.
func TestPostgreSQL(t *testing.T) {
	t.Parallel()
	server := dbserver.NewPostgreSQL(t, "ssl=on")
	t.Run("contract", func(t *testing.T) {
		contract(t, func(t *testing.T) func(func() time.Time) record {
			url, _ := server.Schema(t)
			return func(now func() time.Time) record { return openURL(t, url, store.Options{Now: now}) }
		})
	})
	for name, test := range map[string]func(*testing.T, *dbserver.PostgreSQL){
		"many open at once":    testManyOpen,
		"a change wakes":       testWatchWoken,
		"a change is found":    testWatchPolls,
		"the database is away": testWatchAway,
		"a standby answers":    testStandby,
		"damage is told":       testSpoilt,
		"a reader reads":       testSelectOnly,
		"writers wait":         testServerLocked,
		"it can be copied":     testCopy,
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

// testSpoilt damages records: they are refused, changed by nobody, and not made anew.
func testSpoilt(t *testing.T, server *dbserver.PostgreSQL) {
	for _, damage := range []string{
		"UPDATE facts SET body = replace(body, '17.2', '17.3')", "DELETE FROM revisions", "DROP TABLE facts",
		"ALTER TABLE facts RENAME body TO text", "UPDATE facts SET withdrawn = 2 WHERE id = 'mi/4.4.0/rhel/9'", "UPDATE revisions SET time = 'noon'",
		"UPDATE testedon_record SET schema = -1", "ALTER TABLE facts ALTER body TYPE jsonb USING body::jsonb",
	} {
		url, schema := server.Schema(t)
		seedURL(t, url)
		s := openURL(t, url, store.Options{})
		server.Execute(t, "SET search_path = "+schema+"; SET session_replication_role = replica; "+damage)
		if !strings.Contains(damage, "testedon_record") {
			_, err := s.Dataset(t.Context())
			_, _, applied := s.Apply(t.Context(), claimsOnly("anna/1", "Anna's"), store.Change{Owner: "anna"})
			for _, err := range []error{err, applied} {
				wantCode(t, err, fact.CodeUnavailable, "is damaged", "Restore a backup into an empty schema")
				if !errors.Is(err, store.ErrDamaged) {
					t.Errorf("%s: %v", damage, err)
				}
			}
		}
		aside, err := store.Renew(t.Context(), store.Options{Database: url}, rich(), store.Change{Owner: store.SeedOwner})
		if aside != "" || !errors.Is(err, store.ErrDamaged) {
			t.Errorf("%s: set aside as %q, %v", damage, aside, err)
		}
	}
}

// testServerLocked changes a record while somebody else is changing it, and another one in
// the same database meanwhile.
func testServerLocked(t *testing.T, server *dbserver.PostgreSQL) {
	url, schema := server.Schema(t)
	other, _ := server.Schema(t)
	seedURL(t, url)
	conn := server.Connect(t)
	const take = "SET search_path = %s; BEGIN; SELECT pg_advisory_xact_lock(1415925614::bigint << 32 | (SELECT oid::bigint FROM pg_namespace WHERE nspname = current_schema()))"
	if _, err := conn.Exec(t.Context(), fmt.Sprintf(take, schema)); err != nil {
		t.Fatal(err)
	}
	s := openURL(t, url, store.Options{Busy: 1})
	_, _, err := s.Apply(t.Context(), &fact.Dataset{}, store.Change{Owner: "seed"})
	wantCode(t, err, fact.CodeUnavailable, "is locked", "55P03", "try again")
	if ds, err := s.Dataset(t.Context()); err != nil || len(ds.Claims) != 4 {
		t.Errorf("reading meanwhile: %v", err)
	}
	seedURL(t, other)
	if _, err := conn.Exec(t.Context(), "ROLLBACK"); err != nil {
		t.Fatal(err)
	}
	if _, _, err := s.Apply(t.Context(), &fact.Dataset{}, store.Change{Owner: "seed"}); err != nil {
		t.Errorf("afterwards: %v", err)
	}
}

// testSelectOnly reads as a user who may do nothing else.
func testSelectOnly(t *testing.T, server *dbserver.PostgreSQL) {
	url, schema := server.Schema(t)
	seedURL(t, url)
	server.Execute(t, "CREATE ROLE reader LOGIN", "GRANT USAGE ON SCHEMA "+schema+" TO reader", "GRANT SELECT ON ALL TABLES IN SCHEMA "+schema+" TO reader")
	s := openURL(t, server.URL("reader", "postgres", "search_path="+schema), store.Options{})
	if ds, err := s.Dataset(t.Context()); err != nil || ds.Digest != rich().ContentDigest() {
		t.Errorf("it reads %v", err)
	}
	if digest, err := s.SeedDigest(t.Context()); digest != "files" || err != nil {
		t.Errorf("the digest of the seed is %q, %v", digest, err)
	}
	_, _, err := s.Apply(t.Context(), claimsOnly("anna/1", "Anna's"), store.Change{Owner: "anna"})
	wantCode(t, err, fact.CodeUnavailable, "does not let this user do it", "42501", "GRANT")
	alter(t, openURL(t, url, store.Options{}), "Anna's")
	if r, err := s.Newest(t.Context()); r.Number != 2 || err != nil {
		t.Errorf("the newest revision is %d, %v", r.Number, err)
	}
}
