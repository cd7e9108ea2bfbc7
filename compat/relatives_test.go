package compat_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/internal/sample"
)

// related is a release that lists one technology, its relatives, and versions that
// there are not.
func related() *fact.Dataset {
	cite := fact.Citation{Source: "s"}
	kin := func(id, note string) *fact.Relative {
		return &fact.Relative{Technology: id, Note: note, Citation: cite}
	}
	ds := &fact.Dataset{
		Kinds: []fact.Kind{{ID: "os", Name: "operating system", Order: 1}, {ID: "kv", Name: "cache", Order: 2}},
		Technologies: []fact.Technology{
			{ID: "kv", Name: "KV", Kind: "kv", Scheme: "dotted", Complete: true, Cycles: []fact.Cycle{{Version: "1"}, {Version: "2"}, {Version: "4"}}},
			{ID: "anykv", Name: "Any KV", Kind: "kv", Scheme: "dotted", Family: "kv", Generic: true},
			{ID: "bigkv", Name: "Big KV", Kind: "kv", Scheme: "dotted", Derived: kin("kv", "Big KV is made from KV.")},
			{ID: "kvcloud", Name: "KV Cloud", Kind: "kv", Scheme: "dotted", Managed: kin("kv", "KV Cloud runs the releases of KV.")},
			{ID: "oldkv", Name: "Old KV", Kind: "kv", Scheme: "dotted", Ended: true, Cycles: []fact.Cycle{{Version: "1"}},
				Successors: []fact.Successor{{Technology: "kv", Same: ">=2", Note: "Renamed.", Citation: cite}}},
			{ID: "box", Name: "Box", Kind: "os", Scheme: "windows-server", Complete: true,
				Cycles: []fact.Cycle{{Version: "10.1", Label: "2019"}, {Version: "10.3", Label: "2022"}, {Version: "10.4", Label: "23H2"}, {Version: "10.7", Label: "2025"}}},
		},
		Products: []fact.Product{{ID: "shop", Name: "Shop", Vendor: "Acme"}},
		Releases: []fact.Release{{Product: "shop", Version: "2.0"}},
		Sources:  []fact.Source{{ID: "s", Title: "S", Authority: fact.Official}},
	}
	for _, c := range []string{"kv 1.2", "kv 2", "anykv 4", "oldkv 4", "box 2024", "box 2025"} {
		tech, version, _ := strings.Cut(c, " ")
		ds.Claims = append(ds.Claims, fact.Claim{ID: "shop/2.0/" + tech + "/" + version, Product: "shop", Release: "2.0", Technology: tech,
			Label: c, Version: version, Status: fact.StatusTested, Citation: cite})
	}
	return ds
}

// What a provider runs is compatible at best; what is made from another is told of,
// and not even what names any member of the family is about it.
func TestRelatives(t *testing.T) {
	m := build(t, related())
	for asked, want := range map[string]string{
		"KV 2.1":       "tested series []",
		"KV Cloud 2.1": "compatible policy [managed KV: KV Cloud runs the releases of KV.]",
		"KV Cloud 4":   "not_listed family []",
		"Any KV 4":     "tested exact []",
		"KV 4":         "tested exact [successor Old KV: Renamed.]",
		"Big KV 2.1":   "not_listed family [derived KV: Big KV is made from KV.]",
		"Big KV 4":     "not_listed family [derived KV: Big KV is made from KV.]",
		"Big KV":       "not_listed family [derived KV: Big KV is made from KV.]",
	} {
		c := ask(t, m, "", "kv="+asked).Components[0]
		via := ""
		if c.Via != nil {
			via = c.Via.Kind + " " + c.Via.Technology.Name + ": " + c.Via.Note
		}
		if got := fmt.Sprintf("%s %s [%s]", c.Verdict, c.Match, via); got != want {
			t.Errorf("%s: %s, want %s", asked, got, want)
		}
		if via != "" && !strings.HasSuffix(c.Why(), c.Via.Note) {
			t.Errorf("%s: the answer does not tell why: %s", asked, c.Why())
		}
	}
	for id, want := range map[string]string{"kvcloud": "kv", "bigkv": "kv", "kv": "kv"} {
		if tech, err := m.Technology(id); err != nil || tech.Head().ID != want {
			t.Errorf("the head of %s is %v, %v", id, tech.Head(), err)
		}
	}
}

