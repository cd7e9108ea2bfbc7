package version

// VERS writes r as a version range specifier of https://github.com/package-url/vers-spec,
// "vers:intdot/>=12.1|<12.3". It is empty where that would say another set: where r stands for
// one version of a series that has no number, for every version or for none, and where the
// technology has no versions.
//
// The type is intdot where versions are written as the numbers that are compared, and else the
// name of the scheme, whose numbers are compared in the same way. A series ends before the next
// one begins; equality is never written, as 17.2 stands for 17.2.1 as well.
func (s *Scheme) VERS(r Range) string {
	if s.dialect.versionless || r.IsMember() || r.IsEmpty() || r.IsAll() {
		return ""
	}
	text := []byte("vers:" + s.name + "/")
	if s.dialect.intdot {
		text = []byte("vers:intdot/")
	}
	constraint := func(sign string, b *bound) {
		if text[len(text)-1] != '/' {
			text = append(text, '|')
		}
		text = appendParts(append(text, sign...), b[:b.size()], s.dialect.width)
	}
	for i := range r.spans {
		if span := &r.spans[i]; span.low != (bound{}) {
			constraint(">=", &span.low)
		}
		if span := &r.spans[i]; span.high != forever {
			constraint("<", &span.high)
		}
	}
	return string(text)
}
