package fact

import "time"

// Day is a day of the calendar, as the number of days since 1970-01-01. The zero
// Day is none at all.
type Day int

// secondsADay turns days into the seconds that package time counts.
const secondsADay = 24 * 60 * 60

// DayOf gives the day that a time is in, in UTC.
func DayOf(t time.Time) Day { return Day(t.Unix() / secondsADay) }

// ParseDay reads a day written as 2026-01-31; the boolean tells whether it is one, else
// it is none.
func ParseDay(text string) (Day, bool) {
	t, err := time.Parse(time.DateOnly, text)
	if err != nil || t.Year() < firstYear {
		return 0, false
	}
	return DayOf(t), true
}

// firstYear is the first that days are counted in: no vendor speaks of one before,
// and the zero Day is none.
const firstYear = 1971

// String writes the day as 2026-01-31.
func (d Day) String() string { return d.Begins().Format(time.DateOnly) }

// Text is the day as it is written; empty for none.
func (d Day) Text() string {
	if d == 0 {
		return ""
	}
	return d.String()
}

// Begins is the moment at which the day begins, in UTC.
func (d Day) Begins() time.Time { return time.Unix(int64(d)*secondsADay, 0).UTC() }

// After gives the day so many years, months and days later. The 31st is the last
// day of a month that is shorter.
func (d Day) After(years, months, days int) Day {
	year, month, day := d.Begins().Date()
	year, month = year+years, month+time.Month(months)
	last := time.Date(year, month+1, 0, 0, 0, 0, 0, time.UTC)
	return DayOf(last) + Day(min(day-last.Day(), 0)+days)
}
