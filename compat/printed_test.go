package compat_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/plan"
	"github.com/testedon/testedon/compat/survey"
	"github.com/testedon/testedon/internal/sample"
)

// TestPrintedCanBeAsked asks again, as TECHNOLOGY:VERSION, for every version that
// the embedded catalogue and answers about each of its releases print.
func TestPrintedCanBeAsked(t *testing.T) {
	m := sample.Catalogue(t)
	printed := map[compat.Asked]string{}
	for _, x := range m.Technologies("", "") {
		for _, c := range x.Cycles {
			for _, text := range append(c.Names, c.Version, c.Label) {
				add(printed, x, text, "a cycle")
			}
		}
		for _, p := range x.Lifecycles() {
			for _, text := range []string{p.Version, p.VersionText(), p.Latest, p.Cycle()} {
				add(printed, x, text, "lifecycle "+p.ID)
			}
		}
	}
	for i, r := range m.Releases() {
		if testing.Short() && i%10 > 0 {
			continue
		}
		answersPrint(t, m, printed, r)
		othersPrint(t, m, printed, r)
	}
	for asked, where := range printed {
		if c := m.Resolve(asked); c.Technology == nil {
			t.Errorf("%s prints %q, which cannot be asked: %s", where, asked.Text, c.Reason)
		}
	}
	t.Logf("%d versions", len(printed))
}

func add(printed map[compat.Asked]string, x *compat.Technology, version, where string) {
	if version != "" {
		printed[compat.Asked{Kind: x.Kind, Text: x.ID + ":" + version}] = where
	}
}

// answersPrint collects what answers about a release print where each technology
// that it lists is asked for, and each series of that.
func answersPrint(t *testing.T, m *compat.Matrix, printed map[compat.Asked]string, r *compat.Release) {
	product, release := r.Product, r.Version
	listed := map[*compat.Technology]bool{}
	for _, l := range r.Listings() {
		add(printed, l.Tech, l.VersionText(), "a claim of "+product+" "+release)
		if c := m.Resolve(compat.Asked{Kind: l.Tech.Kind, Text: l.Tech.ID + ":" + l.VersionText()}); l.VersionText() != "" && !c.Range.Equal(l.Range) {
			t.Errorf("%s %s %s is printed as %q, which is read as %s", product, release, l.Range, l.VersionText(), c.Range)
		}
		listed[l.Tech] = true
	}
	for x := range maps.Keys(listed) {
		texts := []string{x.ID}
		for i, c := range x.Cycles {
			if texts = append(texts, x.ID+":"+c.Version, x.ID+":>="+c.Version); i < 3 {
				texts = append(texts, x.ID+":<"+c.Version, x.ID+":^"+c.Version)
			}
		}
		for _, text := range texts {
			q := compat.Question{Product: product, Release: release, Components: []compat.Component{m.Resolve(compat.Asked{Kind: x.Kind, Text: text})}}
			var a compat.Answer
			if err := m.Check(q, &a); err != nil {
				continue // asked alone, what everybody assumes is no question
			}
			where := "the answer to " + text + " for " + product + " " + release
			if said := a.Summary() + a.Components[0].Why() + a.Components[0].Remark(); a.Components[0].Technology != nil && strings.ContainsAny(said, "<>=|") {
				t.Errorf("%s has signs for words: %s", where, said)
			}
			for _, move := range a.Moves {
				for _, c := range move.Changes {
					if move.Release != nil {
						continue
					}
					printed[compat.Asked{Kind: c.Kind, Text: c.To}] = where
				}
			}
			for _, c := range a.Components {
				add(printed, x, c.VersionText(), where)
				if again := m.Resolve(compat.Asked{Kind: x.Kind, Text: x.ID + ":" + strings.TrimPrefix(c.Understood(), x.Name+" ")}); c.Reason == "" && !c.Range.IsAll() && !again.Range.Equal(c.Range) {
					t.Errorf("%s is about %s, told as %q, which is read as %s, %s", where, c.Range, c.Understood(), again.Range, again.Reason)
				}
				for _, n := range slices.Concat(c.Nearest, c.Listed) {
					add(printed, n.Tech, n.VersionText(), where)
				}
				for _, part := range c.Conditions {
					about := x
					if part.Technology != nil {
						about = part.Technology
					}
					if !strings.Contains(part.Range, "2021") && !strings.Contains(part.Range, "2024") { // no releases of Windows Server
						add(printed, about, part.Range, where)
					}
				}
			}
		}
	}
}

// othersPrint collects what the test plan of a release and its comparison with each other
// one of the product print.
func othersPrint(t *testing.T, m *compat.Matrix, printed map[compat.Asked]string, r *compat.Release) {
	t.Helper()
	product, release := r.Product, r.Version
	p, err := plan.New(plan.Question{Release: releaseOf(t, m, product, release), Strategy: plan.Each})
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range p.Dimensions {
		for _, l := range d.Values {
			add(printed, l.Tech, l.VersionText(), "the test plan of "+product+" "+release)
			printed[compat.Asked{Kind: l.Tech.Kind, Text: l.Query()}] = "a name in the test plan of " + product + " " + release
		}
	}
	for _, other := range r.Of().Releases() {
		compared, err := survey.Compare(survey.CompareQuestion{From: releaseOf(t, m, product, release), To: releaseOf(t, m, product, other.Version)})
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range compared.Changes {
			for _, s := range slices.Concat(d.Gained, d.Lost) {
				add(printed, s.Tech, s.VersionText(), "the comparison of "+product+" "+release+" and "+other.Version)
			}
		}
	}
}
