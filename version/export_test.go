package version

// The functions here make single points to sample ranges with. A point is a
// range too, the narrowest there is: from a bound to the one right after it.

func point(b bound) Range { return between(b, b.after(maxParts)) }

// Lowest is the lowest version of r.
func Lowest(r Range) Range { return point(r.spans[0].low) }

// Ending is the lowest version above r.
func Ending(r Range) (Range, bool) {
	high := r.spans[len(r.spans)-1].high
	return point(high), high != forever
}

// JustBelow is a version below r and above all that end with a smaller number.
func JustBelow(r Range) (Range, bool) {
	b := r.spans[0].low
	n := b.size()
	if b[n-1] == 0 {
		return Range{}, false
	}
	b[n-1]--
	for ; n < maxParts; n++ {
		b[n] = 1 << 59
	}
	return point(b), true
}

// CountReads is a scheme that counts how often it reads a version.
func CountReads(s *Scheme, n *int) *Scheme {
	counted, read := *s, s.dialect.read
	counted.dialect.read = func(text string) (Range, error) {
		*n++
		return read(text)
	}
	return &counted
}
