package compat_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/internal/sample"
)

// moving is a release that lists several versions of a technology and of its
// relatives.
func moving() *fact.Dataset {
	cite := fact.Citation{Source: "s"}
	ds := &fact.Dataset{
		Kinds: []fact.Kind{{ID: "os", Name: "operating system", Order: 1}, {ID: "kv", Name: "cache", Order: 2}},
		Technologies: []fact.Technology{
			{ID: "head", Name: "Head", Kind: "os", Scheme: "dotted"},
			{ID: "left", Name: "Left", Kind: "os", Scheme: "dotted", Family: "head"},
			{ID: "right", Name: "Right", Kind: "os", Scheme: "dotted", Family: "head"},
			{ID: "kv", Name: "KV", Kind: "kv", Scheme: "dotted", Cycles: []fact.Cycle{{Version: "1"}, {Version: "2"}}},
			{ID: "oldkv", Name: "Old KV", Kind: "kv", Scheme: "dotted", Successors: []fact.Successor{{Technology: "kv", Same: ">=5", Note: "Renamed.", Citation: cite}}},
		},
		Products: []fact.Product{{ID: "shop", Name: "Shop", Vendor: "Acme"}},
		Releases: []fact.Release{{Product: "shop", Version: "2.0"}},
		Sources:  []fact.Source{{ID: "s", Title: "S", Authority: fact.Official}},
	}
	for _, c := range []struct {
		tech, version string
		status        fact.Status
	}{
		{"kv", "1.2.3", fact.StatusTested}, {"kv", "1.2.9", fact.StatusSupported}, {"kv", "1.4", fact.StatusTested}, {"kv", "2.1", fact.StatusTested},
		{"kv", "2.2", fact.StatusTested}, {"kv", "2.2.1", fact.StatusIncompatible}, {"oldkv", "4", fact.StatusTested}, {"oldkv", "6", fact.StatusTested},
		{"head", "2", fact.StatusTested}, {"right", "1", fact.StatusTested},
	} {
		ds.Claims = append(ds.Claims, fact.Claim{ID: "shop/2.0/" + c.tech + "/" + c.version, Product: "shop", Release: "2.0", Technology: c.tech,
			Label: c.tech + " " + c.version, Version: c.version, Status: c.status, Citation: cite})
	}
	return ds
}

// The smallest step comes first; of equal steps the newer before the older, and
// what is nearer before what is farther. A claim that another one denies in part
// is nothing to move to.
func TestMoves(t *testing.T) {
	m := build(t, moving())
	for asked, want := range map[string]string{
		"compatible kv=KV 1.2.5": "KV 1.2.5 → 1.2.9 patch compatible; KV 1.2.5 → 1.4 minor tested; KV 1.2.5 → 2.1 major tested",
		"tested kv=KV 1.2.5":     "KV 1.2.5 → 1.4 minor tested; KV 1.2.5 → 2.1 major tested; KV 1.2.5 → 6 major tested",
		"tested kv=KV 1":         "KV 1 → 1.4 pin tested; KV 1 → 1.2.3 pin tested; KV 1 → 2.1 major tested",
		"tested kv=KV 2.3":       "KV 2.3 → 6 major tested",
		"tested os=Left 1.5":     "Left 1.5 → Right 1 technology tested; Left 1.5 → Head 2 technology tested",
		"tested os=Left 7":       "Left 7 → Head 2 (older) technology tested; Left 7 → Right 1 (older) technology tested",
		"tested os=Gone 7":       "",
	} {
		require, component, _ := strings.Cut(asked, " ")
		var all []string
		for _, move := range ask(t, m, require, component).Moves {
			all = append(all, move.Summary()+" "+string(move.Changes[0].Step)+" "+string(move.Verdict))
		}
		if got := strings.Join(all, "; "); got != want {
			t.Errorf("%s: %s, want %s", asked, got, want)
		}
	}
}

