package compat_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/internal/sample"
)

// TestReleaseNames writes each release of the catalogue as people do. It is taken
// for that release, said so, or for another one of just that name.
func TestReleaseNames(t *testing.T) {
	m := sample.Catalogue(t)
	for _, r := range m.Releases() {
		p := r.Of()
		for _, text := range []string{
			"v" + r.Version, r.Version + ".95", r.Version + "-beta2", r.Version + " update level 95", r.Version + " u95",
			p.Name + " " + r.Version, strings.ToLower(strings.ReplaceAll(p.Name, " ", "")) + "-" + r.Version, p.Vendor + "/" + r.Product + ":" + r.Version + ".3", r.Version + " release", r.Version + " (update level 95)",
		} {
			var a compat.Answer
			c := m.Resolve(compat.Asked{Kind: "os", Text: "RHEL 9"})
			err := m.Check(compat.Question{Product: r.Product, Release: text, Components: []compat.Component{c}}, &a)
			if err != nil {
				t.Errorf("%s %q: %v", r.Product, text, err)
				continue
			}
			if a.Release.Version != r.Version || a.AskedRelease != text || !strings.HasPrefix(a.Summary(), text+" is taken for "+r.Version) {
				t.Errorf("%s %q: taken for %s, %q", r.Product, text, a.Release.Version, a.Summary())
			}
		}
		if exact, err := m.Release(r.Product, r.Version); err != nil || exact != r {
			t.Errorf("%s %s by its own name: %v", r.Product, r.Version, err)
		}
	}
}

// TestManyReleases builds more releases than one processor takes: the problems come in their
// order, and a label that stands under many of them is read as under one.
func TestManyReleases(t *testing.T) {
	const many = 1500
	dataset := func(status fact.Status) *fact.Dataset {
		ds := &fact.Dataset{
			Kinds:        []fact.Kind{{ID: "os", Name: "system", Plural: "systems"}},
			Technologies: []fact.Technology{{ID: "linux", Name: "Linux", Kind: "os", Scheme: "dotted"}},
			Products:     []fact.Product{{ID: "p", Name: "Product"}},
			Sources:      []fact.Source{{ID: "page", Authority: fact.Official}},
		}
		for i := range many {
			release := fmt.Sprintf("%04d", i)
			ds.Releases = append(ds.Releases, fact.Release{Product: "p", Version: release})
			ds.Claims = append(ds.Claims, fact.Claim{ID: "p/" + release, Product: "p", Release: release, Technology: "linux", Version: "9.x", Status: status, Citation: fact.Citation{Source: "page"}})
		}
		return ds
	}
	m, err := compat.Build(dataset(fact.StatusTested))
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range m.Releases() {
		if l := r.Listings(); len(l) != 1 || l[0].VersionText() != "9" || l[0].Release != r.Version {
			t.Fatalf("%s lists %+v", r.Version, l)
		}
	}
	problems := compat.Validate(dataset("dreamt"))
	if len(problems) != many || !slices.IsSortedFunc(problems, func(a, b compat.Problem) int { return -strings.Compare(a.Where, b.Where) }) {
		t.Errorf("%d problems, the first %v, the last %v", len(problems), problems[0], problems[len(problems)-1])
	}
}
