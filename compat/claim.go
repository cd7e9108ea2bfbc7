package compat

import (
	"slices"

	"github.com/testedon/testedon/compat/fact"
)

// Claims lists every statement: those of the dataset, then those that images and test
// runs make.
func (m *Matrix) Claims() []*fact.Claim {
	all := make([]*fact.Claim, 0, len(m.ds.Claims)+len(m.made))
	for i := range m.ds.Claims {
		all = append(all, &m.ds.Claims[i])
	}
	return append(all, m.made...)
}

func (b *builder) claims() {
	stated := map[*Release][][]fact.Claim{}
	claims := b.m.ds.Claims
	for len(claims) > 0 { // those of one release stand together, as IDs begin with it
		n := 1
		for n < len(claims) && claims[n].Scope() == claims[0].Scope() {
			n++
		}
		for _, r := range b.reach("claim "+claims[0].ID, claims[0].Scope(), true) {
			stated[r] = append(stated[r], claims[:n])
		}
		claims = claims[n:]
	}
	b.eachRelease(func(b *builder, r *Release) {
		for _, claims := range stated[r] {
			b.list(r, claims)
		}
	})
}

// list adds claims to a release that they reach.
func (b *builder) list(r *Release, claims []fact.Claim) {
	r.listings = slices.Grow(r.listings, len(claims))
	made, known := make([]Listing, len(claims)), len(b.problems)
	for i := range claims {
		c, l := &claims[i], &made[i]
		if !slices.Contains(fact.Statuses, c.Status) {
			b.fault("", "status %q is none of %s", c.Status, fact.Members(fact.Statuses))
		}
		l.Claim = c
		switch {
		case !b.listing("", l, maker{}):
		case c.Until != "" || c.Status == fact.StatusPlanned:
			r.uncounted = append(r.uncounted, l)
		default:
			r.listings = append(r.listings, l)
			r.conditional = r.conditional || len(c.With) > 0
			if c.Exclusive && !slices.Contains(r.exclusive, l.Tech.kind) {
				r.exclusive = append(r.exclusive, l.Tech.kind)
			}
		}
		for ; known < len(b.problems); known++ { // a million names that nobody reads are not made
			b.problems[known].Where = "claim " + c.ID
		}
	}
}

// held checks from when to when a claim held: each time after the first was brought by a
// change, and all but the last have ended before the next began.
func (b *builder) held(where string, c *fact.Claim) {
	last := fact.Day(0)
	if s := b.m.sources[c.Citation.Source]; c.Terms()[0].Since == "" && s != nil {
		last = b.dated[s].date
	}
	for i, t := range c.Terms() {
		since, until := b.day(where, "since", t.Since), b.day(where, "until", t.Until)
		switch {
		case i > 0 && (t.Since == "" || t.BroughtBy == ""):
			b.fault(where, "stands again after %s, without since and brought_by, which tell when and by which change", c.Terms()[i-1].Until)
		case t.BroughtBy != "" && t.Since == "":
			b.fault(where, "names the change that brought it and not the day; since and brought_by belong together")
		case (t.Until == "") != (t.EndedBy == ""):
			b.fault(where, "says until when it held and not by which source, or the other way round; until and ended_by belong together")
		case i < len(c.Earlier) && t.Until == "":
			b.fault(where, "stands again after a time that has not ended; give that one until and ended_by")
		}
		for _, by := range []string{t.BroughtBy, t.EndedBy} {
			if by != "" {
				b.source(where, by)
			}
		}
		if since != 0 && since < last {
			b.fault(where, "held since %s, before a time that ended on %s; the times stand in their order and do not overlap", t.Since, last)
		}
		if last = max(last, since); until != 0 && until < last {
			b.fault(where, "held until %s, before it held since %s; one of them is wrong", t.Until, last)
		}
		last = max(last, until)
	}
}
