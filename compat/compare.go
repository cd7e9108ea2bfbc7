package compat

import (
	"errors"
	"slices"
	"strings"

	"github.com/testedon/testedon/compat/fact"
)

// CompareQuestion asks what changes between two releases of a product.
type CompareQuestion struct {
	Product    string // ID, name or alias
	From, To   string // versions or aliases
	Components []Component
	Require    Require
	Today      fact.Day // as in Question
}

// Comparison is what changes from one release to another.
type Comparison struct {
	Product  *Product
	From, To *Release
	Changes  []Difference // by kind and technology; what stays is left out
	// Before and After are the answers for the environment asked about; nil where
	// none was. The moves of After mend it.
	Before, After *Answer
	Breaks        []*ComponentAnswer // of After: the components whose verdict is worse
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
)

// Difference is what changes for one technology.
type Difference struct {
	Technology *Technology
	Way        Way
	Gained     []Shift // statements of the newer release that say more than the older one
	Lost       []Shift // statements of the older release of which the newer one says less
}

// Shift is a statement and what both releases make of just its versions.
type Shift struct {
	*Listing
	Before, After fact.Verdict
	Why           string // of the release that says less
}

// Compare tells what changes from one release to another: for each statement of
// either, what both make of its versions where its condition is met, by the steps of judge, so that a policy
// or another name of a technology counts as it does in every answer. The error is
// an *Error of code unknown_product, unknown_release or, where both releases assume all
// components, invalid.
func (m *Matrix) Compare(q CompareQuestion) (*Comparison, error) {
	from, err := m.Release(q.Product, q.From)
	if err != nil {
		return nil, renamed(err, "from")
	}
	to, err := m.Release(q.Product, q.To)
	if err != nil {
		return nil, renamed(err, "to")
	}
	c := &Comparison{Product: from.product, From: from, To: to}
	c.differ(from, to)
	if len(q.Components) > 0 {
		asked := Question{Components: q.Components, Require: q.Require, Today: q.Today}
		c.Before, c.After = new(Answer), new(Answer)
		m.answer(from, asked, nil, c.Before)
		m.answer(to, asked, nil, c.After)
		if len(c.Before.Components)+len(c.After.Components) == 0 {
			return nil, nothingWeighed(c.After.Assumed, to.kinds)
		}
		for i := range c.After.Components {
			if after := &c.After.Components[i]; after.Verdict.Worse(c.Before.of(after.Component)) {
				c.Breaks = append(c.Breaks, after)
			}
		}
	}
	return c, nil
}

// of is the verdict for an asked component; the best where it is assumed.
func (a *Answer) of(asked *Component) fact.Verdict {
	for i := range a.Components {
		if a.Components[i].Component == asked {
			return a.Components[i].Verdict
		}
	}
	return fact.Tested
}

// renamed is an error about a release under the name of the parameter it came by.
func renamed(err error, field string) error {
	var e *fact.Error
	if errors.As(err, &e) && e.Code == fact.CodeUnknownRelease {
		copied := *e
		copied.Field = field
		return &copied
	}
	return err
}

// differ fills in the differences, in the order of kinds and technologies.
func (c *Comparison) differ(from, to *Release) {
	lost, gained := shifts(from, to), shifts(to, from)
	for _, t := range technologiesOf(from, to) {
		d := Difference{Technology: t, Lost: of(t, lost), Gained: of(t, gained)}
		for i := range d.Gained {
			s := &d.Gained[i]
			s.Before, s.After = s.After, s.Before
		}
		if d.Way = way(d, from.group(t), to.group(t)); d.Way != "" {
			c.Changes = append(c.Changes, d)
		}
	}
}

