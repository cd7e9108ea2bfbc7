package compat

import "github.com/testedon/testedon/compat/fact"

// LifecycleText says in a sentence whether the versions asked for are maintained;
// empty where nothing is said.
func (c *ComponentAnswer) LifecycleText() string { return string(c.AppendLifecycle(nil)) }

// AppendLifecycle appends the sentence to dst.
func (c *ComponentAnswer) AppendLifecycle(dst []byte) []byte {
	a := &c.Lifecycle
	switch {
	case a.State == "":
		return dst
	case a.Best == nil && c.Technology.Generic:
		return append(c.appendAsked(dst), " names no single technology, and each vendor maintains its own."...)
	case a.Best == nil:
		return append(c.appendAsked(append(dst, "Nothing is on record of how long "...)), " is maintained."...)
	case a.Best == a.Worst:
		return append(a.Best.appendText(dst, "", a.today, a.soon), '.')
	}
	dst = append(dst, "It depends on the "...)
	if a.Best.Range.Equal(a.Worst.Range) {
		dst = append(dst, "edition, from "...)
	} else {
		dst = append(dst, "series, from "...)
	}
	dst = a.Worst.appendText(dst, ", which", a.today, a.soon)
	dst = a.Best.appendText(append(dst, ", to "...), ", which", a.today, a.soon)
	return append(dst, '.')
}

// Text says in a sentence whether the series is maintained on a day.
func (p *Period) Text(today fact.Day) string {
	return string(append(p.appendText(nil, "", today, soonAfter(today)), '.'))
}

// appendText appends the sentence without its end; which stands after the name.
func (p *Period) appendText(dst []byte, which string, today, soon fact.Day) []byte {
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

// appendEnds appends, after a summary, what is past its vendor's end of life or soon
// will be, in all of the versions asked for.
func (a *Answer) appendEnds(dst []byte) []byte {
	for i := range a.Components {
		c := &a.Components[i]
		if c.Lifecycle.State == fact.Ended || c.Lifecycle.State == fact.EndingSoon {
			dst = c.AppendLifecycle(append(dst, " Mind: "...))
		}
	}
	return dst
}
