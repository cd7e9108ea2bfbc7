package lifecycle

import (
	"cmp"
	"slices"
	"strings"

	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/internal/order"
	"github.com/testedon/testedon/message"
	"github.com/testedon/testedon/version"
)

// Technology is what is known of the series of one technology.
type Technology struct {
	Periods []*Period // the newest first
	Words   *message.Language
	spells  []spell // of them, the lowest versions first
}

// spell is periods that share versions, directly or through each other. Those of
// a technology share none with each other and stand in order, so that one is found
// without looking at all.
type spell struct {
	versions version.Range
	periods  []*Period
}

// Answer says whether the versions asked for are maintained. The zero Answer says
// nothing, as where the question has no day or a component could not be read.
type Answer struct {
	State fact.LifecycleState
	// Best is the series, of those asked for, that is maintained longest. It gives
	// the state. It is nil where that is unknown.
	Best *Period
	// Worst is the one that is maintained shortest: Best where there is one only.
	Worst *Period

	today, soon fact.Day
}

// Find finds what versions mean for support on a day, where the days until another one
// count as soon. Of the series that the versions are in, the one maintained longest gives
// the state; the one maintained shortest is told beside it.
func (t *Technology) Find(versions version.Range, today, soon fact.Day) Answer {
	a := Answer{State: fact.Unknown, today: today, soon: soon}
	for _, s := range t.spells[t.firstSpell(versions):] {
		if s.versions.Relate(versions) == version.Above {
			break
		}
		for _, p := range s.periods {
			if p.Range.Overlaps(versions) {
				a.take(p)
			}
		}
	}
	if a.Best != nil {
		a.State = a.Best.state(today, soon)
	}
	return a
}

func (a *Answer) take(p *Period) {
	if a.Best == nil || compareEnds(p, a.Best) > 0 {
		a.Best = p
	}
	if a.Worst == nil || compareEnds(p, a.Worst) < 0 {
		a.Worst = p
	}
}

// firstSpell is the place of the first that is not wholly below the versions.
func (t *Technology) firstSpell(versions version.Range) int {
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

// Settle brings the periods, when all of them are added, into their order, the newest
// first, and gathers those that share versions.
func (t *Technology) Settle() {
	byVersion := slices.Clone(t.Periods)
	order.Stable(byVersion, func(a, b *Period) int { return a.Range.Compare(b.Range) })
	for _, p := range byVersion {
		n := len(t.spells)
		if n == 0 || t.spells[n-1].versions.Relate(p.Range) == version.Below {
			t.spells = append(t.spells, spell{versions: p.Range})
			n++
		}
		s := &t.spells[n-1]
		s.versions, s.periods = s.versions.Union(p.Range), append(s.periods, p)
	}
	order.Stable(t.Periods, newestFirst)
}

// newestFirst orders periods by when they were released; then by what is maintained
// longest.
func newestFirst(a, b *Period) int {
	return cmp.Or(cmp.Compare(b.released, a.released), compareEnds(b, a), strings.Compare(a.ID, b.ID))
}
