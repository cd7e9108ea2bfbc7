package compat_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
)

// The world of the random catalogues: versions are whole numbers, so that a set of them
// is a set of bits, and each claim covers what is asked for or has nothing of it.
const (
	worldKinds    = 3
	worldTechs    = 3 // of each kind; the first of kind 0 is its baseline, the last of kind 1 generic
	worldVersions = 4
	worldReleases = 4
)

// slowTarget is a technology and a set of its versions.
type slowTarget struct{ tech, versions int }

// slowClaim is a claim of the reference.
type slowClaim struct {
	slowTarget
	status    fact.Status
	exclusive bool
	words     bool         // it has a condition in words alone
	with      []slowTarget // or one that versions tell
}

func worldTech(tech int) string { return fmt.Sprintf("t%d%c", tech/worldTechs, 'a'+tech%worldTechs) }

// draw is a random technology with a version, or with every one.
func draw(random *rand.Rand, tech int) (slowTarget, string) {
	if random.IntN(3) == 0 {
		return slowTarget{tech, 1<<(worldVersions+1) - 2}, ""
	}
	n := 1 + random.IntN(worldVersions)
	return slowTarget{tech, 1 << n}, fmt.Sprint(n)
}

// randomWorld is a random catalogue, and what each of its releases states.
func randomWorld(random *rand.Rand) (*fact.Dataset, [][]slowClaim) {
	ds := &fact.Dataset{Products: []fact.Product{{ID: "p", Name: "P", Vendor: "V"}}, Sources: []fact.Source{{ID: "s", Title: "S", Authority: fact.Official}}}
	for k := range worldKinds {
		kind := fact.Kind{ID: fmt.Sprintf("k%d", k), Name: "kind", Order: k + 1}
		if k == 0 {
			kind.Baseline = worldTech(0)
		}
		ds.Kinds = append(ds.Kinds, kind)
	}
	for tech := range worldKinds * worldTechs {
		t := fact.Technology{ID: worldTech(tech), Name: strings.ToUpper(worldTech(tech)), Kind: fmt.Sprintf("k%d", tech/worldTechs), Scheme: "dotted"}
		if tech == 2*worldTechs-1 {
			t.Generic, t.Family = true, worldTech(worldTechs)
		}
		ds.Technologies = append(ds.Technologies, t)
	}
	all := make([][]slowClaim, worldReleases)
	for r := range all {
		version := fmt.Sprint(r)
		ds.Releases = append(ds.Releases, fact.Release{Product: "p", Version: version})
		for i := range 3 + random.IntN(6) {
			tech := random.IntN(worldKinds * worldTechs)
			if tech == 2*worldTechs-1 {
				tech = 0 // statements on a generic name are another rule's
			}
			c := fact.Claim{ID: fmt.Sprintf("p/%d/%02d", r, i), Product: "p", Release: version, Technology: worldTech(tech), Label: "l", Citation: fact.Citation{Source: "s"}}
			slow := slowClaim{}
			slow.slowTarget, c.Version = draw(random, tech)
			slow.status = []fact.Status{fact.StatusTested, fact.StatusTested, fact.StatusSupported, fact.StatusIncompatible}[random.IntN(4)]
			slow.exclusive = random.IntN(12) == 0
			switch random.IntN(5) {
			case 0:
				slow.words = true
				c.When = "sometimes"
			case 1, 2:
				c.When = "there"
				for range 1 + random.IntN(3) {
					other := random.IntN(worldKinds * worldTechs)
					if other/worldTechs == tech/worldTechs || other == 2*worldTechs-1 {
						continue
					}
					target, text := draw(random, other)
					slow.with = append(slow.with, target)
					c.With = append(c.With, fact.Target{Technology: worldTech(other), Version: text})
				}
				slow.words = len(slow.with) == 0
			}
			c.Status, c.Exclusive = slow.status, slow.exclusive
			ds.Claims, all[r] = append(ds.Claims, c), append(all[r], slow)
		}
	}
	return ds, all
}

// slowRelease judges by the words of the rules, one after the other.
type slowRelease []slowClaim

func (r slowRelease) granted(tech int) bool {
	return tech == 0 && !slices.ContainsFunc(r, func(c slowClaim) bool { return c.exclusive && c.tech/worldTechs == 0 })
}

// The states of a condition.
const (
	isBroken = "broken"
	isOpen   = "open"
	isMet    = "met"
)

func (r slowRelease) state(c slowClaim, asked []slowTarget) string {
	if c.words {
		return isOpen
	}
	states := map[string]bool{}
	for k := range worldKinds {
		allowed := map[int]int{}
		for _, t := range c.with {
			if t.tech/worldTechs == k {
				allowed[t.tech] |= t.versions
			}
		}
		if len(allowed) > 0 {
			states[r.ofKind(k, allowed, asked)] = true
		}
	}
	switch {
	case states[isBroken]:
		return isBroken
	case states[isOpen]:
		return isOpen
	}
	return isMet
}

func (r slowRelease) ofKind(kind int, allowed map[int]int, asked []slowTarget) string {
	states := map[string]int{}
	of := 0
	for _, a := range asked {
		if a.tech/worldTechs != kind && a.tech >= 0 || a.tech < 0 && -a.tech-1 != kind || r.granted(a.tech) {
			continue
		}
		of++
		switch {
		case a.tech < 0 || a.tech == 2*worldTechs-1:
			states[isOpen]++
		case a.versions&^allowed[a.tech] == 0:
			states[isMet]++
		case a.versions&allowed[a.tech] == 0:
			states[isBroken]++
		default:
			states[isOpen]++
		}
	}
	for state, n := range states {
		if n == of {
			return state
		}
	}
	return isOpen
}

