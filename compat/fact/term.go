package fact

import (
	"maps"
	"slices"
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
// that is not known to have stood yet is there.
func (ds *Dataset) AsOf(day Day) *Dataset {
	past := *ds
	known := ds.known()
	past.Claims = nil
	for i := range ds.Claims {
		c := ds.Claims[i]
		if term, ok := standing(c.Terms(), day, known[c.Citation.Source]); ok {
			c.Term, c.Earlier = term, nil
			past.Claims = append(past.Claims, c)
		}
	}
	past.Images = until(ds.Images, day, func(i *Image) string { return i.Date })
	past.Configurations = until(ds.Configurations, day, func(c *Configuration) string { return c.Date })
	return &past
}

// standing is the last of some terms that had begun by a day, or may have, as it was told
// then; the boolean tells whether there is one. The first is known from a day of its source
// on, where it has none of its own.
func standing(terms []Term, day, known Day) (Term, bool) {
	for i := len(terms) - 1; i >= 0; i-- {
		t := terms[i]
		since, until := t.Begins(known), dayOf(t.Until)
		if since > day && t.BroughtBy != "" {
			continue
		}
		if until == 0 || until > day {
			t.Until, t.EndedBy = "", ""
		}
		return t, true
	}
	return Term{}, false
}

// Begins is the first day on which something is known to be stated, where its source is known
// to state it from another on; 0 for none.
func (t Term) Begins(known Day) Day {
	if t.Since == "" {
		return known
	}
	return dayOf(t.Since)
}

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
			turns[t.Begins(known[c.Citation.Source])], turns[dayOf(t.Until)] = true, true
		}
	}
	for i := range ds.Images {
		turns[dayOf(ds.Images[i].Date)] = true
	}
	for i := range ds.Configurations {
		turns[dayOf(ds.Configurations[i].Date)] = true
	}
	delete(turns, 0)
	return slices.Sorted(maps.Keys(turns))
}
