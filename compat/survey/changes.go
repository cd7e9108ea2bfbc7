package survey

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/internal/order"
	"github.com/testedon/testedon/internal/str"
	"github.com/testedon/testedon/version"
)

// Effect is what a change did to what is listed.
type Effect string

// The effects. One change that takes some versions and brings others narrows where all that
// it brings lie within those that it takes, and widens the other way round; else it is
// told as two.
const (
	Added     Effect = "added"
	Withdrawn Effect = "withdrawn"
	Narrowed  Effect = "narrowed"
	Widened   Effect = "widened"
)

// Effects lists every effect.
var Effects = []Effect{Added, Withdrawn, Narrowed, Widened}

// Change is what a vendor changed on a day of what is stated of one technology.
type Change struct {
	ID     string // unique, and the same as long as the catalogue tells of the change
	Day    fact.Day
	Effect Effect
	fact.Scope
	Subject string            // its title: "WSO2 Micro Integrator 4.4.0"
	Before  []*compat.Listing // what was taken, as it stood until then
	After   []*compat.Listing // what was brought
	By      *fact.Source      // the change itself
}

// step is what all statements of a change have in common.
type step struct {
	day        fact.Day
	by         string // a source's ID
	scope      fact.Scope
	technology string
	status     fact.Status
	when, with string
}

// sides are what one step took and brought.
type sides struct{ before, after []*compat.Listing }

// ChangesOf are those of which the vendor's own change is known, in the order of their days:
// of each time in which a claim stood, its begin and its end. What is listed since a day by
// no known change may have stood before, and is none unless it stands in the very document
// that took others on that day. Images and test runs say what ran together on a day: they
// change nothing that a page lists.
func ChangesOf(m *compat.Matrix) []*Change {
	steps := map[step]*sides{}
	claims := m.Dataset().Claims
	eachTerm(claims, func(c *fact.Claim, t fact.Term) {
		if t.Until != "" {
			s := at(steps, stepOf(c, t.Ends(), t.EndedBy))
			s.before = append(s.before, standing(m, c, t))
		}
	})
	eachTerm(claims, func(c *fact.Claim, t fact.Term) {
		key := stepOf(c, t.Begins(m.Source(c.Citation.Source).Stated()), cmp.Or(t.BroughtBy, c.Citation.Source))
		if t.BroughtBy != "" || steps[key] != nil {
			s := at(steps, key)
			s.after = append(s.after, standing(m, c, t))
		}
	})
	var all []*Change
	for key, s := range steps {
		all = append(all, key.changes(m, s)...)
	}
	order.Stable(all, func(a, b *Change) int { return cmp.Or(cmp.Compare(a.Day, b.Day), strings.Compare(a.ID, b.ID)) })
	return all
}

func eachTerm(claims []fact.Claim, visit func(*fact.Claim, fact.Term)) {
	for i := range claims {
		for _, t := range claims[i].Terms() {
			visit(&claims[i], t)
		}
	}
}

func at(steps map[step]*sides, key step) *sides {
	if steps[key] == nil {
		steps[key] = &sides{}
	}
	return steps[key]
}

func stepOf(c *fact.Claim, day fact.Day, by string) step {
	return step{day, by, c.Scope(), c.Technology, c.Status, c.When, fmt.Sprintf("%q", c.With)}
}

// standing is a claim as it stood in one of its times.
func standing(m *compat.Matrix, c *fact.Claim, t fact.Term) *compat.Listing {
	then := *c
	then.Term, then.Earlier = t, nil
	return m.Listing(&then)
}

// changes gives the one change that a step is, or the two.
func (key step) changes(m *compat.Matrix, s *sides) []*Change {
	before, after := versions(s.before), versions(s.after)
	made := func(effect Effect, before, after []*compat.Listing) *Change {
		first := slices.Concat(after, before)[0]
		return &Change{
			ID: key.day.String() + "/" + string(effect) + "/" + key.by + "/" + first.ID, Day: key.day, Effect: effect,
			Scope: key.scope, Subject: title(m, first), Before: before, After: after, By: m.Source(key.by),
		}
	}
	switch {
	case len(s.before) > 0 && len(s.after) > 0 && !before.Equal(after) && after.Within(before):
		return []*Change{made(Narrowed, s.before, s.after)}
	case len(s.before) > 0 && len(s.after) > 0 && !before.Equal(after) && before.Within(after):
		return []*Change{made(Widened, s.before, s.after)}
	}
	var all []*Change
	if len(s.before) > 0 {
		all = append(all, made(Withdrawn, s.before, nil))
	}
	if len(s.after) > 0 {
		all = append(all, made(Added, nil, s.after))
	}
	return all
}

// versions are those of all of some statements.
func versions(all []*compat.Listing) (of version.Range) {
	for _, l := range all {
		of = of.Union(l.Range)
	}
	return of
}

// title names what a statement is about.
func title(m *compat.Matrix, l *compat.Listing) string {
	if l.Inherited != nil {
		return l.Inherited.Name
	}
	p, _ := m.Product(l.Product) // Build has found it, and the release
	if l.Release == "" {
		return p.Name
	}
	r, _ := p.Release(l.Release)
	return r.Title()
}

// Listing is the first statement that the change speaks of.
func (c *Change) Listing() *compat.Listing { return slices.Concat(c.After, c.Before)[0] }

// Address is that of the change itself, else of the page that it changed; empty where no
// browser may follow it.
func (c *Change) Address() string { return str.WebAddress(cmp.Or(c.By.URL, c.By.Page)) }

// Summary says what changed in a sentence, such as "WSO2 API Manager 4.6.0: RHEL 9 was
// narrowed to RHEL 9.6 (tested)".
func (c *Change) Summary() string {
	before, after := names(c.Before), names(c.After)
	of, to, l := before, []string(nil), c.Listing()
	switch c.Effect {
	case Added:
		of = after
	case Narrowed, Widened:
		to = after
	}
	words := l.Tech.Words()
	return words.Text("change", c.Subject, words.And(of), strconv.Itoa(len(of)), string(c.Effect), words.And(to), words.Text("word", string(l.Status)), l.When)
}

func names(all []*compat.Listing) (of []string) {
	for _, l := range all {
		of = fact.AppendNew(of, l.Display())
	}
	return of
}
