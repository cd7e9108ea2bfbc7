package lifecycle

import "github.com/testedon/testedon/compat/fact"

// Append appends to dst a sentence that says whether the versions asked for are
// maintained, for an answer that has found a series.
func (a *Answer) Append(dst []byte) []byte {
	if a.Best == a.Worst {
		return append(a.Best.append(dst, "", a.today, a.soon), '.')
	}
	dst = append(dst, "It depends on the "...)
	if a.Best.Range.Equal(a.Worst.Range) {
		dst = append(dst, "edition, from "...)
	} else {
		dst = append(dst, "series, from "...)
	}
	dst = a.Worst.append(dst, ", which", a.today, a.soon)
	dst = a.Best.append(append(dst, ", to "...), ", which", a.today, a.soon)
	return append(dst, '.')
}

// Text says in a sentence whether the series is maintained on a day.
func (p *Period) Text(today fact.Day) string {
	return string(append(p.append(nil, "", today, Soon(today)), '.'))
}

// append appends the sentence without its end; which stands after the name.
func (p *Period) append(dst []byte, which string, today, soon fact.Day) []byte {
	dst = append(append(dst, p.display...), which...)
	state := p.state(today, soon)
	switch {
	case state == fact.Ended && p.Ended:
		dst = append(dst, " is past its vendor's end of life, on a day that is not known"...)
	case state == fact.Ended:
		dst = append(append(dst, " passed its vendor's end of life on "...), p.Ends...)
	case state == fact.EndingSoon:
		dst = append(append(dst, " reaches its vendor's end of life on "...), p.Ends...)
	case p.ends != 0:
		dst = append(append(dst, " is maintained until "...), p.Ends...)
	default:
		dst = append(dst, " is maintained, with no end announced"...)
	}
	if state != fact.Ended && p.support != 0 && p.support < today {
		dst = append(append(dst, "; its active support ended on "...), p.Support...)
	}
	if state != fact.Maintained && p.extended >= today && p.extended > p.ends {
		dst = append(append(dst, "; extended support runs until "...), p.Extended...)
	}
	return dst
}
