package compat

import (
	"cmp"
	"slices"
	"strings"

	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/version"
)

// lifecycles reads the lifecycles and puts each to its technology.
func (b *builder) lifecycles() {
	all := b.m.ds.Lifecycles
	unique(b, "lifecycle", all, func(l *fact.Lifecycle) string { return l.ID })
	periods := make([]Period, len(all))
	for i := range all {
		b.period(&periods[i], &all[i])
	}
	for _, t := range b.m.byID {
		t.spell()
	}
}

// period reads a lifecycle.
func (b *builder) period(p *Period, l *fact.Lifecycle) {
	where := "lifecycle " + l.ID
	t, source := b.technology(where, l.Technology), b.cite(where, l.Citation)
	if t == nil || t.scheme == nil {
		return
	}
	versions, err := t.scheme.Parse(l.Version)
	if err != nil {
		b.fault(where, "%v", err)
		return
	}
	*p = Period{Lifecycle: l, Tech: t.Technology, Range: versions, Source: b.page(source, l.URL), tech: t}
	p.display, p.printed = t.display(versions)
	p.cycle = cmp.Or(l.Name, l.Label, p.printed)
	if p.cycle != p.printed {
		p.display = t.Name + " " + p.cycle
	}
	for _, text := range []string{p.cycle, p.Latest} {
		if _, err := t.parse(text); err != nil {
			t.asPrinted[fact.Key(text)] = versions.Member(text)
		}
	}
	b.days(where, p)
	t.periods = append(t.periods, p)
}

// page is a source at the address of one of its pages; itself where there is none.
func (b *builder) page(s *fact.Source, url string) *fact.Source {
	if s == nil || url == "" {
		return s
	}
	at := s.ID + " " + url
	if b.pages[at] == nil {
		page := *s
		page.URL = url
		b.pages[at] = &page
	}
	return b.pages[at]
}

// days reads the days of a period. They may not end before they begin; but the
// latest version may be made before the series is announced.
func (b *builder) days(where string, p *Period) {
	p.released = b.day(where, "released", p.Released)
	b.day(where, "latest_released", p.LatestReleased)
	for _, d := range []struct {
		name, text string
		day        *fact.Day
	}{{"support", p.Support, &p.support}, {"ends", p.Ends, &p.ends}, {"extended", p.Extended, &p.extended}} {
		*d.day = b.day(where, d.name, d.text)
		if *d.day != 0 && *d.day < p.released {
			b.fault(where, "%s is %s, before released, %s; one of them is wrong", d.name, d.text, p.Released)
		}
	}
	switch {
	case p.Released == "":
		b.fault(where, "released is missing; write the day as 2026-01-31")
	case p.Ended && p.Ends != "":
		b.fault(where, "ended is for an end whose day is not known, but ends names one; leave out either")
	case p.ends != 0 && p.support > p.ends:
		b.fault(where, "support is %s, after ends, %s; one of them is wrong", p.Support, p.Ends)
	case p.ends != 0 && p.extended != 0 && p.extended < p.ends:
		b.fault(where, "extended is %s, before ends, %s; one of them is wrong", p.Extended, p.Ends)
	}
}

// day reads one day; an empty text is none.
func (b *builder) day(where, name, text string) fact.Day {
	if text == "" {
		return 0
	}
	day, ok := fact.ParseDay(text)
	if !ok {
		b.fault(where, "%s is %q, which is no day since %d; write it as 2026-01-31", name, text, fact.FirstYear)
		return 0
	}
	return day
}

// spell brings the periods of a technology into their order, the newest first,
// and gathers those that share versions.
func (t *technology) spell() {
	byVersion := slices.Clone(t.periods)
	slices.SortStableFunc(byVersion, func(a, b *Period) int { return a.Range.Compare(b.Range) })
	for _, p := range byVersion {
		n := len(t.spells)
		if n == 0 || t.spells[n-1].versions.Relate(p.Range) == version.Below {
			t.spells = append(t.spells, spell{versions: p.Range})
			n++
		}
		s := &t.spells[n-1]
		s.versions, s.periods = s.versions.Union(p.Range), append(s.periods, p)
	}
	slices.SortStableFunc(t.periods, newerPeriod)
}

// newerPeriod orders periods by when they were released, the newest first; then
// by what is maintained longest.
func newerPeriod(a, b *Period) int {
	return cmp.Or(cmp.Compare(b.released, a.released), compareEnds(b, a), strings.Compare(a.ID, b.ID))
}
