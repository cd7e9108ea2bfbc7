package compat_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/internal/sample"
)

func TestEnvironments(t *testing.T) {
	m := sample.Catalogue(t)
	sample.Lines(t, "environments.txt", func(n int, line string) {
		question, want, ok := strings.Cut(line, "=> ")
		fields := strings.Split(question, "|")
		if !ok || len(fields) != 3 {
			t.Fatalf("line %d: want three fields and \" => \"", n)
		}
		t.Run(strings.TrimSpace(question), func(t *testing.T) {
			a := new(compat.Answer)
			err := m.Check(readQuestion(t, m, fields), a)
			words := strings.Split(want, ";")
			if code, isError := strings.CutPrefix(words[0], "error "); isError {
				checkError(t, n, err, code, words[1:])
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			checkEnvironment(t, n, a, words)
		})
	})
}

// readQuestion reads "product release | kind=asked + … | require".
func readQuestion(t *testing.T, m *compat.Matrix, fields []string) compat.Question {
	t.Helper()
	name := strings.Fields(fields[0])
	q := compat.Question{Product: strings.Join(name[:len(name)-1], " "), Release: name[len(name)-1]}
	for component := range strings.SplitSeq(fields[1], " + ") {
		kind, text, _ := strings.Cut(strings.TrimSpace(component), "=")
		q.Components = append(q.Components, m.Resolve(compat.Asked{Kind: kind, Text: text}))
	}
	var err error
	if q.Require, err = compat.ParseRequire(strings.TrimSpace(fields[2])); err != nil {
		t.Fatal(err)
	}
	return q
}

func checkEnvironment(t *testing.T, n int, a *compat.Answer, words []string) {
	t.Helper()
	pass := map[bool]string{true: "pass", false: "fail"}[a.Pass]
	if got := string(a.Verdict) + " " + pass; got != strings.TrimSpace(words[0]) {
		t.Errorf("line %d: %s, want %s", n, got, words[0])
	}
	for _, w := range words[1:] {
		what, value, _ := strings.Cut(strings.TrimSpace(w), " ")
		switch what {
		case "move":
			if len(a.Moves) == 0 || a.Moves[0].Summary() != value {
				t.Errorf("line %d: moves %v, want %q", n, a.Moves, value)
			}
		case "moves":
			var got []string
			for _, m := range a.Moves {
				got = append(got, m.Summary()+": "+string(m.Verdict))
			}
			if strings.Join(got, " / ") != value {
				t.Errorf("line %d: moves %q, want %q", n, strings.Join(got, " / "), value)
			}
		case "unchecked":
			if got := strings.Join(a.Unchecked, ","); got != value {
				t.Errorf("line %d: unchecked %q, want %q", n, got, value)
			}
		case "summary":
			if !strings.Contains(a.Summary(), value) {
				t.Errorf("line %d: summary %q, want %q in it", n, a.Summary(), value)
			}
		default:
			t.Fatalf("line %d: nothing is called %q", n, what)
		}
	}
}

func checkError(t *testing.T, n int, err error, code string, words []string) {
	t.Helper()
	var e *fact.Error
	if !errors.As(err, &e) || string(e.Code) != code {
		t.Fatalf("line %d: error %v, want code %s", n, err, code)
	}
	for _, w := range words {
		if value, ok := strings.CutPrefix(strings.TrimSpace(w), "candidate "); ok && !slices.Contains(e.Candidates, value) {
			t.Errorf("line %d: candidates %q, want %q in it", n, e.Candidates, value)
		}
	}
	if e.Hint == "" {
		t.Errorf("line %d: no hint", n)
	}
}
