package lifecycle

import (
	"cmp"

	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/version"
)

// Add reads a lifecycle of the technology and puts it to the others, at the place
// where its source tells of it. It reports what cannot be read, and gives nil where that
// are the versions.
func (t *Technology) Add(l *fact.Lifecycle, tech *fact.Technology, scheme *version.Scheme, source *fact.Source, fault fact.Fault) *Period {
	where := "lifecycle " + l.ID
	versions, err := scheme.Parse(l.Version)
	if err != nil {
		fault(where, "%v", err)
		return nil
	}
	p := &Period{Lifecycle: l, Tech: tech, Range: versions, Known: versions, Source: source, of: t, printed: scheme.Print(versions)}
	p.cycle = cmp.Or(l.Name, l.Label, p.printed)
	if p.display = tech.Name; p.cycle != "" {
		p.display += " " + p.cycle
	}
	if latest, err := scheme.Parse(l.Latest); err == nil {
		p.latest = latest
	}
	if p.latest.Overlaps(versions) {
		p.Known = versions.Minus(p.latest.Above())
	}
	p.days(where, fault)
	t.Periods = append(t.Periods, p)
	return p
}

// days reads the days of a period. They may not end before they begin; but the
// latest version may be made before the series is announced.
func (p *Period) days(where string, fault fact.Fault) {
	p.released = fault.Day(where, "released", p.Released)
	fault.Day(where, "latest_released", p.LatestReleased)
	for _, d := range []struct {
		name, text string
		day        *fact.Day
	}{{"support", p.Support, &p.support}, {"ends", p.Ends, &p.ends}, {"extended", p.Extended, &p.extended}} {
		*d.day = fault.Day(where, d.name, d.text)
		if *d.day != 0 && *d.day < p.released {
			fault(where, "%s is %s, before released, %s; one of them is wrong", d.name, d.text, p.Released)
		}
	}
	switch {
	case p.Released == "":
		fault(where, "released is missing; write the day as 2026-01-31")
	case p.Ended && p.Ends != "":
		fault(where, "ended is for an end whose day is not known, but ends names one; leave out either")
	case p.ends != 0 && p.support > p.ends:
		fault(where, "support is %s, after ends, %s; one of them is wrong", p.Support, p.Ends)
	case p.ends != 0 && p.extended != 0 && p.extended < p.ends:
		fault(where, "extended is %s, before ends, %s; one of them is wrong", p.Extended, p.Ends)
	}
}
