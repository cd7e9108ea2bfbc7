package compat

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/compat/lifecycle"
)

// RetestQuestion asks which claims stand on versions that their vendors no longer
// maintain, or soon will not.
type RetestQuestion struct {
	Today      fact.Day
	Within     Within
	Product    string // ID, name or alias; empty for every product
	Release    string // version or alias, of the product; empty for every release
	Kind       string // a Kind's ID or alias; empty for every kind
	Technology string // ID, name or alias; empty for every technology
}

// Retest is what the owner of a matrix may want to test again, or for the first
// time.
type Retest struct {
	Today, Until fact.Day // the first and the last of the days looked at
	Items        []RetestItem
	Newer        []NewerCycle
	Skipped      []SkippedClaims // by reason, in their order; those without any are left out
}

// RetestItem is a claim, of which every series is or will be past its end.
type RetestItem struct {
	Product *Product
	Release *Release
	*Listing
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
	Product *Product
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
//
// The error is an *Error of code unknown_product, unknown_release, not_found or
// invalid.
func (m *Matrix) Retest(q RetestQuestion) (*Retest, error) {
	s, err := m.retesting(q)
	if err != nil {
		return nil, err
	}
	for _, p := range s.products {
		for _, r := range p.ordered {
			if s.release == nil || s.release == r {
				s.claims(r)
			}
		}
		s.newer(p)
	}
	slices.SortStableFunc(s.found.Items, func(a, b RetestItem) int { return cmp.Compare(a.Period.Last(), b.Period.Last()) })
	for _, reason := range SkipReasons {
		if n := s.skipped[reason]; n > 0 {
			s.found.Skipped = append(s.found.Skipped, SkippedClaims{reason, n})
		}
	}
	return s.found, nil
}

// Summary says in a sentence or two how much there is to test.
func (r *Retest) Summary() string {
	ended := 0
	for i := range r.Items {
		if r.Items[i].State == fact.Ended {
			ended++
		}
	}
	text := capitalized("%s on versions past their vendor's end of life, and %s on versions that will be by %s.",
		stand(ended), stand(len(r.Items)-ended), r.Until)
	if len(r.Newer) > 0 {
		text += " " + capitalized("%s maintained that no release lists yet.", counted(len(r.Newer), "newer series is", "newer series are"))
	}
	return text
}

// capitalized formats a sentence, its first letter a capital.
func capitalized(format string, args ...any) string {
	text := fmt.Sprintf(format, args...)
	return strings.ToUpper(text[:1]) + text[1:]
}

// stand is "one claim stands", "2 claims stand", "no claim stands".
func stand(n int) string { return counted(n, "claim stands", "claims stand") }

// counted is a number with its words.
func counted(n int, one, many string) string {
	switch n {
	case 0:
		return "no " + one
	case 1:
		return "one " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
