package cli_test

import (
	"fmt"
	"sort"
	"testing"

	"github.com/testedon/testedon/internal/sample"
	"github.com/testedon/testedon/seed/proposal"
)

func TestStrict(t *testing.T) {
	m := sample.Catalogue(t)
	bad := 0
	for _, r := range m.Releases() {
		for _, format := range []string{"markdown", "html"} {
			want := map[string]int{}
			for _, l := range r.Listings() {
				if l.Inherited == nil && l.Paged() && l.Run == nil && l.Image == nil {
					want[fmt.Sprint(l.Tech.Kind, "|", l.Tech.ID, "|", l.Label, "|", l.Range, "|", l.Status, "|", l.When)]++
				}
			}
			proposals, err := proposal.Propose(m, proposal.Subject{Product: r.Product, Release: r.Version}, proposal.Document{Name: "exported", Text: exported(t, m, r, format)})
			if err != nil {
				t.Fatal(err)
			}
			got := map[string]int{}
			for _, p := range proposals {
				for _, f := range p.Found {
					if f.Kind == "requirement" || f.Kind == "incompatibility" {
						continue
					}
					tech, _ := m.Technology(f.Technology)
					c, _ := tech.Parse(f.Version)
					got[fmt.Sprint(f.Kind, "|", f.Technology, "|", f.Label, "|", c.Range, "|", f.Status, "|", f.When)]++
				}
			}
			var diffs []string
			for k := range want {
				if got[k] == 0 {
					diffs = append(diffs, "- "+k)
				}
			}
			for k := range got {
				if want[k] == 0 {
					diffs = append(diffs, "+ "+k)
				}
			}
			sort.Strings(diffs)
			if len(diffs) > 0 {
				bad++
				fmt.Println(r.Product, r.Version, format, len(diffs))
				for i, d := range diffs {
					if i < 6 {
						fmt.Println("   ", d)
					}
				}
			}
		}
	}
	fmt.Println("bad", bad)
}
