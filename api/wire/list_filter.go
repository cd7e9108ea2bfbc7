package wire

import (
	"errors"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/testedon/testedon/compat/fact"
)

// Filter is a parameter that chooses from a list. It reads the values given, of which
// there is one at least, and says which items are meant.
type Filter[V, T any] struct {
	Param
	Read func(V, Input) (func(T) bool, error)
}

// Choose is the filter of a parameter.
func Choose[V, T any](p Param, read func(V, Input) (func(T) bool, error)) Filter[V, T] {
	return Filter[V, T]{p, read}
}

// Shown is the filter with an example of a value.
func (f Filter[V, T]) Shown(example string) Filter[V, T] {
	f.Example = example
	return f
}

// AnyOf is a filter that may repeat: an item may be any of the values. Each value is
// read into the form in which is compares them; about tells callers what it is for.
func AnyOf[V, T any](name, about string, read func(V, Input, string) (string, error), is func(V, T, []string) bool) Filter[V, T] {
	return Choose(Param{Name: name, About: about, Many: true}, func(v V, in Input) (func(T) bool, error) {
		values := in.Query[name]
		if len(values) > maxRepeated {
			return nil, fact.Refuse(name, "parameter.many", name, maxRepeated)
		}
		meant := make([]string, len(values))
		for i, value := range values {
			var err error
			if meant[i], err = read(v, in, value); err != nil {
				return nil, refused(name, err)
			}
		}
		return func(item T) bool { return is(v, item, meant) }, nil
	})
}

// maxRepeated is how often a filter may be given.
const maxRepeated = 32

// Word is a filter by a word of the item, which is one of those known, in capital or
// small letters.
func Word[V, T any](name, about string, known func(V) []string, of func(V, T) string) Filter[V, T] {
	read := func(v V, _ Input, value string) (string, error) {
		words := known(v)
		at := slices.IndexFunc(words, func(w string) bool { return strings.EqualFold(w, value) })
		if at < 0 {
			return "", NotAmong(name, value, words)
		}
		return words[at], nil
	}
	return AnyOf(name, about, read, func(v V, item T, meant []string) bool { return slices.Contains(meant, of(v, item)) })
}

// OneOf is a filter by a word of the item, which is one of those that there are on every
// server.
func OneOf[V, T any, W ~string](name, about string, words []W, of func(V, T) string) Filter[V, T] {
	known := Each(words, func(w W) string { return string(w) })
	f := Word(name, about, func(V) []string { return known }, of)
	f.Words = known
	return f
}

// refused makes the error of a name that is not known one of a value that the parameter
// does not take: the list itself is there.
func refused(field string, err error) error {
	var e *fact.Error
	if !errors.As(err, &e) {
		return err
	}
	invalid := *e
	invalid.Code, invalid.Field = fact.CodeInvalid, field
	return &invalid
}

// maxOfferedWords is how many words a problem tells that could have been meant.
const maxOfferedWords = 20

// NotAmong reports a value that is none of the words known.
func NotAmong(field, value string, known []string) error {
	return noneOf(field, value, known, fact.Closest(value, known))
}

// noneOf is notAmong with the words that may have been meant, best first.
func noneOf(field, value string, known, near []string) error {
	e := fact.Refuse(field, "value.unknown", field, strconv.Quote(Quotable(value)))
	e.Candidates = near
	if len(known) == 0 {
		return e.Advise("hint.none")
	}
	shown := known[:min(len(known), maxOfferedWords)]
	return e.Advise("hint.words", strings.Join(near[:min(len(near), 1)], ""), strings.Join(shown, ", "), len(shown) == len(known))
}

// Distinct gives each of the words that items have once, sorted; an empty one is none.
func Distinct[T any](items []T, of func(*T) string) []string {
	found := map[string]bool{}
	for i := range items {
		if word := of(&items[i]); word != "" {
			found[word] = true
		}
	}
	return slices.Sorted(maps.Keys(found))
}

// Pointers leads to the items of a list.
func Pointers[T any](items []T) []*T {
	all := make([]*T, len(items))
	for i := range items {
		all[i] = &items[i]
	}
	return all
}

// Each translates a list; an empty one becomes [] and not null.
func Each[A, B any](items []A, translate func(A) B) []B {
	made := make([]B, len(items))
	for i, item := range items {
		made[i] = translate(item)
	}
	return made
}

// Groups translates each run of items with one key.
func Groups[K comparable, A, B any](items []A, key func(A) K, translate func(K, []A) B) []B {
	made := []B{}
	for from, to := 0, 0; from < len(items); from = to {
		k := key(items[from])
		for to < len(items) && key(items[to]) == k {
			to++
		}
		made = append(made, translate(k, items[from:to]))
	}
	return made
}

// List gives items, and [] for none.
func List[T any](items []T) []T {
	if items == nil {
		return []T{}
	}
	return items
}
