package compat_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/internal/sample"
)

func TestLifecycles(t *testing.T) {
	m := sample.Catalogue(t)
	var today fact.Day
	kind := ""
	sample.Lines(t, "lifecycles.txt", func(n int, line string) {
		if line[0] == '[' {
			day, of, _ := strings.Cut(strings.Trim(line, "[]"), " ")
			today, kind = dayOf(t, day), of
			return
		}
		asked, want, _ := strings.Cut(line, " =>")
		t.Run(fmt.Sprintf("%s/%s", today, asked), func(t *testing.T) {
			q := compat.Question{Product: "mi", Release: "4.4.0", Today: today,
				Components: []compat.Component{m.Resolve(compat.Asked{Kind: kind, Text: asked})}}
			var a compat.Answer
			if err := m.Check(q, &a); err != nil {
				t.Fatal(err)
			}
			checkLifecycle(t, n, &a, strings.TrimSpace(want))
			sameWithoutClock(t, m, q, &a)
		})
	})
}

// checkLifecycle compares what is said of the only component, and in the summary.
func checkLifecycle(t *testing.T, n int, a *compat.Answer, want string) {
	t.Helper()
	c := &a.Components[0]
	state, text, _ := strings.Cut(want, ", ")
	if string(c.Lifecycle.State) != state || c.LifecycleText() != text {
		t.Errorf("line %d: %s, %s", n, c.Lifecycle.State, c.LifecycleText())
	}
	told := state == "ended" || state == "ending_soon"
	if told != strings.Contains(a.Summary(), "Note: "+text) || told && text == "" {
		t.Errorf("line %d: the summary of a component that is %s is %q", n, state, a.Summary())
	}
}

// sameWithoutClock makes sure that the day has no part in anything else, and that
// nothing is said of what is maintained without one.
func sameWithoutClock(t *testing.T, m *compat.Matrix, q compat.Question, dated *compat.Answer) {
	t.Helper()
	q.Today = 0
	var a compat.Answer
	if err := m.Check(q, &a); err != nil {
		t.Fatal(err)
	}
	if a.Components[0].LifecycleText() != "" {
		t.Errorf("without a day: %s", a.Components[0].LifecycleText())
	}
	a.Components[0].Lifecycle = dated.Components[0].Lifecycle
	if !slices.Equal(judged(&a), judged(dated)) || a.Verdict != dated.Verdict || a.Pass != dated.Pass { // moves prefer what is maintained
		t.Errorf("with a day:\n%+v\nwithout:\n%+v", dated, a)
	}
}

// TestLifecyclesChangeNothing asks for every claim of the catalogue, long before and
// long after its versions were maintained, and in between.
func TestLifecyclesChangeNothing(t *testing.T) {
	m := sample.Catalogue(t)
	claims := m.Dataset().Claims
	for i := range claims {
		c := &claims[i]
		technology, err := m.Technology(c.Technology)
		if err != nil || c.Product == "" || m.Kind(technology.Kind).Baseline == technology.ID {
			continue // a platform is asked about by its products, and what is assumed not alone
		}
		q := compat.Question{Product: c.Product, Release: c.Release, Components: []compat.Component{m.Resolve(compat.Asked{Kind: technology.Kind, Text: c.Label})}}
		for _, day := range []string{"1999-01-01", "2020-02-29", "2026-11-21", "2050-12-31"} {
			q.Today = dayOf(t, day)
			var a compat.Answer
			if err := m.Check(q, &a); err != nil {
				t.Fatal(err)
			}
			sameWithoutClock(t, m, q, &a)
		}
	}
}

// TestLifecyclesAreQuick: what is maintained costs no memory.
func TestLifecyclesAreQuick(t *testing.T) {
	m := sample.Catalogue(t)
	q := compat.Question{Product: "mi", Release: "4.4.0", Today: dayOf(t, "2026-11-21")}
	for _, a := range [][2]string{{"os", "RHEL 9"}, {"jdk", "Corretto 21"}, {"dbms", "Postgres 17.2"}, {"os", "RHEL 9.4"}} {
		q.Components = append(q.Components, m.Resolve(compat.Asked{Kind: a[0], Text: a[1]}))
	}
	undated := q
	undated.Today = 0
	var a compat.Answer
	allocations := func(q compat.Question) float64 {
		return testing.AllocsPerRun(100, func() {
			if err := m.Check(q, &a); err != nil {
				t.Fatal(err)
			}
		})
	}
	if dated, plain := allocations(q), allocations(undated); dated != plain {
		t.Errorf("%v allocations with a day, %v without", dated, plain)
	}
	text := make([]byte, 0, 10_000)
	if n := testing.AllocsPerRun(100, func() {
		for i := range a.Components {
			text = a.Components[i].AppendLifecycleText(text[:0])
		}
	}); n != 0 {
		t.Errorf("%v allocations for the sentences", n)
	}
}

