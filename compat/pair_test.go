package compat_test

import (
	"strings"
	"testing"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
)

// paired is small with a family that has a generic name, sources of every
// strength and age, and statements about two technologies at once.
func paired() *fact.Dataset {
	ds := small()
	ds.Kinds = append(ds.Kinds, fact.Kind{ID: "jdk", Name: "JDK", Order: 3})
	ds.Technologies = append(ds.Technologies,
		fact.Technology{ID: "open", Name: "Open", Kind: "jdk", Scheme: "java"},
		fact.Technology{ID: "brand", Name: "Brand", Kind: "jdk", Scheme: "java", Family: "open"},
		fact.Technology{ID: "any", Name: "Any", Kind: "jdk", Scheme: "java", Family: "open", Generic: true})
	ds.Sources = append(ds.Sources,
		fact.Source{ID: "old", Title: "Old page", Authority: fact.Official, Date: "2024-01-31"},
		fact.Source{ID: "new", Title: "New page", Authority: fact.Official, Date: "2025-01-31"},
		fact.Source{ID: "mail", Title: "A mail", Authority: fact.Unconfirmed, Date: "2026-01-31"})
	claim := func(tech, version string, status fact.Status, source string) {
		ds.Claims = append(ds.Claims, fact.Claim{ID: "shop/2.0/" + tech + "/" + version + "/" + source, Product: "shop", Release: "2.0",
			Technology: tech, Label: tech + " " + version, Version: version, Status: status, Citation: fact.Citation{Source: source}})
	}
	claim("any", "8", fact.StatusTested, "manual")
	claim("any", "9", fact.StatusIncompatible, "manual")
	claim("any", "10", fact.StatusTested, "old")
	claim("any", "10", fact.StatusTested, "new")
	claim("brand", "8u202", fact.StatusTested, "manual")
	claim("brand", "17", fact.StatusTested, "old")
	claim("brand", "17", fact.StatusNotRecommended, "new")
	claim("brand", "18", fact.StatusTested, "old")
	claim("brand", "18", fact.StatusOutOfSupport, "new")
	claim("brand", "19", fact.StatusNotTested, "old")
	claim("brand", "19", fact.StatusSupported, "new")
	claim("brand", "20", fact.StatusDeprecated, "new")
	claim("brand", "22", fact.StatusNotTested, "new")
	claim("brand", "23", fact.StatusPlanned, "new")
	claim("brand", "24", fact.StatusTested, "old")
	claim("brand", "24", fact.StatusPlanned, "new")
	claim("brand", "21", fact.StatusTested, "new")
	claim("brand", "21", fact.StatusIncompatible, "mail")
	claim("brand", "25", fact.StatusTested, "manual")
	claim("brand", "25", fact.StatusIncompatible, "manual2")
	claim("open", "11", fact.StatusTested, "copy")
	claim("open", "17", fact.StatusRequired, "mail")
	ds.Claims = append(ds.Claims, fact.Claim{ID: "shop/10.0/open", Product: "shop", Release: "10.0", Technology: "open", Label: "Open 11",
		Version: "11", Status: fact.StatusRequired, Citation: fact.Citation{Source: "copy"}})
	ds.Sources = append(ds.Sources, fact.Source{ID: "manual2", Title: "Second manual", Authority: fact.Official, Date: "2026-01-31"})
	with := func(id string, incompatible bool, applies, other fact.Target) {
		ds.Advisories = append(ds.Advisories, fact.Advisory{ID: id, Severity: fact.SeverityError, Title: "Mind " + id, Text: "Mind it.",
			Applies: []fact.Target{applies}, With: []fact.Target{other}, Incompatible: incompatible, Citation: fact.Citation{Source: "manual"}})
	}
	with("no-two", true, fact.Target{Technology: "alpha", Version: "2.3"}, fact.Target{Technology: "any", Version: "1.8.0_151"})
	with("no-brand", true, fact.Target{Technology: "alpha", Version: "2.3"}, fact.Target{Technology: "brand", Version: "8u202"})
	with("slow-two", false, fact.Target{Technology: "alpha", Version: "2.3"}, fact.Target{Technology: "brand", Version: "21"})
	return ds
}

