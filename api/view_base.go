package api

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"

	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
)

// View is a matrix on a day, with what requests ask of it.
type View struct {
	*compat.Matrix
	*wire.Memory // of what is made of the matrix: the lists in their orders, among others

	tag        string // the part of every ETag that stands for the catalogue and the build
	today      fact.Day
	day        string   // today, as it is written
	kinds      []string // IDs, in the order of answers
	words      []string // what each kind is called in a query; see wordOf
	parameters []string // names that a question has
}

// newView is a matrix as the build of that name answers from it, on no day yet.
func newBase(m *compat.Matrix, build string) *View {
	ds := m.Dataset()
	sum := sha256.Sum256(fmt.Appendf(nil, "%s\x00%d\x00%s", ds.Digest, ds.Revision, build))
	kinds := slices.Clone(ds.Kinds)
	slices.SortStableFunc(kinds, func(a, b fact.Kind) int { return a.Order - b.Order })
	words := wire.Each(kinds, wordOf)
	return &View{
		Matrix: m, Memory: &wire.Memory{}, tag: hex.EncodeToString(sum[:8]),
		kinds: wire.Each(kinds, func(k fact.Kind) string { return k.ID }), words: words,
		parameters: slices.Concat(questionFields, words, resourceFields),
	}
}

// on is the view on another day.
func (v *View) on(today fact.Day) *View {
	copied := *v
	copied.today, copied.day = today, today.String()
	return &copied
}

// question is a question that nobody has asked yet.
func (v *View) question() *question {
	return &question{view: v, resources: make([]string, len(resourceFields))}
}

// wordOf is what a kind is called in a query: its ID or, where a query has another
// parameter of that name, the first alias that is free.
func wordOf(k fact.Kind) string {
	for _, name := range append([]string{k.ID}, k.Aliases...) {
		if !slices.Contains(questionFields, name) && !slices.Contains(resourceFields, name) {
			return name
		}
	}
	return k.ID
}

// word is what the kind of an ID is called in a query.
func (v *View) word(kind string) string {
	if at := slices.Index(v.kinds, kind); at >= 0 {
		return v.words[at]
	}
	return kind
}

// Check answers a question on the day of the view.
func (v *View) Check(q compat.Question, a *compat.Answer) error {
	q.Today = v.today
	return v.Matrix.Check(q, a)
}

// etag is the entity tag of the answer to what f stands for: it changes with the
// catalogue and with the build that writes the answer.
func (v *View) etag(f wire.Fingerprint) string { return f.Tag(v.tag) }

// etagToday is etag for an answer that says what is so on the day of the view.
func (v *View) etagToday(f wire.Fingerprint) string { return v.etag(f.Add(v.day)) }

// productOf finds the product that the path names.
func (v *View) productOf(in wire.Input) (*compat.Product, error) {
	name, err := in.Part("product")
	if err != nil {
		return nil, err
	}
	return v.Product(name)
}

// releaseOf finds the release that the path names.
func (v *View) releaseOf(in wire.Input) (*compat.Release, error) {
	product, err := in.Part("product")
	if err != nil {
		return nil, err
	}
	release, err := in.Part("release")
	if err != nil {
		return nil, err
	}
	return v.Release(product, release)
}

// versions are those of releases.
func versions(releases []*compat.Release) []string {
	return wire.Each(releases, func(r *compat.Release) string { return r.Version })
}

// productIDs are those of all products.
func (v *View) productIDs() []string {
	return wire.Each(v.Products(), func(p *compat.Product) string { return p.ID })
}

// exampleQuestion is the question of [compat.Matrix.Example]; where the catalogue has
// none, one about its first release that asks about nothing.
func (v *View) exampleQuestion() compat.Question {
	return wire.KeptOf(v, "example", func(v *View) compat.Question {
		q, ok := v.Example()
		if releases := v.Dataset().Releases; !ok && len(releases) > 0 {
			q.Product, q.Release = releases[0].Product, releases[0].Version
		}
		return q
	})
}

// exampleComponent shows how a component is asked for: ", such as os=RHEL 9"; empty
// where there is no example.
func (v *View) exampleComponent() string {
	q := v.exampleQuestion()
	if len(q.Components) == 0 {
		return ""
	}
	return ", such as " + v.word(q.Components[0].Kind) + "=" + q.Components[0].Text
}

// wordsHint says how to ask in plain words.
func (v *View) wordsHint() string {
	const hint = "Name a product and what it runs on"
	if words := v.exampleWords(); words != "" {
		return hint + ": " + words + "?"
	}
	return hint
}

// exampleWords asks the question of the examples in plain words; empty where there is
// none.
func (v *View) exampleWords() string {
	q := v.exampleQuestion()
	if len(q.Components) == 0 {
		return ""
	}
	return q.Words()
}

// addressOf is a question as the parameters of an address.
func (v *View) addressOf(q compat.Question) string {
	asked := v.question()
	asked.product, asked.release = q.Product, q.Release
	for _, c := range q.Components {
		asked.asked = append(asked.asked, compat.Asked{Kind: c.Kind, Text: c.Text})
	}
	return asked.query()
}

// askedAs are the names of a kind in a query, first the one that is written; none where
// other parameters have all of them.
func (v *View) askedAs(id string) []string {
	k := v.Kind(id)
	return slices.DeleteFunc(slices.Concat([]string{k.ID}, k.Aliases), func(name string) bool {
		return slices.Contains(questionFields, name) || slices.Contains(resourceFields, name)
	})
}
