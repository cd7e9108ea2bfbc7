package compat

import (
	"strings"

	"github.com/testedon/testedon/compat/fact"
)

// Example gives a question that is answered with yes, as the first thing to try:
// about the release that the examples of the first kinds pass for, the first such product
// and its newest release, and of each kind its example. Where that does not pass, it
// is the first statement that tells of a test; a kind without one is left out. It is
// false for a dataset that has nothing of the sort.
func (m *Matrix) Example() (Question, bool) {
	best, most := Question{}, -1
	for _, r := range m.Releases() {
		q, examples := r.Example()
		if examples > most && r.passes(q) {
			best, most = q, examples
		}
	}
	return best, most >= 0
}

// Example gives the question of [Matrix.Example] for one release, and how well it does
// as one: an example of a kind counts more than all of the kinds after it. It has no
// components where no page lists anything as tested for the release.
func (r *Release) Example() (q Question, examples int) {
	const kinds = 30 // that count
	q = Question{Product: r.Product, Release: r.Version, Require: Require{Worst: fact.Tested}}
	asked := map[string]bool{}
	for _, l := range r.Listings() {
		k := l.Tech.kind
		if asked[k.ID] || !l.Paged() {
			continue
		}
		if text := r.exampleOf(q, k, l); text != "" {
			asked[k.ID] = true
			q.Components = append(q.Components, r.product.m.Resolve(Asked{Kind: k.ID, Text: text}))
			if text == k.Example {
				examples += 1 << max(0, kinds-k.Order)
			}
		}
	}
	return q, examples
}

// exampleOf gives what may be asked of the kind of a claim; empty where the claim is
// not of a test, or neither it nor the example of the kind passes by itself.
func (r *Release) exampleOf(q Question, k *fact.Kind, l *Listing) string {
	for _, text := range []string{k.Example, l.Display()} {
		q.Components = []Component{r.product.m.Resolve(Asked{Kind: k.ID, Text: text})}
		if text != "" && r.passes(q) && (text == k.Example || l.Status == fact.StatusTested) {
			return text
		}
	}
	return ""
}

// Words asks a question in plain words: "is RHEL 9 + Corretto 21 tested for mi 4.4.0".
func (q *Question) Words() string {
	texts := make([]string, len(q.Components))
	for i := range q.Components {
		texts[i] = q.Components[i].Text
	}
	return "is " + strings.Join(texts, " + ") + " tested for " + q.Product + " " + q.Release
}

// passes reports whether the release passes a question of components. What to move to is
// not looked for: in a product of thousands of releases that would take minutes.
func (r *Release) passes(q Question) bool {
	var answer Answer
	r.product.m.conclude(r, q, nil, &answer)
	return answer.Pass && len(answer.Components) > 0
}
