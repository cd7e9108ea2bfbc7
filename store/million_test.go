package store_test

import (
	"fmt"
	"runtime"
	"testing"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/store"
)

// synthetic makes a valid dataset of any size. Like a real catalogue, it
// repeats its headings from release to release and its labels under all.
func synthetic(releases, claims int) *fact.Dataset {
	const technologies = 50
	ds := &fact.Dataset{Kinds: []fact.Kind{{ID: "os", Name: "operating system", Plural: "operating systems", Order: 1}}}
	for i := range technologies {
		ds.Technologies = append(ds.Technologies, fact.Technology{
			ID: fmt.Sprintf("technology-%02d", i), Name: fmt.Sprintf("Technology %02d", i), Kind: "os", Scheme: "dotted"})
	}
	for i := range releases {
		addSynthetic(ds, fmt.Sprintf("product-%03d", i/100), fmt.Sprintf("%d.%d.0", i%100/10, i%10), claims)
	}
	ds.Sort()
	return ds
}

// addSynthetic adds a release, its page, and its claims.
func addSynthetic(ds *fact.Dataset, product, release string, claims int) {
	page := product + "-" + release
	if n := len(ds.Products); n == 0 || ds.Products[n-1].ID != product {
		ds.Products = append(ds.Products, fact.Product{ID: product, Name: product, Vendor: "Example"})
	}
	ds.Releases = append(ds.Releases, fact.Release{Product: product, Version: release})
	ds.Sources = append(ds.Sources, fact.Source{ID: page, Title: "Installing " + page, Authority: fact.Official})
	for i := range claims {
		technology := ds.Technologies[i%len(ds.Technologies)]
		v := fmt.Sprint(8 + i/len(ds.Technologies))
		ds.Claims = append(ds.Claims, fact.Claim{
			ID:      fmt.Sprintf("%s/%s/%s/%s", product, release, technology.ID, v),
			Product: product, Release: release, Technology: technology.ID,
			Label: technology.Name + " " + v, Version: v, Status: fact.StatusTested,
			Citation: fact.Citation{Source: page, Section: fmt.Sprintf("Tested systems %d", i%5), Quote: "as listed"},
		})
	}
}

// The size of the synthetic catalogue: a million claims.
const (
	millionReleases = 10_000
	millionClaims   = 100
)

// million makes a record of a million claims.
func million(b *testing.B) *store.Store {
	s := openAt(b, b.TempDir(), store.Options{})
	change := store.Change{Owner: store.SeedOwner}
	if _, _, err := s.Apply(b.Context(), synthetic(millionReleases, millionClaims), change); err != nil {
		b.Fatal(err)
	}
	return s
}

// BenchmarkDatasetMillion reads a dataset of a million claims, as a start does.
func BenchmarkDatasetMillion(b *testing.B) {
	s := million(b)
	b.ReportAllocs()
	for b.Loop() {
		ds, err := s.Dataset(b.Context())
		if err != nil || len(ds.Claims) != millionReleases*millionClaims {
			b.Fatal(len(ds.Claims), err)
		}
	}
}

// BenchmarkDatasetMillionEdited reads one of which every hundredth claim was
// changed later by the seed and every thousandth is covered by a curator.
func BenchmarkDatasetMillionEdited(b *testing.B) {
	s := million(b)
	edited := synthetic(millionReleases, millionClaims)
	curated := &fact.Dataset{}
	for i := 0; i < len(edited.Claims); i += 100 {
		edited.Claims[i].Label += " edited"
		if i%1000 == 0 {
			curated.Claims = append(curated.Claims, edited.Claims[i])
		}
	}
	for owner, ds := range map[string]*fact.Dataset{store.SeedOwner: edited, "curator": curated} {
		if _, _, err := s.Apply(b.Context(), ds, store.Change{Owner: owner}); err != nil {
			b.Fatal(err)
		}
	}
	for b.Loop() {
		if _, err := s.Dataset(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkApplyMillion writes a million claims into an empty record.
func BenchmarkApplyMillion(b *testing.B) {
	ds := synthetic(millionReleases, millionClaims)
	for b.Loop() {
		s := openAt(b, b.TempDir(), store.Options{})
		if _, _, err := s.Apply(b.Context(), ds, store.Change{Owner: store.SeedOwner}); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkApplyMillionAgain compares a million claims and writes nothing.
func BenchmarkApplyMillionAgain(b *testing.B) {
	s := million(b)
	ds := synthetic(millionReleases, millionClaims)
	for b.Loop() {
		if _, changed, err := s.Apply(b.Context(), ds, store.Change{Owner: store.SeedOwner}); changed || err != nil {
			b.Fatal(changed, err)
		}
	}
}

// BenchmarkStart opens a small record and reads it, as a usual start does.
func BenchmarkStart(b *testing.B) {
	dir := b.TempDir()
	s := openAt(b, dir, store.Options{})
	if _, _, err := s.Apply(b.Context(), synthetic(10, 100), store.Change{Owner: store.SeedOwner}); err != nil {
		b.Fatal(err)
	}
	if err := s.Close(); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		s, err := store.Open(b.Context(), store.Options{Dir: dir})
		if err != nil {
			b.Fatal(err)
		}
		if _, err := s.Dataset(b.Context()); err != nil {
			b.Fatal(err)
		}
		if err := s.Close(); err != nil {
			b.Fatal(err)
		}
	}
}

// TestMemory bounds what a statement takes of a matrix that was built from a record: 320 bytes
// are the claim, 96 its listing, and the rest its identifier and its places in lists.
func TestMemory(t *testing.T) {
	const releases, claims, most = 200, 100, 560
	s := openAt(t, t.TempDir(), store.Options{})
	if _, _, err := s.Apply(t.Context(), synthetic(releases, claims), store.Change{Owner: store.SeedOwner}); err != nil {
		t.Fatal(err)
	}
	held := func() uint64 {
		var m runtime.MemStats
		runtime.GC()
		runtime.GC() // of what is pooled
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	before := held()
	ds, err := s.Dataset(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	m, err := compat.Build(ds)
	if err != nil {
		t.Fatal(err)
	}
	if each := (held() - before) / (releases * claims); each > most {
		t.Errorf("a statement takes %d bytes, and may take %d", each, most)
	}
	runtime.KeepAlive(m)
}
