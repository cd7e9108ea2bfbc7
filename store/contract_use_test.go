package store_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/store"
)

func testInvalid(t *testing.T, s *subject) {
	s.apply("seed", rich())
	s.apply("anna", claimsOnly("anna/1", "Anna's"))
	for name, test := range map[string]struct {
		change store.Change
		mend   func(*fact.Dataset)
		words  []string
	}{
		"owner too long":   {store.Change{Owner: strings.Repeat("x", 65)}, func(*fact.Dataset) {}, []string{"owner", "64"}},
		"no identifier":    {store.Change{Owner: "seed"}, func(ds *fact.Dataset) { ds.Notes[0].ID = "" }, []string{"note", "no identifier"}},
		"no such amount":   {store.Change{Owner: "seed"}, func(ds *fact.Dataset) { ds.Requirements[0].Amount.Unit = "" }, []string{"mi/4.4.0/disk", "amount"}},
		"no owner":         {store.Change{}, func(*fact.Dataset) {}, []string{"owner"}},
		"owner of words":   {store.Change{Owner: "the boss"}, func(*fact.Dataset) {}, []string{"the boss"}},
		"note too long":    {store.Change{Owner: "seed", Note: strings.Repeat("x", 1001)}, func(*fact.Dataset) {}, []string{"note", "1000"}},
		"the same twice":   {store.Change{Owner: "seed"}, func(ds *fact.Dataset) { ds.Claims[1].ID = ds.Claims[0].ID }, []string{"mi/4.4.0/postgresql/17.2", "twice"}},
		"not UTF-8":        {store.Change{Owner: "seed"}, func(ds *fact.Dataset) { ds.Technologies[5].Cycles[0].Names[0] = "\xff" }, []string{"rhel", "UTF-8"}},
		"text too long":    {store.Change{Owner: "seed"}, func(ds *fact.Dataset) { ds.Claims[0].Label = strings.Repeat("x", 256<<10) }, []string{"mi/4.4.0/postgresql/17.2", "limit"}},
		"a lost reference": {store.Change{Owner: "seed"}, func(ds *fact.Dataset) { ds.Technologies = ds.Technologies[:5] }, []string{"anna/1", "rhel", "not changed"}},
	} {
		ds := rich()
		test.mend(ds)
		before := s.dataset()
		_, _, err := s.Apply(t.Context(), ds, test.change)
		t.Log(name, "→", err)
		wantCode(t, err, fact.CodeInvalid, test.words...)
		if !reflect.DeepEqual(s.dataset(), before) {
			t.Errorf("%s: the record changed", name)
		}
	}
}

// testLimits applies what is just within the limits.
func testLimits(t *testing.T, s *subject) {
	change := store.Change{Owner: strings.Repeat("x", 64), Note: strings.Repeat("x", 1000)}
	fill := func(size int) (revision int64, err error) {
		ds := rich()
		ds.Notes[0].Text = ""
		body, _ := json.Marshal(ds.Notes[0])
		ds.Notes[0].Text = strings.Repeat("x", size-len(body))
		revision, _, err = s.Apply(t.Context(), ds, change)
		return revision, err
	}
	if _, err := fill(256 << 10); err != nil {
		t.Error(err)
	}
	if all, _ := s.Revisions(t.Context()); len(all) != 1 || all[0].Owner != change.Owner || all[0].Note != change.Note {
		t.Errorf("the revision reads %+v", all)
	}
	_, err := fill(256<<10 + 1)
	wantCode(t, err, fact.CodeInvalid, "mi/4.4.0/edge/start", "262145 bytes", "limit")
}

// testOddTexts keeps texts that look like those which the record cannot keep.
func testOddTexts(t *testing.T, s *subject) {
	for _, text := range []string{"\ufffd", `\ufffd`, `\\ufffd`, "<&>", "\u2028\x00"} {
		ds := rich()
		ds.Notes[0].Text = text
		s.apply("seed", ds)
		if got := s.dataset().Notes[0].Text; got != text {
			t.Errorf("%q reads %q", text, got)
		}
	}
}

// testPages reads as many facts as come in a page, some more and some less, and some that
// a curator covers at the end of one.
func testPages(t *testing.T, s *subject) {
	for _, size := range []int{1, 1023, 1024, 1025, 2048, 3000} {
		ds := synthetic(30, 100)
		ds.Claims = ds.Claims[:size]
		s.apply("seed", ds)
		if got := s.dataset(); !reflect.DeepEqual(got.Claims, ds.Claims) {
			t.Errorf("of %d claims %d are read, or they are others", size, len(got.Claims))
		}
	}
	cover := &fact.Dataset{Claims: synthetic(30, 100).Claims[1020:1030]}
	for i := range cover.Claims {
		cover.Claims[i].Label = "covered"
	}
	s.apply("anna", cover)
	got := s.dataset()
	if len(got.Claims) != 3000 || !reflect.DeepEqual(got.Claims[1020:1030], cover.Claims) || got.Claims[1019].Label == "covered" || got.Claims[1030].Label == "covered" {
		t.Errorf("with a cover, %d claims are read, or they are others", len(got.Claims))
	}
}

