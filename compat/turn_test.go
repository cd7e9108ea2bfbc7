package compat_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/internal/sample"
)

// TestTurnedRandom holds what is said of the day before a change against what the whole
// matrix of that day answers.
func TestTurnedRandom(t *testing.T) {
	random := rand.New(rand.NewPCG(14, 3))
	ids := []string{"old", "new", "any", "kin", "run", "made", "x86", "arm"}
	turned, passed, untold := 0, 0, 0
	worlds := questions(t, 20_000) / 50
	for range worlds {
		ds := randomCatalogue(random)
		for i := range ds.Claims {
			if random.IntN(2) == 0 {
				ds.Claims[i].Until, ds.Claims[i].EndedBy = oneFrom(random, "2024-01-01", "2023-06-01"), "s1"
			}
		}
		m := build(t, ds)
		w := newWorld(m, ds)
		for range 50 {
			q := compat.Question{Product: "p", Release: oneFrom(random, "1", "2"), Require: compat.Require{Worst: oneFrom(random, fact.Tested, fact.Compatible, fact.Conditional)}}
			for range 1 + random.IntN(2) {
				_, asked := w.ask(random, w.techs[oneFrom(random, ids...)])
				q.Components = append(q.Components, m.Resolve(asked))
			}
			var now compat.Answer
			if m.Check(q, &now) != nil {
				continue
			}
			for i := range now.Components {
				c := &now.Components[i]
				told, better := heldTurn(t, m, q, &now, c)
				if turned += told; c.Turn == nil && better {
					untold++
				}
			}
			if _, took := now.Turned(); took {
				passed++
			}
		}
	}
	if turned < worlds/4 || passed < worlds/8 || untold > turned/20 {
		t.Errorf("%d turns, of which %d took a pass, and %d untold", turned, passed, untold)
	}
}

// heldTurn holds the turn of a component against the days before the changes, and reports
// whether there is one and whether one of these days had a better verdict.
func heldTurn(t *testing.T, m *compat.Matrix, q compat.Question, now *compat.Answer, c *compat.ComponentAnswer) (told int, better bool) {
	t.Helper()
	for _, l := range c.Withdrawn() {
		day, _ := fact.ParseDay(l.Until)
		past, err := m.AsOf(day - 1)
		if err != nil {
			t.Fatal(err)
		}
		asked := q
		asked.Components = nil
		for _, one := range q.Components {
			asked.Components = append(asked.Components, past.Resolve(compat.Asked{Kind: one.Kind, Text: one.Text}))
		}
		var before compat.Answer
		if past.Check(asked, &before) != nil {
			continue
		}
		at := slices.IndexFunc(before.Components, func(o compat.ComponentAnswer) bool { return o.Text == c.Text })
		if at < 0 {
			continue
		}
		was := before.Components[at].Verdict
		better = better || c.Verdict.Worse(was) && c.Verdict.Worse(now.Require.Worst)
		if c.Turn == nil || c.Turn.Until != l.Until {
			continue
		}
		if c.Turn.Before != was || now.Pass {
			t.Errorf("%s of %v: %s before %s, want %s", c.Text, q.Components, c.Turn.Before, l.Until, was)
		}
		if text, took := now.Turned(); took && strings.Contains(text, " until "+l.Until) && !before.Pass {
			t.Errorf("%q, and %s did not pass before: %s", text, c.Text, before.Summary())
		}
		told = 1
	}
	return told, better
}

// TestTurned tells of changes of the catalogue.
func TestTurned(t *testing.T) {
	m := sample.Catalogue(t)
	today, _ := fact.ParseDay("2026-11-30")
	for _, test := range []struct {
		release, environment, require string
		text                          string // of the environment
	}{
		{"apim 4.6.0", "os=RHEL 9.4", "tested", "tested until 2026-09-04, since then 9.6 only"},
		{"apim 4.6.0", "os=RHEL 9", "tested", "tested until 2026-09-04, since then 9.6 only"},
		{"apim 4.6.0", "os=RHEL 9.4; dbms=MySQL 8.4", "tested", "tested until 2026-09-04, since then Red Hat Enterprise Linux 9.6 only"},
		{"apim 4.6.0", "os=RHEL 9.4; dbms=MySQL 5.6", "tested", "changed 2026-09-04"},
		{"apim 4.6.0", "os=RHEL 9.6", "tested", ""},
		{"apim 4.6.0", "os=RHEL 8", "tested", ""},
	} {
		product, release, _ := strings.Cut(test.release, " ")
		q := compat.Question{Product: product, Release: release, Require: compat.Require{Worst: fact.Verdict(test.require)}, Today: today}
		for part := range strings.SplitSeq(test.environment, "; ") {
			kind, text, _ := strings.Cut(part, "=")
			q.Components = append(q.Components, m.Resolve(compat.Asked{Kind: kind, Text: text}))
		}
		var a compat.Answer
		err := m.Check(q, &a)
		if text, passed := a.Turned(); err != nil || text != test.text || passed != strings.Contains(text, "until") {
			t.Errorf("%s with %s: %q, %v, want %q", test.release, test.environment, text, err, test.text)
		}
	}
}
