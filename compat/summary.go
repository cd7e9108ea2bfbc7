package compat

import (
	"slices"
	"strconv"

	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/compat/requirement"
	"github.com/testedon/testedon/message"
)

// Summary is a few plain sentences a support engineer can paste.
func (a *Answer) Summary() string { return string(a.AppendSummary(nil)) }

// AppendSummary appends the summary to dst: which release was taken for the one
// asked for; what fails, the worst first, and what does not; what is known of the
// components together, of the resources and of what is assumed; what the answer rests
// on; known issues, and what is no longer maintained.
func (a *Answer) AppendSummary(dst []byte) []byte {
	p := a.Release.prose(dst)
	if a.AsOf != 0 {
		p.sentence("summary.day", a.AsOf.String())
	}
	a.sayTaken(p)
	a.sayFaults(p)
	there := 0
	for i := range a.Components {
		there |= 1 << a.Components[i].place()
	}
	for i := range summaries {
		if there&(1<<i) != 0 {
			a.sayGroup(p, i)
		}
	}
	a.sayGrounds(p)
	a.sayNotes(p)
	return p.text
}

// sayNotes says what is known besides: of the advisories, and of each component.
func (a *Answer) sayNotes(p *prose) {
	for _, adv := range a.Advisories {
		p.sentence("summary.advisory", string(adv.Severity), adv.Title)
	}
	for i := range a.Components {
		if said := a.Components[i].Remark(); said != "" && !a.repeated(i) {
			p.sentence("summary.note", said)
		}
	}
	for i := range a.Components {
		if c := &a.Components[i]; c.Lifecycle.State == fact.Ended || c.Lifecycle.State == fact.EndingSoon {
			p.sentence("summary.note", "")
			p.text = c.AppendLifecycleText(p.text)
		}
	}
}

// Faults are the sentences of the summary that say what is wrong with the environment as a
// whole, beside its components; empty where nothing is.
func (a *Answer) Faults() string {
	p := a.Release.prose(nil)
	a.sayFaults(p)
	return string(p.text)
}

// Grounds are those that say what the answer takes for granted and rests on.
func (a *Answer) Grounds() string {
	p := a.Release.prose(nil)
	a.sayTaken(p)
	a.sayGrounds(p)
	return string(p.text)
}

// sayTaken says which release was taken for the one asked for.
func (a *Answer) sayTaken(p *prose) {
	if a.AskedRelease != "" {
		p.blank()
		p.add(a.Release.product.Taken(a.AskedRelease, a.Release))
	}
}

// sayFaults says what does not work together, what is not understood, which test run
// failed, and which requirement is not met.
func (a *Answer) sayFaults(p *prose) {
	if a.conflict != without {
		p.sentence("summary.conflict", strconv.FormatBool(a.conflict == certain))
	}
	if len(a.Unread) > 0 {
		p.blank()
		p.text = AppendUnread(p.text, p.words, "summary.unread", a.Unread)
	}
	if a.Combination.Result == fact.Failed {
		a.sayCombination(p)
	}
	if a.Resources != nil && !a.Resources.Met {
		a.sayResources(p)
	}
}

// sayGrounds says what is known of the components together, where that is no fault, of the
// resources and of what is assumed, and what the answer rests on.
func (a *Answer) sayGrounds(p *prose) {
	a.sayInexact(p)
	if a.Combination.Result != fact.Failed {
		a.sayCombination(p)
	}
	if a.Resources == nil || a.Resources.Met {
		a.sayResources(p)
	}
	a.sayAssumed(p)
	if a.Provisional() {
		p.sentence("summary.provisional")
	}
	if a.Unpaged() {
		p.sentence("summary.unpaged", a.Release.Title(), a.Release.grounds())
	}
	a.sayStale(p)
}

// grounds says what is known of a release that no page is known of.
func (r *Release) grounds() string {
	switch {
	case len(r.configurations) == 0:
		return "images"
	case len(r.images) == 0:
		return "runs"
	}
	return ""
}

