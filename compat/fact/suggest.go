package fact

import (
	"cmp"
	"slices"
	"strings"

	"github.com/testedon/testedon/internal/order"
	"github.com/testedon/testedon/message"
)

// MaxCandidates bounds the names offered in place of one that was not found.
const MaxCandidates = 5

// Closest gives the names that may have been meant by an unknown one, best
// first and at most five: those that contain it or that it contains, and those
// a few slips away.
func Closest(name string, known []string) []string {
	type near struct {
		name     string
		distance int
	}
	wanted := Key(name)
	var all []near
	for _, k := range known {
		if d, ok := distance(wanted, Key(k)); ok {
			all = append(all, near{k, d})
		}
	}
	order.Stable(all, func(a, b near) int {
		return cmp.Or(cmp.Compare(a.distance, b.distance), strings.Compare(a.name, b.name))
	})
	names := make([]string, 0, MaxCandidates)
	for _, n := range all {
		if len(names) < MaxCandidates && !slices.Contains(names, n.name) {
			names = append(names, n.name)
		}
	}
	return names
}

// distance is how far a known key lies from the wanted one; false when too far.
// Keys whose lengths differ by more than the slips allowed are not compared
// letter by letter.
func distance(wanted, known string) (int, bool) {
	const shortest = 2 // a single letter is contained in nearly everything
	if len(wanted) == 0 || len(known) == 0 || len(wanted) > MaxName {
		return 0, false
	}
	longer, allowed := len(wanted)-len(known), 1+min(len(wanted), len(known))/4
	if max(longer, -longer) <= allowed {
		if slips := Edits(wanted, known); slips <= allowed && slips < len(wanted) {
			return slips, true
		}
	}
	if len(wanted) >= shortest && strings.Contains(known, wanted) || len(known) > shortest && strings.Contains(wanted, known) {
		return MaxName + max(longer, -longer), true
	}
	return 0, false
}

// Edits is the number of letters to insert, drop, change or swap with their
// neighbour to turn a into b (the optimal string alignment distance).
func Edits(a, b string) int {
	n := len(b) + 1
	var buf [3 * UsualName]int
	rows := buf[:]
	if 3*n > len(rows) {
		rows = make([]int, 3*n)
	}
	before, last, row := rows[:n], rows[n:2*n], rows[2*n:3*n]
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		for j := 1; j <= len(b); j++ {
			change := last[j-1]
			if a[i-1] != b[j-1] {
				change++
			}
			row[j] = min(change, last[j]+1, row[j-1]+1)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}

// AppendNew appends something unless the list has it.
func AppendNew[T comparable](list []T, one T) []T {
	if slices.Contains(list, one) {
		return list
	}
	return append(list, one)
}

// Enumerate joins texts as an English sentence does: "a, b and c".
func Enumerate(texts []string) string { return message.English.And(texts) }
