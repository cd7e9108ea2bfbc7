package version

import "strings"

// String prints r in the normal form, which [Parse] reads back: a series as its
// common beginning ("17.2"), any other span by its bounds (">=17 <22", ">=8",
// "<17.2"), several of them with " || " between, every version as "*", none as
// "<0".
func (r Range) String() string { return string(r.appendText(nil, nil)) }

func (r Range) appendText(dst []byte, width []int) []byte {
	if r.IsEmpty() {
		return append(dst, "<0"...)
	}
	for i, s := range r.spans {
		if i > 0 {
			dst = append(dst, " || "...)
		}
		dst = s.appendText(dst, width)
	}
	return dst
}

func (s span) appendText(dst []byte, width []int) []byte {
	if p, n := s.prefix(); n > 0 {
		return appendParts(dst, p.all[:n], width)
	}
	fromLowest := compare(s.low, lowest) == 0
	if fromLowest && s.high == nil {
		return append(dst, '*')
	}
	if !fromLowest {
		dst = appendBound(append(dst, ">="...), s.low, width)
	}
	if s.high != nil {
		if !fromLowest {
			dst = append(dst, ' ')
		}
		dst = appendBound(append(dst, '<'), s.high, width)
	}
	return dst
}

// prefix gives the beginning that all versions of s, and no others, share, and
// the number of its parts; 0 when there is none. Its length is that of the upper
// bound, which is one further in the last part.
func (s span) prefix() (numbers, int) {
	if s.high == nil {
		return numbers{}, 0
	}
	low, high := parts(s.low), parts(s.high)
	n := high.n
	high.all[n-1]-- // never 0: zeros at the end are not kept, and no span ends at 0
	if low.all != high.all {
		return numbers{}, 0
	}
	return low, n
}

// Parse reads a range in the normal form or in any notation of the dotted
// scheme.
func Parse(text string) (Range, error) { return dotted.Parse(strings.TrimSpace(text)) }
