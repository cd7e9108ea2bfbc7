package version

// The functions here make single points to sample ranges with. A point is a
// range too, the narrowest there is: from a bound to the one right after it.

func point(p []uint64) Range {
	var deep [maxParts]uint64
	copy(deep[:], p)
	return between(bound(deep[:]), after(deep[:]))
}

// Lowest is the lowest version of r.
func Lowest(r Range) Range {
	p := parts(r.spans[0].low)
	return point(p.slice())
}

// Ending is the lowest version above r.
func Ending(r Range) (Range, bool) {
	high := r.spans[len(r.spans)-1].high
	if high == nil {
		return Range{}, false
	}
	p := parts(high)
	return point(p.slice()), true
}

// JustBelow is a version below r and above all that end with a smaller number.
func JustBelow(r Range) (Range, bool) {
	p := parts(r.spans[0].low)
	if p.all[p.n-1] == 0 {
		return Range{}, false
	}
	p.all[p.n-1]--
	for ; p.n < maxParts; p.n++ {
		p.all[p.n] = 1 << 59
	}
	return point(p.slice()), true
}
