package version

import (
	"cmp"
	"slices"
)

// Relation says how one range lies to another.
type Relation int

// The relations of a range Q to a range L.
const (
	Equal    Relation = iota // Q = L
	Inside                   // Q ⊂ L
	Covers                   // Q ⊃ L
	Overlaps                 // they share some versions, and each has others
	Above                    // disjoint, all of Q above all of L
	Below                    // disjoint, all of Q below all of L
	Apart                    // disjoint and interleaved, or one of them is empty
)

var relationNames = [...]string{"equal", "inside", "covers", "overlaps", "above", "below", "apart"}

// String names the relation.
func (r Relation) String() string { return relationNames[r] }

// Inverse is the relation of L to Q where r is that of Q to L.
func (r Relation) Inverse() Relation {
	switch r {
	case Inside:
		return Covers
	case Covers:
		return Inside
	case Above:
		return Below
	case Below:
		return Above
	}
	return r
}

// Relate gives the relation of q to l. One version of a range lies inside it.
func (q Range) Relate(l Range) Relation {
	rel := q.relate(l)
	switch {
	case rel != Equal || q.IsMember() == l.IsMember():
		return rel
	case q.IsMember():
		return Inside
	}
	return Covers
}

func (q Range) relate(l Range) Relation {
	if len(q.spans) == 1 && len(l.spans) == 1 {
		return q.spans[0].relate(&l.spans[0])
	}
	switch {
	case q.IsEmpty() || l.IsEmpty():
		return Apart
	case slices.Equal(q.spans, l.spans):
		return Equal
	case q.Within(l):
		return Inside
	case l.Within(q):
		return Covers
	case q.Overlaps(l):
		return Overlaps
	case q.wholly(l):
		return Above
	case l.wholly(q):
		return Below
	}
	return Apart
}

// relate is Relate for unbroken ranges, which nearly all are.
func (s *span) relate(t *span) Relation {
	if s.low.compare(&t.high) >= 0 {
		return Above
	}
	if t.low.compare(&s.high) >= 0 {
		return Below
	}
	low, high := s.low.compare(&t.low), s.high.compare(&t.high)
	switch {
	case low == 0 && high == 0:
		return Equal
	case low >= 0 && high <= 0:
		return Inside
	case low <= 0 && high >= 0:
		return Covers
	}
	return Overlaps
}

// wholly reports whether every version of r lies above every version of o.
func (r Range) wholly(o Range) bool {
	return r.spans[0].low.compare(&o.spans[len(o.spans)-1].high) >= 0
}

// Compare orders two ranges by where they start, then by where they end; an
// empty range comes first.
func (r Range) Compare(o Range) int {
	if r.IsEmpty() || o.IsEmpty() {
		return len(r.spans) - len(o.spans)
	}
	return cmp.Or(r.spans[0].low.compare(&o.spans[0].low),
		r.CompareEnd(o))
}

// CompareEnd orders ranges that are not empty by where they end.
func (r Range) CompareEnd(o Range) int {
	return r.spans[len(r.spans)-1].high.compare(&o.spans[len(o.spans)-1].high)
}
