package survey

import (
	"cmp"
	"math"
	"slices"
	"strconv"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/internal/order"
	"github.com/testedon/testedon/message"
)

// CompareQuestion asks what changes between two releases of a product, or from one day of a
// release to another. The releases may be of two days of one catalogue.
type CompareQuestion struct {
	From, To   *compat.Release
	FromAsOf   fact.Day // the past day that From tells of; zero for today
	ToAsOf     fact.Day // the same of To
	Components []compat.Component
	Require    compat.Require
	Unread     []string // as in compat.Question
	Today      fact.Day // as in compat.Question
}

// Comparison is what changes from one release to another.
type Comparison struct {
	Product  *compat.Product
	From, To *compat.Release
	FromAsOf fact.Day // as in the question
	ToAsOf   fact.Day
	Changes  []Difference // by kind and technology; what stays is left out
	// Before and After are the answers for the environment asked about; nil where
	// none was. The moves of After mend it.
	Before, After *compat.Answer
	Breaks        []*compat.ComponentAnswer // of After: the components whose verdict is worse
}

// Way says how what is listed of a technology changes.
type Way string

// The ways.
const (
	Adds    Way = "adds"    // the technology is listed from here on
	Drops   Way = "drops"   // it is listed no more
	Narrows Way = "narrows" // some versions are listed no more
	Widens  Way = "widens"  // further versions are listed
	Changes Way = "changes" // both
	// Restates says that what is listed counts as before, and that some of it is called
	// otherwise: not recommended, say.
	Restates Way = "restates"
)

// Difference is what changes for one technology.
type Difference struct {
	Technology *compat.Technology
	Way        Way
	Gained     []Shift // statements of the newer release that say more than the older one
	Lost       []Shift // statements of the older release of which the newer one says less
	Restated   []Restatement
}

// Restatement is a statement on pages that counts as before and whose status is another
// one, that speaks against something as the first, or that does so no more.
type Restatement struct {
	*compat.Listing             // of the newer release; of the older one where the newer one states nothing
	Before, After   fact.Status // empty where a release states nothing of just these versions
}

// Shift is a statement and what both releases make of just its versions.
type Shift struct {
	*compat.Listing
	Before, After fact.Verdict
	Why           string // of the release that says less
}

// Compare tells what changes from one release to another: for each statement of
// either, what both make of its versions where its condition is met, so that a policy
// or another name of a technology counts as it does in every answer. The error is
// of code invalid: both releases assume all components.
func Compare(q CompareQuestion) (*Comparison, error) {
	c := &Comparison{Product: q.To.Of(), From: q.From, To: q.To, FromAsOf: q.FromAsOf, ToAsOf: q.ToAsOf}
	c.differ()
	if len(q.Components) == 0 {
		return c, nil
	}
	c.Before, c.After = q.check(c.From, c.FromAsOf), q.check(c.To, c.ToAsOf)
	if len(c.Before.Components)+len(c.After.Components) == 0 {
		return nil, compat.NothingWeighed(c.After.Assumed, c.To.Kinds())
	}
	for i := range c.After.Components {
		after := &c.After.Components[i]
		if before := find(c.Before, after.Component); before != nil && after.Verdict.Worse(before.Verdict) || before == nil && after.Verdict != fact.Tested {
			c.Breaks = append(c.Breaks, after)
		}
	}
	return c, nil
}

// check answers of a day, also where the release assumes all that is asked.
func (q *CompareQuestion) check(r *compat.Release, asOf fact.Day) *compat.Answer {
	return check(r, compat.Question{Components: its(r, q.Components), Require: q.Require, Unread: q.Unread, Today: cmp.Or(asOf, q.Today), AsOf: asOf})
}

func check(r *compat.Release, asked compat.Question) *compat.Answer {
	a := new(compat.Answer)
	if r.Check(asked, a) != nil {
		r.Assess(asked, a)
	}
	return a
}

// its are components as the matrix of a release has them.
func its(r *compat.Release, all []compat.Component) []compat.Component {
	all = slices.Clone(all)
	for i := range all {
		all[i].Technology = r.Its(all[i].Technology)
	}
	return all
}

// find gives the answer about a component; nil where it is assumed.
func find(a *compat.Answer, asked *compat.Component) *compat.ComponentAnswer {
	for i := range a.Components {
		if a.Components[i].AsksAs(asked) {
			return &a.Components[i]
		}
	}
	return nil
}

