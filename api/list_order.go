package api

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/testedon/testedon/compat/fact"
)

// order is one way to sort a list: by a text that stands for the item. Texts are
// compared byte by byte, so that a cursor can tell a place where no item is. Items of
// one text are in the order of their keys.
type order[T any] struct {
	name string
	of   func(*view, T) string
}

// byKey is the order of the keys alone.
func byKey[T any](name string) order[T] {
	return order[T]{name, func(*view, T) string { return "" }}
}

// maxSorted is how many bytes of a text count in an order. It bounds a cursor; items
// that are alike up to there are told apart by their keys.
const maxSorted = 200

// spot is where an item stands in an order.
type spot struct{ value, key string }

func (p spot) compare(o spot) int {
	return cmp.Or(strings.Compare(p.value, o.value), strings.Compare(p.key, o.key))
}

// at tells where an item stands.
func (c *collection[T]) at(v *view, by order[T], item T) spot {
	return spot{by.value(v, item), c.key(item)}
}

// value is the text that stands for an item.
func (o order[T]) value(v *view, item T) string {
	value := o.of(v, item)
	return value[:min(len(value), maxSorted)]
}

// sorted brings items into an order. They are put together by what they are sorted by,
// of which there is far less than of items in a long list.
func (c *collection[T]) sorted(v *view, by order[T], items []T) []T {
	items = c.inOrderOfKeys(items)
	groups := map[string][]T{}
	for _, item := range items {
		value := by.value(v, item)
		groups[value] = append(groups[value], item)
	}
	if len(groups) < 2 {
		return items
	}
	all := make([]T, 0, len(items))
	for _, value := range slices.Sorted(maps.Keys(groups)) {
		all = append(all, groups[value]...)
	}
	return all
}

// inOrderOfKeys sorts items by their keys. Those that are in that order, as the lists of a
// dataset are, are only looked through.
func (c *collection[T]) inOrderOfKeys(items []T) []T {
	byKeys := func(a, b T) int { return strings.Compare(c.key(a), c.key(b)) }
	if slices.IsSortedFunc(items, byKeys) {
		return items
	}
	items = slices.Clone(items)
	slices.SortFunc(items, byKeys)
	return items
}

// search counts the items before a place, and with it the one at the place where
// that is asked for.
func (c *collection[T]) search(v *view, by order[T], items []T, to spot, with bool) int {
	n, _ := slices.BinarySearchFunc(items, to, func(item T, to spot) int {
		difference := c.at(v, by, item).compare(to)
		if difference == 0 && with {
			return -1
		}
		return difference
	})
	return n
}

// readOrder reads by what a list is sorted.
func (c *collection[T]) readOrder(w *wanted[T], in input) error {
	asked := cmp.Or(in.one("sort"), c.usual)
	name, down := strings.CutPrefix(asked, "-")
	at := slices.IndexFunc(c.orders, func(o order[T]) bool { return o.name == name })
	if at < 0 {
		return c.noOrder(asked, name)
	}
	w.by, w.down = c.orders[at], down
	return nil
}

// noOrder reports an order that the list does not have.
func (c *collection[T]) noOrder(asked, name string) error {
	names := each(c.orders, func(o order[T]) string { return o.name })
	var known []string
	for _, n := range names {
		known = append(known, n, "-"+n)
	}
	return noneOf("sort", asked, known, fact.Closest(name, names))
}

// folded is the text to sort words by: capital letters are like small ones.
func folded(text string) string { return strings.ToLower(text) }

// ranked is the text to sort numbers by, which are not negative.
func ranked(n int) string { return fmt.Sprintf("%010d", n) }

// among is the text to sort by the place in a list of words, in which a word that is
// not there comes last.
func among[T ~string](words []T, word T) string {
	at := slices.Index(words, word)
	if at < 0 {
		at = len(words)
	}
	return ranked(at)
}

// backward is the text to sort by another in the opposite direction.
func backward(text string) string {
	turned := make([]byte, 0, len(text)+1)
	for i := range len(text) {
		turned = append(turned, 0xff-text[i])
	}
	return string(append(turned, 0xff)) // after all that is longer
}

// The signs by which [natural] tells the parts of a version apart, in their order: the
// end of a version comes before a further number, and after what says beta.
const (
	signOther  = "\x01"
	signEnd    = "\x02"
	signNumber = "\x03"
)

const digits = "0123456789"

// natural is the text to sort versions by: numbers count as numbers, 4.10 comes after
// 4.9, and 4.4.0-beta before 4.4.0. What does not begin with a number comes before all
// that does.
func natural(version string) string {
	rest := strings.ToLower(version)
	var b strings.Builder
	for rest != "" {
		if rest = strings.TrimPrefix(rest, "."); rest == "" {
			break
		}
		before := strings.TrimLeft(rest, digits)
		if number := strings.TrimLeft(rest[:len(rest)-len(before)], "0"); len(before) < len(rest) {
			b.WriteString(signNumber + string(rune(min(len(number), maxSorted/2))) + number)
			rest = before
			continue
		}
		end := strings.IndexAny(rest, digits+".")
		if end < 0 {
			end = len(rest)
		}
		b.WriteString(signOther + rest[:end])
		rest = rest[end:]
	}
	return b.String() + signEnd
}
