package lifecycle

import (
	"cmp"

	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/version"
)

// SoonMonths is how many months before its end a series counts as ending soon.
const SoonMonths = 6

// Soon is the last day of the time that counts as soon.
func Soon(d fact.Day) fact.Day { return d.After(0, SoonMonths, 0) }

// Period is a Lifecycle ready for matching: its technology and source found, its
// versions and days read.
type Period struct {
	*fact.Lifecycle
	Tech    *fact.Technology
	Range   version.Range
	Known   version.Range // of them, those up to the latest; all where that is not known
	Source  *fact.Source
	latest  version.Range // empty where that is not known
	of      *Technology
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

// Newest is the latest version of the series and its day; the series and its own where that
// is not known.
func (p *Period) Newest() (version, day string) {
	if p.Latest == "" {
		return p.cycle, p.Released
	}
	return p.Latest, p.LatestReleased
}

// State is that of the series on a day.
func (p *Period) State(today fact.Day) fact.LifecycleState { return p.state(today, Soon(today)) }

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

// Was tells whether the series was out and maintained on a day, and what of it is known
// to have been out by then.
func (p *Period) Was(day fact.Day) (maintained bool, out version.Range) {
	if p.released > day || p.State(day) == fact.Ended {
		return false, out
	}
	if released, known := fact.ParseDay(p.LatestReleased); known && released <= day && !p.latest.IsEmpty() {
		out = p.Range.Minus(p.latest.Above())
	}
	return true, out
}

// Lasts reports whether the series is out today, and maintained beyond a day and beyond
// what is soon.
func (p *Period) Lasts(today, until fact.Day) bool {
	return p.released <= today && p.state(today, max(until, Soon(today))) == fact.Maintained
}

// IsYounger reports whether the series came out after another one.
func (p *Period) IsYounger(o *Period) bool { return p.released > o.released }

// Successor is the newest series of the same technology that lasts, as Lasts has it; nil
// where there is none.
func (p *Period) Successor(today, until fact.Day) *Period {
	for _, o := range p.of.Periods {
		if o.Lasts(today, until) {
			return o
		}
	}
	return nil
}

// EndDay is the last day of maintenance; 0 where it is not known.
func (p *Period) EndDay() fact.Day { return p.ends }

// Last is the last day of maintenance: one that is not known lies before every other, one
// that is not announced after.
func (p *Period) Last() fact.Day {
	const never fact.Day = 1 << 30
	if p.ends == 0 && !p.Ended {
		return never
	}
	return p.ends
}

// compareEnds orders periods by how long they are maintained, the shortest first.
func compareEnds(a, b *Period) int {
	return cmp.Or(cmp.Compare(a.Last(), b.Last()), cmp.Compare(a.released, b.released))
}
