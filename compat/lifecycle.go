package compat

import (
	"cmp"

	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/version"
)

// SoonMonths is how many months before its end a series counts as ending soon.
const SoonMonths = 6

// soonAfter is the last day of the time that counts as soon.
func soonAfter(d fact.Day) fact.Day { return d.After(0, SoonMonths, 0) }

// Period is a Lifecycle ready for matching: its technology and source found, its
// versions and days read.
type Period struct {
	*fact.Lifecycle
	Tech    *fact.Technology
	Range   version.Range
	Source  *fact.Source
	tech    *technology
	printed string // the versions in the technology's notation
	cycle   string // the series as one says it, "13"
	display string // with the technology's name before

	released, support, ends, extended fact.Day
}

// VersionText prints the versions of the series in the technology's notation.
func (p *Period) VersionText() string { return p.printed }

// Cycle is the series as one says it: "13", "11 24H2 Home and Pro".
func (p *Period) Cycle() string { return p.cycle }

// Display names the technology and the series: "PostgreSQL 13".
func (p *Period) Display() string { return p.display }

// State is that of the series on a day.
func (p *Period) State(today fact.Day) fact.LifecycleState { return p.state(today, soonAfter(today)) }

// state is State where all days to soon count as soon.
func (p *Period) state(today, soon fact.Day) fact.LifecycleState {
	switch {
	case p.Ended || p.ends != 0 && p.ends < today:
		return fact.Ended
	case p.ends != 0 && p.ends <= soon:
		return fact.EndingSoon
	}
	return fact.Maintained
}

// had reports whether versions are known to have been out on a day, of a series that was,
// and was maintained: the series itself, and all up to its latest where that was out.
func (p *Period) had(versions version.Range, day fact.Day) bool {
	if p.released > day || p.State(day) == fact.Ended || !versions.Within(p.Range) {
		return false
	}
	if versions.Equal(p.Range) {
		return true
	}
	out, known := fact.ParseDay(p.LatestReleased)
	latest, err := p.tech.scheme.Parse(p.Latest)
	return known && out <= day && err == nil && !versions.IsMember() && versions.Relate(latest) != version.Above
}

// compareEnds orders periods by how long they are maintained, the shortest first:
// the day of an end that is not known lies before every other, an end that is not
// announced after.
func compareEnds(a, b *Period) int {
	return cmp.Or(cmp.Compare(a.last(), b.last()), cmp.Compare(a.released, b.released))
}

// last is the last day of maintenance, as compareEnds takes it.
func (p *Period) last() fact.Day {
	const never fact.Day = 1 << 30
	if p.ends == 0 && !p.Ended {
		return never
	}
	return p.ends
}

// LifecycleAnswer says whether the versions asked for are maintained. It has no part
// in any verdict. The zero LifecycleAnswer says nothing, as where the question has no
// day or a component could not be read.
type LifecycleAnswer struct {
	State fact.LifecycleState
	// Best is the series, of those asked for, that is maintained longest. It gives
	// the state. It is nil where that is unknown.
	Best *Period
	// Worst is the one that is maintained shortest: Best where there is one only.
	Worst *Period

	today, soon fact.Day
}

// lifecycle finds what the versions of a component mean for support on a day:
//
//  1. A technology that stands for any of several is unknown, as each vendor
//     maintains its own.
//  2. Of the series that the versions are in, the one maintained longest gives
//     the state; the one maintained shortest is told beside it.
//  3. Where the technology has none, those of another name count that means the
//     same in these versions (see edge).
func (c *Component) lifecycle(today, soon fact.Day) LifecycleAnswer {
	if c.tech == nil {
		return LifecycleAnswer{}
	}
	a := LifecycleAnswer{State: fact.Unknown, today: today, soon: soon}
	if c.Technology.Generic {
		return a
	}
	a.weigh(c.tech, c.Range)
	for i := 0; a.Best == nil && i < len(c.tech.edges); i++ {
		if e := &c.tech.edges[i]; c.Range.Within(e.same) {
			a.weigh(e.other, c.Range)
		}
	}
	if a.Best != nil {
		a.State = a.Best.state(today, soon)
	}
	return a
}

// date says of each component whether it is maintained on a day; nothing where
// there is none.
func (a *Answer) date(today fact.Day) {
	if today == 0 {
		return
	}
	soon := soonAfter(today)
	for i := range a.Components {
		a.Components[i].Lifecycle = a.Components[i].lifecycle(today, soon)
	}
}

// weigh finds the series maintained longest and shortest, of those that have some
// of the versions.
func (a *LifecycleAnswer) weigh(t *technology, versions version.Range) {
	for _, g := range t.spells[t.firstSpell(versions):] {
		if g.versions.Relate(versions) == version.Above {
			return
		}
		for _, p := range g.periods {
			if p.Range.Overlaps(versions) {
				a.take(p)
			}
		}
	}
}

func (a *LifecycleAnswer) take(p *Period) {
	if a.Best == nil || compareEnds(p, a.Best) > 0 {
		a.Best = p
	}
	if a.Worst == nil || compareEnds(p, a.Worst) < 0 {
		a.Worst = p
	}
}

// spell is periods that share versions, directly or through each other. Those of
// a technology share none with each other and stand in order, so that one is found
// without looking at all.
type spell struct {
	versions version.Range
	periods  []*Period
}

// firstSpell is the place of the first that is not wholly below the versions.
func (t *technology) firstSpell(versions version.Range) int {
	low, high := 0, len(t.spells)
	for low < high {
		middle := (low + high) / 2
		if t.spells[middle].versions.Relate(versions) == version.Below {
			low = middle + 1
		} else {
			high = middle
		}
	}
	return low
}

// Lifecycles lists the series of a technology that something is known of, the
// newest first.
func (m *Matrix) Lifecycles(technology string) []*Period {
	if t := m.technologies[technology]; t != nil {
		return t.periods
	}
	return nil
}
