package compat_test

import (
	"strings"
	"testing"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/internal/sample"
)

func TestComponents(t *testing.T) {
	for _, release := range []string{"mi-4.4.0", "ei-6.3.0"} {
		t.Run(release, func(t *testing.T) { componentCases(t, release) })
	}
}

// componentCases asks what the case file of a release asks.
func componentCases(t *testing.T, name string) {
	m := sample.Catalogue(t)
	product, release, _ := strings.Cut(name, "-")
	kind := ""
	sample.Lines(t, name+".txt", func(n int, line string) {
		if line[0] == '[' {
			kind = strings.Trim(line, "[]")
			return
		}
		asked, want, ok := strings.Cut(line, " => ")
		if !ok {
			t.Fatalf("line %d: no \" => \"", n)
		}
		t.Run(kind+"/"+asked, func(t *testing.T) {
			c := m.Resolve(compat.Asked{Kind: kind, Text: strings.TrimSpace(asked)})
			var a compat.Answer
			if err := m.Check(compat.Question{Product: product, Release: release, Components: []compat.Component{c}}, &a); err != nil {
				t.Fatal(err)
			}
			expect{t, n, &a.Components[0]}.all(want)
			if a.Verdict != a.Components[0].Verdict {
				t.Errorf("line %d: the environment is %s, its only component %s", n, a.Verdict, a.Components[0].Verdict)
			}
		})
	})
}

// expect compares one component's answer with the words of a case.
type expect struct {
	t    *testing.T
	line int
	c    *compat.ComponentAnswer
}

func (e expect) all(want string) {
	e.t.Helper()
	words := strings.Split(want, ";")
	e.equal("answer", string(e.c.Verdict)+" "+string(e.c.Match), strings.TrimSpace(words[0]))
	conditions := 0
	for _, w := range words[1:] {
		what, value, _ := strings.Cut(strings.TrimSpace(w), " ")
		if what == "if" {
			e.condition(conditions, value)
			conditions++
			continue
		}
		e.one(what, value)
	}
	if conditions > 0 && conditions != len(e.c.Conditions) {
		e.t.Errorf("line %d: %d conditions, want %d", e.line, len(e.c.Conditions), conditions)
	}
	if e.c.Why() == "" {
		e.t.Errorf("line %d: no explanation", e.line)
	}
}

func (e expect) one(what, value string) {
	e.t.Helper()
	switch what {
	case "technology":
		e.equal(what, e.technology(), value)
	case "version":
		e.equal(what, e.c.VersionText(), value)
	case "listed":
		e.has(what, labels(e.c.Listed), value)
	case "nearest":
		e.equal(what, append(labels(e.c.Nearest), "")[0], value)
	case "when":
		e.equal(what, append(e.c.Conditions, compat.Condition{})[0].When, value)
	case "via":
		e.equal(what, e.via(), value)
	case "advisory":
		e.has(what, advisoryIDs(e.c.Advisories), value)
	case "candidate":
		e.has(what, e.c.Candidates, value)
	case "why":
		if !strings.Contains(e.c.Why(), value) {
			e.t.Errorf("line %d: why is %q, want %q in it", e.line, e.c.Why(), value)
		}
	default:
		e.t.Fatalf("line %d: nothing is called %q", e.line, what)
	}
}

func (e expect) equal(what, got, want string) {
	e.t.Helper()
	if got != want {
		e.t.Errorf("line %d: %s is %q, want %q (%s)", e.line, what, got, want, e.c.Why())
	}
}

func (e expect) has(what string, got []string, want string) {
	e.t.Helper()
	for _, g := range got {
		if g == want {
			return
		}
	}
	e.t.Errorf("line %d: %s is %q, want %q in it", e.line, what, got, want)
}

func (e expect) condition(i int, value string) {
	e.t.Helper()
	cut := strings.LastIndex(value, " ")
	if i >= len(e.c.Conditions) {
		e.t.Errorf("line %d: no condition %q", e.line, value)
		return
	}
	got := e.c.Conditions[i]
	e.equal("condition", got.Range+" "+string(got.Verdict), value[:cut]+" "+value[cut+1:])
}

func (e expect) technology() string {
	if e.c.Technology == nil {
		return ""
	}
	return e.c.Technology.ID
}

func (e expect) via() string {
	if e.c.Via == nil {
		return ""
	}
	return e.c.Via.Technology.ID
}

func labels(list []*compat.Listing) []string {
	var all []string
	for _, l := range list {
		all = append(all, l.Label)
	}
	return all
}
