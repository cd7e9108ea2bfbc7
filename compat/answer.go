package compat

import (
	"slices"

	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/compat/lifecycle"
	"github.com/testedon/testedon/compat/requirement"
	"github.com/testedon/testedon/message"
	"github.com/testedon/testedon/version"
)

// Answer is the verdict for a whole environment. It refers to the components of
// the question and to the matrix, neither of which must be changed while it is
// in use. The zero Answer is ready for [Matrix.Check].
type Answer struct {
	Verdict fact.Verdict
	Pass    bool
	Require Require
	// RequireBy says who set the bar: the caller, the product or, where neither did, default.
	RequireBy string
	Product   *Product
	Release   *Release
	// AskedRelease is the release as it was asked for, where that only means
	// Release ("4.4", "latest"); empty where it names it.
	AskedRelease string
	Combination  Combination
	Components   []ComponentAnswer
	Assumed      []*Component                 // asked for and taken for granted: they count for nothing
	Unchecked    []string                     // kinds the release lists and the question leaves out
	Unread       []string                     // words of the question that were not understood
	Advisories   []*fact.Advisory             // every advisory of its components, once
	Moves        []Move                       // the shortest ways to an environment that passes
	Offers       []Offer                      // where there is none, what is listed of each kind that does not pass
	Stale        []Stale                      // documents it rests on that nobody has looked at for long
	Resources    *requirement.ResourcesAnswer // nil unless resources or a deployment were asked about
	AsOf         fact.Day                     // the past day that was asked about; zero for today
	Revision     int64                        // of the dataset
	Digest       string                       // of the dataset

	asked    []Component // of the question
	conflict conflict
	today    fact.Day // on which it is asked
	memory   scratch
	trial    *trial // memory of moves
}

// Provisional reports whether the answer rests on what is provisional: the claim that decides
// about a component, where none does all pages of its kind, or everything the release lists.
func (a *Answer) Provisional() bool {
	return a.Release.provisional || slices.ContainsFunc(a.Components, func(c ComponentAnswer) bool {
		return c.Provisional() || c.Verdict == fact.NotListed && len(c.Listed) == 0 && a.Release.copied(c.Technology.kind)
	})
}

// Word is the status that the vendor says it in, where the answer rests on nothing less; empty
// where it is called by its verdict.
func (a *Answer) Word() fact.Status {
	if a.Verdict != fact.Compatible || len(a.Components) == 0 ||
		slices.ContainsFunc(a.Components, func(c ComponentAnswer) bool { return c.Verdict == fact.Compatible && c.Word() == "" }) {
		return ""
	}
	return a.Product.Word
}

// Word is the status that the vendor says it in, where the answer rests on a statement of it;
// empty where it is called by its verdict.
func (c *ComponentAnswer) Word() fact.Status {
	if c.Verdict != fact.Compatible || len(c.Listed) == 0 || c.Match != fact.MatchExact && c.Match != fact.MatchSeries || c.Listed[0].Status != c.release.product.Word {
		return ""
	}
	return c.release.product.Word
}

// Unpaged reports whether no page about the release is known, so that all that is said
// of it rests on images and test runs.
func (a *Answer) Unpaged() bool { return a.Release.unpaged }

// Provisional reports whether the claim that decides is provisional.
func (c *ComponentAnswer) Provisional() bool { return len(c.Listed) > 0 && c.Listed[0].Provisional() }

// Combination says whether the whole environment is on record as one test run.
type Combination struct {
	Recorded       bool
	Result         fact.Result // of the newest recorded run; empty when none
	Configurations []*Run      // runs of this environment, those as well that do not count
	FailedParts    []*Run      // runs that failed in a part of it
	doubted        bool        // because of these, or of an update that failed
	Pairs          []*Shipment // images of the release that hold components asked for together, the newest first
}

// ComponentAnswer is the verdict for one component.
type ComponentAnswer struct {
	*Component
	Verdict    fact.Verdict
	Match      fact.Match
	Listed     []*Listing // the claims the verdict rests on
	Nearest    []*Listing // where it is not listed: the closest claims, best first
	Conditions []Condition
	Advisories []*fact.Advisory
	Via        *Via // the edge or policy that led to the listed claims, if one did
	Lifecycle  lifecycle.Answer
	Turn       *Turn  // the change that took a better verdict, where it falls short of the bar; nil without one
	Runs       []*Run // recorded runs in which some of the versions took part, under any of its names

	release  *Release
	asked    []Component // the whole environment
	deciding int         // how many of Listed decide about some of the versions
	memory   *scratch    // of the answer
}

// Condition is one part of an asked range and the verdict for just that part.
type Condition struct {
	Technology *Technology // set where the question names a generic technology
	Range      string      // within the range asked for; empty means all of it
	When       string      // what else has to be true, where no version tells
	Verdict    fact.Verdict

	versions version.Range
}

// Via explains a match that is not direct.
type Via struct {
	Kind       string      // "successor", "policy", "managed" or "derived"
	Technology *Technology // where the claims are: AdoptOpenJDK, for Temurin asked
	By         string      // who promises a policy: "PostgreSQL"
	Note       string
	Citation   fact.Citation
	Source     *fact.Source
}

// Move is an ordered list of changes that leads to an environment that passes.
type Move struct {
	Changes []Change
	Verdict fact.Verdict // of the environment after the changes
	Release *Release     // the newer release of the product that passes it as it is; nil for most

	steps int // how far its changes go together
	words *message.Language
}

// Change replaces one component, or the release, by another.
type Change struct {
	Kind      string   // of the component; "release" for the release
	Step      Step     // how far it goes
	From      string   // "PostgreSQL 16"
	To        string   // "PostgreSQL 17.2"
	Downgrade bool     // To is older than From
	Ends      fact.Day // last day on which To is maintained by its vendor; 0 where it is not known

	short string // To, without a name that stays the same
	ended bool   // Ends is past
}

// Ended reports whether To is past its end of life.
func (c *Change) Ended() bool { return c.ended }

// AsOfText is the past day that was asked about; empty for today.
func (a *Answer) AsOfText() string { return a.AsOf.Text() }
