package compat_test

import (
	"strings"
	"testing"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/compat/survey"
)

// TestComparedWithConditions: what a statement holds with is there when two releases are
// compared by it.
func TestComparedWithConditions(t *testing.T) {
	ds := granting()
	state := func(release, version string) {
		ds.Releases = append(ds.Releases, fact.Release{Product: "shop", Version: release})
		ds.Claims = append(ds.Claims, fact.Claim{ID: "shop/" + release + "/arm", Product: "shop", Release: release, Technology: "arm", Label: "Arm", When: "there",
			With: []fact.Target{{Technology: "mac"}, {Technology: "linux", Version: version}}, Status: fact.StatusTested, Citation: fact.Citation{Source: "s"}})
	}
	state("one", "2")
	state("two", "2")
	state("three", "3")
	m := build(t, ds)
	for to, want := range map[string]string{
		"two": "lists the same", "three": "changes Arm", "arm": "adds Linux and Mac", "silent": "drops Arm",
	} {
		c, err := survey.Compare(survey.CompareQuestion{From: releaseOf(t, m, "shop", "one"), To: releaseOf(t, m, "shop", to)})
		if err != nil || !strings.Contains(c.Summary(), want) {
			t.Errorf("to %s: %v, %s; want %s", to, err, c.Summary(), want)
		}
	}
}

// TestConditionsSay: why tells of a statement whose condition is broken.
func TestConditionsSay(t *testing.T) {
	ds := granting()
	with := func(id string, status fact.Status, targets ...fact.Target) {
		ds.Claims = append(ds.Claims, fact.Claim{ID: "shop/silent/" + id, Product: "shop", Release: "silent", Technology: "arm", Label: "Arm", When: "only there only",
			With: targets, Status: status, Citation: fact.Citation{Source: "s"}})
	}
	with("a", fact.StatusTested, fact.Target{Technology: "linux", Version: "2"}, fact.Target{Technology: "linux", Version: "3"})
	with("b", fact.StatusIncompatible, fact.Target{Technology: "mac", Version: "9"})
	m := build(t, ds)
	for asked, want := range map[string]string{
		"os=Linux 2":            "Arm is listed as tested for Shop silent (there only). Another statement holds for Mac 9 only; you asked for Linux 2.",
		"os=Linux 4":            "Arm is stated for Linux 2 to 3 only; you asked for Linux 4.",
		"os=Mac 9":              "Arm is stated as incompatible with Shop silent (there only).",
		"os=Linux 4 + os=Mac 8": "only; you asked for Linux 4 and Mac 8.",
	} {
		q := readQuestion(t, m, strings.Split("shop silent|"+asked+" + cpu=Arm|", "|"))
		var a compat.Answer
		if err := m.Check(q, &a); err != nil {
			t.Fatal(err)
		}
		if why := a.Components[len(a.Components)-1].Why(); !strings.Contains(strings.ReplaceAll(why, "arm is", "Arm is"), want) {
			t.Errorf("%s: %s\nwant %s", asked, why, want)
		}
	}
}

func TestConditionFaults(t *testing.T) {
	for want, change := range map[string]func(*fact.Claim){
		"does not say so in words; add them as when":                 func(c *fact.Claim) { c.When = "" },
		"holds with x86, which is of its own kind cpu":               func(c *fact.Claim) { c.With[0] = fact.Target{Technology: "x86"} },
		`names technology "linus", which is not there; did you mean`: func(c *fact.Claim) { c.With[0].Technology = "linus" },
	} {
		ds := granting()
		claim := &ds.Claims[len(ds.Claims)-2]
		claim.Technology, claim.When, claim.With = "arm", "there", []fact.Target{{Technology: "linux", Version: "2"}}
		change(claim)
		if got := compat.Validate(ds); len(got) != 1 || !strings.Contains(got[0].Error(), want) {
			t.Errorf("%v, want %s", got, want)
		}
	}
}
