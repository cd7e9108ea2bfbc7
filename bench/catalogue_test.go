package bench

import (
	"bytes"
	"context"
	"io"
	"slices"
	"testing"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/export"
	"github.com/testedon/testedon/seed"
	"github.com/testedon/testedon/seed/proposal"
	"github.com/testedon/testedon/store"
)

// longest is the size of the longest page that the catalogue was taken from.
const longest = 9168

// document is a page about MI 4.4.0 no shorter than the longest real one: its export,
// again and again.
func document(b *testing.B, m *compat.Matrix) []byte {
	b.Helper()
	released, err := m.Release("mi", "4.4.0")
	if err != nil {
		b.Fatal(err)
	}
	release, err := export.Of(m, released, "")
	if err != nil {
		b.Fatal(err)
	}
	markdown := slices.IndexFunc(export.Formats, func(f export.Format) bool { return f.Name == "markdown" })
	var text bytes.Buffer
	for text.Len() < longest {
		if err := export.Formats[markdown].Write(&text, release); err != nil {
			b.Fatal(err)
		}
	}
	return text.Bytes()
}

// BenchmarkImport reads a page and holds it against the catalogue.
func BenchmarkImport(b *testing.B) {
	m := small(b)
	text := document(b, m)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		proposals, err := proposal.Propose(m, proposal.Subject{Product: "mi", Release: "4.4.0"}, proposal.Document{Name: "page.md", Text: text})
		if err != nil || len(proposals) == 0 {
			b.Fatal(proposals, err)
		}
	}
}

// BenchmarkExport writes the whole catalogue.
func BenchmarkExport(b *testing.B) {
	ds := small(b).Dataset()
	for b.Loop() {
		if err := export.WriteCatalogue(io.Discard, ds, "", export.SchemaName); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkSeed reads the files of the catalogue ("read"), and applies them to a
// new record as well ("new"), or to one that has them already ("again").
func BenchmarkSeed(b *testing.B) {
	b.Run("read", func(b *testing.B) {
		for b.Loop() {
			parse(b)
		}
	})
	b.Run("new", func(b *testing.B) {
		for b.Loop() {
			apply(b, open(b), true)
		}
	})
	b.Run("again", func(b *testing.B) {
		s := open(b)
		apply(b, s, true)
		for b.Loop() {
			apply(b, s, false)
		}
	})
}

func parse(b *testing.B) *fact.Dataset {
	ds, err := seed.Load(seed.Embedded())
	if err != nil {
		b.Fatal(err)
	}
	return ds
}

func open(b *testing.B) *store.Store {
	s, err := store.Open(context.Background(), store.Options{Dir: b.TempDir()})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = s.Close() })
	return s
}

// apply applies the catalogue, which is to make a revision or not.
func apply(b *testing.B, s *store.Store, changes bool) {
	_, changed, err := s.Apply(context.Background(), parse(b), store.Change{Owner: store.SeedOwner, Note: "bench"})
	if err != nil || changed != changes {
		b.Fatal(changed, err)
	}
}

// BenchmarkBuild indexes a million claims.
func BenchmarkBuild(b *testing.B) {
	ds := parse(b)
	Synthetic(ds, 1_000_000)
	for b.Loop() {
		if _, err := compat.Build(ds); err != nil {
			b.Fatal(err)
		}
	}
}
