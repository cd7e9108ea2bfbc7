package cli

import (
	"log/slog"
	"os"
	"path/filepath"
	"testing"

	"github.com/testedon/testedon/seed"
	"github.com/testedon/testedon/store"
)

// TestSameFilesAreNotParsed loads files that were applied before. They could not
// be parsed, so that all is well only if nobody tries.
func TestSameFilesAreNotParsed(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "kinds.yaml"), []byte("nothing: to read\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	options := store.Options{Dir: t.TempDir(), Logger: slog.New(slog.DiscardHandler)}
	remember(t, options, dir)
	c := &catalogue{}
	if err := c.load(t.Context(), options, dir); err != nil {
		t.Fatal(err)
	}
	if err := c.Ready(); err != nil {
		t.Error(err)
	}
	if revision := c.Matrix().Dataset().Revision; revision != 1 {
		t.Errorf("revision %d, want 1", revision)
	}
}

// remember makes a record that has the facts of the program's own catalogue and
// takes them to be those of the files in dir.
func remember(t *testing.T, o store.Options, dir string) {
	t.Helper()
	ds, err := seed.Load(seed.Embedded())
	if err != nil {
		t.Fatal(err)
	}
	digest, err := seed.Digest(os.DirFS(dir))
	if err != nil {
		t.Fatal(err)
	}
	record, err := store.Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := record.Apply(t.Context(), ds, store.Change{Owner: store.SeedOwner, SeedDigest: digest}); err != nil {
		t.Fatal(err)
	}
	if err := record.Close(); err != nil {
		t.Fatal(err)
	}
}
