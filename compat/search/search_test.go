package search_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/compat/search"
	"github.com/testedon/testedon/internal/sample"
)

// TestPatterns holds names against texts: how they answer, and which answers best.
func TestPatterns(t *testing.T) {
	for _, p := range []struct {
		text string
		fit  compat.Fit
		best []string // among which the first answers best
	}{
		{"sql server", compat.FitSame, []string{"SQL-Server", "SQL Server 2022"}},
		{"oracle", compat.FitBegins, []string{"Oracle JDK", "Oracle Database"}},
		{"linux", compat.FitContains, []string{"AlmaLinux", "Red Hat Enterprise Linux"}},
		{"server windows", compat.FitContains, []string{"Windows Server"}},
		{"integartor", compat.FitSlips, []string{"Integrator", "Enterprise Integrator"}},
		{"integartr", compat.FitSlips, []string{"WSO2 Integrator"}},
		{"windows 2022", "", []string{"Windows 2012"}},
		{"os", "", []string{"is"}},
		{"a", "", []string{"Java"}},
		{"...", "", []string{"Java", "..."}},
	} {
		pattern := compat.NewPattern(p.text)
		best := pattern.Best(p.best...)
		if best.Fit != p.fit || p.fit != "" && best.Name != p.best[0] || (best.Score == 0) != (p.fit == "") {
			t.Errorf("%s: %+v", p.text, best)
		}
	}
}

// FuzzSearch looks for anything. What is found is in order, each once, with a reason, and
// the same again.
func FuzzSearch(f *testing.F) {
	for _, text := range []string{"postgers", "identiy server 5.11", "1 & 2", "v", "noble", " 9 ", strings.Repeat("a b ", 60), "\xff", "Ünïcode 日本", "%", "rhel >=8 <9"} {
		f.Add(text)
	}
	m := sample.Catalogue(f)
	f.Fuzz(func(t *testing.T, text string) {
		found := search.Find(m, text)
		type named struct {
			noun        search.Noun
			id, version string
			cycle       *fact.Cycle
		}
		seen := map[named]bool{}
		for i, h := range found {
			n := named{h.Noun(), h.ID(), h.Version(), h.Cycle}
			if seen[n] || h.Score < 1 || h.Score > compat.BestScore || h.Why() == "" || h.Name == "" || i > 0 && h.Score > found[i-1].Score {
				t.Fatalf("%q: %+v", text, h)
			}
			seen[n] = true
		}
		if again := search.Find(m, text); !slices.Equal(again, found) {
			t.Fatalf("%q: %v and %v", text, found, again)
		}
	})
}
