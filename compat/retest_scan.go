package compat

import (
	"slices"

	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/compat/lifecycle"
)

// retesting is a question about what to test again, its names found, on its way to
// the answer.
type retesting struct {
	products   []*Product
	release    *Release    // nil for every one
	kind       *fact.Kind  // nil for every one
	technology *Technology // nil for every one
	found      *Retest
	skipped    map[SkipReason]int
}

// retesting finds what the question names.
func (m *Matrix) retesting(q RetestQuestion) (*retesting, error) {
	s := &retesting{skipped: map[SkipReason]int{}, found: &Retest{Today: q.Today, Until: q.Within.from(q.Today)}}
	if err := s.about(m, q.Product, q.Release); err != nil {
		return nil, err
	}
	if q.Kind != "" {
		if s.kind = m.kinds[q.Kind]; s.kind == nil {
			return nil, m.unknownKind(q.Kind)
		}
	}
	var err error
	if q.Technology != "" {
		s.technology, err = m.Technology(q.Technology)
	}
	return s, err
}

// about finds the products and the release.
func (s *retesting) about(m *Matrix, product, release string) (err error) {
	switch {
	case release != "" && product == "":
		return fact.Invalid("release", "Name its product as well.", "A release alone says nothing")
	case release != "":
		s.release, err = m.Release(product, release)
		if err == nil {
			s.products = append(s.products, s.release.product)
		}
	default:
		s.products, err = m.chosen(product)
	}
	return err
}

// unknownKind is the error about a name that no kind has; it offers them in their order.
func (m *Matrix) unknownKind(name string) error {
	kinds := slices.Clone(m.ds.Kinds)
	slices.SortStableFunc(kinds, func(a, b fact.Kind) int { return a.Order - b.Order })
	var ids []string
	for i := range kinds {
		ids = append(ids, kinds[i].ID)
	}
	return fact.NotOneOf("kind", ids, "Leave it out", "no kind is called %q", name)
}

// wants reports whether the question is about a technology.
func (s *retesting) wants(t *Technology) bool {
	return (s.kind == nil || t.kind == s.kind) && (s.technology == nil || t == s.technology)
}

// claims looks through the claims of a release.
func (s *retesting) claims(r *Release) {
	for i := range r.listings {
		l := &r.listings[i]
		if !s.wants(l.Tech) || !l.Paged() {
			continue
		}
		if reason := l.skipped(); reason != "" {
			s.skipped[reason]++
			continue
		}
		s.claim(r, l)
	}
}

// skipped tells why a claim is not looked at; empty where it is.
func (l *Listing) skipped() SkipReason {
	switch {
	case l.saysNo():
		return SaysNo
	case l.Tech.Generic:
		return AnyVendor
	case l.Range.IsAll():
		return EveryVersion
	}
	return ""
}

// claim tells a claim where all that it speaks of is or will be past its end.
func (s *retesting) claim(r *Release, l *Listing) {
	asked := Component{Technology: l.Tech, Range: l.Range}
	a := asked.lifecycle(s.found.Today, s.found.Until)
	switch a.State {
	case fact.Unknown:
		s.skipped[NoLifecycle]++
	case fact.Ended, fact.EndingSoon:
		s.found.Items = append(s.found.Items, RetestItem{
			Product: r.product, Release: r, Listing: l, State: a.State, Period: a.Best, Suggestion: a.Best.Successor(s.found.Today, s.found.Until),
		})
	case fact.Maintained:
	}
}

// newer tells the series that no release of a product lists yet.
func (s *retesting) newer(p *Product) {
	for _, t := range p.technologies() {
		if s.wants(t) && len(t.life.Periods) > 0 {
			s.newerOf(p, t)
		}
	}
}

// newerOf is newer for one technology.
func (s *retesting) newerOf(p *Product, t *Technology) {
	claims := p.claims(t)
	listed := func(period *lifecycle.Period) bool {
		return slices.ContainsFunc(claims, func(l *Listing) bool { return l.Range.Overlaps(period.Range) })
	}
	all := t.life.Periods
	newest := slices.IndexFunc(all, listed)
	if newest < 0 {
		return // what is listed is not among what is known
	}
	for _, period := range all[:newest] {
		if period.IsYounger(all[newest]) && period.Lasts(s.found.Today, s.found.Until) {
			s.found.Newer = append(s.found.Newer, NewerCycle{p, period, all[newest]})
		}
	}
}

// technologies gives what any release of a product lists, in order, each once.
func (p *Product) technologies() []*Technology {
	var all []*Technology
	for _, r := range p.ordered {
		for i := range r.groups {
			all = append(all, r.groups[i].tech)
		}
	}
	slices.SortFunc(all, compareTechnologies)
	return slices.Compact(all)
}

// claims gives the claims of all releases of a product that say yes to some of a
// technology.
func (p *Product) claims(t *Technology) []*Listing {
	var all []*Listing
	for _, r := range p.ordered {
		for _, l := range r.group(t) {
			if !l.saysNo() {
				all = append(all, l)
			}
		}
	}
	return all
}