func testClock(t *testing.T, s *subject) {
	s.apply("seed", rich())
	first := s.time
	s.time = first.Add(-time.Hour)
	s.apply("seed", &fact.Dataset{})
	all, _ := s.Revisions(t.Context())
	if !all[1].Time.Equal(first) {
		t.Errorf("revision 2 is dated %v, before revision 1 at %v", all[1].Time, first)
	}
	if got, err := s.RevisionAt(t.Context(), first); got != 2 || err != nil {
		t.Errorf("revision %d, %v", got, err)
	}
}

func testCancel(t *testing.T, s *subject) {
	s.apply("seed", rich())
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	for _, when := range []string{"in the midst", "before"} {
		s.onNow = cancel
		_, _, err := s.Apply(ctx, synthetic(20, 50), store.Change{Owner: "seed"})
		wantCode(t, err, fact.CodeUnavailable, "called off")
		if !errors.Is(err, context.Canceled) {
			t.Errorf("%s: error %v hides its cause", when, err)
		}
	}
	if _, err := s.Dataset(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("reading: %v", err)
	}
	if got := s.dataset(); got.Revision != 1 || len(got.Claims) != 4 {
		t.Errorf("the record is at revision %d with %d claims", got.Revision, len(got.Claims))
	}
}

// testConcurrency reads, all the while one writer changes the record, and finds
// every dataset equal to its digest.
func testConcurrency(t *testing.T, s *subject) {
	const revisions = 30
	s.apply("seed", synthetic(20, 50))
	var wait sync.WaitGroup
	for range 3 {
		wait.Go(func() {
			for last := int64(0); last < revisions; {
				ds := s.dataset()
				if ds.Revision < last {
					t.Errorf("revision %d after %d", ds.Revision, last)
				}
				last = ds.Revision
			}
		})
	}
	for i := 2; i <= revisions; i++ {
		ds := synthetic(20, 50)
		ds.Claims = ds.Claims[i*10:]
		ds.Claims[0].Label = time.Duration(i).String()
		s.apply("seed", ds)
	}
	wait.Wait()
}

// testWriters lets several owners write at once, through two records that are
// open on the same data as in two processes.
func testWriters(t *testing.T, s *subject) {
	const rounds = 10
	s.apply("seed", rich())
	other := s.open(func() time.Time { return s.time })
	defer func() { _ = other.Close() }()
	var wait sync.WaitGroup
	for owner, r := range map[string]record{"anna": s.record, "bela": other, "carl": s.record, "dora": other} {
		wait.Go(func() {
			for i := range rounds {
				ds := claimsOnly(owner+"/1", fmt.Sprint(i))
				if _, _, err := r.Apply(t.Context(), ds, store.Change{Owner: owner}); err != nil {
					t.Errorf("%s: %v", owner, err)
				}
			}
		})
	}
	wait.Wait()
	got := labels(s.dataset())
	for _, owner := range []string{"anna", "bela", "carl", "dora"} {
		if got[owner+"/1"] != fmt.Sprint(rounds-1) {
			t.Errorf("the claim of %s reads %q", owner, got[owner+"/1"])
		}
	}
	if all, err := s.Revisions(t.Context()); len(all) != 1+4*rounds || err != nil {
		t.Errorf("%d revisions, %v", len(all), err)
	}
}

func testReopen(t *testing.T, s *subject) {
	if _, _, err := s.Apply(t.Context(), rich(), store.Change{Owner: "seed", SeedDigest: "files"}); err != nil {
		t.Fatal(err)
	}
	before := s.dataset()
	s.reopen()
	if !reflect.DeepEqual(s.dataset(), before) {
		t.Error("reopened, the record reads differently")
	}
	if digest, err := s.SeedDigest(t.Context()); digest != "files" || err != nil {
		t.Errorf("seed digest %q, %v", digest, err)
	}
	if _, changed := s.apply("seed", rich()); changed {
		t.Error("reopened, the same change is a new one")
	}
}

func testUnknown(t *testing.T, s *subject) {
	_, err := s.DatasetAt(t.Context(), 1)
	wantCode(t, err, fact.CodeNotFound, "no revision yet")
	s.apply("seed", rich())
	for _, revision := range []int64{-1, 0, 2} {
		_, err := s.DatasetAt(t.Context(), revision)
		wantCode(t, err, fact.CodeNotFound, "revisions 1 to 1")
	}
}
