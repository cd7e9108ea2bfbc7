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
	for i := range r.spans {
		if i > 0 {
			dst = append(dst, " || "...)
		}
		dst = r.spans[i].appendText(dst, width)
	}
	return dst
}

func (s *span) appendText(dst []byte, width []int) []byte {
	if p, n := s.prefix(); n > 0 {
		return appendParts(dst, p.all[:n], width)
	}
	fromLowest := s.low == bound{}
	if fromLowest && s.high == forever {
		return append(dst, '*')
	}
	if !fromLowest {
		dst = s.low.append(append(dst, ">="...), width)
	}
	if s.high != forever {
		if !fromLowest {
			dst = append(dst, ' ')
		}
		dst = s.high.append(append(dst, '<'), width)
	}
	return dst
}

// prefix gives the beginning that all versions of s, and no others, share, and
// the number of its parts; 0 when there is none. Its length is that of the upper
// bound, which is one further in the last part.
func (s *span) prefix() (numbers, int) {
	n := s.high.size()
	if s.high == forever || s.low.after(n) != s.high || s.low.size() > n {
		return numbers{}, 0
	}
	return numbers{s.low, n}, n
}

// Parse reads a range in the normal form or in any notation of the dotted
// scheme.
func Parse(text string) (Range, error) { return dotted.Parse(strings.TrimSpace(text)) }