// What cannot be is not judged, and the answer says what is next to it; what may
// come is judged, and the answer says that it is not known.
func TestVersionsThatCannotBe(t *testing.T) {
	m := build(t, related())
	for asked, want := range map[string]string{
		"kv=KV 3.1":                "unresolved There is no KV 3.1; its neighbours are 2 and 4. [KV 2 KV 4]",
		"kv=KV >=2 <4":             "tested ", // there is no 3
		"kv=KV 5":                  "not_listed KV 5 is newer than any known here; the newest is 4. []",
		"kv=KV >=4":                "conditional ",
		"kv=KV 0.9":                "unresolved There is no KV 0.9; the first was 1. [KV 1]",
		"kv=Old KV 4":              "unresolved There is no Old KV 4; what is called so can only be KV 4. The vendor's page lists \"oldkv 4\" as tested all the same. [KV 4]",
		"kv=Old KV 1.5":            "not_listed  []",
		"os=Box 2024":              "unresolved There is no Box 2024; its neighbours are 2022 and 2025. The vendor's page lists \"box 2024\" as tested all the same. [Box 2022 Box 2025]",
		"os=Box 10.5":              "unresolved There is no Box 10.5; its neighbours are 23H2 and 2025. [Box 23H2 Box 2025]",
		"os=Box 10.8":              "not_listed Box 10.8 is newer than any known here; the newest is 2025. []",
		"os=Box 2025":              "tested  []",
		"kv=KV Cloud 3.1":          "unresolved There is no KV Cloud 3.1; its neighbours are 2 and 4. [KV Cloud 2 KV Cloud 4]",
		"kv=KV >=3 <4 || >=3.5 <4": "unresolved There is no KV 3; its neighbours are 2 and 4. [KV 2 KV 4]",
	} {
		a := ask(t, m, "", asked)
		c := a.Components[0]
		said := c.Remark()
		if c.Verdict == fact.Unresolved {
			said = c.Why()
		}
		if got := fmt.Sprintf("%s %s %v", c.Verdict, said, c.Candidates); !strings.HasPrefix(got, want) {
			t.Errorf("%s: %s, want %s", asked, got, want)
		}
		for _, text := range c.Candidates {
			if again := m.Resolve(compat.Asked{Kind: c.Kind, Text: text}); again.Technology == nil || again.Reason != "" {
				t.Errorf("%s: the candidate %q cannot be asked for", asked, text)
			}
		}
	}
	for _, l := range releaseOf(t, m, "shop", "2.0").Listings() {
		want := map[string]string{
			"oldkv 4":  "There is no Old KV 4; what is called so can only be KV 4.",
			"box 2024": "There is no Box 2024; its neighbours are 2022 and 2025.",
		}[l.Label]
		if l.Remark() != want {
			t.Errorf("%s: remark %q, want %q", l.Label, l.Remark(), want)
		}
	}
}

