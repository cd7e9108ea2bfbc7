package fact

// Match says how the versions asked for relate to what a release lists.
type Match string

// The matches; Q is the set of versions asked for, L the set listed.
const (
	MatchExact   Match = "exact"   // Q = L
	MatchSeries  Match = "series"  // Q ⊂ L: a member of a listed series
	MatchBroader Match = "broader" // Q ⊃ L or they overlap: part of the question is listed
	MatchPolicy  Match = "policy"  // disjoint, but a written policy leads from L to Q
	MatchNewer   Match = "newer"   // disjoint, same series, Q above L
	MatchOlder   Match = "older"   // disjoint, same series, Q below L
	MatchFamily  Match = "family"  // a relative of the technology is listed, not itself
	MatchNone    Match = "none"    // nothing of it is listed
)

// Verdict grades an answer.
type Verdict string

// The verdicts, best first.
const (
	Tested       Verdict = "tested"       // listed as tested
	Compatible   Verdict = "compatible"   // supported, or a written policy covers it
	Conditional  Verdict = "conditional"  // depends on the precise version
	NotListed    Verdict = "not_listed"   // no statement covers it; not "does not work"
	Unresolved   Verdict = "unresolved"   // could not be read as a technology and version
	Incompatible Verdict = "incompatible" // a statement says no
)

// Verdicts lists every verdict, best first.
var Verdicts = []Verdict{Tested, Compatible, Conditional, NotListed, Unresolved, Incompatible}

// Rank is the position of a verdict in [Verdicts].
func (v Verdict) Rank() int {
	switch v {
	case Tested:
		return 0
	case Compatible:
		return 1
	case Conditional:
		return 2
	case NotListed:
		return 3
	case Unresolved:
		return 4
	case Incompatible:
		return 5
	}
	return len(Verdicts)
}

// Worse reports whether v ranks below o.
func (v Verdict) Worse(o Verdict) bool { return v.Rank() > o.Rank() }

// AtBest is v, or limit where v ranks above it.
func (v Verdict) AtBest(limit Verdict) Verdict {
	if limit.Worse(v) {
		return limit
	}
	return v
}
