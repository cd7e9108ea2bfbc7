package compat_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
)

func ask(t testing.TB, m *compat.Matrix, require string, components ...string) *compat.Answer {
	t.Helper()
	req, err := compat.ParseRequire(require)
	if err != nil {
		t.Fatal(err)
	}
	q := compat.Question{Product: "shop", Release: "2.0", Require: req}
	for _, c := range components {
		kind, text, _ := strings.Cut(c, "=")
		q.Components = append(q.Components, m.Resolve(compat.Asked{Kind: kind, Text: text}))
	}
	a := new(compat.Answer)
	if err := m.Check(q, a); err != nil {
		t.Fatal(err)
	}
	return a
}

func TestRules(t *testing.T) {
	m := build(t, small())
	for asked, want := range map[string]string{
		"os=Alpha Linux 1":       "conditional broader if >1.5 <2 tested; if >=1 <1.5 tested; if 1.5 incompatible",
		"os=Alpha Linux 1.5.2":   "incompatible series listed Alpha 1.5",
		"os=Alpha Linux 1.4":     "tested series listed Alpha 1",
		"os=Alpha Linux 2.5":     "compatible exact listed Alpha 2.5",
		"os=Bravo":               "conditional broader if 2.3 tested; if 2.5 compatible; if >2.5 <3 not_listed; if 2.4 not_listed; if >=2 <2.3 not_listed",
		"os=Alpha Linux 2.4":     "not_listed older nearest Alpha 2.5",
		"os=Alpha Linux 2.6":     "not_listed newer nearest Alpha 2.5",
		"os=Alpha Linux 3.1":     "not_listed none nearest Alpha 2.5",
		"os=Beta Linux 1.2":      "not_listed family nearest Alpha 1",
		"cache=New KV 6.1":       "tested exact listed NewKV 6.1",
		"kv=New KV 6.4":          "compatible policy listed NewKV 6.1",
		"cache=New KV 6.0":       "not_listed older nearest NewKV 6.1",
		"cache=New KV 5.2":       "tested series listed OldKV 5",
		"cache=New KV 4.2":       "compatible policy listed OldKV 4",
		"cache=Old KV 6.1":       "tested exact listed NewKV 6.1",
		"cache=Old KV 3.1":       "not_listed none nearest OldKV 4",
		"cache=New KV >=4 <6":    "compatible policy if 5 tested; if 4 compatible",
		"cache=New KV 7.1 - 7.2": "tested broader if 7.2 tested; if 7.1 tested",
		"os=alpha:":              "unresolved none",
		"cache=New KV 8":         "conditional broader if >8.5 <9 tested; if >=8 <8.5 tested; if 8.5 incompatible",
		"cache=New KV 8.5.1":     "incompatible series listed NewKV 8.5",
		"cache=New KV 8.4":       "tested series listed OldKV 8",
		"cache=Any KV 6.1":       "conditional broader if 6.1 tested; if 6.1 tested; if 6.1 not_listed",
		"cache=5":                "conditional broader if 5 tested; if 5 tested; if 5 not_listed",
		"cache=Any KV 9":         "not_listed none nearest NewKV 7.2",
		"cache=":                 "unresolved none",
		"os=Gamma":               "unresolved none",
		"os=New KV 6.1":          "unresolved none",
		"os=Alpha Linux 1 or 2":  "unresolved none",
	} {
		if got := brief(ask(t, m, "", asked)); got != want {
			t.Errorf("%s: %s, want %s", asked, got, want)
		}
	}
}

// brief writes what matters of a one-component answer.
func brief(a *compat.Answer) string {
	c := &a.Components[0]
	text := string(c.Verdict) + " " + string(c.Match)
	switch {
	case len(c.Conditions) > 0:
		for i, cond := range c.Conditions {
			text += map[bool]string{true: " if ", false: "; if "}[i == 0] + cond.Range + " " + string(cond.Verdict)
		}
	case len(c.Listed) > 0:
		text += " listed " + c.Listed[0].Label
	case len(c.Nearest) > 0:
		text += " nearest " + c.Nearest[0].Label
	}
	return text
}

