package store_test

import (
	"testing"

	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/store"
)

// TestNetwork opens a record where SQLite's log cannot work.
func TestNetwork(t *testing.T) {
	dir := t.TempDir()
	restore := store.PretendNetwork(dir)
	_, err := store.Open(t.Context(), store.Options{Dir: dir})
	restore()
	wantCode(t, err, fact.CodeUnavailable, dir, "network file system", "local disk")
	wantFiles(t, dir, map[string]string{})
	seeded(t, dir)
}
