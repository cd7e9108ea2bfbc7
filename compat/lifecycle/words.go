package lifecycle

import "github.com/testedon/testedon/compat/fact"

// Append appends to dst a sentence that says whether the versions asked for, by their
// name, are maintained, for an answer that has found a series.
func (a *Answer) Append(dst []byte, asked string) []byte {
	switch {
	case a.Best == a.Worst:
		return append(a.Best.append(dst, a.today, a.soon), '.')
	case a.Worst.Ends != "" && a.Best.Ends != "" && a.Best.state(a.today, a.soon) == fact.Ended:
		dst = append(append(dst, "All of "...), asked...)
		dst = append(append(dst, " is past its vendor's end of life ("...), a.Worst.cycle...)
		dst = append(append(append(dst, " since "...), a.Worst.Ends...), ", "...)
		return append(append(append(append(dst, a.Best.cycle...), " since "...), a.Best.Ends...), ")."...)
	case a.Best.Range.Equal(a.Worst.Range):
		dst = append(dst, "It depends on the edition: "...)
	default:
		dst = append(dst, "It depends on the series: "...)
	}
	dst = append(a.Worst.append(dst, a.today, a.soon), "; "...)
	return append(a.Best.append(dst, a.today, a.soon), '.')
}

// Text says in a sentence whether the series is maintained on a day.
func (p *Period) Text(today fact.Day) string {
	return string(append(p.append(nil, today, Soon(today)), '.'))
}

// append appends the sentence without its end.
func (p *Period) append(dst []byte, today, soon fact.Day) []byte {
	dst = append(dst, p.display...)
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
