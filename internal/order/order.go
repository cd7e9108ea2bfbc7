// Package order sorts. The generic functions of package slices are machine code of its own
// for each type that is sorted, some 15 KB of the program each; these are one for all.
package order

import "sort"

// Stable sorts values, and leaves equal ones in the order they have, as slices.SortStableFunc does.
func Stable[S ~[]E, E any](values S, compare func(a, b E) int) {
	sort.SliceStable(values, func(i, j int) bool { return compare(values[i], values[j]) < 0 })
}