func TestCombination(t *testing.T) {
	m := build(t, small())
	for _, c := range []struct {
		os, cache string
		verdict   fact.Verdict
		result    fact.Result
		pass      bool
	}{
		{os: "os=Alpha Linux 2.3", cache: "cache=New KV 6.1", verdict: fact.Tested, result: fact.Passed, pass: true},
		{os: "os=Alpha Linux 2.3.1", cache: "cache=New KV 6.1", verdict: fact.Tested},
		{os: "os=Alpha Linux 1.2", cache: "cache=New KV 6.1", verdict: fact.Incompatible, result: fact.Failed},
		{os: "os=Alpha Linux 1.1", cache: "cache=New KV 6.1", verdict: fact.Tested},
	} {
		a := ask(t, m, "combination", c.os, c.cache)
		if a.Verdict != c.verdict || a.Combination.Result != c.result || a.Pass != c.pass {
			t.Errorf("%s + %s: %s, %q, %v; want %s, %q, %v", c.os, c.cache, a.Verdict, a.Combination.Result, a.Pass, c.verdict, c.result, c.pass)
		}
		if a.Combination.Recorded != (c.result != "") {
			t.Errorf("%s + %s: recorded is %v", c.os, c.cache, a.Combination.Recorded)
		}
	}
	a := ask(t, m, "", "os=Alpha Linux 1.2", "cache=New KV 6.1", "cache=New KV 7.1")
	if a.Verdict != fact.Conditional || a.Pass || a.Combination.Recorded || len(a.Combination.FailedParts) != 1 || !strings.Contains(a.Summary(), "A test run with a part of this is on record as failed (2026-02-01, “Manual”).") {
		t.Errorf("a part of it has failed: %s, %+v: %s", a.Verdict, a.Combination, a.Summary())
	}
	if a := ask(t, m, "", "os=Alpha Linux 2.3"); a.Combination.Recorded {
		t.Error("a part of a recorded environment is taken for the whole")
	}
	if a := ask(t, m, "", "os=Alpha Linux 2.3", "cache=New KV 6.1", "cache=New KV 7.1"); a.Combination.Recorded {
		t.Error("a recorded environment is taken for one with more in it")
	}
}

// TestRunsOfComponents tells the runs that some of the versions took part in, the newest first,
// and of many the newest.
func TestRunsOfComponents(t *testing.T) {
	runs := func(m *compat.Matrix, components ...string) []string {
		var all []string
		for _, c := range ask(t, m, "", components...).Components {
			for _, r := range c.Runs {
				all = append(all, r.Date)
			}
		}
		return all
	}
	ds := small()
	for name, want := range map[string]int{"os=Alpha Linux 2.3": 1, "os=Alpha Linux 2": 1, "os=Alpha Linux 2.3.1": 1, "os=Alpha Linux 2.4": 0, "os=Fubar": 0, "cache=New KV 6.1": 2} {
		if got := runs(build(t, small()), name); len(got) != want || !slices.IsSortedFunc(got, func(a, b string) int { return strings.Compare(b, a) }) {
			t.Errorf("%s: %v, want %d", name, got, want)
		}
	}
	for i := range 30 {
		more := ds.Configurations[0]
		more.ID, more.Date = fmt.Sprintf("more-%d", i), fmt.Sprintf("2026-03-%02d", i+1)
		ds.Configurations = append(ds.Configurations, more)
	}
	m := build(t, ds)
	for _, target := range ds.Configurations[0].Components {
		c := m.Target(target)
		got := runs(m, c.Kind+"="+c.Display())
		if len(got) != 20 || got[0] != "2026-03-30" || got[19] != "2026-03-11" {
			t.Errorf("%s: %v", c.Display(), got)
		}
	}
}

