package compat

import (
	"cmp"
	"slices"

	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/internal/order"
	"github.com/testedon/testedon/version"
)

// part is a part of the versions asked about of which all have one verdict.
type part struct {
	versions version.Range
	tech     *Technology // whose versions they are, where that is another member of the family
	by       []statement // that cover it, the one that decides first; none where it is not listed
	verdict  fact.Verdict
	when     string // what else has to be true, for it to be what settled says
	settled  fact.Verdict
}

// stated reports whether a statement covers the part.
func (p part) stated() bool { return len(p.by) > 0 }

// parts divides the versions asked about by what is stated of them, lowest first.
func (c *ComponentAnswer) parts() []part {
	return c.divide(c.gather(c.gather(nil, c.Technology.named), c.Technology.led))
}

// divide is parts by given statements.
func (c *ComponentAnswer) divide(all []statement) []part {
	pieces := c.Range.Spans()
	for _, s := range all {
		pieces = s.divide(pieces)
	}
	pieces = slices.DeleteFunc(pieces, func(p version.Range) bool { return !c.Technology.possible(p) }) // nothing is there to judge
	order.Stable(pieces, version.Range.Compare)
	parts := make([]part, len(pieces))
	for i, versions := range pieces {
		parts[i] = c.decided(all, versions)
	}
	for _, s := range all {
		for _, unit := range s.units {
			parts = c.whole(parts, all, s, unit)
		}
	}
	return parts
}

// split divides ranges so that none lies partly within another one.
func split(pieces []version.Range, by version.Range) []version.Range {
	var all []version.Range
	for i, p := range pieces {
		if p.Within(by) || !p.Overlaps(by) {
			if all != nil {
				all = append(all, p)
			}
			continue
		}
		if all == nil {
			all = append(make([]version.Range, 0, len(pieces)+2), pieces[:i]...)
		}
		all = append(append(all, p.Intersect(by).Spans()...), p.Minus(by).Spans()...)
	}
	if all == nil {
		return pieces
	}
	return all
}

// decided is the part of some versions none of which differs from the others in what
// covers it.
func (c *ComponentAnswer) decided(all []statement, versions version.Range) part {
	var by []statement
	for _, s := range all {
		if s.covers(versions) {
			by = append(by, s)
		}
	}
	if len(by) == 0 {
		return part{versions: versions, verdict: fact.NotListed}
	}
	return c.part(by, versions)
}

// part is that of versions that some statements cover.
func (c *ComponentAnswer) part(by []statement, versions version.Range) part {
	if len(by) > 1 {
		c.strongestFirst(by, versions)
		by = sameStepOrNamed(by)
	}
	first := by[0]
	p := part{versions: versions, by: by, verdict: c.supports(first, versions)}
	switch {
	case p.verdict != fact.Conditional:
		return p
	case c.state(first.Listing) == open:
		p.when = first.When
	case !first.surely(versions):
		p.when = c.release.Words().Text("when.meant")
	default:
		return p
	}
	if p.settled = verdictOf(first.Status); p.settled != fact.Incompatible {
		p.settled = p.settled.AtBest(first.limit)
	}
	return p
}

// sameStepOrNamed leaves, of statements in the order in which they count, those of the step of the
// first and those by name.
func sameStepOrNamed(all []statement) []statement {
	step := all[0].step()
	return slices.DeleteFunc(all, func(s statement) bool { return s.step() != step && s.found != statedByName })
}

// whole puts the parts of a unit of a statement together where that says more than its
// parts do, and none of them is denied.
func (c *ComponentAnswer) whole(parts []part, all []statement, s statement, unit version.Range) []part {
	if !unit.Within(c.Range) || !s.covers(unit) {
		return parts
	}
	var rest []part
	worst := fact.Tested
	for _, p := range parts {
		switch {
		case !p.versions.Overlaps(unit):
			rest = append(rest, p)
		case !p.versions.Within(unit) || p.stated() && p.by[0].SaysNo():
			return parts
		default:
			worst = worst.AtBest(p.verdict)
		}
	}
	one := c.part(slices.DeleteFunc(slices.Clone(all), func(o statement) bool { return !o.covers(unit) }), unit)
	if !worst.Worse(one.verdict) {
		return parts
	}
	one.versions = unit.Minus(c.Technology.never)
	rest = append(rest, one)
	order.Stable(rest, func(a, b part) int { return a.versions.Compare(b.versions) })
	return rest
}

// members is step 6 of judge: what is stated of no name that stands for any of the family
// is asked of each member. What no member has is left for any other.
func (c *ComponentAnswer) members(parts []part) []part {
	var open version.Range
	var all, left []part
	for _, p := range parts {
		if p.stated() {
			all = append(all, p)
		} else {
			open, left = open.Union(p.versions), append(left, p)
		}
	}
	if open.IsEmpty() {
		return all
	}
	for _, t := range c.Technology.head.members {
		if t.Generic {
			continue
		}
		asked := component(t, open)
		member := ComponentAnswer{Component: &asked, release: c.release, asked: c.asked, memory: c.memory}
		for _, p := range member.parts() {
			if p.stated() && p.verdict != fact.NotListed {
				p.tech = t
				all = append(all, p)
			}
		}
	}
	return append(all, left...)
}