// differ fills in the differences, in the order of kinds and technologies.
func (c *Comparison) differ() {
	lost, gained := shifts(c.From, c.To), shifts(c.To, c.From)
	restated := restatements(c.From, c.To, slices.Concat(lost, gained))
	before, after := listed(c.From), listed(c.To)
	for i := range before {
		before[i] = c.To.Its(before[i])
	}
	all := slices.Concat(before, after)
	order.Stable(all, (*compat.Technology).Compare)
	for _, t := range slices.Compact(all) {
		d := Difference{Technology: t, Lost: about(t, lost), Gained: about(t, gained)}
		for _, r := range restated {
			if r.Tech.ID == t.ID {
				d.Restated = append(d.Restated, r)
			}
		}
		for i := range d.Gained {
			s := &d.Gained[i]
			s.Before, s.After = s.After, s.Before
		}
		if d.Way = way(d, slices.Contains(before, t), slices.Contains(after, t)); d.Way != "" {
			c.Changes = append(c.Changes, d)
		}
	}
}

// shifts gives the statements of one release of which another says less. What is not known
// to have stood there yet, on a past day, says less for that alone, which is no change.
func shifts(one, other *compat.Release) []Shift {
	var all []Shift
	var a, b compat.Answer
	doubted := map[string]bool{}
	for _, l := range other.Listings() {
		doubted[l.ID] = l.Doubted()
	}
	for _, l := range one.Listings() {
		if doubted[l.ID] {
			continue
		}
		if slices.ContainsFunc(all, func(s Shift) bool { return s.Tech == l.Tech && s.Range.Equal(l.Range) && slices.Equal(s.With, l.With) }) {
			continue // two pages state it
		}
		for _, environment := range l.Environments() {
			one.Assess(compat.Question{Components: environment}, &a)
			other.Assess(compat.Question{Components: its(other, environment)}, &b)
			before, after := find(&a, &environment[0]), find(&b, &environment[0])
			if before != nil && after != nil && !before.Verdict.Worse(fact.Conditional) && after.Verdict.Worse(before.Verdict) {
				all = append(all, Shift{l, before.Verdict, after.Verdict, after.Why()})
				break
			}
		}
	}
	return all
}

// restatements gives what pages call otherwise, but for what is a shift.
func restatements(from, to *compat.Release, told []Shift) (all []Restatement) {
	unpaged := func(l *compat.Listing) bool { return !l.Paged() }
	before, after := slices.DeleteFunc(from.Listings(), unpaged), slices.DeleteFunc(to.Listings(), unpaged)
	add := func(l *compat.Listing, was, is fact.Status) {
		if !l.Doubted() && (was != "" && is != "" || l.SaysNo()) && !slices.ContainsFunc(told, func(s Shift) bool { return sameVersions(l, s.Listing) }) &&
			!slices.ContainsFunc(all, func(r Restatement) bool { return sameVersions(l, r.Listing) }) {
			all = append(all, Restatement{l, was, is})
		}
	}
	for _, l := range after {
		stays := func(other *compat.Listing) bool {
			return sameVersions(l, other) && called(before, other) == other.Status
		}
		if !slices.ContainsFunc(after, stays) {
			add(l, called(before, l), l.Status)
		}
	}
	for _, l := range before {
		if called(after, l) == "" {
			add(l, l.Status, "")
		}
	}
	return all
}

// called is what statements call the versions of another one: the same as that one, where
// one of them does; empty where none is about just these versions.
func called(all []*compat.Listing, l *compat.Listing) (found fact.Status) {
	for _, other := range all {
		if found != l.Status && sameVersions(l, other) {
			found = other.Status
		}
	}
	return found
}

// sameVersions reports whether two statements are about the same, under the same condition.
func sameVersions(l, other *compat.Listing) bool {
	return l.Tech.ID == other.Tech.ID && l.Range.Equal(other.Range) && l.When == other.When && slices.Equal(l.With, other.With)
}

// listed gives what a release lists, in order, each once.
func listed(r *compat.Release) []*compat.Technology {
	var all []*compat.Technology
	for _, l := range r.Listings() {
		if n := len(all); n == 0 || all[n-1] != l.Tech {
			all = append(all, l.Tech)
		}
	}
	return all
}