func advisoryIDs(list []*fact.Advisory) []string {
	var all []string
	for _, a := range list {
		all = append(all, a.ID)
	}
	return all
}

func TestAdvisories(t *testing.T) {
	m := build(t, small())
	for asked, want := range map[string]string{
		"cache=New KV 6.2": "slow", "cache=New KV 6": "slow", "cache=New KV 6.4": "", "os=Alpha Linux 1": "",
	} {
		if got := strings.Join(advisoryIDs(ask(t, m, "", asked).Advisories), ","); got != want {
			t.Errorf("%s: advisories %q, want %q", asked, got, want)
		}
	}
}

func TestReleasesNewestFirst(t *testing.T) {
	m := build(t, small())
	if all := releaseOf(t, m, "SHOP", "10.0").Of().Releases(); len(all) != 2 || all[0].Version != "10.0" {
		t.Errorf("releases are %v, want 10.0 first", all)
	}
	if r, err := m.Release("shop", "Latest"); err != nil || r.Version != "10.0" {
		t.Errorf("latest is %v, %v", r, err)
	}
}

// Every fault that a dataset can have is named, with its place, and all of them
// at once.
func TestValidate(t *testing.T) {
	ds := small()
	ds.Claims[0].Technology = "alhpa"
	ds.Claims[2].Version = "two"
	ds.Claims[3].Status = "texted"
	ds.Claims[5].Citation.Source = "nowhere"
	ds.Claims[6].Release = "3.0"
	ds.Claims[7].ID = ds.Claims[6].ID
	ds.Technologies[0].Scheme = "roman"
	ds.Technologies[3].Kind = "cahce"
	ds.Sources[0].Authority = "rumour"
	ds.Advisories[0].Severity = "loud"
	ds.Advisories[1].Product = ""
	ds.Configurations[0].Result = "maybe"
	ds.Releases[1].Product = "shpo"
	got := map[string]string{}
	for _, p := range compat.Validate(ds) {
		got[p.Where] += p.Message + "\n"
	}
	for where, what := range map[string]string{
		"technology alpha":         `scheme "roman"`,
		"technology newkv":         `kind "cahce"`,
		"claim shop/2.0/alpha/1":   "alhpa",
		"claim shop/2.0/oldkv/4":   `source "nowhere"`,
		"claim shop/2.0/oldkv/5":   "twice",
		"source manual":            `authority "rumour"`,
		"advisory slow":            `severity "loud"`,
		"advisory other":           "no product",
		"configuration run1":       `result "maybe"`,
		"release shpo/10.0":        "did you mean shop?",
		"claim shop/2.0/alpha/2.5": `status "texted"`,
	} {
		if !strings.Contains(got[where], what) {
			t.Errorf("%s: problems %q, want %q in it", where, got[where], what)
		}
	}
	if _, err := compat.Build(small()); err != nil {
		t.Errorf("the dataset without faults: %v", err)
	}
}

// The digest is that of the facts: neither their order nor the revision counts,
// every change of a fact does.
func TestContentDigest(t *testing.T) {
	want := small().ContentDigest()
	other := small()
	other.Revision = 99
	other.Claims[0], other.Claims[3] = other.Claims[3], other.Claims[0]
	if got := other.ContentDigest(); got != want {
		t.Errorf("another order gives %s, want %s", got, want)
	}
	other.Claims[0].Label += "!"
	if got := other.ContentDigest(); got == want {
		t.Error("another label gives the same digest")
	}
}

func TestClosest(t *testing.T) {
	known := []string{"jdk", "os", "dbms", "arch", "SQL Server", "PostgreSQL", "Postgres"}
	for name, want := range map[string]string{
		"jkd": "jdk", "postgers": "Postgres,PostgreSQL", "sqlserver": "SQL Server", "sql": "SQL Server,PostgreSQL",
		"zzz": "", "": "", "s": "",
	} {
		if got := strings.Join(fact.Closest(name, known), ","); got != want {
			t.Errorf("Closest(%q) = %q, want %q", name, got, want)
		}
	}
}

