package compat

import (
	"cmp"
	"slices"

	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/compat/lifecycle"
	"github.com/testedon/testedon/internal/order"
	"github.com/testedon/testedon/version"
)

// strongestFirst brings statements that all cover some versions into the order in which
// they count, the one that decides first:
//
//  1. A statement of an earlier step of judge goes first; then one about the release before
//     one about its platform, then the stronger source.
//  2. Of a no and a yes that stand equal in this the newer counts; where the day of one is
//     not known, or both are of one day, the no. That it is not recommended, not tested or
//     out of support counts only where it is the newer.
//  3. Of several that say yes the better verdict counts, then the one that says it of the
//     technology itself, then the one that says it of all that is asked, then the exact
//     match. That a newer page says less ("required" where an older one says "tested")
//     takes nothing away.
//  4. What the vendor ships, as far as it is of the same step or an earlier one, is weighed
//     against what decides by then, and never lowers it: it counts where the other supports
//     less than it, and against a no where its source is stronger, or as strong and newer.
func (c *ComponentAnswer) strongestFirst(all []statement, versions version.Range) {
	order.Stable(all, func(a, b statement) int { return c.compareStrength(a, b, versions) })
	at, shipped := deciding(all), -1
	for i, s := range all {
		counts := s.shipped() && (at < 0 || s.step() <= all[at].step() && c.shippedCounts(s, all[at], versions))
		if counts && (shipped < 0 || c.supports(all[shipped], versions).Worse(c.supports(s, versions))) {
			shipped = i
		}
	}
	if shipped >= 0 {
		at = shipped
	}
	first := all[at]
	copy(all[1:], all[:at])
	all[0] = first
}

// compareStrength orders statements by the steps of strongestFirst, a no before a yes.
func (c *ComponentAnswer) compareStrength(a, b statement, versions version.Range) int {
	v, w := c.supports(a, versions), c.supports(b, versions)
	return cmp.Or(
		cmp.Compare(a.step(), b.step()),
		a.compareSource(b.Listing),
		-compareBool(v == fact.Incompatible, w == fact.Incompatible),
		-compareBool(a.no(), b.no()),
		cmp.Compare(v.Rank(), w.Rank()),
		compareBool(a.edge != nil, b.edge != nil),
		-compareBool(a.covers(c.Range), b.covers(c.Range)),
		-compareBool(versions.Equal(a.versions()), versions.Equal(b.versions())),
		-compareBool(a.Paged(), b.Paged()),
		cmp.Compare(b.day, a.day),
	)
}

// compareSource orders claims by what they are about, and by the strength of their sources.
func (l *Listing) compareSource(o *Listing) int {
	return cmp.Or(
		compareBool(l.Inherited != nil, o.Inherited != nil),
		cmp.Compare(l.Source.Authority.Rank(), o.Source.Authority.Rank()),
	)
}

// supports is what a statement says of versions that it covers.
func (c *ComponentAnswer) supports(s statement, versions version.Range) fact.Verdict {
	if s.found == promised {
		return fact.Compatible
	}
	v := c.worth(s.Listing)
	if !s.surely(versions) {
		v = v.AtBest(fact.Conditional)
	}
	if v == fact.Incompatible {
		return v
	}
	return v.AtBest(s.limit)
}

// surely reports whether the claim is known to mean just some versions that it covers. An
// image means just what the Dockerfile names, no part of it: "alpine:3.23" was one of that
// series, and which is not told. One that names no version means, where it says that they were
// tested, the series that were out on its day, and of these the versions that are known to
// have been. A question that is as wide as what it says is answered as it says.
func (l *Listing) surely(versions version.Range) bool {
	return len(l.units) == 0 || versions.Within(l.sure) || slices.ContainsFunc(l.units, versions.Equal)
}

// deciding is the place of the statement that decides by steps 1 to 3, of those in their
// order; -1 where all are shipped.
func deciding(all []statement) int {
	first := slices.IndexFunc(all, func(s statement) bool { return !s.shipped() })
	switch {
	case first < 0:
		return first
	case !all[first].no():
		return dissuaded(all, first)
	}
	newest := all[first].day
	for i := first; i < len(all) && all[i].equals(all[first]); i++ {
		switch s := all[i]; {
		case s.no():
			if newest = max(newest, s.day); s.day == 0 {
				return first
			}
		case !s.shipped() && s.day > newest:
			return i
		}
	}
	return first
}

// dissuaded is the place of a statement that speaks against something, where it is newer
// than all that say yes, the first of which is at a place; else that place.
func dissuaded(all []statement, first int) int {
	at, newest := first, fact.Day(0)
	for i := first; i < len(all) && all[i].equals(all[first]); i++ {
		switch s := all[i]; {
		case s.shipped():
		case s.Status.Dissuades():
			if at == first || s.day > all[at].day {
				at = i
			}
		case s.day == 0:
			return first
		default:
			newest = max(newest, s.day)
		}
	}
	if all[at].day > newest {
		return at
	}
	return first
}

// shippedCounts is step 4.
func (c *ComponentAnswer) shippedCounts(shipped, other statement, versions version.Range) bool {
	if !other.no() {
		return c.supports(other, versions).Worse(c.supports(shipped, versions))
	}
	stronger := cmp.Compare(shipped.Source.Authority.Rank(), other.Source.Authority.Rank())
	return stronger < 0 || stronger == 0 && other.day != 0 && shipped.day > other.day
}

// equals reports whether two statements are of one step and about the same, and their
// sources as strong.
func (s statement) equals(o statement) bool {
	return s.step() == o.step() && s.compareSource(o.Listing) == 0
}

// no reports whether the claim says that it does not work.
func (l *Listing) no() bool { return l.Status == fact.StatusIncompatible }

// SaysNo reports whether the claim speaks against something.
func (l *Listing) SaysNo() bool { return l.no() || l.Status.Dissuades() }

func (l *Listing) shipped() bool { return l.Status == fact.StatusShipped }

// unsure finds what a claim is not known to mean of the versions that it covers: sure, which has
// all of them, keeps those that it does, and units are the sets that it means as a whole.
func (l *Listing) unsure() {
	switch {
	case l.shipped():
		l.sure, l.units = version.Range{}, []version.Range{l.Range}
	case l.Version != "" || l.SaysNo():
	default:
		l.sure, l.units = version.Range{}, []version.Range{l.Range}
		if l.Status == fact.StatusTested && l.Inherited == nil && l.Paged() {
			for _, p := range l.Tech.life.Periods {
				l.was(p)
			}
		}
	}
}

// was adds what a claim without version means of a series: the series, where it was out and
// maintained on the day of the claim, and what is known to have been out of it. A text that
// was published later than written means what there was when it was written.
func (l *Listing) was(p *lifecycle.Period) {
	day := l.day
	if l.date != 0 {
		day = min(day, l.date)
	}
	if maintained, out := p.Was(day); maintained {
		l.units, l.sure = append(l.units, p.Range), l.sure.Union(out)
	}
}
