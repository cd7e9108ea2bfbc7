package wire

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/internal/order"
)

// Order is one way to sort a list: by a text that stands for the item. Texts are
// compared byte by byte, so that a cursor can tell a place where no item is. Items of
// one text are in the order of their keys.
type Order[V, T any] struct {
	name string
	of   func(V, T) string
}

// By is the order of a name, by what stands for an item.
func By[V, T any](name string, of func(V, T) string) Order[V, T] { return Order[V, T]{name, of} }

// ByKey is the order of the keys alone.
func ByKey[V, T any](name string) Order[V, T] {
	return By(name, func(V, T) string { return "" })
}

// maxSorted is how many bytes of a text count in an order. It bounds a cursor; items
// that are alike up to there are told apart by their keys.
const maxSorted = 200

// Spot is where an item stands in an order.
type Spot struct{ Value, Key string }

// at tells where an item stands.
func (c *Collection[V, T]) at(v V, by Order[V, T], item T) Spot {
	return Spot{by.value(v, item), c.Key(item)}
}

// value is the text that stands for an item.
func (o Order[V, T]) value(v V, item T) string {
	value := o.of(v, item)
	return value[:min(len(value), maxSorted)]
}

// sorted brings items into an order. They are put together by what they are sorted by,
// of which there is far less than of items in a long list.
func (c *Collection[V, T]) sorted(v V, by Order[V, T], items []T) []T {
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
func (c *Collection[V, T]) inOrderOfKeys(items []T) []T {
	byKeys := func(a, b T) int { return strings.Compare(c.Key(a), c.Key(b)) }
	if slices.IsSortedFunc(items, byKeys) {
		return items
	}
	items = slices.Clone(items)
	order.Stable(items, byKeys)
	return items
}

// search counts the items before a place, and with it the one at the place where
// that is asked for.
func (c *Collection[V, T]) search(v V, by Order[V, T], items []T, to Spot, with bool) int {
	n, _ := slices.BinarySearchFunc(items, to, func(item T, to Spot) int {
		spot := c.at(v, by, item)
		difference := cmp.Or(strings.Compare(spot.Value, to.Value), strings.Compare(spot.Key, to.Key))
		if difference == 0 && with {
			return -1
		}
		return difference
	})
	return n
}

// readOrder reads by what a list is sorted.
func (c *Collection[V, T]) readOrder(w *wanted[V, T], asked string) error {
	name, down := strings.CutPrefix(asked, "-")
	at := slices.IndexFunc(c.Orders, func(o Order[V, T]) bool { return o.name == name })
	if at < 0 {
		return noneOf("sort", asked, c.orderWords(), fact.Closest(name, Each(c.Orders, func(o Order[V, T]) string { return o.name })))
	}
	w.by, w.down = c.Orders[at], down
	return nil
}

// orderWords are the values that ask for the orders of the list, and for each turned round.
func (c *Collection[V, T]) orderWords() (words []string) {
	for _, o := range c.Orders {
		words = append(words, o.name, "-"+o.name)
	}
	return words
}

// Folded is the text to sort words by: capital letters are like small ones.
func Folded(text string) string { return strings.ToLower(text) }

// Ranked is the text to sort numbers by, which are not negative.
func Ranked(n int) string { return fmt.Sprintf("%010d", n) }

// Among is the text to sort by the place in a list of words, in which a word that is
// not there comes last.
func Among[T ~string](words []T, word T) string {
	at := slices.Index(words, word)
	if at < 0 {
		at = len(words)
	}
	return Ranked(at)
}

// Backward is the text to sort by another in the opposite direction.
func Backward(text string) string {
	turned := make([]byte, 0, len(text)+1)
	for i := range len(text) {
		turned = append(turned, 0xff-text[i])
	}
	return string(append(turned, 0xff)) // after all that is longer
}

// The signs by which [Natural] tells the parts of a version apart, in their order: the
// end of a version comes before a further number, and after what says beta.
const (
	signOther  = "\x01"
	signEnd    = "\x02"
	signNumber = "\x03"
)

const digits = "0123456789"

// Natural is the text to sort versions by: numbers count as numbers, 4.10 comes after
// 4.9, and 4.4.0-beta before 4.4.0. What does not begin with a number comes before all
// that does.
func Natural(version string) string {
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
