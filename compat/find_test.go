package compat_test

import (
	"strings"
	"testing"

	"github.com/testedon/testedon/compat"
)

// find asks built which releases are tested with "product | kind=text + …".
func find(t *testing.T, m *compat.Matrix, product, environment string, limit int) string {
	t.Helper()
	q := compat.FindQuestion{Product: product, Limit: limit}
	for component := range strings.SplitSeq(environment, " + ") {
		kind, text, _ := strings.Cut(component, "=")
		q.Components = append(q.Components, m.Resolve(compat.Asked{Kind: kind, Text: text}))
	}
	found, err := m.Find(q)
	if err != nil {
		return errorWords(err)
	}
	var all []string
	for i := range found.Answers {
		a := &found.Answers[i]
		if len(a.Moves) > 0 {
			t.Errorf("%s of %s has moves", environment, a.Product.ID)
		}
		all = append(all, a.Product.ID+" "+a.Release.Version+" "+string(a.Verdict))
	}
	return strings.Join(all, ", ")
}

func TestFind(t *testing.T) {
	m := build(t, built())
	for asked, want := range map[string]string{
		" | os=Alpha Linux 2.1":            "web 1.0 tested, job 1 conditional, web 2.0 conditional, solo 1 not_listed",
		" | os=Beta Linux 1":               "job 1 tested, web 2.0 tested, web 1.0 compatible, solo 1 not_listed",
		"WEB | os=Alpha Linux 2.1":         "web 1.0 tested, web 2.0 conditional",
		" | os=Alpha Linux 2 + cache=KV 1": "web 1.0 compatible, job 1 conditional, web 2.0 conditional, solo 1 not_listed",
		" | os=Beta Linux + cache=KV 1":    "job 1 compatible, web 2.0 compatible, web 1.0 compatible, solo 1 not_listed",
		" | os=Gamma 7 + cache=KV 1":       "job 1 unresolved, web 2.0 unresolved, web 1.0 unresolved, solo 1 unresolved",
		"wbe | os=Alpha Linux 2.1":         "error product web",
		"solo | os=Gamma 7":                "solo 1 unresolved",
	} {
		product, environment, _ := strings.Cut(asked, "| ")
		if got := find(t, m, strings.TrimSpace(product), environment, 10); got != want {
			t.Errorf("%s: %s, want %s", asked, got, want)
		}
	}
	if got := find(t, m, "", "os=Alpha Linux 2.1", 1); got != "web 1.0 tested" {
		t.Errorf("the best one is %s", got)
	}
}

func TestFindCounts(t *testing.T) {
	m := build(t, built())
	q := compat.FindQuestion{Limit: 0, Components: []compat.Component{m.Resolve(compat.Asked{Kind: "os", Text: "Beta Linux 1"})}}
	found, err := m.Find(q)
	if err != nil || found.Total != 4 || found.Passing != 2 || len(found.Answers) != 0 {
		t.Errorf("%+v, %v", found, err)
	}
}

// Of releases that are tested with it, those that name just these versions come
// before newer ones that list the series.
func TestFindExactFirst(t *testing.T) {
	m := build(t, upgraded())
	if got, want := find(t, m, "", "os=Alpha Linux 2.3", 9), "shop 2.0 tested, shop 3.0 tested, shop 10.0 not_listed"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}
