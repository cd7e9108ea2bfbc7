package store_test

import (
	"context"
	"errors"
	"path/filepath"
	"reflect"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/internal/dbserver"
	"github.com/testedon/testedon/store"
)

// history makes a record of several owners and revisions, with more facts than are written
// at once.
func history(t *testing.T, s *store.Store) {
	t.Helper()
	for _, change := range []struct {
		owner, note string
		ds          *fact.Dataset
	}{
		{"seed", "first", synthetic(5, 100)}, {"seed", "rich ü", rich()}, {"anna", "", claimsOnly("mi/4.4.0/rhel/9", "Anna's")},
		{"bela", "", claimsOnly("bela/1", "Bela's")}, {"bela", "", &fact.Dataset{}}, {"seed", "odd\n\t\"'", odd()},
	} {
		c := store.Change{Owner: change.owner, Note: change.note, SeedDigest: "files of " + change.owner}
		if _, _, err := s.Apply(t.Context(), change.ds, c); err != nil {
			t.Fatal(err)
		}
	}
}

// odd is rich with texts that are easily spoilt.
func odd() *fact.Dataset {
	ds := rich()
	ds.Notes[0].Text = "\u2028\x00\ufffd<&>\\ufffd\r\n😀"
	return ds
}

// wantSame compares everything that two records tell.
func wantSame(t *testing.T, a, b *store.Store) {
	t.Helper()
	was, err := a.Revisions(t.Context())
	is, err2 := b.Revisions(t.Context())
	if err != nil || err2 != nil || !reflect.DeepEqual(was, is) {
		t.Fatalf("the revisions read\n%+v, %v, want\n%+v, %v", is, err2, was, err)
	}
	for _, r := range was {
		was, err := a.DatasetAt(t.Context(), r.Number)
		is, err2 := b.DatasetAt(t.Context(), r.Number)
		if err != nil || err2 != nil || !reflect.DeepEqual(was, is) || is.ContentDigest() != r.Digest {
			t.Errorf("revision %d reads otherwise: %v, %v", r.Number, err, err2)
		}
	}
	digest, err := a.SeedDigest(t.Context())
	copied, err2 := b.SeedDigest(t.Context())
	if err != nil || err2 != nil || digest != copied {
		t.Errorf("the digest of the seed is %q, %v, want %q, %v", copied, err2, digest, err)
	}
}

// testCopy copies records from each engine to each.
func testCopy(t *testing.T, server *dbserver.PostgreSQL) {
	ofServer := func(t *testing.T) *store.Store {
		url, _ := server.Schema(t)
		return openURL(t, url, store.Options{})
	}
	ofFile := func(t *testing.T) *store.Store { return openAt(t, t.TempDir(), store.Options{}) }
	for name, makers := range map[string][2]func(*testing.T) *store.Store{
		"a file to a server": {ofFile, ofServer}, "a server to a file": {ofServer, ofFile}, "a server to a server": {ofServer, ofServer},
	} {
		t.Run(name, func(t *testing.T) { copies(t, makers[0](t), makers[1](t)) })
	}
}

func TestCopy(t *testing.T) {
	dir := t.TempDir()
	to := openAt(t, dir, store.Options{})
	copies(t, openAt(t, t.TempDir(), store.Options{}), to)
	if err := to.Close(); err != nil {
		t.Fatal(err)
	}
	wantSound(t, filepath.Join(dir, store.FileName))
}

func copies(t *testing.T, from, to *store.Store) {
	history(t, from)
	if err := store.Copy(t.Context(), from, to); err != nil {
		t.Fatal(err)
	}
	wantSame(t, from, to)
	err := store.Copy(t.Context(), from, to)
	wantCode(t, err, fact.CodeUnavailable, "is not empty", "no record yet")
	wantSame(t, from, to)
	alter(t, from, "Anna's second")
	alter(t, to, "Anna's second")
	a, err := from.Dataset(t.Context())
	b, err2 := to.Dataset(t.Context())
	if err != nil || err2 != nil || !reflect.DeepEqual(a, b) {
		t.Errorf("changed alike, they read %v and %v, %v, %v", a.Revision, b.Revision, err, err2)
	}
}

// TestCopyOnline copies a record that is being changed: the copy is one of its revisions.
func TestCopyOnline(t *testing.T) {
	from := openAt(t, t.TempDir(), store.Options{})
	history(t, from)
	var wait sync.WaitGroup
	var enough atomic.Bool
	wait.Go(func() {
		for i := 0; !enough.Load(); i++ {
			alter(t, from, string(rune('a'+i%26)))
		}
	})
	for range 5 {
		to := openAt(t, t.TempDir(), store.Options{})
		if err := store.Copy(t.Context(), from, to); err != nil {
			t.Error(err)
			break
		}
		last, err := to.Newest(t.Context())
		was, err2 := from.DatasetAt(t.Context(), last.Number)
		is, err3 := to.Dataset(t.Context())
		if err := errors.Join(err, err2, err3); err != nil || !reflect.DeepEqual(was, is) {
			t.Errorf("revision %d was copied otherwise: %v", last.Number, err)
		}
	}
	enough.Store(true)
	wait.Wait()
}

// TestCopyRefused copies what must not be copied: the other record stays empty.
func TestCopyRefused(t *testing.T) {
	for name, test := range map[string]struct {
		damage string
		words  []string
	}{
		"a fact":              {"UPDATE facts SET body = replace(body, '17.2', '17.3')", []string{"from", "is damaged"}},
		"a missing table":     {"ALTER TABLE owners RENAME TO gone", []string{"from", "is damaged"}},
		"a time that is none": {"UPDATE revisions SET time = 'noon'", []string{"from", "is damaged"}},
	} {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "from")
			from, to := openAt(t, dir, store.Options{}), openAt(t, t.TempDir(), store.Options{})
			history(t, from)
			execute(t, filepath.Join(dir, store.FileName), test.damage)
			wantCode(t, store.Copy(t.Context(), from, to), fact.CodeUnavailable, test.words...)
			wantEmpty(t, to)
		})
	}
	from, to := openAt(t, t.TempDir(), store.Options{}), openAt(t, t.TempDir(), store.Options{})
	history(t, from)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	wantCode(t, store.Copy(ctx, from, to), fact.CodeUnavailable, "called off")
	wantEmpty(t, to)
}

func wantEmpty(t *testing.T, s *store.Store) {
	t.Helper()
	if r, err := s.Newest(t.Context()); r.Number != 0 || err != nil {
		t.Errorf("it is at revision %d, %v", r.Number, err)
	}
	if digest, err := s.SeedDigest(t.Context()); digest != "" || err != nil {
		t.Errorf("the digest of the seed is %q, %v", digest, err)
	}
}