// verdict is that of one component; "assumed" where it counts for nothing.
func (r slowRelease) verdict(a slowTarget, asked []slowTarget) string {
	if a.tech < 0 {
		return "unresolved"
	}
	says := map[string]bool{}
	stated := false
	for _, c := range r {
		state := r.state(c, asked)
		if c.tech != a.tech || state == isBroken {
			continue
		}
		stated = stated || state == isMet
		if c.status == fact.StatusTested && c.versions == 1<<(worldVersions+1)-2 {
			state = isOpen // it names no version, and nothing tells which were out
		}
		if a.versions&^c.versions == 0 {
			says[string(c.status)+" "+state] = true
		}
	}
	switch {
	case r.granted(a.tech) && !stated:
		return "assumed"
	case says["incompatible met"]:
		return "incompatible"
	case says["incompatible open"]:
		return "conditional"
	case says["tested met"]:
		return "tested"
	case says["supported met"]:
		return "compatible"
	case says["tested open"] || says["supported open"]:
		return "conditional"
	}
	return "not_listed"
}

// TestConditionsAgainstReference asks random questions about random catalogues, and holds
// each component against the rules taken word by word; what a move leads to passes, and
// what a plan has is no worse than what is stated of it.
func TestConditionsAgainstReference(t *testing.T) {
	random := rand.New(rand.NewPCG(12, 3))
	moves := 0
	for world := range 150 {
		ds, releases := randomWorld(random)
		m := build(t, ds)
		for number := range worldReleases {
			plansAgainstReference(t, m, world, fmt.Sprint(number))
		}
		for range 80 {
			number := random.IntN(worldReleases)
			q := compat.Question{Product: "p", Release: fmt.Sprint(number), Require: compat.Require{Worst: fact.Tested}}
			var asked []slowTarget
			for range 1 + random.IntN(4) {
				tech := random.IntN(worldKinds * worldTechs)
				kind := fmt.Sprintf("k%d", tech/worldTechs)
				one, text := slowTarget{tech: -1 - tech/worldTechs}, "Fubar"
				if random.IntN(10) > 0 {
					n := 1 + random.IntN(worldVersions)
					one, text = slowTarget{tech, 1 << n}, strings.ToUpper(worldTech(tech))+" "+fmt.Sprint(n)
				}
				if tech == 2*worldTechs-1 && one.tech >= 0 && slices.ContainsFunc(releases[number], func(c slowClaim) bool { return c.tech/worldTechs == 1 }) {
					continue // how a generic name is answered is another rule's, but that it leaves conditions open
				}
				asked, q.Components = append(asked, one), append(q.Components, m.Resolve(compat.Asked{Kind: kind, Text: text}))
			}
			if len(asked) > 0 {
				moves += againstReference(t, m, world, q, releases[number], asked)
			}
		}
	}
	if moves < 200 {
		t.Errorf("only %d moves were followed", moves)
	}
}

// againstReference holds one answer against the reference and follows its moves, which it
// counts.
func againstReference(t *testing.T, m *compat.Matrix, world int, q compat.Question, r slowRelease, asked []slowTarget) int {
	t.Helper()
	var want, got []string
	for _, a := range asked {
		want = append(want, r.verdict(a, asked))
	}
	var a compat.Answer
	if err := m.Check(q, &a); err != nil {
		if slices.ContainsFunc(want, func(v string) bool { return v != "assumed" }) {
			t.Errorf("world %d: %v, want %v", world, err, want)
		}
		return 0
	}
	for i := range q.Components {
		verdict := "assumed"
		for j := range a.Components {
			if c := &q.Components[i]; a.Components[j].Kind == c.Kind && a.Components[j].Text == c.Text {
				verdict = string(a.Components[j].Verdict)
			}
		}
		got = append(got, verdict)
	}
	if !slices.Equal(got, want) {
		t.Errorf("world %d, %s: %+v\n%v, want %v\n%s", world, q.Release, asked, got, want, a.Summary())
	}
	for _, move := range a.Moves {
		after := q
		after.Components = slices.Clone(q.Components)
		for i := range after.Components {
			c := &after.Components[i]
			for _, change := range move.Changes {
				if c.Technology != nil && c.Kind == change.Kind && strings.TrimSpace(c.Technology.Name+" "+c.VersionText()) == change.From {
					*c = m.Resolve(compat.Asked{Kind: c.Kind, Text: change.To})
				}
			}
		}
		var led compat.Answer
		if err := m.Check(after, &led); err != nil || !led.Pass || led.Verdict != move.Verdict {
			t.Errorf("world %d, %s: %s leads to %s, %v: %s", world, q.Release, move.Summary(), led.Verdict, err, led.Summary())
		}
	}
	return len(a.Moves)
}

// plansAgainstReference holds each environment of a plan against its values by themselves.
func plansAgainstReference(t *testing.T, m *compat.Matrix, world int, release string) {
	t.Helper()
	for _, strategy := range compat.Strategies {
		p, err := m.TestPlan(compat.TestPlanQuestion{Product: "p", Release: release, Strategy: strategy})
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range p.Environments {
			q := compat.Question{Product: "p", Release: release}
			worst := fact.Tested
			for _, l := range e {
				c := m.Resolve(compat.Asked{Kind: l.Tech.Kind, Text: m.Text(l)})
				q.Components = append(q.Components, c)
				var alone compat.Answer
				if m.Check(compat.Question{Product: "p", Release: release, Components: []compat.Component{c}}, &alone) == nil && alone.Verdict.Worse(worst) {
					worst = alone.Verdict
				}
			}
			var a compat.Answer
			if err := m.Check(q, &a); err == nil && a.Verdict.Worse(worst) {
				t.Errorf("world %d, %s, %s: %s, each by itself %s: %s", world, release, strategy, a.Verdict, worst, a.Summary())
			}
		}
	}
}
