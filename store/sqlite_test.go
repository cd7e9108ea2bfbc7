package store_test

import (
	"errors"
	"path/filepath"
	"slices"
	"strings"
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

// TestFileIsNotTrusted asks the connections of a record what they let a file do.
func TestFileIsNotTrusted(t *testing.T) {
	dir := t.TempDir()
	s := openAt(t, dir, store.Options{}) // which has a writer, as it was empty
	for query, want := range map[string]string{
		"PRAGMA trusted_schema":  "0",
		"PRAGMA cell_size_check": "1",
		"PRAGMA temp_store":      "2", // in memory: the container image has no folder for it
		"SELECT count(*) FROM pragma_compile_options WHERE compile_options = 'OMIT_LOAD_EXTENSION'": map[bool]string{true: "1", false: "0"}[extensionsOmitted],
	} {
		if got, err := s.Ask(t.Context(), query); err != nil || !slices.Equal(got, []string{want, want}) {
			t.Errorf("%s: %q, %v, want %s", query, got, err, want)
		}
	}
	if got, err := s.Ask(t.Context(), "SELECT load_extension('x')"); err == nil {
		t.Errorf("an extension is loaded: %q", got)
	}
}

// TestFunctionsInTheSchema opens a record whose schema calls a function that a
// schema must not call.
func TestFunctionsInTheSchema(t *testing.T) {
	dir := t.TempDir()
	seeded(t, dir)
	execute(t, filepath.Join(dir, store.FileName), "PRAGMA foreign_keys = 0; ALTER TABLE owners RENAME TO others",
		"CREATE VIEW owners AS SELECT name, coalesce(nullif(rtreedepth(x'0000'), rtreedepth(x'0000')), digest) AS digest FROM others")
	s := openAt(t, dir, store.Options{})
	_, err := s.SeedDigest(t.Context())
	wantCode(t, err, fact.CodeUnavailable, "is damaged")
	var known *fact.Error
	if errors.As(err, &known); !strings.Contains(known.Cause.Error(), "unsafe use") {
		t.Errorf("the cause is %v", known.Cause)
	}
}