func TestParseRequire(t *testing.T) {
	for text, want := range map[string]string{
		"": "", "tested": "tested", "Compatible": "compatible", "exact": ",exact", "tested,exact": "tested,exact",
		"conditional, combination": "conditional,combination", "exact,combination": ",exact,combination",
	} {
		if r, err := compat.ParseRequire(text); err != nil || r.String() != want {
			t.Errorf("%q: %s, %v; want %s", text, r, err, want)
		}
	}
	for _, text := range []string{"testde", "tested,compatible", "incompatible", "exact;combination"} {
		if _, err := compat.ParseRequire(text); err == nil {
			t.Errorf("%q was read", text)
		}
	}
}

// FuzzResolve reads any text as a component of any kind: it never fails, keeps
// the text, and either knows the technology or says why not.
func FuzzResolve(f *testing.F) {
	m := build(f, small())
	for _, text := range []string{"Alpha Linux 1.5", "alpha:2", "newkv@6.1", "Bravo", "5", "Beta", "Old KV >=5", "alpha:", "é 9", ""} {
		f.Add("os", text)
		f.Add("cache", text)
	}
	f.Fuzz(func(t *testing.T, kind, text string) {
		c := m.Resolve(compat.Asked{Kind: kind, Text: text})
		if c.Text != text {
			t.Fatalf("%q came back as %q", text, c.Text)
		}
		if (c.Technology == nil) != (c.Reason != "") {
			t.Fatalf("%q: technology %v, reason %q", text, c.Technology, c.Reason)
		}
		var a compat.Answer
		err := m.Check(compat.Question{Product: "shop", Release: "2.0", Components: []compat.Component{c}}, &a)
		if err != nil || a.Components[0].Why() == "" || a.Summary() == "" {
			t.Fatalf("%q: %v, why %q", text, err, a.Components[0].Why())
		}
		if c.Technology != nil && c.Technology.Kind != c.Kind {
			t.Fatalf("%q as %s became %s", text, kind, c.Technology.ID)
		}
	})
}

// TestShippedPart: a part of what an image names is not promised, whether it is asked alone
// or with more.
func TestShippedPart(t *testing.T) {
	ds := small()
	ds.Images = []fact.Image{{ID: "shop/2.0/image", Product: "shop", Release: "2.0", Path: "Dockerfile", Tag: "v2", Date: "2026-01-01",
		Components: []fact.Target{{Technology: "alpha", Version: "3.1"}, {Technology: "newkv", Version: "9.1"}}, Citation: fact.Citation{Source: "manual"}}}
	m := build(t, ds)
	for asked, want := range map[string]fact.Verdict{
		"os=Alpha Linux 3.1":         fact.Compatible,
		"os=Alpha Linux 3.1.4":       fact.Conditional,
		"os=Alpha Linux 3.1.4 - 3.1": fact.Conditional,
		"os=Alpha Linux 3.2":         fact.NotListed,
		"cache=New KV 9.2":           fact.NotListed, // an image promises nothing of a later one
	} {
		a := ask(t, m, "compatible", asked)
		if c := a.Components[0]; c.Verdict != want || a.Pass != (want == fact.Compatible) {
			t.Errorf("%s: %s, %v, want %s (%s)", asked, c.Verdict, c.Conditions, want, c.Why())
		}
	}
	over := ask(t, m, "compatible", "os=Alpha Linux >=3.1.4 <3.3").Components[0]
	for _, condition := range over.Conditions {
		if condition.Verdict == fact.Compatible && condition.When == "" {
			t.Errorf("a part of what is shipped is promised: %v", over.Conditions)
		}
	}
}
