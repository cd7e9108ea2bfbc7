package version

// PrintPart writes a part of some versions so that it can be asked for by itself. A bound at
// which one of marks begins or ends is told by that mark: of 17, with 17.2 marked, the parts
// are ">=17 <17.2", "17.2" and ">17.2 <18".
func (s *Scheme) PrintPart(part Range, marks []Range) string {
	if len(part.spans) != 1 || s.isOneVersion(part) {
		return s.Print(part)
	}
	var text string
	low, high := part.spans[0].low, part.spans[0].high
	if low != (bound{}) {
		text = s.printEnd(">", low, marks, func(m *span) bound { return m.high })
	}
	switch {
	case high == forever:
		return text
	case text != "":
		text += " "
	}
	return text + s.printEnd("<", high, marks, func(m *span) bound { return m.low })
}

// printEnd tells an end by the mark of which it is an end as well, or by its number.
func (s *Scheme) printEnd(sign string, end bound, marks []Range, of func(*span) bound) string {
	for _, m := range marks {
		if len(m.spans) == 1 && of(&m.spans[0]) == end && s.isOneVersion(m) {
			return sign + s.Print(m)
		}
	}
	if sign == ">" {
		sign = ">="
	}
	return sign + s.printBound(end)
}

func (s *Scheme) printBound(v bound) string {
	return string(v.append(nil, s.dialect.width))
}

// isOneVersion reports whether r is printed as one version, without operators.
func (s *Scheme) isOneVersion(r Range) bool {
	if len(r.spans) == 1 {
		if _, n := r.spans[0].prefix(); n > 0 {
			return true
		}
	}
	return s.isLabel(r)
}

func (s *Scheme) isLabel(r Range) bool {
	for _, l := range s.labels {
		if l.rng.Equal(r) {
			return true
		}
	}
	return false
}