// answer makes the answer of a part that is all that was asked about.
func (c *ComponentAnswer) answer(p part) {
	first := p.by[0]
	c.Verdict, c.Match, c.Via, c.deciding = p.verdict, first.match(c.Range), first.via, 1
	all, start := c.memory.listings, len(c.memory.listings)
	for i := range p.by {
		if l := p.by[i].Listing; !slices.Contains(all[start:], l) {
			all = append(all, l)
		}
	}
	c.memory.listings, c.Listed = all, all[start:len(all):len(all)]
	if p.when != "" {
		c.conditions([]part{p})
	}
}

// conclude makes the answer of the parts: all of them at least compatible, the worst;
// none better than not listed, that, or incompatible where all are; else conditional.
func (c *ComponentAnswer) conclude(parts []part) {
	c.Verdict = union(parts)
	c.Match = c.matching(parts)
	parts = c.ordered(merged(parts))
	for n := range 2 { // those that decide first
		for _, p := range parts {
			for i, s := range p.by {
				if (i == 0) == (n == 0) && !slices.Contains(c.Listed, s.Listing) {
					c.Listed = append(c.Listed, s.Listing)
				}
			}
		}
		if n == 0 {
			c.deciding = len(c.Listed)
		}
	}
	for _, p := range parts {
		if c.Via == nil && p.stated() {
			c.Via = p.by[0].via
		}
	}
	if len(parts) > 1 || parts[0].when != "" {
		c.conditions(parts)
	}
}

// union is the verdict for versions by those of their parts.
func union(parts []part) fact.Verdict {
	best, worst := fact.Incompatible, fact.Tested
	for _, p := range parts {
		if best.Worse(p.verdict) {
			best = p.verdict
		}
		worst = worst.AtBest(p.verdict)
	}
	switch {
	case !worst.Worse(fact.Compatible):
		return worst
	case best == fact.Incompatible:
		return fact.Incompatible
	case !fact.NotListed.Worse(best):
		return fact.NotListed
	}
	return fact.Conditional
}

// matching is how the versions asked about relate to those of the statements that decide.
func (c *ComponentAnswer) matching(parts []part) fact.Match {
	one, led := parts[0].by, false
	for _, p := range parts {
		if len(one) == 0 || !p.stated() || p.by[0].Listing != one[0].Listing || p.by[0].step() != one[0].step() || p.tech != nil {
			one = nil
		}
		led = led || p.stated() && p.by[0].leads()
	}
	switch {
	case len(one) > 0:
		return one[0].match(c.Range)
	case led && !c.Verdict.Worse(fact.Compatible):
		return fact.MatchPolicy
	}
	return fact.MatchBroader
}

// leads reports whether a promise, of whoever makes the technology or runs it, leads to what
// is asked.
func (s statement) leads() bool {
	return s.outside || s.found == promised || s.found == statedOfManaged
}

// match is that of versions of which the statement decides every one.
func (s statement) match(asked version.Range) fact.Match {
	switch {
	case s.leads():
		return fact.MatchPolicy
	case asked.Equal(s.versions()) && s.limit == fact.Tested:
		return fact.MatchExact
	}
	return fact.MatchSeries
}

// merged puts neighbours together that say the same.
func merged(parts []part) []part {
	var all []part
	for _, p := range parts {
		if n := len(all) - 1; n >= 0 && all[n].says(&p) {
			if both := all[n].versions.Union(p.versions); len(both.Spans()) == 1 {
				all[n].versions, all[n].by = both, slices.Concat(all[n].by, p.by)
				continue
			}
		}
		all = append(all, p)
	}
	return all
}

// says reports whether two parts tell the same, on the same statement.
func (p *part) says(o *part) bool {
	return p.verdict == o.verdict && p.when == o.when && p.tech == o.tech && p.stated() == o.stated() && (!p.stated() || p.by[0].Listing == o.by[0].Listing && p.by[0].step() == o.by[0].step())
}

// ordered brings parts into the order in which they are told: the best verdict first, then
// the members of a family in their order, then higher versions first. What any other
// member has comes last.
func (c *ComponentAnswer) ordered(parts []part) []part {
	order.Stable(parts, func(a, b part) int {
		return cmp.Or(
			cmp.Compare(a.verdict.Rank(), b.verdict.Rank()),
			compareBool(a.tech != nil, b.tech != nil),
			b.versions.Compare(a.versions),
		)
	})
	return parts
}

// conditions tells the parts.
func (c *ComponentAnswer) conditions(parts []part) {
	marks := make([]version.Range, len(c.Listed))
	for i, l := range c.Listed {
		marks[i] = l.Range
	}
	for _, p := range parts {
		told := Condition{Range: c.printed, When: p.when, Verdict: p.verdict, versions: p.versions}
		if !p.versions.Equal(c.Range) {
			told.Range = c.Technology.scheme.PrintPart(p.versions, marks)
		}
		if p.when != "" {
			told.Verdict = p.settled
		}
		switch {
		case p.tech != nil:
			told.Technology = p.tech
		case c.Technology.Generic && !p.stated():
			told.Technology = c.Technology
		}
		c.Conditions = append(c.Conditions, told)
	}
}
