package survey

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/compat/lifecycle"
	"github.com/testedon/testedon/internal/order"
	"github.com/testedon/testedon/message"
)

// RetestQuestion asks which claims stand on versions that their vendors no longer
// maintain, or soon will not.
type RetestQuestion struct {
	Today      fact.Day
	Within     Within
	Products   []*compat.Product
	Release    *compat.Release    // of a product; nil for every release
	Kind       *fact.Kind         // nil for every kind
	Technology *compat.Technology // nil for every technology
}

// Aging is what the owner of a matrix may want to test again, or for the first
// time.
type Aging struct {
	Today, Until fact.Day // the first and the last of the days looked at
	Items        []RetestItem
	Newer        []NewerCycle
	Skipped      []SkippedClaims // by reason, in their order; those without any are left out
	words        *message.Language
}

// RetestItem is a claim, of which every series is or will be past its end.
type RetestItem struct {
	Product *compat.Product
	Release *compat.Release
	*compat.Listing
	State fact.LifecycleState // Ended, or EndingSoon where that is within the time asked for
	// Period is the series of the claim that is maintained longest.
	Period *lifecycle.Period
	// Suggestion is the newest series of the technology that is maintained beyond
	// that time, and more than soon; nil where there is none.
	Suggestion *lifecycle.Period
}

// NewerCycle is a series of a technology that came out after the newest that any
// release of a product lists, and that none does.
type NewerCycle struct {
	Product *compat.Product
	Period  *lifecycle.Period
	Listed  *lifecycle.Period // the newest that a release lists
}

// SkipReason says why a claim was not looked at.
type SkipReason string

// The reasons, in the order in which they are looked for.
const (
	SaysNo       SkipReason = "says_no"       // it says that the technology is not to be used
	AnyVendor    SkipReason = "any_vendor"    // it names no vendor, and each maintains its own
	EveryVersion SkipReason = "every_version" // it names no version
	NoLifecycle  SkipReason = "no_lifecycle"  // nothing is on record of its versions
)

// SkipReasons lists every reason.
var SkipReasons = []SkipReason{SaysNo, AnyVendor, EveryVersion, NoLifecycle}

// SkippedClaims is how many claims were not looked at for one reason.
type SkippedClaims struct {
	Reason SkipReason
	Claims int
}

// Retest looks through the claims of releases, those of their platforms among them:
//
//  1. A claim is told where every series that it speaks of is past its vendor's end
//     of life, or will be within the time asked for; the first to end comes first.
//  2. A series that came out after the newest one listed by any release of a product,
//     and is maintained as a suggestion is, is told as newer. A product whose releases name no
//     version of a technology lists them all.
func Retest(q RetestQuestion) *Aging {
	s := scan{q, &Aging{Today: q.Today, Until: q.Within.from(q.Today)}, map[SkipReason]int{}}
	for _, p := range q.Products {
		s.found.words = p.Words()
		s.newer(p)
		for _, r := range p.Releases() {
			if q.Release == nil || q.Release == r {
				s.claims(r)
			}
		}
	}
	order.Stable(s.found.Items, func(a, b RetestItem) int { return cmp.Compare(a.Period.Last(), b.Period.Last()) })
	for _, reason := range SkipReasons {
		if n := s.skipped[reason]; n > 0 {
			s.found.Skipped = append(s.found.Skipped, SkippedClaims{reason, n})
		}
	}
	return s.found
}

// scan is a question about what to test again on its way to the answer.
type scan struct {
	RetestQuestion
	found   *Aging
	skipped map[SkipReason]int
}

// wants reports whether the question is about a technology.
func (s *scan) wants(t *compat.Technology) bool {
	return (s.Kind == nil || t.Kind == s.Kind.ID) && (s.Technology == nil || t == s.Technology)
}

// claims looks through the claims of a release, and tells one where all that it speaks of
// is or will be past its end.
func (s *scan) claims(r *compat.Release) {
	for _, l := range r.Listings() {
		if !s.wants(l.Tech) || !l.Paged() {
			continue
		}
		life := l.LifecycleUntil(s.found.Today, s.found.Until)
		switch reason := skipped(l, life.State); {
		case reason != "":
			s.skipped[reason]++
		case life.State == fact.Ended || life.State == fact.EndingSoon:
			s.found.Items = append(s.found.Items, RetestItem{Product: r.Of(), Release: r, Listing: l, State: life.State,
				Period: life.Best, Suggestion: life.Best.Successor(s.found.Today, s.found.Until)})
		}
	}
}

// skipped tells why a claim is not looked at; empty where it is.
func skipped(l *compat.Listing, state fact.LifecycleState) SkipReason {
	switch {
	case l.SaysNo():
		return SaysNo
	case l.Tech.Generic:
		return AnyVendor
	case l.Range.IsAll():
		return EveryVersion
	case state == fact.Unknown:
		return NoLifecycle
	}
	return ""
}

// newer tells the series that no release of a product lists yet.
func (s *scan) newer(p *compat.Product) {
	claims := map[*compat.Technology][]*compat.Listing{}
	var listed []*compat.Technology
	for _, r := range p.Releases() {
		for _, l := range r.Listings() {
			if !s.wants(l.Tech) || len(l.Tech.Lifecycles()) == 0 {
				continue
			}
			if listed = append(listed, l.Tech); !l.SaysNo() {
				claims[l.Tech] = append(claims[l.Tech], l)
			}
		}
	}
	order.Stable(listed, (*compat.Technology).Compare)
	for _, t := range slices.Compact(listed) {
		all := t.Lifecycles()
		newest := slices.IndexFunc(all, func(period *lifecycle.Period) bool {
			return slices.ContainsFunc(claims[t], func(l *compat.Listing) bool { return l.Range.Overlaps(period.Range) })
		})
		for _, period := range all[:max(newest, 0)] { // else what is listed is not among what is known
			if period.IsYounger(all[newest]) && period.Lasts(s.found.Today, s.found.Until) {
				s.found.Newer = append(s.found.Newer, NewerCycle{p, period, all[newest]})
			}
		}
	}
}

// Summary says in a sentence or two how much there is to test.
func (r *Aging) Summary() string {
	ended := 0
	for i := range r.Items {
		if r.Items[i].State == fact.Ended {
			ended++
		}
	}
	return r.words.Text("retest", strconv.Itoa(ended), strconv.Itoa(len(r.Items)-ended), r.Until.String(), strconv.Itoa(len(r.Newer)))
}
