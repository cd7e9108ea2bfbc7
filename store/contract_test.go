package store_test

import (
	"context"
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/store"
)

// record is what every engine does. The suite in this file says how.
type record interface {
	Apply(context.Context, *fact.Dataset, store.Change) (int64, bool, error)
	Dataset(context.Context) (*fact.Dataset, error)
	DatasetAt(context.Context, int64) (*fact.Dataset, error)
	RevisionAt(context.Context, time.Time) (int64, error)
	Revisions(context.Context) ([]store.Revision, error)
	SeedDigest(context.Context) (string, error)
	Close() error
}

// engine gives a way to open one record, empty at first, again and again.
type engine func(t *testing.T) (open func(now func() time.Time) record)

// contract runs the suite against an engine.
func contract(t *testing.T, e engine) {
	for name, test := range map[string]func(*testing.T, *subject){
		"an empty record":                      testEmpty,
		"what goes in comes out":               testRoundTrip,
		"the same again writes nothing":        testIdempotence,
		"a changed fact is withdrawn and new":  testChange,
		"every noun can be changed":            testNouns,
		"the past can be read":                 testPast,
		"owners keep their facts":              testOwners,
		"an owner adds to its facts":           testKeep,
		"a curator covers the seed":            testCover,
		"what is covered may be wrong":         testCoveredFault,
		"the newest curator stands":            testCurators,
		"an invalid change is refused whole":   testInvalid,
		"what is within the limits is kept":    testLimits,
		"texts are kept as they are":           testOddTexts,
		"many facts are read in parts":         testPages,
		"a clock set back keeps the order":     testClock,
		"a change called off leaves no trace":  testCancel,
		"readers see whole revisions":          testConcurrency,
		"writers take turns":                   testWriters,
		"the record outlives the process":      testReopen,
		"what cannot be asked is told plainly": testUnknown,
	} {
		t.Run(name, func(t *testing.T) {
			s := &subject{T: t, open: e(t), onNow: func() {}}
			s.time = time.Date(2026, 1, 31, 9, 30, 0, 123456000, time.UTC)
			s.reopen()
			t.Cleanup(func() { _ = s.Close() })
			test(t, s)
		})
	}
}

// subject is a record under test with a clock set by hand.
type subject struct {
	*testing.T
	record
	open  func(now func() time.Time) record
	time  time.Time
	onNow func() // called whenever the record asks for the time
}

func (s *subject) reopen() {
	s.Helper()
	if s.record != nil {
		if err := s.Close(); err != nil {
			s.Fatal(err)
		}
	}
	s.record = s.open(func() time.Time {
		s.onNow()
		return s.time
	})
}

// apply applies a change that must work.
func (s *subject) apply(owner string, ds *fact.Dataset) (revision int64, changed bool) {
	s.Helper()
	revision, changed, err := s.Apply(s.Context(), ds, store.Change{Owner: owner, Note: "by " + owner})
	if err != nil {
		s.Fatal(err)
	}
	return revision, changed
}

// dataset reads the newest dataset and checks it against its own digest.
func (s *subject) dataset() *fact.Dataset {
	s.Helper()
	ds, err := s.Dataset(s.Context())
	return s.whole(ds, err)
}

// at reads an older dataset and checks it against its own digest.
func (s *subject) at(revision int64) *fact.Dataset {
	s.Helper()
	ds, err := s.DatasetAt(s.Context(), revision)
	return s.whole(ds, err)
}

func (s *subject) whole(ds *fact.Dataset, err error) *fact.Dataset {
	s.Helper()
	if err != nil {
		s.Fatal(err)
	}
	if !slices.IsSortedFunc(ds.Claims, func(a, b fact.Claim) int { return strings.Compare(a.ID, b.ID) }) {
		s.Errorf("revision %d reads out of order", ds.Revision)
	}
	if got := ds.ContentDigest(); ds.Revision > 0 && got != ds.Digest {
		s.Fatalf("revision %d reads as %s and is on record as %s", ds.Revision, got, ds.Digest)
	}
	return ds
}

// labels gives the label of each claim by its identifier.
func labels(ds *fact.Dataset) map[string]string {
	all := map[string]string{}
	for _, c := range ds.Claims {
		all[c.ID] = c.Label
	}
	return all
}

func (s *subject) wantLabels(ds *fact.Dataset, want map[string]string) {
	s.Helper()
	if got := labels(ds); !reflect.DeepEqual(got, want) {
		s.Errorf("revision %d has the claims %v, want %v", ds.Revision, got, want)
	}
}

// wantCode checks that an error is of our vocabulary and says the words.
func wantCode(t *testing.T, err error, code fact.Code, words ...string) {
	t.Helper()
	var e *fact.Error
	if !errors.As(err, &e) || e.Code != code {
		t.Fatalf("error %v, want one of code %s", err, code)
	}
	for _, word := range words {
		if !strings.Contains(err.Error(), word) {
			t.Errorf("error %q does not say %q", err, word)
		}
	}
}

// claimsOnly is a dataset of one claim, about a release and a technology that
// rich has.
func claimsOnly(id, label string) *fact.Dataset {
	return &fact.Dataset{Claims: []fact.Claim{{ID: id, Product: "mi", Release: "4.4.0", Technology: "rhel",
		Label: label, Version: "9.4", Status: fact.StatusTested, Citation: fact.Citation{Source: "install"}}}}
}
