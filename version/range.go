package version

import "slices"

// Range is a set of versions: an ordered list of half-open spans, none of them
// empty and no two touching. The zero Range is empty. A Range is immutable.
//
// A range that was asked for may stand for one version of it that has no number:
// "2022 CU15" of SQL Server is a member of 2022. As a set it is that range; only
// [Range.Relate] and [Range.Equal] tell them apart, and what is computed from it is
// a plain range.
type Range struct {
	spans  []span
	member string // as it was written
}

// span is the versions from low up to, but not including, high.
type span struct{ low, high bound }

// All is the range of every version.
func All() Range { return Range{spans: []span{{high: forever}}} }

// prefix is the range of the versions that begin with parts.
func prefix(parts ...uint64) Range {
	p := numbersOf(parts...)
	return Range{spans: []span{{p.all, p.all.after(p.n)}}}
}

// between is the range from low up to high; empty when high is not above low.
func between(low, high bound) Range {
	if low.compare(&high) >= 0 {
		return Range{}
	}
	return Range{spans: []span{{low, high}}}
}

// IsEmpty reports whether no version lies in r.
func (r Range) IsEmpty() bool { return len(r.spans) == 0 }

// IsAll reports whether every version lies in r.
func (r Range) IsAll() bool {
	return len(r.spans) == 1 && r.spans[0] == span{high: forever}
}

// Member is one version of r, not known which, as it was written.
func (r Range) Member(text string) Range {
	r.member = text
	return r
}

// IsMember reports whether r stands for one version of it, not known which.
func (r Range) IsMember() bool { return r.member != "" }

// Equal reports whether r and o hold the same versions; one version of a range is
// not that range.
func (r Range) Equal(o Range) bool {
	return r.IsMember() == o.IsMember() && slices.Equal(r.spans, o.spans)
}

// Within reports whether every version of r lies in o.
func (r Range) Within(o Range) bool {
	for i := range r.spans {
		if !o.covers(&r.spans[i]) {
			return false
		}
	}
	return true
}

// covers reports whether one span of r holds all of s; spans do not touch, so
// no two can share it.
func (r Range) covers(s *span) bool {
	for i := range r.spans {
		if t := &r.spans[i]; t.low.compare(&s.low) <= 0 && t.high.compare(&s.high) >= 0 {
			return true
		}
	}
	return false
}

// Overlaps reports whether some version lies in both r and o.
func (r Range) Overlaps(o Range) bool {
	for i := range r.spans {
		for j := range o.spans {
			s, t := &r.spans[i], &o.spans[j]
			if s.low.compare(&t.high) < 0 && t.low.compare(&s.high) < 0 {
				return true
			}
		}
	}
	return false
}

// Union is the versions in r or in o.
func (r Range) Union(o Range) Range {
	all := make([]span, 0, len(r.spans)+len(o.spans))
	a, b := r.spans, o.spans
	for len(a) > 0 || len(b) > 0 {
		if len(b) == 0 || len(a) > 0 && a[0].low.compare(&b[0].low) <= 0 {
			all, a = appendMerged(all, a[0]), a[1:]
		} else {
			all, b = appendMerged(all, b[0]), b[1:]
		}
	}
	return Range{spans: all}
}

// Unite is the versions in any of the ranges. It unites halves, so that of many ranges none is
// copied once for each other.
func Unite(ranges []Range) Range {
	switch n := len(ranges); n {
	case 0:
		return Range{}
	case 1:
		return ranges[0]
	default:
		return Unite(ranges[:n/2]).Union(Unite(ranges[n/2:]))
	}
}

// appendMerged appends s, which starts no lower than any span before it, and
// joins it to the last one where they touch.
func appendMerged(spans []span, s span) []span {
	if n := len(spans); n > 0 && s.low.compare(&spans[n-1].high) <= 0 {
		spans[n-1].high = larger(spans[n-1].high, s.high)
		return spans
	}
	return append(spans, s)
}

// Intersect is the versions in both r and o.
func (r Range) Intersect(o Range) Range {
	var both []span
	for a, b := r.spans, o.spans; len(a) > 0 && len(b) > 0; {
		high, lower := &a[0].high, a[0].high.compare(&b[0].high) < 0
		if !lower {
			high = &b[0].high
		}
		if low := larger(a[0].low, b[0].low); low.compare(high) < 0 {
			both = append(both, span{low, *high})
		}
		if lower {
			a = a[1:]
		} else {
			b = b[1:]
		}
	}
	return Range{spans: both}
}

// Minus is the versions in r that are not in o.
func (r Range) Minus(o Range) Range {
	var rest []span
	for _, s := range r.spans {
		for i := 0; i < len(o.spans) && o.spans[i].low.compare(&s.high) < 0; i++ {
			t := &o.spans[i]
			if s.low.compare(&t.low) < 0 {
				rest = append(rest, span{s.low, t.low})
			}
			s.low = larger(s.low, t.high)
		}
		if s.low.compare(&s.high) < 0 {
			rest = append(rest, s)
		}
	}
	return Range{spans: rest}
}

// Spans gives the unbroken parts of r, lowest first.
func (r Range) Spans() []Range {
	out := make([]Range, len(r.spans))
	for i := range r.spans {
		out[i] = Range{spans: r.spans[i : i+1 : i+1]}
	}
	return out
}

// Shared is how many numbers all versions of r begin with, and no others; 0 where that is
// more than one beginning or none.
func (r Range) Shared() int {
	if len(r.spans) != 1 {
		return 0
	}
	_, n := r.spans[0].prefix()
	return n
}

// Longest is how many numbers the longest version has that r begins or ends with, zeros at
// its end aside, and the largest number in one.
func (r Range) Longest() (numbers int, largest uint64) {
	for i := range r.spans {
		s := &r.spans[i]
		ends := []*bound{&s.low}
		if _, n := s.prefix(); n == 0 && s.high != forever {
			ends = append(ends, &s.high)
		}
		for _, end := range ends {
			numbers, largest = max(numbers, end.size()), max(largest, slices.Max(end[:]))
		}
	}
	return numbers, largest
}

// larger is the later of two bounds.
func larger(a, b bound) bound {
	if a.compare(&b) < 0 {
		return b
	}
	return a
}

// Above is the versions above all of r; empty when r has no end.
func (r Range) Above() Range {
	if r.IsEmpty() {
		return All()
	}
	return between(r.spans[len(r.spans)-1].high, forever)
}

// SameMajor reports whether all versions of r and o begin with one number.
func (r Range) SameMajor(o Range) bool {
	return !r.IsEmpty() && !o.IsEmpty() && r.Within(o.Major()) && o.Within(r.Major())
}

// Major is the range of the versions that share the first number of r's lowest
// one.
func (r Range) Major() Range {
	if r.IsEmpty() {
		return Range{}
	}
	return prefix(r.spans[0].low[0])
}

// SameSeries reports whether the lowest versions of both share their first two
// numbers.
func (r Range) SameSeries(o Range) bool {
	if r.IsEmpty() || o.IsEmpty() {
		return false
	}
	return [2]uint64(r.spans[0].low[:2]) == [2]uint64(o.spans[0].low[:2])
}
