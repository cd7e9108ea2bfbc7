package version

import "slices"

// PrintPart writes an unbroken part of whole as a condition on it: a bound that
// whole has too is left out below, and a bound at which one of marks begins or
// ends is told by that mark. Of 17, with 17.2 marked, the parts are "<17.2",
// "17.2" and ">17.2 <18".
func (s *Scheme) PrintPart(part, whole Range, marks []Range) string {
	if slices.Equal(part.spans, whole.spans) || len(part.spans) != 1 {
		return s.Print(part)
	}
	span := part.spans[0]
	if s.isOneVersion(part) {
		return s.Print(part)
	}
	text := ""
	if span.low != whole.spans[0].low {
		text = s.printLow(span.low, marks)
	}
	if span.high == forever {
		return text
	}
	if text != "" {
		text += " "
	}
	return text + s.printHigh(span.high, marks)
}

func (s *Scheme) printLow(low bound, marks []Range) string {
	for _, m := range marks {
		if n := len(m.spans); n == 1 && low == m.spans[0].high && s.isOneVersion(m) {
			return ">" + s.Print(m)
		}
	}
	return ">=" + s.printBound(low)
}

func (s *Scheme) printHigh(high bound, marks []Range) string {
	for _, m := range marks {
		if len(m.spans) == 1 && high == m.spans[0].low && s.isOneVersion(m) {
			return "<" + s.Print(m)
		}
	}
	return "<" + s.printBound(high)
}

func (s *Scheme) printBound(v bound) string {
	return string(v.append(nil, s.dialect.width))
}

// isOneVersion reports whether r is printed as one version, without operators.
func (s *Scheme) isOneVersion(r Range) bool {
	_, n := r.spans[0].prefix()
	return n > 0 || s.isLabel(r)
}

func (s *Scheme) isLabel(r Range) bool {
	for _, l := range s.labels {
		if l.rng.Equal(r) {
			return true
		}
	}
	return false
}