// TestLifecyclesOfATechnology are listed with the newest first, each of them once.
func TestLifecyclesOfATechnology(t *testing.T) {
	m := sample.Catalogue(t)
	seen, total := map[string]bool{}, 0
	for _, x := range m.Technologies("", "") {
		last := ""
		for _, p := range x.Lifecycles() {
			if last != "" && p.Released > last {
				t.Errorf("%s of %s comes after one of %s", p.ID, p.Released, last)
			}
			if seen[p.ID] || p.Cycle() == "" || !strings.HasSuffix(p.Display(), p.Cycle()) || p.Source == nil {
				t.Errorf("%s: %q, %q", p.ID, p.Cycle(), p.Display())
			}
			last, seen[p.ID] = p.Released, true
			total++
		}
	}
	if total == 0 || total != len(m.Dataset().Lifecycles) {
		t.Errorf("%d of %d lifecycles", total, len(m.Dataset().Lifecycles))
	}
}

// TestLifecyclesBadDays are refused with the fact, the field and what to write.
func TestLifecyclesBadDays(t *testing.T) {
	for want, change := range map[string]func(*fact.Lifecycle){
		`released is "2026-02-30", which is no day since 1971; write it as 2026-01-31`: func(l *fact.Lifecycle) { l.Released = "2026-02-30" },
		`ends is "1970-01-01", which is no day since 1971`:                             func(l *fact.Lifecycle) { l.Ends = "1970-01-01" },
		`latest_released is "soon", which is no day`:                                   func(l *fact.Lifecycle) { l.LatestReleased = "soon" },
		`released is missing`:                                               func(l *fact.Lifecycle) { l.Released = "" },
		`ends is 2020-01-01, before released, 2021-01-01`:                   func(l *fact.Lifecycle) { l.Ends = "2020-01-01" },
		`support is 2026-01-01, after ends, 2025-01-01`:                     func(l *fact.Lifecycle) { l.Support = "2026-01-01" },
		`extended is 2024-01-01, before ends, 2025-01-01`:                   func(l *fact.Lifecycle) { l.Extended = "2024-01-01" },
		`ended is for an end whose day is not known`:                        func(l *fact.Lifecycle) { l.Ended = true },
		`names technology "alhpa", which is not there; did you mean alpha?`: func(l *fact.Lifecycle) { l.Technology = "alhpa" },
		`cites source "nowhere", which is not there`:                        func(l *fact.Lifecycle) { l.Citation.Source = "nowhere" },
		`"one"`:                    func(l *fact.Lifecycle) { l.Version = "one" },
		`is there twice; keep one`: func(l *fact.Lifecycle) { l.ID = "alpha/2" },
	} {
		ds := aging()
		change(&ds.Lifecycles[0])
		problems := compat.Validate(ds)
		if len(problems) != 1 || !strings.HasPrefix(problems[0].Where, "lifecycle alpha/") || !strings.Contains(problems[0].Message, want) {
			t.Errorf("%v; want %s", problems, want)
		}
	}
}

// TestLifecyclesWithin: of series within each other only those with the versions asked
// for count, and none of a name that stands for several.
func TestLifecyclesWithin(t *testing.T) {
	ds := aging()
	wide, several := ds.Lifecycles[0], ds.Lifecycles[0]
	wide.ID, wide.Version, wide.Ends = "beta/wide", "1 - 3", "2040-01-01"
	wide.Technology, several.ID, several.Technology, several.Version = "beta", "anykv/2", "anykv", "2"
	ds.Lifecycles = append(ds.Lifecycles, wide, several)
	m := build(t, ds)
	for asked, want := range map[string]string{
		"os=beta 3":     "Beta Linux >=1 <4 is maintained until 2040-01-01.",
		"os=beta 1":     "It depends on the series: Beta Linux 1 is past its vendor's end of life, on a day that is not known; Beta Linux >=1 <4 is maintained until 2040-01-01.",
		"os=beta 4":     "Nothing is on record of how long Beta Linux 4 is maintained.",
		"cache=anykv 2": "Any KV 2 can be any vendor's build; each has its own support dates.",
	} {
		kind, text, _ := strings.Cut(asked, "=")
		q := compat.Question{Product: "web", Release: "1.0", Today: dayOf(t, "2026-06-30"), Components: []compat.Component{m.Resolve(compat.Asked{Kind: kind, Text: text})}}
		var a compat.Answer
		if err := m.Check(q, &a); err != nil {
			t.Fatal(err)
		}
		if got := a.Components[0].LifecycleText(); got != want {
			t.Errorf("%s: %s", asked, got)
		}
	}
}

// TestRemarks: above the latest version of a series that is known a version has a remark, and
// up to it none has.
func TestRemarks(t *testing.T) {
	m := sample.Catalogue(t)
	remarks := 0
	for _, x := range m.Technologies("", "") {
		remark := func(version string) string {
			c := m.Resolve(compat.Asked{Kind: x.Kind, Text: x.ID + ":" + version})
			return c.Remark()
		}
		for _, p := range x.Lifecycles() {
			for _, text := range []string{p.VersionText(), p.Latest} {
				if said := remark(text); text != "" && said != "" {
					t.Errorf("%s %s: %s", x.ID, text, said)
				}
			}
			if said := remark(p.Version + ".9999"); said != "" {
				remarks++
				if newest, _ := p.Newest(); !strings.Contains(said, newest) {
					t.Errorf("%s %s.9999: %s; the newest is %s", x.ID, p.Version, said, newest)
				}
			}
		}
	}
	if remarks < 400 {
		t.Errorf("%d remarks", remarks)
	}
}
