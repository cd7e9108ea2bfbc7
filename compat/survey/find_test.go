package survey_test

import (
	"strings"
	"testing"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/compat/survey"
	"github.com/testedon/testedon/internal/sample"
)

// find asks built which releases are tested with "product | kind=text + …".
func find(t *testing.T, m *compat.Matrix, product, environment string, limit int) string {
	t.Helper()
	q := survey.FindQuestion{Limit: limit}
	var err error
	if q.Products, err = m.Select(product); err != nil {
		return sample.ErrorWords(err)
	}
	for component := range strings.SplitSeq(environment, " + ") {
		kind, text, _ := strings.Cut(component, "=")
		q.Components = append(q.Components, m.Resolve(compat.Asked{Kind: kind, Text: text}))
	}
	found, err := survey.Find(q)
	if err != nil {
		return sample.ErrorWords(err)
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
	m := sample.Build(t, sample.Built())
	for asked, want := range map[string]string{
		" | os=Alpha Linux 2.1":            "web 1.0 tested, job 1 conditional, web 2.0 conditional, solo 1 not_listed",
		" | os=Beta Linux 1":               "job 1 conditional, web 2.0 conditional, web 1.0 conditional, solo 1 not_listed",
		"WEB | os=Alpha Linux 2.1":         "web 1.0 tested, web 2.0 conditional",
		" | os=Alpha Linux 2 + cache=KV 1": "web 1.0 conditional, job 1 conditional, web 2.0 conditional, solo 1 not_listed",
		" | os=Beta Linux + cache=KV 1":    "job 1 conditional, web 2.0 conditional, web 1.0 conditional, solo 1 not_listed",
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
	m := sample.Build(t, sample.Built())
	q := survey.FindQuestion{Products: m.Products(), Limit: 0, Components: []compat.Component{m.Resolve(compat.Asked{Kind: "os", Text: "Beta Linux 1"})}}
	found, err := survey.Find(q)
	if err != nil || found.Total != 4 || found.Passing != 0 || len(found.Answers) != 0 {
		t.Errorf("%+v, %v", found, err)
	}
}

// Of releases that are tested with it, those that name just these versions come
// before newer ones that list the series.
func TestFindExactFirst(t *testing.T) {
	m := sample.Build(t, sample.Upgraded())
	if got, want := find(t, m, "", "os=Alpha Linux 2.3", 9), "shop 2.0 tested, shop 3.0 tested, shop 10.0 not_listed"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

// What passes comes before what has a better verdict and does not pass: the bar
// may ask for more than a verdict.
func TestFindPassingFirst(t *testing.T) {
	m := sample.Build(t, sample.Upgraded())
	q := survey.FindQuestion{Products: m.Products(), Limit: 1, Components: []compat.Component{m.Resolve(compat.Asked{Kind: "os", Text: "Alpha Linux 2.5"})}}
	for require, want := range map[string]string{"compatible": "3.0 tested", "compatible,exact": "2.0 compatible"} {
		var err error
		if q.Require, err = compat.ParseRequire(require); err != nil {
			t.Fatal(err)
		}
		found, err := survey.Find(q)
		if err != nil {
			t.Fatal(err)
		}
		if best := found.Answers[0]; best.Release.Version+" "+string(best.Verdict) != want || !best.Pass {
			t.Errorf("%s: %s %s, pass %t", require, best.Release.Version, best.Verdict, best.Pass)
		}
	}
}

// What is found has no moves, also where a check has.
func TestFindWithoutMoves(t *testing.T) {
	m := sample.Build(t, sample.Upgraded())
	if got, want := find(t, m, "", "cache=New KV 9", 9), "shop 10.0 not_listed, shop 3.0 not_listed, shop 2.0 not_listed"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	q := compat.Question{Product: "shop", Release: "2.0", Components: []compat.Component{m.Resolve(compat.Asked{Kind: "cache", Text: "New KV 9"})}}
	if a := new(compat.Answer); m.Check(q, a) != nil || len(a.Moves) == 0 {
		t.Errorf("a check has the moves %v", a.Moves)
	}
}

func TestFindSummary(t *testing.T) {
	many, one := sample.Build(t, sample.Upgraded()), sample.Build(t, sample.Grid([]int{1}))
	for _, c := range []struct {
		m           *compat.Matrix
		asked, want string
	}{
		{many, "os=Alpha Linux 2.3", "2 of 3 releases pass. The best answer is that of Shop 2.0: tested."},
		{many, "os=Alpha Linux 2.1", "1 of 3 releases passes. The best answer is that of Shop 3.0: tested."},
		{many, "cache=New KV 9", "None of 3 releases passes. No release lists New KV 9. The best answer is that of Shop 10.0: not listed."},
		{one, "k00=Tk00 1", "The only release passes. The best answer is that of P 1: tested."},
		{one, "k00=Tk00 2", "The only release does not pass. The best answer is that of P 1: not listed."},
	} {
		kind, text, _ := strings.Cut(c.asked, "=")
		q := survey.FindQuestion{Products: c.m.Products(), Limit: 1, Components: []compat.Component{c.m.Resolve(compat.Asked{Kind: kind, Text: text})}}
		found, err := survey.Find(q)
		if err != nil || found.Summary() != c.want {
			t.Errorf("%s: %s, %v", c.asked, found.Summary(), err)
		}
	}
	nothing := sample.Upgraded()
	nothing.Products = append(nothing.Products, fact.Product{ID: "new", Name: "New", Vendor: "Acme"})
	found, err := survey.Find(survey.FindQuestion{Products: sample.Build(t, nothing).Products()[:1], Limit: 1})
	if err != nil || found.Summary() != "There is no release to hold the environment against." {
		t.Errorf("%s, %v", found.Summary(), err)
	}
}
