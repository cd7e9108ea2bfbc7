package survey

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/internal/order"
	"github.com/testedon/testedon/message"
)

// FindQuestion asks which releases are tested with an environment.
type FindQuestion struct {
	Products   []*compat.Product // whose releases to look at, in the order of equal answers
	Releases   []*compat.Release // the only ones to look at; nil for all of the products
	Unread     []string          // as in compat.Question
	Components []compat.Component
	Require    compat.Require
	Today      fact.Day // as in compat.Question
	Limit      int      // how many releases to tell; the best come first
	Best       bool     // of each product, tell only the best release
}

// Finding is the releases an environment was held against.
type Finding struct {
	Answers []compat.Answer // the best of them, without moves
	Passing int             // how many releases pass the bar
	Total   int             // how many there are
	Ranked  int             // how many could be told
	Nowhere []string        // components that no release lists
	words   *message.Language
}

// Find checks an environment against every release of some products. The best come
// first: those that pass, then by verdict, then by those of the components together, then
// by how many match exactly, then what is known of not only provisionally, then in the
// order of products and from the newest release to the oldest. The error is of code
// invalid: every release assumes all components.
func Find(q FindQuestion) (*Finding, error) {
	ranked, found := rank(q)
	asked := q.question()
	if len(q.Components) > 0 && len(ranked) > 0 && !slices.ContainsFunc(ranked, func(r *ranking) bool { return r.weighed > 0 }) {
		var a compat.Answer
		ranked[0].release.Assess(asked, &a)
		return nil, compat.NothingWeighed(a.Assumed, nil)
	}
	if q.Best {
		seen := map[string]bool{}
		ranked = slices.DeleteFunc(ranked, func(r *ranking) bool {
			again := seen[r.release.Product]
			seen[r.release.Product] = true
			return again
		})
	}
	found.Ranked = len(ranked)
	ranked = ranked[:min(max(q.Limit, 0), len(ranked))]
	found.Answers = make([]compat.Answer, len(ranked))
	asked.Today = q.Today
	for i := range ranked {
		ranked[i].release.Assess(asked, &found.Answers[i])
	}
	return found, nil
}

// question is what is asked of each release, but for the day: no rank depends on it.
func (q FindQuestion) question() compat.Question {
	return compat.Question{Components: q.Components, Require: q.Require, Unread: q.Unread}
}

// ranking is how well a release does among others.
type ranking struct {
	release               *compat.Release
	fails, doubted        int // 1 where it does not pass, and where all known of it is provisional
	verdict, sum, exactly int // of the environment, of its components together; exact matches
	weighed               int // components that are not assumed
}

// rank orders the releases asked about, best first, and counts them and those that pass.
// It keeps no answer: a catalogue may have thousands of releases.
func rank(q FindQuestion) (all []*ranking, found *Finding) {
	var a compat.Answer
	found = &Finding{}
	listed := map[string]bool{}
	releases := q.Releases
	for _, p := range q.Products {
		found.words = p.Words()
		if q.Releases == nil {
			releases = append(releases, p.Releases()...)
		}
	}
	for _, r := range releases {
		r.Weigh(q.question(), &a)
		one := &ranking{release: r, verdict: a.Verdict.Rank(), weighed: len(a.Components)}
		for i := range a.Components {
			c := &a.Components[i]
			one.sum += c.Verdict.Rank()
			if c.Match == fact.MatchExact {
				one.exactly++
			}
			if name := c.Understood(); !listed[name] {
				found.Nowhere = fact.AppendNew(found.Nowhere, name)
				listed[name] = c.Verdict != fact.NotListed
			}
		}
		if a.Pass {
			found.Passing++
		} else {
			one.fails = 1
		}
		if r.Provisional() {
			one.doubted = 1
		}
		all = append(all, one)
	}
	found.Total = len(all)
	found.Nowhere = slices.DeleteFunc(found.Nowhere, func(name string) bool { return listed[name] })
	order.Stable(all, func(a, b *ranking) int {
		return cmp.Or(a.fails-b.fails, a.verdict-b.verdict, a.sum-b.sum, b.exactly-a.exactly, a.doubted-b.doubted)
	})
	return all, found
}

// Summary says in a sentence or two how many releases pass, and which is the best.
func (f *Finding) Summary() string {
	text := f.words.Text("find", strconv.Itoa(f.Total), strconv.Itoa(f.Passing))
	if len(f.Nowhere) > 0 && f.Total > 1 {
		text += " " + f.words.Text("find.nowhere", f.words.Or(f.Nowhere))
	}
	if len(f.Answers) > 0 {
		best := &f.Answers[0]
		text += " " + f.words.Text("find.best", best.Release.Title(), f.words.Text("word", cmp.Or(string(best.Word()), string(best.Verdict)))) + best.Release.Caution()
	}
	return text
}
