package compat_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
)

// What is stated about a platform is stated of every release of the products on
// it, and of no other; the release's own statement goes before.
func TestInheritance(t *testing.T) {
	m := build(t, built())
	for asked, want := range map[string]string{
		"web 1.0 os=Alpha Linux 2.1": "tested series, own",
		"web 1.0 os=Alpha Linux 3":   "conditional series, inherited, if latest releases compatible",
		"job 1 os=Alpha Linux 2.1":   "conditional series, inherited, if latest releases compatible",
		"job 1 os=Alpha Linux":       "conditional exact, inherited, if latest releases compatible",
		"job 1 cache=KV 3.1":         "conditional series, inherited, if if it is the one that was meant compatible",
		"job 1 cache=KV":             "compatible exact, inherited",
		"job 1 os=Beta Linux 1":      "conditional series, inherited, if if it is the one that was meant tested",
		"web 1.0 os=Beta Linux 1":    "conditional series, own, if if it is the one that was meant compatible",
		"job 1 cache=Any KV 3.1":     "conditional broader, inherited, if if it is the one that was meant compatible, if not_listed",
		"solo 1 cache=KV 3.1":        "not_listed none",
	} {
		words := strings.SplitN(asked, " ", 3)
		c := on(t, m, words[0], words[1], words[2])
		if got := describe(c); got != want {
			t.Errorf("%s: %s, want %s (%s)", asked, got, want, c.Why())
		}
	}
	why := on(t, m, "job", "1", "os=Alpha Linux 2").Why()
	for _, words := range []string{"latest releases", "Base, on which Job 1 is built,"} {
		if !strings.Contains(why, words) {
			t.Errorf("why is %q, want %q in it", why, words)
		}
	}
	why = on(t, m, "web", "1.0", "os=Beta Linux 1").Why()
	if !strings.Contains(why, "what is stated about the release itself counts more") {
		t.Errorf("why is %q", why)
	}
}

func describe(c *compat.ComponentAnswer) string {
	text := string(c.Verdict) + " " + string(c.Match)
	for _, l := range c.Listed[:min(1, len(c.Listed))] {
		text += map[bool]string{true: ", own", false: ", inherited"}[l.Inherited == nil]
	}
	for _, cond := range c.Conditions {
		text += strings.TrimRight(", if "+cond.When, " ") + " " + string(cond.Verdict)
	}
	return text
}

// A claim that holds only under a condition is nothing to move to, and no basis
// for a policy.
func TestConditionalClaimIsNoMove(t *testing.T) {
	m := build(t, built())
	a := new(compat.Answer)
	q := compat.Question{Product: "job", Release: "1", Require: compat.Require{Worst: fact.Compatible},
		Components: []compat.Component{m.Resolve(compat.Asked{Kind: "os", Text: "Alpha Linux 7"})}}
	if err := m.Check(q, a); err != nil || a.Pass || len(a.Moves) > 0 {
		t.Errorf("passes %v, moves %v, %v", a.Pass, a.Moves, err)
	}
	q.Require.Worst = fact.Conditional
	if err := m.Check(q, a); err != nil || !a.Pass {
		t.Errorf("conditional does not pass where it is asked for: %v", err)
	}
}

func TestScopedAdvisories(t *testing.T) {
	m := build(t, built())
	for asked, want := range map[string]string{
		"web 1.0 cache=KV 3.1": "a-base,b-tiny", "job 1 cache=KV 3.1": "a-base", "solo 1 cache=KV 9": "c-all,d-solo",
		"job 1 cache=Any KV 3": "a-base", "web 1.0 cache=KV 4": "b-tiny",
	} {
		words := strings.SplitN(asked, " ", 3)
		c := on(t, m, words[0], words[1], words[2])
		got := advisoryIDs(c.Advisories)
		if slices.Sort(got); strings.Join(got, ",") != want {
			t.Errorf("%s: advisories %v, want %s", asked, got, want)
		}
	}
	for asked, want := range map[[3]string]string{
		{"web", "1.0", ""}: "a-base,b-tiny,c-all", {"web", "1.0", "Big"}: "a-base,c-all", {"job", "1", ""}: "a-base,c-all", {"solo", "1", ""}: "d-solo",
	} {
		found, err := releaseOf(t, m, asked[0], asked[1]).Advisories(asked[2])
		if got := strings.Join(advisoryIDs(found), ","); err != nil || got != want {
			t.Errorf("%v: advisories %s, %v; want %s", asked, got, err, want)
		}
	}
}

func TestNotes(t *testing.T) {
	m := build(t, built())
	for asked, want := range map[[4]string]string{
		{"web", "1.0"}:                     "base/user,web/1.0/tiny/dir,web/start",
		{"web", "1.0", "big"}:              "base/user,web/start",
		{"web", "1.0", "TINY", "Registry"}: "web/1.0/tiny/dir",
		{"web", "2.0"}:                     "base/user,web/start",
		{"solo", "1"}:                      "",
		{"web", "1.0", "huge"}:             "error profile tiny,big",
		{"web", "2.0", "tiny"}:             "error profile ",
		{"web", "1.0", "", "cooking"}:      "error topic registry,security,startup",
		{"solo", "1", "", "cooking"}:       "",
	} {
		notes, err := releaseOf(t, m, asked[0], asked[1]).Notes(asked[2], asked[3])
		var ids []string
		for _, n := range notes {
			ids = append(ids, n.ID)
		}
		if got := strings.Join(ids, ",") + errorWords(err); got != want {
			t.Errorf("%v: %s, want %s", asked, got, want)
		}
	}
}

