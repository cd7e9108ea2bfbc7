package store_test

import (
	"reflect"
	"testing"
	"time"

	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/store"
)

func testEmpty(t *testing.T, s *subject) {
	ds := s.dataset()
	if !reflect.DeepEqual(labels(ds), map[string]string{}) || ds.Revision != 0 || ds.Digest != "" {
		t.Errorf("an empty record reads as %+v", ds)
	}
	if digest, err := s.SeedDigest(t.Context()); digest != "" || err != nil {
		t.Errorf("seed digest %q, %v", digest, err)
	}
	if all, err := s.Revisions(t.Context()); len(all) != 0 || all == nil || err != nil {
		t.Errorf("revisions %#v, %v", all, err)
	}
	_, err := s.RevisionAt(t.Context(), s.time)
	wantCode(t, err, fact.CodeNotFound)
	// Who states nothing is not remembered, nor are the files that nothing was read from.
	revision, changed, err := s.Apply(t.Context(), &fact.Dataset{}, store.Change{Owner: "seed", SeedDigest: "files"})
	if revision != 0 || changed || err != nil {
		t.Errorf("nothing applied gives revision %d, changed %t, %v", revision, changed, err)
	}
	if digest, err := s.SeedDigest(t.Context()); digest != "" || err != nil {
		t.Errorf("after nothing, the seed digest is %q, %v", digest, err)
	}
	if ds := s.dataset(); ds.Revision != 0 {
		t.Errorf("after nothing, the record reads as %+v", ds)
	}
}

func testRoundTrip(t *testing.T, s *subject) {
	want := rich()
	revision, changed := s.apply("seed", want)
	if revision != 1 || !changed {
		t.Fatalf("revision %d, changed %t", revision, changed)
	}
	if !reflect.DeepEqual(want, rich()) {
		t.Error("Apply changed the dataset it was given")
	}
	want.Revision, want.Digest, want.Recorded = 1, want.ContentDigest(), s.time.Format(time.DateOnly)
	for _, got := range []*fact.Dataset{s.dataset(), s.at(1)} {
		if !reflect.DeepEqual(got, want) {
			t.Errorf("read\n%+v\nwant\n%+v", got, want)
		}
	}
}

func testIdempotence(t *testing.T, s *subject) {
	change := store.Change{Owner: "seed", SeedDigest: "files-1"}
	for i, step := range []struct {
		digest  string
		changed bool
	}{{"files-1", true}, {"files-1", false}, {"files-2", false}, {"files-2", false}} {
		change.SeedDigest = step.digest
		revision, changed, err := s.Apply(t.Context(), rich(), change)
		if err != nil || revision != 1 || changed != step.changed {
			t.Errorf("step %d: revision %d, changed %t, %v", i, revision, changed, err)
		}
		if digest, err := s.SeedDigest(t.Context()); digest != step.digest || err != nil {
			t.Errorf("step %d: seed digest %q, %v", i, digest, err)
		}
	}
	if all, _ := s.Revisions(t.Context()); len(all) != 1 {
		t.Errorf("%d revisions, want 1", len(all))
	}
}

func testChange(t *testing.T, s *subject) {
	s.apply("seed", rich())
	ds := rich()
	ds.Claims[0].Label = "new label"                // one changed
	ds.Claims = ds.Claims[:3]                       // one missing
	ds.Technologies[0].Aliases = []string{"alma9"}  // one changed within a list
	ds.Kinds = append(ds.Kinds, fact.Kind{ID: "x"}) // one new
	s.time = s.time.Add(time.Hour)
	s.apply("seed", ds)
	s.wantLabels(s.dataset(), map[string]string{"mi/4.4.0/postgresql/17.2": "new label", "mi/4.4.0/rhel/9": "RHEL \"9\"", "mi/4.5.0/rhel": "RHEL"})
	all, err := s.Revisions(t.Context())
	if err != nil || len(all) != 2 {
		t.Fatalf("revisions %v, %v", all, err)
	}
	want := store.Revision{Number: 2, Time: s.time, Owner: "seed", Note: "by seed", Added: 3, Withdrawn: 3, Digest: s.dataset().Digest}
	if all[1] != want {
		t.Errorf("revision\n%+v, want\n%+v", all[1], want)
	}
}

func testPast(t *testing.T, s *subject) {
	first := s.time
	s.apply("seed", rich())
	ds := rich()
	ds.Claims = ds.Claims[:1]
	s.time = first.Add(time.Hour)
	s.apply("seed", ds)
	s.time = first.Add(2 * time.Hour)
	s.apply("seed", rich()) // what was withdrawn comes back
	for revision, claims := range map[int64]int{1: 4, 2: 1, 3: 4} {
		if got := s.at(revision); len(got.Claims) != claims || got.Revision != revision {
			t.Errorf("revision %d reads as %d with %d claims, want %d", revision, got.Revision, len(got.Claims), claims)
		}
	}
	if s.at(1).Digest != s.at(3).Digest || s.at(1).Digest == s.at(2).Digest {
		t.Error("equal content and equal digest do not go together")
	}
	for after, want := range map[time.Duration]int64{0: 1, time.Hour - time.Microsecond: 1, time.Hour: 2, 240 * time.Hour: 3} {
		if got, err := s.RevisionAt(t.Context(), first.Add(after).In(time.FixedZone("", 3600))); got != want || err != nil {
			t.Errorf("after %v: revision %d, %v, want %d", after, got, err, want)
		}
	}
	_, err := s.RevisionAt(t.Context(), first.Add(-time.Microsecond))
	wantCode(t, err, fact.CodeNotFound, "2026-01-31T09:30:00Z", "revision 1")
}
