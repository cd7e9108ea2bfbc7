package compat_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/compat/plan"
	"github.com/testedon/testedon/compat/survey"
	"github.com/testedon/testedon/internal/sample"
)

// granting is a catalogue whose pages take x86 for granted, each release of which
// says something else of it.
func granting() *fact.Dataset {
	cite := fact.Citation{Source: "s"}
	ds := &fact.Dataset{
		Kinds: []fact.Kind{{ID: "os", Name: "operating system", Order: 1}, {ID: "cpu", Name: "processor", Plural: "processors", Order: 2, Baseline: "x86"}},
		Technologies: []fact.Technology{
			{ID: "linux", Name: "Linux", Kind: "os", Scheme: "dotted"}, {ID: "mac", Name: "Mac", Kind: "os", Scheme: "dotted"},
			{ID: "x86", Name: "x86", Kind: "cpu", Scheme: "none", Aliases: []string{"amd"}}, {ID: "arm", Name: "Arm", Kind: "cpu", Scheme: "none"},
		},
		Platforms: []fact.Platform{{ID: "base", Name: "Base", Vendor: "Acme"}},
		Products:  []fact.Product{{ID: "shop", Name: "Shop", Vendor: "Acme"}, {ID: "desk", Name: "Desk", Vendor: "Acme", Platform: "base"}},
		Releases:  []fact.Release{{Product: "desk", Version: "1"}},
		Sources:   []fact.Source{{ID: "s", Title: "S", Authority: fact.Official}},
	}
	state := func(c fact.Claim) {
		c.Product, c.Label, c.Citation = "shop", c.Technology, cite
		c.ID = "shop/" + c.Release + "/" + c.Technology
		ds.Claims = append(ds.Claims, c)
	}
	for _, release := range []string{"silent", "arm", "when", "no", "yes", "only", "pair", "ran"} {
		ds.Releases = append(ds.Releases, fact.Release{Product: "shop", Version: release})
		state(fact.Claim{Release: release, Technology: "linux", Version: "2", Status: fact.StatusTested})
		state(fact.Claim{Release: release, Technology: "mac", Status: fact.StatusTested})
		if release != "silent" {
			state(fact.Claim{Release: release, Technology: "arm", Status: fact.StatusTested, Exclusive: release == "only"})
		}
	}
	state(fact.Claim{Release: "when", Technology: "x86", Status: fact.StatusIncompatible, When: "old ones"})
	state(fact.Claim{Release: "no", Technology: "x86", Status: fact.StatusIncompatible})
	state(fact.Claim{Release: "yes", Technology: "x86", Status: fact.StatusSupported})
	ds.Claims = append(ds.Claims, fact.Claim{ID: "base/x86", Platform: "base", Technology: "x86", Label: "x86", Status: fact.StatusTested, Citation: cite})
	ds.Advisories = []fact.Advisory{{ID: "no-mac", Severity: fact.SeverityError, Title: "Not together", Text: "No.", Incompatible: true,
		Scope: fact.Scope{Product: "shop", Release: "pair"}, Applies: []fact.Target{{Technology: "x86"}}, With: []fact.Target{{Technology: "mac", Version: "9"}}, Citation: cite}}
	run := func(id string, result fact.Result, components ...fact.Target) {
		ds.Configurations = append(ds.Configurations, fact.Configuration{ID: id, Product: "shop", Release: "ran", Result: result, Date: "2026-01-31", Components: components, Citation: cite})
	}
	run("plain", fact.Passed, fact.Target{Technology: "linux", Version: "2.1"})
	run("named", fact.Passed, fact.Target{Technology: "linux", Version: "2.2"}, fact.Target{Technology: "x86"})
	run("other", fact.Failed, fact.Target{Technology: "linux", Version: "2.3"}, fact.Target{Technology: "arm"})
	return ds
}