// TestPaired holds rules on two components, and on several claims, against a
// table: the verdict and pass, then words that the summary or the reason of the
// last component contains, and words that they do not.
func TestPaired(t *testing.T) {
	m := build(t, paired())
	for _, test := range []struct {
		asked, want  string
		says, silent []string
	}{
		// Two components that do not work together.
		{asked: "os=Alpha Linux 2.3 + jdk=Any 1.8.0_151", want: "incompatible", says: []string{"Two of these are stated as incompatible with each other.", "Mind no-two"}},
		{asked: "os=Alpha Linux 2.3 + jdk=Brand 8u151", want: "incompatible", says: []string{"Mind no-two"}},
		{asked: "os=Alpha Linux 2.3.1 + jdk=Any 1.8.0_151", want: "incompatible"},
		{asked: "os=Alpha Linux 2.3 + jdk=Any 1.8.0_152", want: "tested", silent: []string{"Mind no-two"}},
		{asked: "os=Alpha Linux 2.5 + jdk=Any 1.8.0_151", want: "compatible", silent: []string{"Mind no-two"}},
		{asked: "os=Alpha Linux 2.3 + jdk=Any 8", want: "conditional", says: []string{"Some of the versions asked about are stated not to work together.", "Mind no-two"}},
		{asked: "os=Alpha Linux 2.3", want: "tested", says: []string{"Mind no-two", "Mind slow-two"}, silent: []string{"Together"}},
		{asked: "jdk=Any 1.8.0_151", want: "tested", says: []string{"Mind no-two"}, silent: []string{"Together"}},
		{asked: "jdk=Any 1.8.0_151 + cache=New KV 6.1", want: "tested", says: []string{"Mind no-two"}},
		{asked: "os=Alpha Linux 2.3 + jdk=Brand 21", want: "tested", says: []string{"Mind slow-two"}, silent: []string{"Mind no-two", "Together"}},
		{asked: "os=Alpha Linux 2.3 + jdk=Any 8u202", want: "conditional", says: []string{"Mind no-brand"}},
		{asked: "os=Alpha Linux 2.3 + jdk=Open 21", want: "not_listed", silent: []string{"Mind"}},
		{asked: "os=Alpha Linux 2.3 + jdk=Fubar 8", want: "unresolved", silent: []string{"Mind no-two"}},
		// A claim that names any member of a family.
		{asked: "jdk=Open 8", want: "compatible", says: []string{"any 8 is listed as tested", "names no vendor, and so not Open itself"}},
		{asked: "jdk=Open 8u202", want: "compatible"},
		{asked: "jdk=Open 8 - 11", want: "conditional", says: []string{"8 and 10 are compatible", "9 is incompatible"}},
		{asked: "jdk=Brand 8u202", want: "tested"},
		{asked: "jdk=Brand 8", want: "compatible", says: []string{"8.0.202 is tested", "other 8.x versions"}},
		{asked: "jdk=Brand 9", want: "incompatible"},
		{asked: "jdk=Any 8", want: "tested", silent: []string{"names no vendor"}},
		// Several claims on the same versions.
		{asked: "jdk=Any 10", want: "tested", silent: []string{"states", "counts"}},
		{asked: "jdk=Brand 17", want: "not_listed", says: []string{"The sources disagree; Old page states: brand 17 is listed as tested", "the newer source counts more"}},
		{asked: "jdk=Brand 18", want: "not_listed", says: []string{"brand 18 is stated as out of support for Shop 2.0", "Old page states: brand 18 is listed as tested", "the newer source counts more"}},
		{asked: "jdk=Brand 19", want: "compatible", says: []string{"brand 19 is stated as not tested with Shop 2.0; the newer source counts more"}},
		{asked: "jdk=Brand 20", want: "compatible", says: []string{"brand 20 is deprecated for Shop 2.0; it still works, and is to be dropped."}},
		{asked: "jdk=Brand 22", want: "not_listed", says: []string{"brand 22 is stated as not tested with Shop 2.0."}},
		{asked: "jdk=Brand 23", want: "not_listed", says: []string{"brand 23 is planned, which counts for nothing yet."}},
		{asked: "jdk=Brand 24", want: "tested", silent: []string{"planned", "disagree"}},
		{asked: "jdk=Brand 21", want: "tested", says: []string{"The sources disagree; A mail states: brand 21 is stated as incompatible", "the stronger source counts more"}},
		{asked: "jdk=Brand 25", want: "incompatible", says: []string{"The sources disagree; Manual states: brand 25 is listed as tested", "neither outweighs the other, so the no counts"}},
		{asked: "os=Alpha Linux 2.5", want: "compatible", says: []string{"A copy states besides: Alpha 2.5 is listed as tested", "the stronger source counts more"}, silent: []string{"disagree", "provisional"}},
		// What an answer rests on.
		{asked: "jdk=Open 11", want: "tested", says: []string{"That is provisional", "This is provisional"}},
		{asked: "jdk=Open 17", want: "compatible", says: []string{"Shop 2.0 requires open 17; the page does not say that it was tested.", "Where that page comes from is not confirmed."}, silent: []string{"provisional"}},
	} {
		t.Run(test.asked, func(t *testing.T) {
			a := ask(t, m, "", strings.Split(test.asked, " + ")...)
			if string(a.Verdict) != test.want {
				t.Errorf("%s, want %s", a.Verdict, test.want)
			}
			said := a.Summary() + " " + a.Components[len(a.Components)-1].Why()
			for _, words := range test.says {
				if !strings.Contains(said, words) {
					t.Errorf("%q does not say %q", said, words)
				}
			}
			for _, words := range test.silent {
				if strings.Contains(said, words) {
					t.Errorf("%q says %q", said, words)
				}
			}
		})
	}
}

