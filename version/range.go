package version

import "github.com/Masterminds/semver/v3"

// Range is a set of versions: an ordered list of half-open spans, none of them
// empty and no two touching. The zero Range is empty. A Range is immutable.
type Range struct{ spans []span }

// span is the versions from low up to, but not including, high; a nil high is
// no end.
type span struct{ low, high *semver.Version }

// All is the range of every version.
func All() Range { return Range{[]span{{low: lowest}}} }

// prefix is the range of the versions that begin with parts.
func prefix(parts ...uint64) Range {
	return Range{[]span{{bound(parts), after(parts)}}}
}

// between is the range from low up to high; empty when high is not above low.
func between(low, high *semver.Version) Range {
	if high != nil && compare(low, high) >= 0 {
		return Range{}
	}
	return Range{[]span{{low, high}}}
}

// IsEmpty reports whether no version lies in r.
func (r Range) IsEmpty() bool { return len(r.spans) == 0 }

// IsAll reports whether every version lies in r.
func (r Range) IsAll() bool {
	return len(r.spans) == 1 && r.spans[0].high == nil && compare(r.spans[0].low, lowest) == 0
}

// Equal reports whether r and o hold the same versions.
func (r Range) Equal(o Range) bool {
	if len(r.spans) != len(o.spans) {
		return false
	}
	for i, s := range r.spans {
		if compare(s.low, o.spans[i].low) != 0 || compareEnd(s.high, o.spans[i].high) != 0 {
			return false
		}
	}
	return true
}

// Within reports whether every version of r lies in o.
func (r Range) Within(o Range) bool {
	for _, s := range r.spans {
		if !o.covers(s) {
			return false
		}
	}
	return true
}

// covers reports whether one span of r holds all of s; spans do not touch, so
// no two can share it.
func (r Range) covers(s span) bool {
	for _, t := range r.spans {
		if compare(t.low, s.low) <= 0 && compareEnd(t.high, s.high) >= 0 {
			return true
		}
	}
	return false
}

// Overlaps reports whether some version lies in both r and o.
func (r Range) Overlaps(o Range) bool {
	for _, s := range r.spans {
		for _, t := range o.spans {
			if before(s.low, t.high) && before(t.low, s.high) {
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
		if len(b) == 0 || len(a) > 0 && compare(a[0].low, b[0].low) <= 0 {
			all, a = appendMerged(all, a[0]), a[1:]
		} else {
			all, b = appendMerged(all, b[0]), b[1:]
		}
	}
	return Range{all}
}

// appendMerged appends s, which starts no lower than any span before it, and
// joins it to the last one where they touch.
func appendMerged(spans []span, s span) []span {
	if n := len(spans); n > 0 && compareStart(s.low, spans[n-1].high) <= 0 {
		if compareEnd(s.high, spans[n-1].high) > 0 {
			spans[n-1].high = s.high
		}
		return spans
	}
	return append(spans, s)
}

// Intersect is the versions in both r and o.
func (r Range) Intersect(o Range) Range {
	var both []span
	for _, s := range r.spans {
		for _, t := range o.spans {
			low, high := s.low, s.high
			if compare(t.low, low) > 0 {
				low = t.low
			}
			if compareEnd(t.high, high) < 0 {
				high = t.high
			}
			both = append(both, between(low, high).spans...)
		}
	}
	return Range{both}
}

// Minus is the versions in r that are not in o.
func (r Range) Minus(o Range) Range {
	rest := r
	for _, t := range o.spans {
		outside := between(lowest, t.low)
		if t.high != nil {
			outside = outside.Union(between(t.high, nil))
		}
		rest = rest.Intersect(outside)
	}
	return rest
}

// Spans gives the unbroken parts of r, lowest first.
func (r Range) Spans() []Range {
	out := make([]Range, len(r.spans))
	for i := range r.spans {
		out[i] = Range{r.spans[i : i+1 : i+1]}
	}
	return out
}

// before reports whether v lies below the end of a span.
func before(v, end *semver.Version) bool { return compareStart(v, end) < 0 }

// compareStart orders a bound against the end of a span, nil being no end.
func compareStart(v, end *semver.Version) int {
	if end == nil {
		return -1
	}
	return compare(v, end)
}

// compareEnd orders the ends of two spans, nil being no end.
func compareEnd(a, b *semver.Version) int {
	switch {
	case a == nil && b == nil:
		return 0
	case a == nil:
		return 1
	}
	return compareStart(a, b)
}

// Above is the versions above all of r; empty when r has no end.
func (r Range) Above() Range {
	if r.IsEmpty() {
		return All()
	}
	high := r.spans[len(r.spans)-1].high
	if high == nil {
		return Range{}
	}
	return between(high, nil)
}

// SameMajor reports whether all versions of r and o begin with one number.
func (r Range) SameMajor(o Range) bool {
	if r.IsEmpty() || o.IsEmpty() || r.spans[0].low.Major() != o.spans[0].low.Major() {
		return false
	}
	return r.oneMajor() && o.oneMajor()
}

// oneMajor reports whether all versions of r begin with one number.
func (r Range) oneMajor() bool {
	high := r.spans[len(r.spans)-1].high
	if high == nil {
		return false
	}
	p, first := parts(high), r.spans[0].low.Major()
	return p.all[0] == first || p.all[0] == first+1 && p.n == 1
}

// Major is the range of the versions that share the first number of r's lowest
// one.
func (r Range) Major() Range {
	if r.IsEmpty() {
		return Range{}
	}
	return prefix(r.spans[0].low.Major())
}

// SameSeries reports whether the lowest versions of both share their first two
// numbers.
func (r Range) SameSeries(o Range) bool {
	if r.IsEmpty() || o.IsEmpty() {
		return false
	}
	a, b := r.spans[0].low, o.spans[0].low
	return a.Major() == b.Major() && a.Minor() == b.Minor()
}
