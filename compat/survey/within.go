package survey

import (
	"strconv"

	"github.com/testedon/testedon/compat/fact"
)

// Within is a time to look ahead, such as six months. The zero Within is no time at
// all.
type Within struct{ Years, Months, Days int }

// maxWithinYears bounds a time to look ahead.
const maxWithinYears = 10

// withinUnits are the most of each unit, and what one of it is.
var withinUnits = map[byte]struct {
	most int
	one  Within
}{
	'd': {maxWithinYears * 366, Within{Days: 1}},
	'w': {maxWithinYears * 53, Within{Days: 7}},
	'm': {maxWithinYears * 12, Within{Months: 1}},
	'y': {maxWithinYears, Within{Years: 1}},
}

// ParseWithin reads a time to look ahead: "30d", "12w", "6m", "2y". The error is an
// *Error of code invalid.
func ParseWithin(text string) (Within, error) {
	end := len(text) - 1
	if end < 1 {
		return Within{}, notWithin(text)
	}
	unit, known := withinUnits[text[end]]
	n, err := strconv.ParseUint(text[:end], 10, 16)
	if !known || err != nil || int(n) > unit.most {
		return Within{}, notWithin(text)
	}
	return Within{int(n) * unit.one.Years, int(n) * unit.one.Months, int(n) * unit.one.Days}, nil
}

func notWithin(text string) error {
	return fact.Refuse("within", "within.unknown", strconv.Quote(text))
}

// from is the last day of the time that begins on a day.
func (w Within) from(today fact.Day) fact.Day { return today.After(w.Years, w.Months, w.Days) }