// sayStale says as of when the documents speak that nobody has looked at for long.
func (a *Answer) sayStale(p *prose) {
	for i, s := range a.Stale {
		sameDay := func(o Stale) bool { return o.Last == s.Last }
		if slices.ContainsFunc(a.Stale[:i], sameDay) {
			continue
		}
		which, before := "next", " (“"
		if i == 0 {
			which = "first"
		}
		p.sentence("summary.stale", which, s.Last.String())
		for _, o := range a.Stale[i:] {
			if sameDay(o) {
				p.add(before, o.Source.Title, "”")
				before = ", “"
			}
		}
		p.add(")")
	}
	if len(a.Stale) > 0 {
		p.say("summary.stale", "end", "")
	}
}

// Caution says of a release that all that is known of it is provisional, in a
// sentence after others; empty where it is not.
func (r *Release) Caution() string {
	if !r.provisional {
		return ""
	}
	return " " + r.Words().Text("release.provisional", r.Title())
}

// AppendUnread appends a message about the words of a question that were not understood.
func AppendUnread(dst []byte, l *message.Language, id string, words []string) []byte {
	quoted := make([]string, len(words))
	for i, word := range words {
		quoted[i] = `"` + word + `"`
	}
	return l.AppendList(dst, message.Find(id), quoted)
}

// summary is what is true of the components of a verdict: those of which it says the same
// are named together, by a message; the others by a sentence each.
type summary struct {
	verdict fact.Verdict
	id      message.ID // 0 for the others
}

var summaries = [...]summary{
	{fact.Incompatible, message.Find("summary.incompatible")},
	{fact.Unresolved, message.Find("summary.unresolved")},
	{fact.Unresolved, 0},
	{fact.NotListed, 0},
	{fact.NotListed, message.Find("summary.not_listed")},
	{fact.Conditional, message.Find("summary.conditional")},
	{fact.Conditional, 0},
	{fact.Compatible, message.Find("summary.compatible")},
	{fact.Compatible, 0},
	{fact.Tested, message.Find("summary.tested")},
	{fact.Tested, 0},
}

// alone reports whether the summary says of a component what its explanation says, and
// of no other the same.
func (c *ComponentAnswer) alone() bool {
	switch c.Verdict {
	case fact.Unresolved:
		return c.Technology != nil
	case fact.NotListed, fact.Conditional, fact.Compatible:
		return len(c.Listed) > 0 && !c.inParts()
	case fact.Tested:
		return c.Listed[0].Run != nil && !c.inParts()
	}
	return false
}

// place is that of the summary which is true of the component.
func (c *ComponentAnswer) place() int {
	alone := c.alone()
	return slices.IndexFunc(summaries[:], func(s summary) bool { return s.verdict == c.Verdict && alone == (s.id == 0) })
}

// sayGroup says a sentence about the components that the summary at a place is true of.
func (a *Answer) sayGroup(p *prose, place int) {
	var buf [8]string
	names, s := buf[:0], &summaries[place]
	for i := range a.Components {
		c := &a.Components[i]
		switch {
		case c.place() != place || a.repeated(i):
		case s.id == 0:
			p.blank()
			c.sayAlone(p)
		case c.Technology == nil:
			names = append(names, `"`+c.Text+`"`)
		default:
			names = append(names, c.display)
		}
	}
	if len(names) > 0 {
		p.blank()
		p.text = p.words.AppendList(p.text, s.id, names, a.Release.Title())
	}
}

// repeated reports whether a component before one at a place asks for just the same.
func (a *Answer) repeated(at int) bool {
	c := &a.Components[at]
	return slices.ContainsFunc(a.Components[:at], func(o ComponentAnswer) bool {
		return o.Kind == c.Kind && o.Technology == c.Technology && o.display == c.display && (c.Technology != nil || o.Text == c.Text)
	})
}

