package plan_test

import (
	"strings"
	"testing"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/compat/plan"
	"github.com/testedon/testedon/internal/sample"
)

// Every environment that is planned for any release of the catalogue is as good as what
// is stated of its values, one condition of which is met: none is broken or left open.
func TestPlansAreAsGood(t *testing.T) {
	m := sample.Catalogue(t)
	worth := map[fact.Status]fact.Verdict{fact.StatusTested: fact.Tested}
	for _, r := range m.Releases() {
		for _, q := range []plan.Question{
			{Strategy: plan.Pairwise}, {Strategy: plan.Each}, {Strategy: plan.All, Kinds: []string{"os", "arch"}},
			{Strategy: plan.Each, Kinds: []string{"arch"}}, {Strategy: plan.Pairwise, Kinds: []string{"os", "jdk"}},
		} {
			q.Release = r
			p, err := plan.New(q)
			if err != nil {
				continue // the release lists nothing of a kind
			}
			for _, e := range p.Environments {
				want := fact.Tested
				asked := compat.Question{Product: r.Product, Release: r.Version}
				for _, l := range e {
					asked.Components = append(asked.Components, m.Resolve(compat.Asked{Kind: l.Tech.Kind, Text: l.Query()}))
					promised, known := worth[l.Status]
					switch {
					case l.Source == nil:
						promised = fact.Tested // it is assumed
					case !known:
						promised = fact.Compatible
					}
					if l.When != "" && len(l.With) == 0 {
						promised = fact.Conditional
					}
					if promised.Worse(want) {
						want = promised
					}
				}
				var a compat.Answer
				if err := m.Check(asked, &a); err == nil && a.Verdict.Worse(want) {
					t.Errorf("%s %s %s: %s is worse than %s: %s", r.Product, r.Version, q.Strategy, a.Verdict, want, a.Summary())
				}
			}
		}
	}
}

// TestPlansHoldConditions: a value whose claim holds only with another kind is planned
// with what meets it, and left out where nothing of the plan does.
func TestPlansHoldConditions(t *testing.T) {
	m := sample.Catalogue(t)
	for _, c := range []struct{ product, release, value, with string }{
		{product: "is", release: "7.2.0", value: "ARM64", with: "Ubuntu 24.04"}, {product: "is", release: "7.0.0", value: "ARM64", with: "macOS"}, {product: "apim", release: "4.6.0", value: "ARM64", with: "Windows 11 25H2"}, {product: "apim", release: "4.6.0", value: "Windows 11 25H2", with: "ARM64"},
	} {
		for _, strategy := range plan.Strategies {
			p, err := plan.New(plan.Question{Release: sample.ReleaseOf(t, m, c.product, c.release), Strategy: strategy, Kinds: []string{"os", "arch"}})
			if err != nil {
				t.Fatal(err)
			}
			found := 0
			for _, e := range p.Environments {
				for i, l := range e {
					if l.Display() != c.value {
						continue
					}
					if found++; e[1-i].Display() != c.with {
						t.Errorf("%s %s %s: %s with %s", c.product, c.release, strategy, c.value, e[1-i].Display())
					}
				}
			}
			if found == 0 || strategy == plan.All && int64(len(p.Environments)) != p.Combinations {
				t.Errorf("%s %s %s: %d with %s, %d environments, %d combinations", c.product, c.release, strategy, found, c.value, len(p.Environments), p.Combinations)
			}
		}
		if _, got := sample.Planned(t, plan.Question{Release: sample.ReleaseOf(t, m, c.product, c.release), Strategy: plan.Each, Kinds: []string{"arch"}}); got != "x86-64" {
			t.Errorf("%s %s by architecture alone: %s", c.product, c.release, got)
		}
	}
	_, got := sample.Planned(t, plan.Question{Release: sample.ReleaseOf(t, m, "mi", "4.4.0"), Strategy: plan.Each, Kinds: []string{"os", "arch"}})
	if strings.Count(got, "ARM64") != 1 || strings.Count(got, "x86-64") != 5 {
		t.Errorf("what is taken for granted is in all environments but one:\n%s", got)
	}
}
