package compat

import (
	"cmp"
	"slices"
	"strings"

	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/compat/requirement"
	"github.com/testedon/testedon/message"
)

// Turn is a change of the vendor's after which a component has a worse verdict than on the
// day before.
type Turn struct {
	Until    string        // the day of the change: the first on which what was stated no longer stood
	Before   fact.Verdict  // of the component on the day before
	Now      []*Listing    // what of its technology supports that verdict now
	Source   *fact.Source  // the change
	Citation fact.Citation // of it

	word  string // what the verdict of before is called
	since string // "since then 9.6 only"
	whole string // what that of the environment was called; empty where it did not pass
	words *message.Language
}

// Text is a turn in words: "tested until 2026-09-04, since then 9.6 only".
func (t *Turn) Text() string { return t.words.Text("turn.until", t.word, t.Until, t.since) }

// Turned says of an answer that does not pass what it was called before the last change that
// took a verdict, "tested until 2026-09-04, since then 9.6 only", and that the environment
// passed on the day before. Where it did not, it tells of the day of the change alone,
// "changed 2026-09-04"; without a change it is empty.
func (a *Answer) Turned() (text string, passed bool) {
	var last *ComponentAnswer
	for i := range a.Components {
		if c := &a.Components[i]; c.Turn != nil && (last == nil || c.Turn.Until > last.Turn.Until) {
			last = c
		}
	}
	switch {
	case last == nil:
		return "", false
	case last.Turn.whole == "":
		return a.Release.Words().Text("turn.changed", last.Turn.Until), false
	}
	turn := *last.Turn
	if turn.word = turn.whole; len(a.Components) > 1 {
		turn.since = last.since(&turn, last.Technology.Name+" ")
	}
	return turn.Text(), true
}

// maxTurns is how many changes are looked at for one component.
const maxTurns = 4

// turn finds, for a component that falls short of the bar, the last change that took a better
// verdict; nil without one. The question is judged as of the day before.
func (a *Answer) turn(c *ComponentAnswer, q Question, resources *requirement.ResourcesAnswer) *Turn {
	q.Components = a.asked
	changes := slices.CompactFunc(c.Withdrawn(), func(a, b *Listing) bool { return a.Until == b.Until })
	for _, l := range changes[:min(len(changes), maxTurns)] {
		day, _ := fact.ParseDay(l.Until)
		var before Answer
		c.release.product.m.conclude(c.release.on(day-1), q, resources, &before)
		at := slices.IndexFunc(before.Components, func(o ComponentAnswer) bool { return o.Component == c.Component })
		if at < 0 || !c.Verdict.Worse(before.Components[at].Verdict) {
			continue
		}
		then := &before.Components[at]
		t := &Turn{Until: l.Until, Before: then.Verdict, Source: c.Source(l.EndedBy), Citation: fact.Citation{Source: l.EndedBy}, word: word(c.release.Words(), cmp.Or(string(then.Word()), string(then.Verdict))), words: c.release.Words()}
		for _, l := range c.release.group(c.Technology) {
			if l.environment() && !l.impossible && !l.verdict.Worse(t.Before) {
				t.Now = append(t.Now, l)
			}
		}
		if t.since = c.since(t, ""); before.Pass {
			t.whole = word(t.words, cmp.Or(string(before.Word()), string(before.Verdict)))
		}
		return t
	}
	return nil
}

// since says what has been so since a turn: which versions alone are listed, under a name
// before them, or the verdict.
func (c *ComponentAnswer) since(t *Turn, name string) string {
	const longest = 20 // of versions, in bytes
	listed, when := []string{}, ""
	for _, l := range t.Now {
		listed = fact.AppendNew(listed, cmp.Or(l.printed, l.display))
		if l.SinceText() > t.Until {
			when = "now"
		}
	}
	versions := strings.Join(listed, ", ")
	switch {
	case len(listed) == 0, c.Verdict != fact.NotListed && c.Match != fact.MatchBroader:
		return t.words.Text("turn.verdict", word(t.words, c.Verdict))
	case len(versions) > longest:
		versions = ""
	}
	return t.words.Text("turn.since", when, name, versions)
}

// on is a release as [Matrix.AsOf] has it on a day, to judge with. Of what images and runs
// state in the same words only the newest is known, so that it has no more yeses than that.
func (r *Release) on(day fact.Day) *Release {
	past := *r
	past.listings, past.uncounted, past.groups, past.kinds, past.pages, past.exclusive = nil, nil, nil, nil, nil, nil
	past.conditional = true
	for _, l := range slices.Concat(r.listings, r.uncounted) {
		terms := l.On(day, cmp.Or(l.date, l.last))
		last := len(terms) - 1
		if last < 0 || terms[last].Until != "" || l.Status == fact.StatusPlanned || !l.Paged() && l.day > day {
			continue
		}
		term, begins := terms[last], terms[last].Begins(cmp.Or(l.date, l.last))
		if doubted := begins == 0 || begins > day; term != l.Term || doubted != l.doubted {
			claim, then := *l.Claim, *l
			claim.Term, claim.Earlier = term, nil
			then.Claim, then.day, then.doubted = &claim, begins, doubted
			l = &then
		}
		past.listings = append(past.listings, l)
		if l.Exclusive && !slices.Contains(past.exclusive, l.Tech.kind) {
			past.exclusive = append(past.exclusive, l.Tech.kind)
		}
	}
	past.configurations = slices.DeleteFunc(slices.Clone(r.configurations), func(run *Run) bool {
		date, _ := fact.ParseDay(run.Date)
		return date > day
	})
	past.index()
	return &past
}

// Source is a document that a statement about a component names, such as the change that
// brought it; nil where there is none.
func (c *ComponentAnswer) Source(id string) *fact.Source { return c.release.product.m.sources[id] }
