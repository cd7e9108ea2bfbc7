package compat

import (
	"cmp"
	"slices"

	"github.com/testedon/testedon/compat/fact"
)

// strongestFirst brings claims that all cover what was asked into the order in which they
// count, the one that decides first:
//
//  1. A claim about the release goes before one about its platform, then the stronger
//     source counts.
//  2. Of a no and a yes that stand equal in this the newer counts; where the day of one is
//     not known, or both are of one day, the no. That it is not recommended counts only
//     where it is the newer.
//  3. Of several that say yes the better verdict counts, then the exact match. That a newer
//     page says less ("required" where an older one says "tested") takes nothing away.
//  4. What the vendor ships is weighed against what decides by then, and never lowers it: it
//     counts where the other supports less than it, and against a no where its source is
//     stronger, or as strong and newer.
func (c *ComponentAnswer) strongestFirst(claims []*Listing) {
	slices.SortStableFunc(claims, c.compareStrength)
	at := c.deciding(claims)
	if shipped := slices.IndexFunc(claims, (*Listing).shipped); shipped >= 0 && (at < 0 || c.shippedCounts(claims[shipped], claims[at])) {
		at = shipped
	}
	first := claims[at]
	copy(claims[1:], claims[:at])
	claims[0] = first
}

// compareStrength orders claims by the steps of strongestFirst, a no before a yes.
func (c *ComponentAnswer) compareStrength(a, b *Listing) int {
	return cmp.Or(
		compareBool(a.Inherited != nil, b.Inherited != nil),
		cmp.Compare(a.Source.Authority.Rank(), b.Source.Authority.Rank()),
		-compareBool(c.worth(a) == fact.Incompatible, c.worth(b) == fact.Incompatible),
		-compareBool(a.no(), b.no()),
		cmp.Compare(c.worth(a).Rank(), c.worth(b).Rank()),
		-compareBool(c.Range.Equal(a.Range), c.Range.Equal(b.Range)),
		-compareBool(a.Paged(), b.Paged()),
		cmp.Compare(b.day, a.day),
	)
}

// compareParts is compareStrength for claims that each cover a part of what was asked: what
// is shipped counts for what no other covers.
func (c *ComponentAnswer) compareParts(a, b *Listing) int {
	return cmp.Or(compareBool(a.shipped(), b.shipped()), c.compareStrength(a, b))
}

// deciding is the place of the claim that decides by steps 1 to 3, of those in their order; -1
// where all are shipped.
func (c *ComponentAnswer) deciding(claims []*Listing) int {
	first := slices.IndexFunc(claims, func(l *Listing) bool { return !l.shipped() })
	switch {
	case first < 0:
		return first
	case !claims[first].no():
		return dissuaded(claims, first)
	}
	newest := claims[first].day
	for i := first; i < len(claims) && claims[i].equals(claims[first]); i++ {
		switch l := claims[i]; {
		case l.no():
			if newest = max(newest, l.day); l.day == 0 {
				return first
			}
		case !l.shipped() && l.day > newest:
			return i
		}
	}
	return first
}

// dissuaded is the place of a claim that says that something is not recommended, where it
// is newer than all that say yes, the first of which is at a place; else that place.
func dissuaded(claims []*Listing, first int) int {
	at, newest := first, fact.Day(0)
	for i := first; i < len(claims) && claims[i].equals(claims[first]); i++ {
		switch l := claims[i]; {
		case l.shipped():
		case l.Status == fact.StatusNotRecommended:
			if at == first || l.day > claims[at].day {
				at = i
			}
		case l.day == 0:
			return first
		default:
			newest = max(newest, l.day)
		}
	}
	if claims[at].day > newest {
		return at
	}
	return first
}

// shippedCounts is step 4.
func (c *ComponentAnswer) shippedCounts(shipped, other *Listing) bool {
	if !other.no() {
		return c.worth(other).Worse(c.worth(shipped))
	}
	stronger := cmp.Compare(shipped.Source.Authority.Rank(), other.Source.Authority.Rank())
	return stronger < 0 || stronger == 0 && other.day != 0 && shipped.day > other.day
}

// equals reports whether two claims are about the same, and their sources as strong.
func (l *Listing) equals(o *Listing) bool {
	return l.Inherited == o.Inherited && l.Source.Authority == o.Source.Authority
}

// no reports whether the claim says that it does not work.
func (l *Listing) no() bool { return l.Status == fact.StatusIncompatible }

func (l *Listing) shipped() bool { return l.Status == fact.StatusShipped }

// meant reports whether a claim is known to mean what is asked about, as far as it covers
// that. An image means just what the Dockerfile names, no part of it: "alpine:3.23" was one
// of that series, and which is not told. One that names no version means the series that were out on its day, and of these
// the versions that are known to have been. A question without a version is as the claim.
func (c *ComponentAnswer) meant(l *Listing) bool {
	switch {
	case l.shipped():
		return l.Range.Within(c.Range) || !l.Range.Overlaps(c.Range)
	case l.unnamed:
		return c.Range.IsAll() || l.Paged() && slices.ContainsFunc(l.tech.periods, func(p *Period) bool { return p.had(c.Range, l.day) })
	}
	return true
}
