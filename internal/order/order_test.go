package order_test

import (
	"cmp"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/testedon/testedon/internal/order"
)

// TestStable: the order is that of the standard library, equal values included.
func TestStable(t *testing.T) {
	type pair struct{ key, place int }
	random := rand.New(rand.NewPCG(1, 2))
	for n := range 200 {
		values := make([]pair, n)
		for i := range values {
			values[i] = pair{random.IntN(10), i}
		}
		want := slices.Clone(values)
		byKey := func(a, b pair) int { return cmp.Compare(a.key, b.key) }
		slices.SortStableFunc(want, byKey)
		if order.Stable(values, byKey); !slices.Equal(values, want) {
			t.Fatal(values, want)
		}
	}
}
