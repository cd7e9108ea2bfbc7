package compat_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/internal/sample"
)

// TestAnswers holds every sentence of the answers to some questions against those of
// answers.txt, which is there to be read aloud. With UPDATE_ANSWERS=1 it takes over what
// is said now.
func TestAnswers(t *testing.T) {
	m := sample.Catalogue(t)
	name := filepath.Join("testdata", "answers.txt")
	was, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	today, _ := fact.ParseDay("2026-11-29")
	var now strings.Builder
	for line := range strings.Lines(string(was)) {
		question := strings.TrimSpace(line)
		switch {
		case line[0] == ' ':
			continue
		case question == "" || question[0] == '#':
			now.WriteString(line)
			continue
		}
		fields := append(strings.Split(question, " | "), "")
		q := readQuestion(t, m, fields[:3])
		q.Today = today
		now.WriteString(line)
		var a compat.Answer
		if err := m.Check(q, &a); err != nil {
			now.WriteString("  " + err.Error() + "\n")
			continue
		}
		now.WriteString("  " + a.Summary() + "\n")
		for i := range a.Components {
			c := &a.Components[i]
			now.WriteString("  - " + c.Why() + "\n")
			if said := c.Remark(); said != "" {
				now.WriteString("  ! " + said + "\n")
			}
		}
	}
	if os.Getenv("UPDATE_ANSWERS") != "" {
		if err := os.WriteFile(name, []byte(now.String()), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	expected, said := strings.Split(string(was), "\n"), strings.Split(now.String(), "\n")
	for i := range said {
		if i >= len(expected) || said[i] != expected[i] {
			t.Fatalf("line %d: said %q", i+1, said[i])
		}
	}
}
