package version

import "slices"

// AppendPhrase appends r as people write it: "12c", "17.5 or later", "9 to 17". Parse
// reads it back.
func (s *Scheme) AppendPhrase(dst []byte, r Range) []byte {
	if r.member == "" && s.name == "oracle-database" {
		for _, n := range oracleNames {
			if len(n.releases) > 0 && n.series.Equal(r) {
				return append(dst, n.name...)
			}
		}
	}
	if r.member != "" || len(r.spans) != 1 || r.IsAll() || s.isOneVersion(r) {
		return s.AppendPrint(dst, r)
	}
	low, high := &r.spans[0].low, &r.spans[0].high
	last, found := s.last(low, high)
	switch {
	case *high == forever:
		return append(s.appendFirst(dst, low), " or later"...)
	case *low == bound{}:
		return s.appendFirst(append(dst, "before "...), high)
	case found:
		return append(append(s.appendFirst(dst, low), " to "...), last...)
	}
	return s.AppendPrint(dst, r)
}

// AppendPartPhrase appends an unbroken part of whole as people tell it beside the other
// parts: of 17, with 17.2 marked, "earlier 17.x versions", "17.2" and "later 17.x
// versions". What lies outside of whole is not asked about: of ">=2.6.3", with 2.6
// marked, the parts are "2.6" and "2.7 and later".
func (s *Scheme) AppendPartPhrase(dst []byte, part, whole Range) []byte {
	if len(part.spans) != 1 || s.isOneVersion(part) || part.IsAll() || part.Equal(whole) {
		return s.AppendPhrase(dst, part)
	}
	low, high := part.spans[0].low, part.spans[0].high
	within, clipped := low == whole.spans[0].low, high == whole.spans[len(whole.spans)-1].high
	if s.isOneVersion(whole) && (within || clipped) {
		return s.appendSeries(append(dst, map[bool]string{true: "earlier ", false: "later "}[within]...), whole)
	}
	if high == forever {
		return append(s.appendFirst(dst, &low), " and later"...)
	}
	for n := low.size(); n > 0; n-- {
		series := prefix(low[:n]...)
		switch ends := series.spans[0].high; {
		case ends == high && within:
			return s.AppendPrint(dst, series)
		case ends == high:
			return s.appendSeries(append(dst, "later "...), series)
		case high.compare(&ends) < 0 && low == series.spans[0].low:
			return s.appendSeries(append(dst, "earlier "...), series)
		}
	}
	return s.AppendPhrase(dst, part)
}

// appendSeries names the versions of a series.
func (s *Scheme) appendSeries(dst []byte, series Range) []byte {
	if s.isLabel(series) {
		return s.AppendPrint(append(dst, "versions of "...), series)
	}
	return append(s.AppendPrint(dst, series), ".x versions"...)
}

// appendFirst names the version that a range begins with.
func (s *Scheme) appendFirst(dst []byte, low *bound) []byte {
	for _, l := range s.labels {
		if l.rng.spans[0].low == *low {
			return append(dst, l.Text...)
		}
	}
	return low.append(dst, s.dialect.width)
}

// last names the version that a range ends with: a label, or the one before a number.
func (s *Scheme) last(low, high *bound) (string, bool) {
	for _, l := range s.labels {
		if l.rng.spans[len(l.rng.spans)-1].high == *high {
			return l.Text, true
		}
	}
	n := high.size()
	if s.dialect.width != nil || high[n-1] == 0 {
		return "", false
	}
	before := *high
	before[n-1]--
	return joinParts(before[:n]), !slices.Equal(low[:n], before[:n]) // "12.2 to 12" is no range
}
