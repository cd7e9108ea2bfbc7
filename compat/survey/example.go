package survey

import (
	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
)

// Example gives a question that is answered with yes, as the first thing to try:
// about the release that the examples of the first kinds pass for, the first such product
// and its newest release, and of each kind its example. Where that does not pass, it
// is the first statement that tells of a test; a kind without one is left out. It is
// false for a dataset that has nothing of the sort.
func Example(m *compat.Matrix) (compat.Question, bool) {
	best, most := compat.Question{}, -1
	for _, r := range m.Releases() {
		q, examples := example(m, r, most)
		if examples > most && r.Passes(q) {
			best, most = q, examples
		}
	}
	return best, most >= 0
}

// ExampleOf gives the question of [Example] for one release, and how well it does
// as one: an example of a kind counts more than all of the kinds after it. It has no
// components where nothing that a page lists passes for the release.
func ExampleOf(m *compat.Matrix, r *compat.Release) (q compat.Question, examples int) {
	return example(m, r, -1)
}

// example is [ExampleOf], which is left off where it cannot do better than another.
func example(m *compat.Matrix, r *compat.Release, most int) (q compat.Question, examples int) {
	const kinds = 30 // that count
	q = compat.Question{Product: r.Product, Release: r.Version}
	tried, asked := map[string]bool{}, map[string]bool{}
	ask := func(k *fact.Kind, text string) bool {
		one := q
		one.Components = []compat.Component{m.Resolve(compat.Asked{Kind: k.ID, Text: text})}
		if tried[k.ID] = true; text != "" && r.Passes(one) {
			asked[k.ID] = true
			q.Components = append(q.Components, one.Components[0])
		}
		return asked[k.ID]
	}
	for _, l := range r.Listings() {
		k := m.Kind(l.Tech.Kind)
		worth := 1 << max(0, kinds-k.Order)
		switch {
		case !l.Paged() || asked[k.ID]:
		case !tried[k.ID] && ask(k, k.Example):
			examples += worth
		case examples+worth-1 <= most: // as kinds come in their order
			return q, examples
		case l.Status == fact.StatusTested || r.Of().Require != "":
			ask(k, l.Display())
		}
	}
	return q, examples
}
