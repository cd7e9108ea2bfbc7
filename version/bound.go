package version

import (
	"math"
	"strconv"
)

// maxParts is the number of numeric parts a version may have; the longest seen
// in the field has five (Corretto 21.0.5.11.1).
const maxParts = 8

// bound is where versions begin or end: numbers, those that are not printed
// being 0.
type bound [maxParts]uint64

// forever is the end of a span that has none.
var forever = bound{math.MaxUint64}

// compare orders two bounds number by number.
func (b *bound) compare(o *bound) int {
	for i := range b {
		if b[i] != o[i] {
			if b[i] < o[i] {
				return -1
			}
			return 1
		}
	}
	return 0
}

// size is how many numbers say something: zeros at the end do not.
func (b *bound) size() int {
	n := maxParts
	for n > 1 && b[n-1] == 0 {
		n--
	}
	return n
}

// numbers are the numeric parts of a version.
type numbers struct {
	all bound
	n   int // at least 1
}

func (p *numbers) slice() []uint64 { return p.all[:p.n] }

// numbersOf makes numbers of a few.
func numbersOf(parts ...uint64) (p numbers) {
	p.n = copy(p.all[:], parts)
	return p
}

// after gives the bound at which the versions that begin with the first n
// numbers of b end.
func (b bound) after(n int) bound {
	clear(b[n:])
	b[n-1]++
	return b
}

// joinParts prints numbers with dots between them.
func joinParts(parts []uint64) string {
	var buf [48]byte
	return string(appendParts(buf[:0], parts, nil))
}

// appendParts appends parts with dots between them; width, where given, is the
// least number of digits of each part.
func appendParts(dst []byte, parts []uint64, width []int) []byte {
	for i, p := range parts {
		if i > 0 {
			dst = append(dst, '.')
		}
		if i < len(width) && width[i] == 2 && p < 10 {
			dst = append(dst, '0')
		}
		dst = strconv.AppendUint(dst, p, 10)
	}
	return dst
}

// append appends b with at least as many parts as width has.
func (b *bound) append(dst []byte, width []int) []byte {
	return appendParts(dst, b[:max(b.size(), len(width))], width)
}