// sayAlone is the sentence about a component that is said of no other.
func (c *ComponentAnswer) sayAlone(p *prose) {
	switch {
	case c.Verdict == fact.Unresolved:
		c.sayAbsent(p)
		return
	case c.Match == fact.MatchPolicy:
		c.sayLed(p, true)
		return
	}
	l := c.Listed[0]
	if l.Tech != c.Technology || !l.Range.Equal(c.Range) {
		p.add(c.display, ": ")
	}
	c.sayClaim(p, l)
}

// sayInexact says what is listed in place of what does not match exactly, where that is
// required.
func (a *Answer) sayInexact(p *prose) {
	for i := range a.Components {
		c := &a.Components[i]
		if a.Require.Exact && c.Match != fact.MatchExact && len(c.Listed) > 0 && !c.Verdict.Worse(a.Require.Worst) && !a.repeated(i) {
			p.sentence("summary.inexact", c.Listed[0].Label, c.display)
		}
	}
}

// sayCombination says what is known of the components together; nothing where
// fewer than two of them are on any list.
func (a *Answer) sayCombination(p *prose) {
	a.sayRuns(p)
	listed, paged := 0, true
	for i := range a.Components {
		if c := &a.Components[i]; !c.Verdict.Worse(fact.Compatible) {
			listed++
			paged = paged && c.Listed[0].Paged()
		}
	}
	switch {
	case a.Combination.Result != "":
	case len(a.Combination.Pairs) > 0:
		pair := a.Combination.Pairs[0]
		held := ""
		for _, c := range pair.components {
			if held != "" {
				held = p.words.Text("summary.with", held, c.display)
			} else {
				held = c.display
			}
		}
		p.sentence("summary.shipped", held, pair.Repository, pair.Tag)
	case listed > 1 && paged:
		p.sentence("summary.separate")
	case listed > 1:
		p.sentence("summary.untested")
	case a.Require.Combination:
		p.sentence("summary.unrecorded")
	}
}

// sayRuns tells the recorded runs: of this environment, and those that failed in a part of
// it.
func (a *Answer) sayRuns(p *prose) {
	for _, c := range a.Combination.Configurations {
		switch {
		case c.Build != "":
			c.say(p, "build", c.Build)
		case c.Update != "":
			c.say(p, "update", c.Update)
		case c.Culprit != "":
			c.say(p, "culprit", c.Culprit)
		default:
			c.say(p, "whole", "")
		}
	}
	for _, c := range a.Combination.FailedParts {
		c.say(p, "part", "")
	}
}

// say says what a run was of and how it ended, when, and where that is told.
func (c *Run) say(p *prose, which, of string) {
	p.sentence("summary.run", which, of, string(c.Result), c.Date, c.Source.Title)
}

// sayAssumed says what was asked for and taken for granted.
func (a *Answer) sayAssumed(p *prose) {
	var buf [8]string
	names := buf[:0]
	for _, c := range a.Assumed {
		names = fact.AppendNew(names, c.display)
	}
	if len(names) > 0 {
		p.blank()
		p.text = p.words.AppendList(p.text, message.Find("summary.assumed"), names)
	}
}

// sayResources says what is to be said of the resources; nothing where none were
// asked about.
func (a *Answer) sayResources(p *prose) {
	if a.Resources == nil || len(a.Resources.Items) == 0 {
		return
	}
	switch {
	case a.Resources.Open():
		p.sentence("summary.resources", "open")
	case !a.Resources.Met:
		p.sentence("summary.resources", "unmet")
	}
	first := a.Resources.Items[0].Why
	same := !slices.ContainsFunc(a.Resources.Items, func(o requirement.ResourceAnswer) bool { return o.Why != first })
	for i := range a.Resources.Items {
		item := &a.Resources.Items[i]
		if !same && item.Of != nil && a.Resources.Deployment == nil && (i == 0 || item.Of != a.Resources.Items[i-1].Of) {
			p.sentence("summary.deployment", item.Of.Name)
		}
		p.blank()
		p.add(item.Why)
		if same {
			break
		}
	}
	if len(a.Components) == 0 && a.Pass {
		p.sentence("summary.amounts")
	}
}
