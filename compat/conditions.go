package compat

import (
	"cmp"
	"slices"

	"github.com/testedon/testedon/version"
)

// part is a part of an asked range and the verdict for just that part.
type part struct {
	versions version.Range
	verdict  Verdict
}

// weighed is a claim, the versions of it that count for a technology, and how
// much they say.
type weighed struct {
	*Listing
	versions version.Range
	verdict  Verdict
	via      *Via
}

// weigh gathers the claims on a technology and on its other names, then those on
// the name of any member of its family. The latter, and one on an older name
// outside of the versions in which both names mean one thing, say at best
// compatible.
func (c *ComponentAnswer) weigh() []weighed {
	var all []weighed
	add := func(l *Listing, versions version.Range, v Verdict, via *Via) {
		if c.Range.Overlaps(versions) {
			all = append(all, weighed{l, versions, v, via})
		}
	}
	for _, l := range c.group(c.tech) {
		add(l, l.Range, c.worth(l), nil)
	}
	for _, e := range c.tech.edges {
		for _, l := range c.group(e.other) {
			v := c.worth(l)
			add(l, l.Range.Intersect(e.same), v, e.via)
			if e.forward {
				add(l, l.Range.Minus(e.same), v.atBest(Compatible), e.via)
			}
		}
	}
	slices.SortStableFunc(all, func(a, b weighed) int { return c.compareParts(a.Listing, b.Listing) })
	named := len(all)
	for _, t := range c.tech.meant {
		if t == c.tech || !t.Generic || c.tech.related() {
			continue
		}
		for _, l := range c.group(t) {
			add(l, l.Range, c.worth(l).atBest(Compatible), nil)
		}
	}
	slices.SortStableFunc(all[named:], func(a, b weighed) int { return c.compareParts(a.Listing, b.Listing) })
	return all
}

// atBest is v, or limit where v ranks above it.
func (v Verdict) atBest(limit Verdict) Verdict {
	if limit.Worse(v) {
		return limit
	}
	return v
}

// partly is step 4 of judge: the question is less precise than the page. What a
// claim covers gets the claim's verdict, what a policy reaches is compatible,
// the rest is not listed.
func (c *ComponentAnswer) partly() bool {
	claims := c.weigh()
	if len(claims) == 0 {
		return false
	}
	c.Match, c.Verdict, c.Via = MatchBroader, Conditional, claims[0].via
	parts := c.parts(claims)
	if !slices.ContainsFunc(parts, func(p part) bool { return p.verdict != parts[0].verdict }) {
		c.Verdict = parts[0].verdict
	}
	for _, w := range claims {
		if !slices.Contains(c.Listed, w.Listing) {
			c.Listed = append(c.Listed, w.Listing)
		}
	}
	if c.Conditions = c.conditions(parts); len(c.Conditions) == 1 && c.Conditions[0].When == "" {
		c.Conditions = nil // it depends on nothing
	}
	return true
}

// parts divides the asked range by what is listed of it. A policy that covers a
// part is told as the way that led there, unless a name was.
func (c *ComponentAnswer) parts(claims []weighed) []part {
	rest := c.Range
	var parts []part
	take := func(versions version.Range, v Verdict) bool {
		taken := rest.Intersect(versions)
		if taken.IsEmpty() {
			return false
		}
		parts, rest = append(parts, part{taken, v}), rest.Minus(versions)
		return true
	}
	for _, w := range claims {
		take(w.versions, w.verdict)
	}
	for _, w := range claims {
		for i, policy := range w.tech.policies {
			if take(c.reached(w.Listing, i), Compatible) && c.Via == nil {
				c.Via = policy.via
			}
		}
	}
	take(rest, NotListed)
	return parts
}

// conditions words the parts, best verdict first, then higher versions first.
func (c *ComponentAnswer) conditions(parts []part) []Condition {
	marks := make([]version.Range, len(c.Listed))
	for i, l := range c.Listed {
		marks[i] = l.Range
	}
	var spans []part
	for _, p := range parts {
		for _, s := range p.versions.Spans() {
			spans = append(spans, part{s, p.verdict})
		}
	}
	slices.SortStableFunc(spans, func(a, b part) int {
		return cmp.Or(cmp.Compare(a.verdict.rank(), b.verdict.rank()), b.versions.Compare(a.versions))
	})
	all := make([]Condition, len(spans))
	for i, s := range spans {
		all[i] = Condition{Range: c.tech.scheme.PrintPart(s.versions, c.Range, marks), Verdict: s.verdict}
	}
	return all
}

// generic is step 6 of judge: the question names no single technology. Each
// listed member of the family is judged as if it had been asked for, and the
// answer depends on which one it is.
func (c *ComponentAnswer) generic() bool {
	for _, t := range c.tech.head.members {
		if t.Generic {
			continue
		}
		asked := component(t, c.Range)
		member := c.release.judge(&asked, c.asked)
		if member.Verdict == NotListed {
			if member.Match != MatchFamily {
				c.Nearest = append(c.Nearest, member.Nearest...)
			}
			continue
		}
		c.Listed = append(c.Listed, member.Listed...)
		c.Conditions = append(c.Conditions, member.asCondition())
	}
	if len(c.Conditions) > 0 {
		c.Match, c.Verdict, c.Nearest = MatchBroader, Conditional, nil
		c.Conditions = append(c.Conditions, Condition{Technology: c.Technology, Range: c.printed, Verdict: NotListed})
	}
	return len(c.Conditions)+len(c.Nearest) > 0
}

// asCondition is the answer for a member of a family as a part of that for the
// family.
func (c *ComponentAnswer) asCondition() Condition {
	cond := Condition{Technology: c.Technology, Range: c.printed, Verdict: c.Verdict}
	if len(c.Conditions) == 1 && c.Conditions[0].When != "" {
		cond.When, cond.Verdict = c.Conditions[0].When, c.Conditions[0].Verdict
	}
	return cond
}
