package survey_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/survey"
)

// TestDiffOf holds what differs between random catalogues against laws: a catalogue differs
// from itself in nothing, the other way round the same questions differ with before and after
// exchanged, and each is answered as the release answers it.
func TestDiffOf(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 18))
	differ := 0
	for range 200 {
		a, b := mustBuild(t, random), mustBuild(t, random)
		if same := survey.DiffOf(a, a); len(same.Answers)+same.Reworded != 0 {
			t.Fatalf("a catalogue differs from itself: %+v", same.Answers)
		}
		there, back := survey.DiffOf(a, b), survey.DiffOf(b, a)
		if there.Asked != back.Asked || len(there.Answers) != len(back.Answers) {
			t.Fatalf("%d of %d differ there, %d of %d back", len(there.Answers), there.Asked, len(back.Answers), back.Asked)
		}
		differ += len(there.Answers)
		for i := range there.Answers {
			now := &there.Answers[i]
			was := slices.IndexFunc(back.Answers, func(o survey.Answer) bool {
				return o.Product == now.Product && o.Release == now.Release && o.Question() == now.Question()
			})
			if was < 0 || *back.Answers[was].Before != *now.After || *back.Answers[was].After != *now.Before {
				t.Fatalf("%s of %s %s differs there and not back", now.Question(), now.Product, now.Release)
			}
			holds(t, b, now)
		}
	}
	if differ < 1000 {
		t.Errorf("%d answers differed, too few to show anything", differ)
	}
}

// holds asks what is said to be the answer of a catalogue.
func holds(t *testing.T, m *compat.Matrix, a *survey.Answer) {
	t.Helper()
	var answer compat.Answer
	q := compat.Question{Product: a.Product, Release: a.Release}
	for _, asked := range a.Environment {
		q.Components = append(q.Components, m.Resolve(asked))
	}
	if err := m.Check(q, &answer); err != nil || answer.Verdict != a.After.Verdict || answer.Pass != a.After.Pass {
		t.Fatalf("%s of %s %s: %s, %v; told is %+v", a.Question(), a.Product, a.Release, answer.Verdict, err, a.After)
	}
}

func mustBuild(t *testing.T, random *rand.Rand) *compat.Matrix {
	t.Helper()
	m, err := compat.Build(coverWorld(random))
	if err != nil {
		t.Fatal(err)
	}
	return m
}