// shifts gives the statements of one release of which another says less.
func shifts(one, other *Release) []Shift {
	var all []Shift
	for i := range one.listings {
		l := &one.listings[i]
		if slices.ContainsFunc(all, func(s Shift) bool { return s.Tech == l.Tech && s.Range.Equal(l.Range) && slices.Equal(s.With, l.With) }) {
			continue // two pages state it
		}
		for _, environment := range l.environments() {
			asked := &environment[0]
			before, after := one.judge(asked, environment, new(scratch)), other.judge(asked, environment, new(scratch))
			if !before.Verdict.Worse(fact.Conditional) && after.Verdict.Worse(before.Verdict) && !other.assumes(asked, environment) {
				all = append(all, Shift{l, before.Verdict, after.Verdict, after.Why()})
				break
			}
		}
	}
	return all
}

// environments are those that a claim speaks of: its own component first, then one of
// each kind that its condition names. Each technology of a condition is in one of them.
func (l *Listing) environments() [][]Component {
	first := []Component{component(l.Tech, l.Range)}
	for i := range l.with {
		first = append(first, l.with[i].targets[0].component())
	}
	all := [][]Component{first}
	for i := range l.with {
		for j := 1; j < len(l.with[i].targets); j++ {
			other := slices.Clone(first)
			other[i+1] = l.with[i].targets[j].component()
			all = append(all, other)
		}
	}
	return all
}

// technologiesOf gives what either release lists, in order, each once.
func technologiesOf(from, to *Release) []*Technology {
	var all []*Technology
	for _, g := range slices.Concat(from.groups, to.groups) {
		all = append(all, g.tech)
	}
	slices.SortFunc(all, compareTechnologies)
	return slices.Compact(all)
}

// of gives the shifts of one technology.
func of(t *Technology, all []Shift) []Shift {
	var some []Shift
	for _, s := range all {
		if s.Tech == t {
			some = append(some, s)
		}
	}
	return some
}

// way names what changes; empty where nothing does.
func way(d Difference, before, after []*Listing) Way {
	switch {
	case len(d.Gained) == 0 && len(d.Lost) == 0:
		return ""
	case len(before) == 0:
		return Adds
	case len(after) == 0:
		return Drops
	case len(d.Gained) == 0:
		return Narrows
	case len(d.Lost) == 0:
		return Widens
	}
	return Changes
}

// Ways lists every way, in the order of summaries.
var Ways = []Way{Adds, Drops, Narrows, Widens, Changes}

// Summary says in a sentence or two what changes and, where an environment was
// asked about, what that does to it.
func (c *Comparison) Summary() string {
	text := c.To.Title() + " lists the same as " + c.From.Version + "."
	if len(c.Changes) > 0 {
		text = "Compared with " + c.From.Version + ", " + c.To.Title() + " " + strings.Join(c.changes(), "; it ") + "."
	}
	text += c.From.caution() + c.To.caution()
	if c.After == nil {
		return text
	}
	return text + " " + c.outcome()
}

// changes gives a phrase for each way: "adds Alpha Linux and NewKV".
func (c *Comparison) changes() []string {
	var phrases []string
	for _, way := range Ways {
		var names []string
		for _, d := range c.Changes {
			if d.Way == way {
				names = append(names, d.Technology.Name)
			}
		}
		if len(names) > 0 {
			phrases = append(phrases, string(way)+" "+enumerate(names))
		}
	}
	return phrases
}

// outcome says what becomes of the environment.
func (c *Comparison) outcome() string {
	before, after := c.Before.Verdict, c.After.Verdict
	text, dropped := "Your environment stays "+after.Words(), true
	var broken []string
	for _, b := range c.Breaks {
		broken, dropped = appendNew(broken, b.Understood()), dropped && b.Verdict == fact.NotListed
	}
	switch {
	case before == after:
	case dropped && after == fact.NotListed && len(broken) > 0:
		text = "Your environment stops being covered"
	default:
		text = "Your environment was " + before.Words() + " and is " + after.Words()
	}
	switch {
	case len(broken) == 0:
		return text + "."
	case !dropped:
		return text + ", because of " + enumerate(broken) + "."
	case len(broken) == 1:
		return text + ": " + broken[0] + " is no longer listed."
	}
	return text + ": " + enumerate(broken) + " are no longer listed."
}
