package fact

import (
	"maps"
	"math"
	"slices"
	"strings"

	"github.com/testedon/testedon/message"
)

// Term is a time in which a source states something.
type Term struct {
	// Since is the first day on which it is known to state it, where that is not the
	// source's own.
	Since string `json:"since,omitempty"`
	// BroughtBy is the Source of the change that brought it on that day, so that it did not
	// stand before. Where none is known it may have.
	BroughtBy string `json:"brought_by,omitempty"`
	// Until is the first day on which it no longer stands, and EndedBy the Source of the
	// change that took it. What has ended is kept, and no longer counts.
	Until   string `json:"until,omitempty"`
	EndedBy string `json:"ended_by,omitempty"`
}

// Terms are all times in which a claim stood, in their order; the last may not have ended.
func (c *Claim) Terms() []Term { return append(c.Earlier[:len(c.Earlier):len(c.Earlier)], c.Term) }

// AsOf is what was stated on a day, as far as it is known today: claims, images and runs.
// Everything else, such as names, schemes and policies, is as it is in ds, whose parts it
// shares. What began by a known change after the day is not there, what ended after it has
// not ended, and of what was stated in several times the one of that day is told. A claim
// that is not known to have stood yet is there, with a condition that says so.
func (ds *Dataset) AsOf(day Day) *Dataset {
	past, doubts := *ds, day < ds.RecordedOn()
	known := ds.known()
	past.Claims = nil
	for i := range ds.Claims {
		c := ds.Claims[i]
		terms := c.On(day, known[c.Citation.Source])
		if last := len(terms) - 1; last >= 0 {
			c.Term, c.Earlier = terms[last], terms[:last:last]
			if begins := c.Begins(known[c.Citation.Source]); doubts && c.Until == "" && (begins == 0 || begins > day) {
				c.When = strings.TrimPrefix(c.When+"; ", "; ") + Doubt(begins)
			}
			past.Claims = append(past.Claims, c)
		}
	}
	past.Images = until(ds.Images, day, func(i *Image) string { return i.Date })
	past.Configurations = until(ds.Configurations, day, func(c *Configuration) string { return c.Date })
	return &past
}

// Doubt is the condition of a claim on a day before it is known to have stood, where it is
// known to from another day on; 0 for none.
func Doubt(begins Day) string {
	return message.English.Text("when.since", begins.Text())
}

// On are the terms of a claim that had begun by a day, or may have, the last as it was told
// then. The first is known from a day of its source on, where it has none of its own.
func (c *Claim) On(day, known Day) []Term {
	terms := c.Terms()
	last := len(terms) - 1
	for last >= 0 && terms[last].BroughtBy != "" && terms[last].Begins(known) > day {
		last--
	}
	terms = terms[:last+1]
	if last >= 0 && terms[last].Ends() > day {
		terms[last].Until, terms[last].EndedBy = "", ""
	}
	return terms
}

// Begins is the first day on which something is known to be stated, where its source is known
// to state it from another on; 0 for none.
func (t Term) Begins(known Day) Day {
	if t.Since == "" {
		return known
	}
	return dayOf(t.Since)
}

// Ends is the first day on which it no longer stands; 0 where it has not ended.
func (t Term) Ends() Day { return dayOf(t.Until) }

func dayOf(text string) Day {
	day, _ := ParseDay(text)
	return day
}

// known are the days of the sources, by their IDs: those on which they are known to say
// what they are cited for.
func (ds *Dataset) known() map[string]Day {
	days := make(map[string]Day, len(ds.Sources))
	for i := range ds.Sources {
		days[ds.Sources[i].ID] = ds.Sources[i].Stated()
	}
	return days
}

// until are those of some facts that are not of a day after another one.
func until[T any](all []T, day Day, of func(*T) string) (kept []T) {
	for i := range all {
		if dayOf(of(&all[i])) <= day {
			kept = append(kept, all[i])
		}
	}
	return kept
}

// Turns are the days on which [Dataset.AsOf] changes, in their order: it is the same from
// one of them to the day before the next.
func (ds *Dataset) Turns() []Day {
	turns, known := map[Day]bool{}, ds.known()
	for i := range ds.Claims {
		c := &ds.Claims[i]
		for _, t := range c.Terms() {
			turns[t.Begins(known[c.Citation.Source])], turns[t.Ends()] = true, true
		}
	}
	for i := range ds.Images {
		turns[dayOf(ds.Images[i].Date)] = true
	}
	for i := range ds.Configurations {
		turns[dayOf(ds.Configurations[i].Date)] = true
	}
	if ds.Recorded != "" {
		turns[ds.RecordedOn()] = true
	}
	delete(turns, 0)
	return slices.Sorted(maps.Keys(turns))
}

// RecordedOn is the day of the revision; where there is no record, a day to come.
func (ds *Dataset) RecordedOn() Day {
	if ds.Recorded == "" {
		return math.MaxInt
	}
	return dayOf(ds.Recorded)
}