// Faults of relatives are found, and the message says how to mend them.
func TestRelativesThatCannotBe(t *testing.T) {
	for want, spoil := range map[string]func(all map[string]*fact.Technology){
		`names technology "kw", which is not there; did you mean kv`: func(all map[string]*fact.Technology) { all["bigkv"].Derived.Technology = "kw" },
		`names more than one relative, kv and kv`:                    func(all map[string]*fact.Technology) { all["bigkv"].Managed = all["kvcloud"].Managed },
		`is a relative of "box", which is of kind os`:                func(all map[string]*fact.Technology) { all["bigkv"].Derived.Technology = "box" },
		`"kvcloud" is itself managed`: func(all map[string]*fact.Technology) {
			all["oldkv"].Managed = &fact.Relative{Technology: "kvcloud", Note: "N.", Citation: fact.Citation{Source: "s"}}
		},
		`is a relative of itself by way of "bigkv"`: func(all map[string]*fact.Technology) {
			all["kv"].Derived = &fact.Relative{Technology: "bigkv", Note: "N.", Citation: fact.Citation{Source: "s"}}
		},
		`has no note of what it has to do with "kv"`:               func(all map[string]*fact.Technology) { all["bigkv"].Derived.Note = "" },
		`cites source "", which is not there`:                      func(all map[string]*fact.Technology) { all["kvcloud"].Managed.Citation = fact.Citation{} },
		`family "bigkv" is itself a member of "kv"; name the head`: func(all map[string]*fact.Technology) { all["oldkv"].Family = "bigkv" },
		`is complete or ended and has no cycles`:                   func(all map[string]*fact.Technology) { all["kvcloud"].Ended = true },
	} {
		ds := related()
		all := map[string]*fact.Technology{}
		for i := range ds.Technologies {
			all[ds.Technologies[i].ID] = &ds.Technologies[i]
		}
		spoil(all)
		if _, err := compat.Build(ds); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", want, err)
		}
	}
}

// TestRelativesNeverPassForOthers asks, of every release, for each technology that is
// made from another or run as it, in the versions that the release states of any of its
// family: what is made from another never passes, what is run as it is never tested.
func TestRelativesNeverPassForOthers(t *testing.T) {
	m := sample.Catalogue(t)
	compatible := 0
	for _, r := range m.Releases() {
		listings := r.Listings()
		for _, tech := range m.Technologies("", "") {
			if len(tech.Relatives()) == 0 {
				continue
			}
			asked := map[string]bool{"": true}
			for _, l := range listings {
				if l.Tech.Head() == tech.Head() {
					asked[l.VersionText()] = true
				}
			}
			for number := range asked {
				c := m.Resolve(compat.Asked{Kind: tech.Kind, Text: strings.TrimSuffix(tech.ID+":"+number, ":")})
				a := compat.Answer{}
				q := compat.Question{Product: r.Product, Release: r.Version, Components: []compat.Component{c}, Require: compat.Require{Worst: fact.Conditional}}
				if err := m.Check(q, &a); err != nil {
					t.Fatal(err)
				}
				switch v := a.Verdict; {
				case tech.Derived != nil && a.Pass, v == fact.Tested:
					t.Errorf("%s %s with %s %s is %s: %s", r.Product, r.Version, tech.Name, number, v, a.Components[0].Why())
				case v == fact.Compatible:
					compatible++
				}
			}
		}
	}
	if compatible < 100 {
		t.Errorf("only %d questions about what a provider runs are compatible", compatible)
	}
}

// A policy leads upward within a series, as far as its sentence goes and no farther.
func TestPolicies(t *testing.T) {
	m := sample.Catalogue(t)
	for asked, want := range map[string]string{
		"is 5.11.0 jdk=JDK 11.0.20":              "compatible policy the specification of Java SE",
		"is 5.11.0 jdk=JDK 12":                   "not_listed none",
		"mi 4.4.0 dbms=Postgres 17.4":            "compatible policy PostgreSQL",
		"mi 4.4.0 dbms=Postgres 17.1":            "not_listed older",
		"is 5.11.0 os=CentOS 7.9":                "tested series",
		"apim-analytics 3.2.0 dbms=MySQL 5.7.40": "tested series",
	} {
		subject, component, _ := strings.Cut(asked, " ")
		release, component, _ := strings.Cut(component, " ")
		kind, text, _ := strings.Cut(component, "=")
		a := compat.Answer{}
		if err := m.Check(compat.Question{Product: subject, Release: release, Components: []compat.Component{m.Resolve(compat.Asked{Kind: kind, Text: text})}}, &a); err != nil {
			t.Fatal(err)
		}
		c := a.Components[0]
		got := fmt.Sprint(c.Verdict, " ", c.Match)
		if c.Via != nil {
			got += " " + c.Via.By
		}
		if got != want {
			t.Errorf("%s: %s, want %s: %s", asked, got, want, c.Why())
		}
	}
}