// about gives the shifts of one technology.
func about(t *compat.Technology, all []Shift) []Shift {
	return slices.DeleteFunc(slices.Clone(all), func(s Shift) bool { return s.Tech.ID != t.ID })
}

// way names what changes; empty where nothing does.
func way(d Difference, before, after bool) Way {
	switch {
	case len(d.Gained)+len(d.Lost)+len(d.Restated) == 0:
		return ""
	case len(d.Gained)+len(d.Lost) == 0:
		return Restates
	case !before:
		return Adds
	case !after:
		return Drops
	case len(d.Gained) == 0:
		return Narrows
	case len(d.Lost) == 0:
		return Widens
	}
	return Changes
}

// Ways lists every way, in the order of summaries.
var Ways = []Way{Adds, Drops, Narrows, Widens, Changes, Restates}

// Summary says in a sentence or two what changes and, where an environment was
// asked about, what that does to it.
func (c *Comparison) Summary() string {
	l := c.To.Words()
	from, to := on(l, c.From.Version, c.FromAsOf), on(l, c.To.Title(), c.ToAsOf)
	text := l.Text("compare.same", to, from)
	if len(c.Changes) > 0 {
		text = l.Text("compare.changes", from, to, c.changes(l))
	}
	text += c.From.Caution() + c.To.Caution() + c.Backwards()
	if c.After == nil {
		return text
	}
	return text + " " + c.Outcome()
}

// Backwards says that the first day is after the second one, with a space before it; empty
// where it is not.
func (c *Comparison) Backwards() string {
	if c.FromAsOf == 0 && c.ToAsOf == 0 || cmp.Or(c.ToAsOf, math.MaxInt32) >= cmp.Or(c.FromAsOf, math.MaxInt32) {
		return ""
	}
	return " " + c.To.Words().Text("compare.backwards")
}

// Title names what is compared: "WSO2 API Manager 4.5.0 → 4.6.0".
func (c *Comparison) Title() string {
	l := c.To.Words()
	return on(l, c.From.Title(), c.FromAsOf) + " → " + on(l, c.To.Version, c.ToAsOf)
}

// on is a name as of a past day; the name alone for today.
func on(l *message.Language, name string, day fact.Day) string {
	return l.Text("compare.on", name, day.Text())
}

// changes gives a phrase for each way: "adds Alpha Linux and NewKV".
func (c *Comparison) changes(l *message.Language) (text string) {
	for _, way := range Ways {
		var names []string
		for _, d := range c.Changes {
			if d.Way == way {
				names = append(names, d.Technology.Name)
			}
		}
		if len(names) > 0 {
			phrase := l.Text("compare.way", string(way), l.And(names))
			if text != "" {
				phrase = l.Text("compare.and", text, phrase)
			}
			text = phrase
		}
	}
	return text
}

// advisedAgainst reports whether some page speaks of what was asked, and recommends it not.
func advisedAgainst(c *compat.ComponentAnswer) bool {
	return slices.ContainsFunc(slices.Concat(c.Listed, c.Nearest), func(l *compat.Listing) bool { return l.Status.Dissuades() })
}

// Outcome says what becomes of the environment; empty where none was asked about.
func (c *Comparison) Outcome() string {
	if c.After == nil {
		return ""
	}
	l := c.To.Words()
	before, after := c.Before.Verdict, c.After.Verdict
	how, dropped := "", true
	var broken []string
	for _, b := range c.Breaks {
		broken, dropped = fact.AppendNew(broken, b.Understood()), dropped && b.Verdict == fact.NotListed && !advisedAgainst(b)
	}
	switch {
	case before == after && after == fact.Unresolved:
		how = "unread"
	case before == after:
		how = "stays"
	case dropped && after == fact.NotListed && len(broken) > 0 && !before.Worse(fact.Compatible):
		how = "dropped"
	}
	why := ""
	switch {
	case len(broken) == 0:
	case !dropped:
		why = "because"
	default:
		why = "unlisted"
	}
	word := func(v fact.Verdict) string { return l.Text("word", string(v)) }
	return l.Text("compare.outcome", how, word(before), word(after), why, l.And(broken), strconv.Itoa(len(broken)))
}
