package compat_test

import (
	"strings"
	"testing"

	"github.com/testedon/testedon/compat"
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
