package cli

import (
	"bytes"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/testedon/testedon/cli/current"
	"github.com/testedon/testedon/cli/exit"
	"github.com/testedon/testedon/seed"
	"github.com/testedon/testedon/store"
)

// onRecord is a catalogue on a record and the files of a folder.
func onRecord(o store.Options, dir string) *current.Catalogue {
	return current.New(current.Record(o, files(dir)), nil, time.Now, o.Logger)
}

// TestSameFilesAreNotParsed loads files that were applied before. They could not
// be parsed, so that all is well only if nobody tries.
func TestSameFilesAreNotParsed(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "kinds.yaml"), []byte("nothing: to read\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	options := store.Options{Dir: t.TempDir(), Logger: slog.New(slog.DiscardHandler)}
	remember(t, options, dir)
	c := onRecord(options, dir)
	if err := c.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	if stale := c.State().Stale; stale != nil {
		t.Error(stale)
	}
	if revision := c.Matrix().Dataset().Revision; revision != 1 {
		t.Errorf("revision %d, want 1", revision)
	}
}

// TestAppliedTwice applies the files of the catalogue to a record that has them, as those of
// another build: nothing is written again.
func TestAppliedTwice(t *testing.T) {
	record, err := store.Open(t.Context(), store.Options{Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	defer record.Close()
	for _, digest := range []string{"one build", "another"} {
		ds, err := seed.Load(seed.Embedded())
		if err != nil {
			t.Fatal(err)
		}
		if revision, _, err := record.Apply(t.Context(), ds, store.Change{Owner: store.SeedOwner, SeedDigest: digest}); err != nil || revision != 1 {
			t.Errorf("%s: revision %d, %v", digest, revision, err)
		}
	}
}

// TestDamagedRecord loads records of the catalogue in which bits were flipped,
// pages swapped or the end cut off: what answers is what answered before, or
// nothing does.
func TestDamagedRecord(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: loads hundreds of damaged records")
	}
	dir := t.TempDir()
	options := store.Options{Dir: dir, Logger: slog.New(slog.DiscardHandler)}
	sound := onRecord(options, "")
	if err := sound.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(filepath.Join(dir, store.FileName))
	if err != nil {
		t.Fatal(err)
	}
	want := sound.Matrix().Dataset()
	healed := 0
	for name, damaged := range damages(whole) {
		options.Dir = t.TempDir()
		file := filepath.Join(options.Dir, store.FileName)
		if err := os.WriteFile(file, damaged, 0o600); err != nil {
			t.Fatal(err)
		}
		c := onRecord(options, "")
		if err := c.Start(t.Context()); err != nil {
			var e *exit.Error
			if !errors.As(err, &e) || e.Code != exit.Data || c.Matrix() != nil {
				t.Errorf("%s: %v", name, err)
			}
			continue
		}
		got := c.Matrix().Dataset()
		if got.Digest != want.Digest || got.ContentDigest() != want.Digest {
			t.Errorf("%s: it answers from other facts, %s", name, got.Digest)
		}
		revision := int64(1)
		if c.State().SetAside != "" {
			healed++
			revision = 2
			if aside, err := os.ReadFile(filepath.Join(options.Dir, c.State().SetAside)); err != nil || !bytes.Equal(aside, damaged) {
				t.Errorf("%s: what is set aside is not what was there, %v", name, err)
			}
		}
		if got.Revision != revision {
			t.Errorf("%s: it answers from revision %d", name, got.Revision)
		}
	}
	if healed < 5 {
		t.Errorf("only %d records were made anew", healed)
	}
}

// damages damages a file in many ways, each by its name, the same each time.
func damages(whole []byte) map[string][]byte {
	const page = 4096
	random := rand.New(rand.NewPCG(7, 12))
	all := map[string][]byte{
		"cut by a byte":    whole[:len(whole)-1],
		"cut by 512 bytes": whole[:len(whole)-512],
	}
	flip := func(at int) {
		bit := random.IntN(8)
		damaged := bytes.Clone(whole)
		damaged[at] ^= 1 << bit
		all[fmt.Sprintf("bit %d of byte %d", bit, at)] = damaged
	}
	for range 12 {
		flip(random.IntN(len(whole)))
	}
	for _, word := range []string{"PostgreSQL | 17.2", "mi/4.4.0/postgresql", "tested", "sha256:"} {
		flip(bytes.Index(whole, []byte(word)) + random.IntN(len(word)))
	}
	for range 4 {
		a, b := (1+random.IntN(len(whole)/page-1))*page, (1+random.IntN(len(whole)/page-1))*page
		damaged := bytes.Clone(whole)
		copy(damaged[a:a+page], whole[b:b+page])
		copy(damaged[b:b+page], whole[a:a+page])
		all[fmt.Sprintf("pages at %d and %d swapped", a, b)] = damaged
	}
	return all
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
