package lifecycle

import (
	"strings"

	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/message"
)

// Append appends to dst a sentence that says whether the versions asked for, by their
// name, are maintained, for an answer that has found a series.
func (a *Answer) Append(dst []byte, l *message.Language, asked string) []byte {
	which := ""
	switch {
	case a.Best == a.Worst:
		return append(a.Best.append(dst, a.today, a.soon), '.')
	case a.Worst.Ends != "" && a.Best.Ends != "" && a.Best.state(a.today, a.soon) == fact.Ended:
		return l.Append(dst, message.Find("life.all_ended"), asked, a.Worst.cycle, a.Worst.Ends, a.Best.cycle, a.Best.Ends)
	case a.Best.Range.Equal(a.Worst.Range):
		which = "edition"
	}
	dst = append(l.Append(dst, message.Find("life.differs"), which), ' ')
	dst = append(a.Worst.append(dst, a.today, a.soon), "; "...)
	return append(a.Best.append(dst, a.today, a.soon), '.')
}

// Brief says the same in a few words beside the name of the versions, but for series that differ.
func (a *Answer) Brief(l *message.Language, asked string) string {
	if a.Best == a.Worst {
		return string(a.Best.say(nil, message.Find("life.brief"), a.today, a.soon))
	}
	return strings.TrimSuffix(string(a.Append(nil, l, asked)), ".")
}

// Text says in a sentence whether the series is maintained on a day.
func (p *Period) Text(today fact.Day) string {
	return string(append(p.append(nil, today, Soon(today)), '.'))
}

var period = message.Find("life.period")

// append appends the sentence without its end.
func (p *Period) append(dst []byte, today, soon fact.Day) []byte {
	return p.say(dst, period, today, soon)
}

func (p *Period) say(dst []byte, id message.ID, today, soon fact.Day) []byte {
	state, support, extended := p.state(today, soon), "", ""
	which := string(state)
	if p.Ended && state == fact.Ended {
		which = "once"
	}
	if state != fact.Ended && p.support != 0 && p.support < today {
		support = p.Support
	}
	if state != fact.Maintained && p.extended >= today && p.extended > p.ends {
		extended = p.Extended
	}
	return p.of.Words.Append(dst, id, which, p.display, p.Ends, support, extended)
}