// TestBaseline asks for what every page takes for granted. A line is a release, the
// components, and what passes; then the verdict, whether it passes, what is assumed, and
// the verdict of each component.
func TestBaseline(t *testing.T) {
	m := build(t, granting())
	for _, line := range []string{
		"shop silent | os=Linux 2 + cpu=x86 | tested => tested true; x86; os tested",
		"shop silent | os=Linux 2 + cpu=amd | tested,exact => tested true; amd; os tested",
		"shop silent | cpu=x86 + os=Linux 3 | tested => not_listed false; x86; os not_listed",
		"shop silent | os=Linux 2 + cpu=x86 + cpu=Arm | tested => not_listed false; x86; os tested, cpu not_listed",
		"shop silent | os=Linux 2 + cpu=Vax | tested => unresolved false; ; os tested, cpu unresolved",
		"shop arm | os=Linux 2 + cpu=x86 | tested => tested true; x86; os tested",
		"shop arm | os=Linux 2 + cpu=Arm | tested => tested true; ; os tested, cpu tested",
		"shop when | os=Linux 2 + cpu=x86 | tested => tested true; x86; os tested",
		"shop no | os=Linux 2 + cpu=x86 | tested => incompatible false; ; os tested, cpu incompatible",
		"shop yes | os=Linux 2 + cpu=x86 | tested => compatible false; ; os tested, cpu compatible",
		"shop yes | cpu=x86 | compatible => compatible true; ; cpu compatible",
		"desk 1 | cpu=x86 | tested => tested true; ; cpu tested",
		"shop only | os=Linux 2 + cpu=x86 | tested => not_listed false; ; os tested, cpu not_listed",
		"shop only | cpu=x86 | tested => not_listed false; ; cpu not_listed",
		"shop pair | os=Mac 9 + cpu=x86 | tested => incompatible false; ; os conditional, cpu not_listed",
		"shop pair | os=Mac + cpu=x86 | tested => conditional false; x86; os tested",
		"shop pair | os=Mac 8 + cpu=x86 | tested => conditional false; x86; os conditional",
		"shop ran | os=Linux 2.1 + cpu=x86 | tested,combination => tested true; x86; os tested",
		"shop ran | os=Linux 2.2 + cpu=x86 | tested,combination => tested true; x86; os tested",
		"shop ran | os=Linux 2.2 | tested,combination => tested true; ; os tested",
		"shop ran | os=Linux 2.3 + cpu=Arm | tested => incompatible false; ; os tested, cpu tested",
		"shop ran | os=Linux 2.3 + cpu=x86 | tested => tested true; x86; os tested",
		"shop silent | cpu=x86 | tested => error environment os",
		"shop arm | cpu=x86 + cpu=amd | tested => error environment os",
		"shop when | cpu=x86 | tested => error environment os",
	} {
		question, want, _ := strings.Cut(line, " => ")
		q := readQuestion(t, m, strings.Split(question, "|"))
		var a compat.Answer
		var got string
		if err := m.Check(q, &a); err != nil {
			if got = errorWords(err); !strings.Contains(err.Error(), "but what is assumed: x86.") {
				t.Errorf("%s: %v does not name it", question, err)
			}
		} else {
			got = standing(&a)
		}
		if got != want {
			t.Errorf("%s\n%s, want\n%s", question, got, want)
		}
	}
}

// standing is the verdict of an answer, what it assumes, and the verdicts of its
// components.
func standing(a *compat.Answer) string {
	var assumed, judged []string
	for _, c := range a.Assumed {
		assumed = append(assumed, c.Text)
	}
	for i := range a.Components {
		judged = append(judged, a.Components[i].Kind+" "+string(a.Components[i].Verdict))
	}
	return fmt.Sprintf("%s %t; %s; %s", a.Verdict, a.Pass, strings.Join(assumed, ", "), strings.Join(judged, ", "))
}

// Two releases, or all of them, are asked about what they take for granted as one is.
func TestBaselineAcrossReleases(t *testing.T) {
	m := build(t, granting())
	x86, linux := m.Resolve(compat.Asked{Kind: "cpu", Text: "x86"}), m.Resolve(compat.Asked{Kind: "os", Text: "Linux 2"})
	for to, want := range map[string]string{"silent": "", "no": "cpu", "yes": "cpu"} {
		c, err := survey.Compare(survey.CompareQuestion{From: releaseOf(t, m, "shop", "arm"), To: releaseOf(t, m, "shop", to), Components: []compat.Component{x86, linux}})
		if err != nil {
			t.Fatal(err)
		}
		broken := ""
		for _, b := range c.Breaks {
			broken += b.Kind
		}
		if broken != want {
			t.Errorf("from arm to %s breaks %q, want %q", to, broken, want)
		}
	}
	c, err := survey.Compare(survey.CompareQuestion{From: releaseOf(t, m, "shop", "yes"), To: releaseOf(t, m, "shop", "arm")})
	if err != nil || len(c.Changes) > 0 {
		t.Errorf("%v, %+v: what is assumed is neither gained nor lost", err, c.Changes)
	}
	if _, err = survey.Compare(survey.CompareQuestion{From: releaseOf(t, m, "shop", "silent"), To: releaseOf(t, m, "shop", "arm"), Components: []compat.Component{x86}}); errorWords(err) != "error environment os" {
		t.Errorf("compared by what is assumed: %v", err)
	}
	f, err := survey.Find(survey.FindQuestion{Products: m.Products(), Components: []compat.Component{linux, x86}, Limit: 100})
	if err != nil || f.Passing != 5 {
		t.Errorf("%v, %d pass: five releases say nothing of it", err, f.Passing)
	}
	ds := granting()
	ds.Claims = slices.DeleteFunc(ds.Claims, func(c fact.Claim) bool { return c.Technology == "x86" || c.Exclusive })
	if _, err := survey.Find(survey.FindQuestion{Products: build(t, ds).Products(), Components: []compat.Component{x86}, Limit: 100}); errorWords(err) != "error environment " {
		t.Errorf("found by what is assumed: %v", err)
	}
}

