package cli_test

import (
	"net/url"
	"slices"
	"testing"

	"github.com/testedon/testedon/api"
)

// TestNothingButFacts reads everything that is listed for the releases of the
// facts: each item, its status and its source are those of a fact.
func TestNothingButFacts(t *testing.T) {
	s := serveEmbedded(t)
	facts := map[[2]string][]row{} // by product and release
	for _, r := range readFacts(t) {
		for _, release := range r.releases() {
			facts[[2]string{r.product, release}] = append(facts[[2]string{r.product, release}], r)
		}
	}
	items := 0
	for of, rows := range facts {
		var release api.ReleaseMatrix
		if err := s.ask("/v1/products/"+url.PathEscape(of[0])+"/releases/"+url.PathEscape(of[1]), nil, &release); err != nil {
			t.Error(err)
		}
		for _, kind := range release.Kinds {
			for _, l := range kind.Listed {
				if l.Image != nil || l.Run != "" {
					continue // what no page states
				}
				items++
				if !slices.ContainsFunc(rows, func(r row) bool { return s.isOf(l, r) }) {
					t.Errorf("%s %s: %q, %s by %s, is no fact", of[0], of[1], l.Label, l.Status, l.Source.ID)
				}
			}
		}
	}
	t.Logf("%d items of %d releases", items, len(facts))
}
