package fact

// Fault reports what is wrong with a fact, and how to mend it; where names the fact.
type Fault func(where, format string, args ...any)

// Day reads a day; an empty text is none, and one that cannot be read is reported under
// the name of its field.
func (fault Fault) Day(where, name, text string) Day {
	if text == "" {
		return 0
	}
	day, ok := ParseDay(text)
	if !ok {
		fault(where, "%s is %q, which is no day since %d; write it as 2026-01-31", name, text, firstYear)
	}
	return day
}
