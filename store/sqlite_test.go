package store_test

import (
	"testing"
	"time"

	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/store"
)

func TestSQLite(t *testing.T) {
	contract(t, func(t *testing.T) func(func() time.Time) record {
		dir := t.TempDir()
		return func(now func() time.Time) record { return openAt(t, dir, store.Options{Now: now}) }
	})
}

// TestReadersCannotWrite holds for whatever a later query may say.
func TestReadersCannotWrite(t *testing.T) {
	s := openAt(t, t.TempDir(), store.Options{})
	wantCode(t, s.WriteByReader(t.Context()), fact.CodeUnavailable, "cannot be written")
}

// openAt opens a record that must open, and closes it after the test.
func openAt(t testing.TB, dir string, o store.Options) *store.Store {
	t.Helper()
	o.Dir = dir
	s, err := store.Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}
