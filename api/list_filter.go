package api

import (
	"errors"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
)

// filter is a parameter that chooses from a list. It reads the values given, of which
// there is one at least, and says which items are meant.
type filter[T any] struct {
	param
	read func(*view, input) (func(T) bool, error)
}

// anyOf is a filter that may repeat: an item may be any of the values. Each value is
// read into the form in which is compares them.
func anyOf[T any](name string, read func(*view, input, string) (string, error), is func(*view, T, []string) bool) filter[T] {
	return filter[T]{many(name), func(v *view, in input) (func(T) bool, error) {
		values := in.query[name]
		if len(values) > maxComponents {
			return nil, fact.Invalid(name, "Ask in several requests.", "The parameter %s is given more than %d times", name, maxComponents)
		}
		meant := make([]string, len(values))
		for i, value := range values {
			var err error
			if meant[i], err = read(v, in, value); err != nil {
				return nil, refused(name, err)
			}
		}
		return func(item T) bool { return is(v, item, meant) }, nil
	}}
}

// word is a filter by a word of the item, which is one of those known, in capital or
// small letters.
func word[T any](name string, known func(*view) []string, of func(*view, T) string) filter[T] {
	read := func(v *view, _ input, value string) (string, error) {
		words := known(v)
		at := slices.IndexFunc(words, func(w string) bool { return strings.EqualFold(w, value) })
		if at < 0 {
			return "", notAmong(name, value, words)
		}
		return words[at], nil
	}
	return anyOf(name, read, func(v *view, item T, meant []string) bool { return slices.Contains(meant, of(v, item)) })
}

// truth is a filter by whether something is true of an item.
func truth[T any](name string, of func(T) bool) filter[T] {
	known := func(*view) []string { return []string{"true", "false"} }
	return word(name, known, func(_ *view, item T) string { return strconv.FormatBool(of(item)) })
}

// like is a filter by a text that may have typing slips, which a name of the item has
// to answer to.
func like[T any](names func(*view, T) []string) filter[T] {
	return filter[T]{once("q"), func(v *view, in input) (func(T) bool, error) {
		text := compat.NewPattern(in.one("q"))
		return func(item T) bool { return text.Best(names(v, item)...).Score > 0 }, nil
	}}
}

// The filters by what statements are about or made of. Values are ids, names or aliases.

func ofProduct[T any](is func(*view, T, []string) bool) filter[T] {
	return anyOf("product", productNamed, is)
}

func ofTechnology[T any](is func(*view, T, []string) bool) filter[T] {
	return anyOf("technology", technologyNamed, is)
}

func ofKind[T any](of func(*view, T) string) filter[T] {
	return anyOf("kind", kindNamed, func(v *view, item T, meant []string) bool { return slices.Contains(meant, of(v, item)) })
}

func ofAuthority[T any](of func(*view, T) string) filter[T] {
	return word("authority", fixed(authorities), of)
}

func productNamed(v *view, _ input, name string) (string, error) {
	p, err := v.Product(name)
	if err != nil {
		return "", err
	}
	return p.ID, nil
}

func technologyNamed(v *view, _ input, name string) (string, error) {
	t, err := v.Technology(name)
	if err != nil {
		return "", err
	}
	return t.ID, nil
}

func kindNamed(v *view, _ input, name string) (string, error) {
	k := v.Kind(name)
	if k == nil {
		return "", notAmong("kind", name, v.kinds)
	}
	return k.ID, nil
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

// notAmong reports a value that is none of the words known.
func notAmong(field, value string, known []string) error {
	return noneOf(field, value, known, fact.Closest(value, known))
}

// noneOf is notAmong with the words that may have been meant, best first.
func noneOf(field, value string, known, near []string) error {
	e := fact.Invalid(field, "", "%s cannot be %q", field, quotable(value))
	if e.Candidates = near; len(near) > 0 {
		e.Hint = "Did you mean " + e.Candidates[0] + "? "
	}
	switch {
	case len(known) == 0:
		e.Hint = "Leave it out: there is none here."
	case len(known) <= maxOfferedWords:
		e.Hint += "Use one of " + strings.Join(known, ", ")
	case e.Hint == "":
		e.Hint = "Use one such as " + strings.Join(known[:maxOfferedWords], ", ")
	}
	return e
}

// fixed gives words that are the same in every catalogue.
func fixed[W ~string](words []W) func(*view) []string {
	return func(*view) []string { return each(words, func(w W) string { return string(w) }) }
}

// authorities and severities are in the order of compat.
var (
	authorities = []fact.Authority{fact.Official, fact.Site, fact.Unconfirmed, fact.Fork}
	severities  = []fact.Severity{fact.SeverityInfo, fact.SeverityWarning, fact.SeverityError}
)

// distinct gives each of the words that items have once, sorted; an empty one is none.
func distinct[T any](items []T, of func(*T) string) []string {
	found := map[string]bool{}
	for i := range items {
		if word := of(&items[i]); word != "" {
			found[word] = true
		}
	}
	return slices.Sorted(maps.Keys(found))
}

// pointers leads to the items of a list.
func pointers[T any](items []T) []*T {
	all := make([]*T, len(items))
	for i := range items {
		all[i] = &items[i]
	}
	return all
}