// TestBaselineIsPlanned: a plan has what is taken for granted as a value of its kind.
func TestBaselineIsPlanned(t *testing.T) {
	m := build(t, granting())
	for release, want := range map[string]string{
		"silent": "Linux 2\nMac", "arm": "Linux 2 + x86\nMac + Arm", "yes": "Linux 2 + Arm\nMac + x86", "only": "Linux 2 + Arm\nMac + Arm", "no": "Linux 2 + Arm\nMac + Arm",
	} {
		if _, got := planned(t, plan.Question{Release: releaseOf(t, m, "shop", release), Strategy: plan.Each}); got != want {
			t.Errorf("%s:\n%s\nwant\n%s", release, got, want)
		}
	}
}

func TestBaselineFaults(t *testing.T) {
	for baseline, want := range map[string]string{
		"x68": `kind cpu: names technology "x68", which is not there; did you mean x86?`, "linux": "kind cpu: its baseline linux is of kind os; name a technology of kind cpu",
		"any": "kind cpu: its baseline any stands for any member of its family; name one technology",
	} {
		ds := granting()
		ds.Technologies = append(ds.Technologies, fact.Technology{ID: "any", Name: "Any", Kind: "cpu", Scheme: "none", Generic: true})
		ds.Kinds[1].Baseline = baseline
		if got := compat.Validate(ds); len(got) != 1 || got[0].Error() != want {
			t.Errorf("%s: %v, want %s", baseline, got, want)
		}
	}
}

// Adding x86-64, however it is written, to a question about any release changes
// nothing of the answer, unless the release says something of it.
func TestBaselineChangesNothing(t *testing.T) {
	m := sample.Catalogue(t)
	everyday := []string{"os=RHEL 9", "os=Ubuntu 24.04", "os=Windows 11 25H2", "os=Fubar 3", "jdk=Temurin 21", "jdk=JDK 11", "dbms=Postgres 17", "dbms=Oracle 19c", "directory=OpenLDAP", "arch=arm64"}
	spellings := []string{"amd64", "x86_64", "x64", "x86-64"}
	for _, r := range m.Releases() {
		asked := everyday
		for _, l := range r.Listings() {
			if l.Tech.ID == "amd64" && l.When == "" {
				t.Fatalf("%s lists x86-64 whatever else is true; the test does not know that", l.ID)
			}
			asked = append(asked, l.Tech.Kind+"="+l.Query())
		}
		for n := range asked {
			for _, require := range []string{"tested", "conditional,exact"} {
				environment := []string{asked[n], asked[(n*7+3)%len(asked)]}[:1+n%2]
				if slices.Contains(environment, "arch=x86-64") {
					continue // asked for twice it counts once
				}
				line := fmt.Sprintf("%s %s|%s|%s", r.Product, r.Version, strings.Join(environment, " + "), require)
				plain, with := new(compat.Answer), new(compat.Answer)
				q := readQuestion(t, m, strings.Split(line, "|"))
				if err := m.Check(q, plain); err != nil {
					t.Fatal(line, err)
				}
				q.Components = append(slices.Clone(q.Components), m.Resolve(compat.Asked{Kind: "arch", Text: spellings[n%len(spellings)]}))
				if err := m.Check(q, with); err != nil {
					t.Fatal(line, err)
				}
				sameButAssumed(t, line, plain, with)
			}
		}
	}
}

// sameButAssumed compares two answers, the second of which assumes a component more.
func sameButAssumed(t *testing.T, line string, plain, with *compat.Answer) {
	t.Helper()
	if listed := slices.IndexFunc(with.Components, isX86); len(with.Assumed) == 0 && listed >= 0 && len(with.Components[listed].Listed) > 0 {
		with.Components = slices.Delete(with.Components, listed, listed+1) // the release lists it, with what else is asked
		if with.Verdict != plain.Verdict || with.Pass != plain.Pass || !reflect.DeepEqual(judged(with), judged(plain)) {
			t.Errorf("%s with x86-64, which is listed:\n%s\nwithout:\n%s", line, standing(with), standing(plain))
		}
		return
	}
	if len(with.Assumed) == len(plain.Assumed)+1 && with.Verdict == plain.Verdict && with.Pass == plain.Pass &&
		reflect.DeepEqual(with.Combination, plain.Combination) && reflect.DeepEqual(moved(with), moved(plain)) &&
		reflect.DeepEqual(judged(with), judged(plain)) && reflect.DeepEqual(with.Advisories, plain.Advisories) &&
		strings.Contains(with.Summary(), "x86-64 is assumed") {
		return
	}
	t.Errorf("%s with x86-64:\n%s\n%s\nwithout:\n%s\n%s", line, standing(with), with.Summary(), standing(plain), plain.Summary())
}

func isX86(c compat.ComponentAnswer) bool { return c.Technology != nil && c.Technology.ID == "amd64" }

func moved(a *compat.Answer) (all []string) {
	for _, m := range a.Moves {
		all = append(all, m.Summary()+" "+string(m.Verdict))
	}
	return all
}

func judged(a *compat.Answer) (all []string) {
	for i := range a.Components {
		c := &a.Components[i]
		all = append(all, fmt.Sprint(c.Verdict, c.Match, c.Why(), c.Conditions))
	}
	return all
}