// A component that cannot be mended leaves no way; one that passes stays as it is.
func TestMovesOfSeveral(t *testing.T) {
	m := build(t, moving())
	if moves := ask(t, m, "", "kv=KV 3", "os=Gone 7").Moves; len(moves) > 0 {
		t.Errorf("there is a way past what cannot be read: %v", moves)
	}
	moves := ask(t, m, "compatible", "kv=KV 1.2.9", "os=Left 7").Moves
	if len(moves) == 0 || moves[0].Summary() != "Left 7 → Head 2 (older)" || moves[0].Verdict != fact.Compatible {
		t.Errorf("moves %v", moves)
	}
}

// TestOffersLeaveNothingOut makes sure that everything that a release lists of a kind, and does
// not advise against, is named or counted, whatever has ended since.
func TestOffersLeaveNothingOut(t *testing.T) {
	m := sample.Catalogue(t)
	today, _ := fact.ParseDay("2026-11-29")
	var a compat.Answer
	for _, r := range m.Releases() {
		for _, k := range r.Kinds() {
			q := compat.Question{Product: r.Product, Release: r.Version, Today: today, Components: []compat.Component{m.Resolve(compat.Asked{Kind: k.ID, Text: "Nothing at all"})}}
			if err := m.Check(q, &a); err != nil {
				t.Fatal(err)
			}
			listed, told := map[string]bool{}, 0
			for _, l := range r.Listings() {
				if l.Tech.Kind == k.ID && !l.SaysNo() && l.Remark() == "" {
					listed[l.Display()] = true
				}
			}
			for _, o := range a.Offers {
				told += len(o.Names) + o.More
			}
			if told < len(listed) {
				t.Errorf("%s, %s: %d of %d are told: %v", r.Title(), k.ID, told, len(listed), a.Offers)
			}
		}
	}
	q := readQuestion(t, m, []string{"mi 4.4.0", "dbms=Informix 12", ""})
	if q.Today = today; m.Check(q, &a) != nil || len(a.Offers) != 1 || a.Offers[0].Ended ||
		!slices.Contains(a.Offers[0].Names, "MariaDB 10.5 (past its end of life)") || !slices.Contains(a.Offers[0].Names, "PostgreSQL 17.2") {
		t.Errorf("offers %v", a.Offers)
	}
}

// TestPrintedThatCannotBe makes sure that what a page prints is told as evidence of versions that
// cannot be, and that nothing maintains them.
func TestPrintedThatCannotBe(t *testing.T) {
	m := sample.Catalogue(t)
	var a compat.Answer
	q := readQuestion(t, m, []string{"mi 4.4.0", "jdk=AdoptOpenJDK 17", ""})
	q.Today, _ = fact.ParseDay("2026-11-29")
	if err := m.Check(q, &a); err != nil {
		t.Fatal(err)
	}
	c := &a.Components[0]
	if c.Verdict != fact.Unresolved || a.Pass || len(c.Listed) != 1 || c.Listed[0].Label != "AdoptOpenJDK 17" || c.LifecycleText() != "" || c.Listed[0].Lifecycle(q.Today).State != "" {
		t.Errorf("%s: %s %v, %q", c.Verdict, c.Why(), c.Listed, c.LifecycleText())
	}
}

// TestProvisionalKind makes sure that what is not listed is provisional where all pages of its
// kind are copies, in a release of which more is known.
func TestProvisionalKind(t *testing.T) {
	m := sample.Catalogue(t)
	var a compat.Answer
	for asked, want := range map[string]bool{"os=RHEL 7": true, "jdk=Temurin 8": false, "os=Nothing at all": false} {
		q := readQuestion(t, m, []string{"apim 4.7.0", asked, ""})
		if err := m.Check(q, &a); err != nil || a.Release.Provisional() || a.Provisional() != want {
			t.Errorf("%s: %v, provisional %v, release %v", asked, err, a.Provisional(), a.Release.Provisional())
		}
	}
}
