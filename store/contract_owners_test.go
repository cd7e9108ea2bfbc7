package store_test

import (
	"reflect"
	"testing"

	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/store"
)

func testOwners(t *testing.T, s *subject) {
	s.apply("seed", rich())
	s.apply("anna", claimsOnly("anna/1", "Anna's"))
	smaller := rich()
	smaller.Claims = smaller.Claims[:1]
	s.apply("seed", smaller)
	s.wantLabels(s.dataset(), map[string]string{"mi/4.4.0/postgresql/17.2": "Postgre\\SQL 17.2", "anna/1": "Anna's"})
	s.apply("anna", &fact.Dataset{})
	s.wantLabels(s.dataset(), map[string]string{"mi/4.4.0/postgresql/17.2": "Postgre\\SQL 17.2"})
	all, _ := s.Revisions(t.Context())
	var owners []string
	for _, r := range all {
		owners = append(owners, r.Owner)
	}
	if !reflect.DeepEqual(owners, []string{"seed", "anna", "seed", "anna"}) {
		t.Errorf("owners %v", owners)
	}
}

// testKeep adds to the facts of an owner: what is not given again stays, and what is given
// the same twice makes no revision.
func testKeep(t *testing.T, s *subject) {
	s.apply("seed", rich())
	add := func(id, label string) (int64, bool) {
		t.Helper()
		revision, changed, err := s.Apply(t.Context(), claimsOnly(id, label), store.Change{Owner: "anna", Keep: true})
		if err != nil {
			t.Fatal(err)
		}
		return revision, changed
	}
	add("anna/1", "first")
	add("anna/2", "second")
	if revision, changed := add("anna/1", "first"); changed || revision != 3 {
		t.Errorf("the same again: revision %d, changed %t", revision, changed)
	}
	add("anna/1", "replaced")
	got := labels(s.dataset())
	if got["anna/1"] != "replaced" || got["anna/2"] != "second" || len(got) != len(rich().Claims)+2 {
		t.Errorf("labels %v", got)
	}
}

func testCover(t *testing.T, s *subject) {
	const id = "mi/4.4.0/rhel/9"
	read := func() string { return labels(s.dataset())[id] }
	s.apply("seed", rich())
	s.apply("anna", claimsOnly(id, "Anna's"))
	if got := read(); got != "Anna's" {
		t.Errorf("covered, the claim reads %q", got)
	}
	newer := rich()
	newer.Claims[1].Label = "newer"
	if _, changed := s.apply("seed", newer); !changed || read() != "Anna's" {
		t.Errorf("the seed's change beneath: changed %t, reads %q", changed, read())
	}
	if s.at(2).Digest != s.at(3).Digest {
		t.Error("a change beneath a cover changed the dataset")
	}
	s.apply("anna", &fact.Dataset{})
	if got := read(); got != "newer" {
		t.Errorf("uncovered, the claim reads %q", got)
	}
	if got := labels(s.at(1))[id]; got != "RHEL \"9\"" {
		t.Errorf("before all that, the claim reads %q", got)
	}
}

// testCoveredFault puts a fact that is not valid beneath a curator's: the record
// can be read as before, and the cover cannot be taken away.
func testCoveredFault(t *testing.T, s *subject) {
	s.apply("seed", rich())
	cover := &fact.Dataset{Requirements: rich().Requirements[3:4]}
	cover.Requirements[0].Note = "Anna's"
	s.apply("anna", cover)
	before := s.dataset()
	faulty := rich()
	faulty.Requirements[3].Amount, faulty.Requirements[3].Shares[0].Amount = fact.Quantity{}, fact.Quantity{Low: -1, Unit: "?"}
	for i, want := range []bool{true, false} {
		if _, changed := s.apply("seed", faulty); changed != want {
			t.Errorf("time %d: changed %t", i, changed)
		}
	}
	if got := s.dataset(); got.Requirements[3].Note != "Anna's" || !reflect.DeepEqual(got.Requirements, before.Requirements) {
		t.Errorf("it reads %+v, was %+v", got.Requirements, before.Requirements)
	}
	_, _, err := s.Apply(t.Context(), &fact.Dataset{}, store.Change{Owner: "anna"})
	wantCode(t, err, fact.CodeInvalid, "stack/memory", "not changed")
}

func testCurators(t *testing.T, s *subject) {
	s.apply("seed", rich())
	for _, owner := range []string{"anna", "bela", "anna"} {
		s.apply(owner, claimsOnly("x", owner+"'s"))
	}
	if got := labels(s.dataset())["x"]; got != "bela's" { // Anna's third change was none
		t.Errorf("the claim reads %q", got)
	}
	s.apply("anna", claimsOnly("x", "Anna's again"))
	if got := labels(s.dataset())["x"]; got != "Anna's again" {
		t.Errorf("the claim reads %q", got)
	}
}
