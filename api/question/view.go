package question

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"

	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/compat/survey"
	"github.com/testedon/testedon/internal/order"
	"github.com/testedon/testedon/internal/places"
)

// View is a matrix on a day, with what requests ask of it.
type View struct {
	*compat.Matrix
	*wire.Memory // of what is made of the matrix: the lists in their orders, among others

	tag        string // the part of every ETag that stands for the catalogue and the build
	Today      fact.Day
	Moment     Moment   // that is asked about
	Day        string   // today, as it is written
	KindIDs    []string // IDs, in the order of answers
	Words      []string // what each kind is called in a query; see WordOf
	Parameters []string // names that a question has
	components *places.Of[compat.Asked, compat.Component]
}

// NewView is a matrix as the build of that name answers from it, on no day yet.
func NewView(m *compat.Matrix, build string) *View {
	ds := m.Dataset()
	sum := sha256.Sum256(fmt.Appendf(nil, "%s\x00%d\x00%s", ds.Digest, ds.Revision, build))
	kinds := slices.Clone(ds.Kinds)
	order.Stable(kinds, func(a, b fact.Kind) int { return a.Order - b.Order })
	words := wire.Each(kinds, WordOf)
	return &View{
		Matrix: m, Memory: &wire.Memory{}, tag: hex.EncodeToString(sum[:8]),
		KindIDs: wire.Each(kinds, func(k fact.Kind) string { return k.ID }), Words: words,
		components: places.New[compat.Asked, compat.Component](keptComponents),
		Parameters: slices.Concat(Fields, words, ResourceFields, others),
	}
}

// On is the view on another day.
func (v *View) On(today fact.Day) *View {
	copied := *v
	copied.Today, copied.Day = today, today.String()
	return &copied
}

// At is the view on the day of a moment.
func (v *View) At(day fact.Day, asked Moment) *View {
	copied := v.On(day)
	copied.Moment = asked
	return copied
}

// Question is a question that nobody has asked yet.
func (v *View) Question() *Question {
	return &Question{view: v}
}

// WordOf is what a kind is called in a query: the first of its names that is free, or its ID.
func WordOf(k fact.Kind) string { return cmp.Or(freeName(&k), k.ID) }

// others are the parameters that a question takes beside its own.
var others = wire.NamesOf(slices.Concat(MomentParams, ChoiceParams))

// freeName is the first name of a kind that no other parameter has; empty where others have all.
func freeName(k *fact.Kind) string {
	for _, name := range append([]string{k.ID}, k.Aliases...) {
		if !slices.Contains(Fields, name) && !slices.Contains(ResourceFields, name) && !slices.Contains(others, name) {
			return name
		}
	}
	return ""
}

// CanAsk reports whether a query can name the kind of an ID.
func (v *View) CanAsk(id string) bool { return freeName(v.Kind(id)) != "" }

// Word is what the kind of an ID is called in a query.
func (v *View) Word(kind string) string {
	if at := slices.Index(v.KindIDs, kind); at >= 0 {
		return v.Words[at]
	}
	return kind
}

// Check answers a question on the day of the view.
func (v *View) Check(q compat.Question, a *compat.Answer) error {
	q.Today, q.AsOf = v.Today, v.Moment.AsOf
	return v.Matrix.Check(q, a)
}

// ETag is the entity tag of the answer to what f stands for: it changes with the
// catalogue and with the build that writes the answer.
func (v *View) ETag(f wire.Fingerprint) string {
	if v.Moment != (Moment{}) {
		f = f.Add(v.Moment.Query())
	}
	return f.Tag(v.tag)
}

// ETagToday is ETag for an answer that says what is so on the day of the view.
func (v *View) ETagToday(f wire.Fingerprint) string { return v.ETag(f.Add(v.Day)) }

// Versions are those of releases.
func Versions(releases []*compat.Release) []string {
	return wire.Each(releases, func(r *compat.Release) string { return r.Version })
}

// ProductIDs are those of all products.
func (v *View) ProductIDs() []string {
	return wire.Each(v.Products(), func(p *compat.Product) string { return p.ID })
}

// ExampleQuestion is the question of [survey.Example]; where the catalogue has
// none, one about its first release that asks about nothing.
func (v *View) ExampleQuestion() compat.Question {
	return wire.KeptOf(v, "example", func(v *View) compat.Question {
		q, ok := survey.Example(v.Matrix)
		if releases := v.Dataset().Releases; !ok && len(releases) > 0 {
			q.Product, q.Release = releases[0].Product, releases[0].Version
		}
		return q
	})
}

// ExampleComponent shows how a component is asked for, ", such as os=RHEL 9", where there is an example.
func (v *View) ExampleComponent() string {
	q := v.ExampleQuestion()
	if len(q.Components) == 0 {
		return ""
	}
	return v.Matrix.Words().Text("environment.such_as", v.Word(q.Components[0].Kind), q.Components[0].Text)
}

// WordsHint says how to ask in plain words.
func (v *View) WordsHint() string {
	return v.Matrix.Words().Text("words.hint", v.ExampleWords())
}

// ExampleWords asks the question of the examples in plain words; empty where there is none.
func (v *View) ExampleWords() string {
	q := v.ExampleQuestion()
	if len(q.Components) == 0 {
		return ""
	}
	return q.Words()
}

// AddressOf is a question as the parameters of an address.
func (v *View) AddressOf(q compat.Question) string {
	asked := v.Question()
	asked.Product, asked.Release = q.Product, q.Release
	for _, c := range q.Components {
		asked.Asked = append(asked.Asked, compat.Asked{Kind: c.Kind, Text: c.Text})
	}
	return asked.Query()
}
