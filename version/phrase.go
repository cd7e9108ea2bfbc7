package version

import "slices"

// HasPhrase reports whether people write r otherwise than [Scheme.AppendPrint] does.
func (s *Scheme) HasPhrase(r Range) bool {
	return s.oracleName(r) == "" && r.member == "" && len(r.spans) == 1 && !r.IsAll() && !s.isOneVersion(r)
}

// oracleName is the name that a series of Oracle Database goes by: "12c"; "" for others.
func (s *Scheme) oracleName(r Range) string {
	if r.member == "" && s.name == "oracle-database" {
		for _, n := range oracleNames {
			if len(n.releases) > 0 && n.series.Equal(r) {
				return n.name
			}
		}
	}
	return ""
}

// AppendPhrase appends r as people write it: "12c", "17.5 or later", "9 to 17", "24.04 or
// later but before 25.04". Parse reads it back.
func (s *Scheme) AppendPhrase(dst []byte, r Range) []byte {
	if !s.HasPhrase(r) {
		return s.AppendPrint(dst, r)
	}
	low, high := &r.spans[0].low, &r.spans[0].high
	last, found := s.last(low, high)
	switch {
	case *high == forever:
		return s.appendFrom(dst, low, orLater)
	case *low == bound{}:
		return s.appendFirst(append(dst, "before "...), high)
	case found:
		return append(append(s.appendFirst(dst, low), " to "...), last...)
	}
	return s.appendFirst(append(append(s.appendFirst(dst, low), orLater...), butBefore...), high)
}

// PartPhrases tells each unbroken part of some versions of whole as people do beside the
// other parts: of 17, with 17.2 marked, "earlier 17.x versions", "17.2" and "later 17.x
// versions"; of both sides of it, "other 17.x versions". No part is told to begin or end with
// one of the versions that can never be. The boolean tells whether it is one version or series
// that is told, and not several.
func (s *Scheme) PartPhrases(parts, whole, never Range) (all []string, one bool) {
	var before Range // the series of which the part before is the lower side
	whole = s.existing(whole, never)
	for _, part := range parts.Spans() {
		part = s.existing(widened(part, never), never)
		side, series := s.side(part, whole)
		if side == later && series.Equal(before) {
			all, side = all[:len(all)-1], other
		}
		if before = (Range{}); side == earlier {
			before = series
		}
		one = len(all) == 0 && s.isOneVersion(part)
		all = append(all, string(s.appendPart(nil, part, side, series)))
	}
	return all, one
}

// existing is a range without versions that can never be at its ends; one that is told as
// one version, or begins with a series, stays what it is there.
func (s *Scheme) existing(r, never Range) Range {
	if s.isOneVersion(r) {
		return r
	}
	rest := r.Minus(never).spans
	low, high := r.spans[0].low, rest[len(rest)-1].high
	if !s.begins(&low) {
		low = rest[0].low
	}
	if end := r.spans[len(r.spans)-1].high; low == (bound{}) && s.begins(&end) { // "before 10"
		high = end
	}
	return between(low, high)
}

// widened is the whole series that a part begins with, where there are no others of it.
func widened(part, never Range) Range {
	low := &part.spans[0].low
	for n := 1; n <= low.size(); n++ {
		if series := prefix(low[:n]...); series.spans[0].low == *low && part.Within(series) && series.Minus(part).Within(never) {
			return series
		}
	}
	return part
}

// The sides of a part of a series. What goes on has no end.
const earlier, later, other, goesOn = "earlier ", "later ", "other ", "goes on"

// side says how a part lies in a series; "" where it is told by its own bounds.
func (s *Scheme) side(part, whole Range) (string, Range) {
	if s.isOneVersion(part) || part.IsAll() || part.Equal(whole) {
		return "", Range{}
	}
	low, high := part.spans[0].low, part.spans[0].high
	begins, ends := low == whole.spans[0].low, high == whole.spans[len(whole.spans)-1].high
	switch {
	case s.isOneVersion(whole) && begins:
		return earlier, whole
	case s.isOneVersion(whole) && ends:
		return later, whole
	case high == forever:
		return goesOn, Range{}
	}
	for n := low.size(); n > 0; n-- {
		series := prefix(low[:n]...)
		switch end := series.spans[0].high; {
		case end == high:
			return later, series
		case high.compare(&end) < 0 && low == series.spans[0].low:
			return earlier, series
		}
	}
	return "", Range{}
}

func (s *Scheme) appendPart(dst []byte, part Range, side string, series Range) []byte {
	switch {
	case side == "" && part.spans[0].low == bound{} && s.HasPhrase(part):
		return s.AppendPhrase(append(dst, "versions "...), part)
	case side == "":
		return s.AppendPhrase(dst, part)
	case side == goesOn:
		return s.appendFrom(dst, &part.spans[0].low, " and later")
	case s.isLabel(series):
		return s.AppendPrint(append(append(dst, side...), "versions of "...), series)
	}
	return append(append(append(dst, side...), s.Series(series)...), " versions"...)
}

// Series names a series in a sentence about versions of it: "17.x", "2022".
func (s *Scheme) Series(r Range) string {
	if s.isLabel(r) {
		return s.Print(r)
	}
	return s.Print(r) + ".x"
}

// appendFrom names all versions from one on. Where that has no name, but the series before
// it has, it is what is after that.
func (s *Scheme) appendFrom(dst []byte, low *bound, andLater string) []byte {
	for _, l := range s.labels {
		if last := l.rng.spans[len(l.rng.spans)-1]; last.high == *low && !s.begins(low) {
			return append(append(dst, "after "...), l.Text...)
		}
	}
	return append(s.appendFirst(dst, low), andLater...)
}

// begins reports whether a series begins there.
func (s *Scheme) begins(low *bound) bool {
	return slices.ContainsFunc(s.series, func(r Range) bool { return r.spans[0].low == *low })
}

// appendFirst names the version that a range begins with: a label, or the shortest number
// that is read as just that.
func (s *Scheme) appendFirst(dst []byte, low *bound) []byte {
	for _, l := range s.labels {
		if l.rng.spans[0].low == *low {
			return append(dst, l.Text...)
		}
	}
	short := joinParts(low[:low.size()])
	if r, err := s.atom(short); s.dialect.width != nil && err == nil && r.spans[0].low == *low {
		return append(dst, short...)
	}
	return low.append(dst, s.dialect.width)
}

// last names the version that a range ends with: a series, or the number before the end
// where that may be of one.
func (s *Scheme) last(low, high *bound) (string, bool) {
	for _, r := range s.series {
		if last := r.spans[len(r.spans)-1]; last.high == *high && low.compare(&last.low) < 0 {
			return s.Print(r), true
		}
	}
	n := high.size()
	if high[n-1] == 0 || s.series == nil && s.dialect.width != nil {
		return "", false
	}
	before := *high
	before[n-1]--
	one := prefix(before[:n]...)
	if s.series != nil && !slices.ContainsFunc(s.series, one.Overlaps) {
		return "", false
	}
	return s.Print(one), !slices.Equal(low[:n], before[:n]) // "12.2 to 12" is no range
}