// TestNoMovesOutOfConflict makes sure that no way out is promised that would keep
// the conflict.
func TestNoMovesOutOfConflict(t *testing.T) {
	if a := ask(t, build(t, paired()), "", "os=Alpha Linux 2.3", "jdk=Any 1.8.0_151", "cache=New KV 6.0"); len(a.Moves) > 0 || a.Pass {
		t.Errorf("moves %v, pass %v", a.Moves, a.Pass)
	}
}

// TestProvisionalRelease makes sure that what is not listed by a provisional list
// is told as provisional too.
func TestProvisionalRelease(t *testing.T) {
	m, a := build(t, paired()), new(compat.Answer)
	q := compat.Question{Product: "shop", Release: "10.0", Components: []compat.Component{m.Resolve(compat.Asked{Kind: "os", Text: "Alpha Linux 1"})}}
	if err := m.Check(q, a); err != nil {
		t.Fatal(err)
	}
	if !a.Provisional() || a.Components[0].Provisional() || !strings.Contains(a.Summary(), "This is provisional") {
		t.Errorf("answer %v, component %v: %s", a.Provisional(), a.Components[0].Provisional(), a.Summary())
	}
	if len(a.Unchecked) != 1 || a.Unchecked[0] != "jdk" {
		t.Errorf("unchecked %v; what is required is an environment", a.Unchecked)
	}
}

func TestPairedFaults(t *testing.T) {
	ds := paired()
	ds.Advisories = append(ds.Advisories,
		fact.Advisory{ID: "alone", Severity: fact.SeverityError, Title: "Alone", Text: "Alone.", Incompatible: true,
			Applies: []fact.Target{{Technology: "alpha"}}, Citation: fact.Citation{Source: "manual"}},
		fact.Advisory{ID: "lost", Severity: fact.SeverityError, Title: "Lost", Text: "Lost.",
			Applies: []fact.Target{{Technology: "alpha"}}, With: []fact.Target{{Technology: "opne"}}, Citation: fact.Citation{Source: "manual"}})
	ds.Sources[0].Date = "31 January"
	said := ""
	for _, p := range compat.Validate(ds) {
		said += p.Error() + "\n"
	}
	for _, want := range []string{"advisory alone: is incompatible with nothing", "advisory lost: names technology \"opne\", which is not there; did you mean open?", "which is no day since 1971; write it as 2026-01-31"} {
		if !strings.Contains(said, want) {
			t.Errorf("problems are %s\nwant %q", said, want)
		}
	}
}