// Every fault of the statements is named, with its place.
func TestValidateStatements(t *testing.T) {
	if problems := compat.Validate(built()); len(problems) > 0 {
		t.Fatalf("the dataset without faults: %v", problems)
	}
	for want, spoil := range map[string]func(ds *fact.Dataset){
		`product web: names platform "bsae", which is not there; did you mean base?`: func(ds *fact.Dataset) { ds.Products[0].Platform = "bsae" },
		`requirement base/box/memory: the shares make 5 GB`:                          func(ds *fact.Dataset) { ds.Requirements[0].Shares[1].Amount = amount("4 GB") },
		`requirement base/box/memory: the shares make 1 GB`:                          func(ds *fact.Dataset) { ds.Requirements[0].Shares[1].Amount = amount("3000 MB") },
		`requirement base/box/memory/3: says 9 GB for 3 instances`:                   func(ds *fact.Dataset) { ds.Requirements[1].Amount = amount("9 GB") },
		`requirement base/box/memory/3: instances is 1`:                              func(ds *fact.Dataset) { ds.Requirements[1].Instances = 1 },
		`requirement base/box/memory/3: instances is 1001`:                           func(ds *fact.Dataset) { ds.Requirements[1].Instances = 1001 },
		`requirement base/box/memory/3: is an example`:                               func(ds *fact.Dataset) { ds.Requirements[1].Each = true },
		`requirement base/box/clock: "2 GB" is no amount of clock`:                   func(ds *fact.Dataset) { ds.Requirements[2].Amount = amount("2 GB") },
		`requirement base/box/clock: "0 GHz" is no amount that can be needed`:        func(ds *fact.Dataset) { ds.Requirements[2].Amount = amount("0 GHz") },
		`requirement base/box/clock: level "must" is none of minimum, required`:      func(ds *fact.Dataset) { ds.Requirements[2].Level = "must" },
		`requirement base/box/clock: resource "speed" is none of cores, clock`:       func(ds *fact.Dataset) { ds.Requirements[2].Resource = "speed" },
		`requirement base/box/clock: names deployment "bx", which platform base`:     func(ds *fact.Dataset) { ds.Requirements[2].Deployment = "bx" },
		`requirement web/1.0/edge/heap: names deployment "edg", which web/1.0`:       func(ds *fact.Dataset) { ds.Requirements[10].Deployment = "edg" },
		`requirement base/box/clock: is about a platform, and so about no`:           func(ds *fact.Dataset) { ds.Requirements[2].Product = "web" },
		`requirement base/box/clock: names neither a platform nor a product`:         func(ds *fact.Dataset) { ds.Requirements[2].Scope = fact.Scope{} },
		`requirement base/box/clock: cites source "x"`:                               func(ds *fact.Dataset) { ds.Requirements[2].Citation.Source = "x" },
		`release web/1.0: deployment "edge" and deployment "cloud" share`:            func(ds *fact.Dataset) { ds.Releases[0].Deployments[0].Aliases = []string{"Cloud"} },
		`platform base: deployment "box" and deployment "cloud" share`:               func(ds *fact.Dataset) { ds.Platforms[0].Deployments[1].Name = "A Box" },
		`release web/1.0: profile "tiny" and profile "big" share the name "TINY"`:    func(ds *fact.Dataset) { ds.Releases[0].Profiles[1].Aliases = []string{"TINY"} },
		`release web/1.0: profile tiny moves ports by 70000`:                         func(ds *fact.Dataset) { ds.Releases[0].Profiles[0].Offset = 70000 },
		`release web/1.0: cites source "x"`:                                          func(ds *fact.Dataset) { ds.Releases[0].Profiles[0].Citation.Source = "x" },
		`port base/esb: number 0 is no port`:                                         func(ds *fact.Dataset) { ds.Ports[1].Number = 0 },
		`port base/esb: number 65536 is no port`:                                     func(ds *fact.Dataset) { ds.Ports[1].Number = 65536 },
		`port base/esb: number 8280 cannot include an offset of 8280`:                func(ds *fact.Dataset) { ds.Ports[1].Offset = 8280 },
		`port base/https: the name "https" is taken by port base/esb`:                func(ds *fact.Dataset) { ds.Ports[1].Name = "https" },
		`port web/1.0/tiny/esb: names profile "tny", which web/1.0 does not have`:    func(ds *fact.Dataset) { ds.Ports[3].Profile = "tny" },
		`port web/1.0/tiny/esb: names a profile but no release`:                      func(ds *fact.Dataset) { ds.Ports[3].Release = "" },
		`note web/start: names product "wbe"`:                                        func(ds *fact.Dataset) { ds.Notes[2].Product = "wbe" },
		`note web/start: cites source "x"`:                                           func(ds *fact.Dataset) { ds.Notes[2].Citation.Source = "x" },
		`advisory a-base: names platform "b"`:                                        func(ds *fact.Dataset) { ds.Advisories[0].Platform = "b" },
		`advisory c-all: names a release but no product`:                             func(ds *fact.Dataset) { ds.Advisories[2].Release = "1.0" },
		`claim base/alpha: names platform "b"`:                                       func(ds *fact.Dataset) { ds.Claims[0].Platform = "b" },
		`claim base/kv: names neither a platform nor a product`:                      func(ds *fact.Dataset) { ds.Claims[1].Platform = "" },
		`platform base: is there twice`:                                              func(ds *fact.Dataset) { ds.Platforms = append(ds.Platforms, ds.Platforms[0]) },
	} {
		ds := built()
		spoil(ds)
		var got []string
		for _, p := range compat.Validate(ds) {
			got = append(got, p.Error())
		}
		if !slices.ContainsFunc(got, func(text string) bool { return strings.HasPrefix(text, want) }) {
			t.Errorf("want %q among\n  %s", want, strings.Join(got, "\n  "))
		}
	}
}
