package compat_test

import (
	"os"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/compat/plain"
	"github.com/testedon/testedon/compat/plan"
	"github.com/testedon/testedon/compat/survey"
	"github.com/testedon/testedon/internal/sample"
)

var innermost = regexp.MustCompile(`⟦[^⟦⟧]*⟧`)

// unmarked is what of a text is neither a message nor one of the texts of a catalogue.
func unmarked(text string, known ...string) string {
	for innermost.MatchString(text) {
		text = innermost.ReplaceAllString(text, "")
	}
	for _, k := range known {
		text = strings.ReplaceAll(text, k, "")
	}
	if !strings.ContainsFunc(text, unicode.IsLetter) {
		return ""
	}
	return text
}

// TestLanguage: whatever is answered in another language is said in that one alone, but for
// what vendors and catalogues print.
func TestLanguage(t *testing.T) {
	english := sample.Catalogue(t)
	m, err := english.In(sample.Marked(t, "../message/en"))
	if err != nil {
		t.Fatal(err)
	}
	said := 0
	hold := func(what, text string, known ...string) {
		said++
		if rest := unmarked(text, known...); rest != "" {
			t.Errorf("%s: %q is not of the language, in %q", what, rest, text)
		}
	}
	today, _ := fact.ParseDay("2026-11-29")
	questions, err := os.ReadFile("testdata/answers.txt")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(questions)) {
		if line[0] == ' ' || line[0] == '#' || line == "\n" {
			continue
		}
		q := readQuestion(t, m, append(strings.Split(strings.TrimSpace(line), " | "), "")[:3])
		q.Today = today
		var a compat.Answer
		if err := m.Check(q, &a); err == nil {
			holdAnswer(hold, line, &a)
		}
	}
	for _, p := range m.Products() {
		hold(p.ID, survey.Coverage(m, today, p).Summary())
		hold(p.ID, survey.Retest(survey.RetestQuestion{Today: today, Within: survey.Within{Years: 1}, Products: []*compat.Product{p}}).Summary())
		for i, r := range p.Releases() {
			holdRelease(t, hold, m, r, p.Releases()[max(i-1, 0)])
		}
	}
	for _, c := range survey.ChangesOf(m) {
		hold(c.ID, c.Summary())
	}
	for _, text := range []string{"MI with RHEL 9+Corretto 21", "RHEL", "is Fubar 3 tested for micro integrator 4.4.0 on RHEL 9", "4.4.0", "MI 9.9 on RHEL 9", "mi latest without Oracle 19c on RHEL 9", "RHEL 9 yesterday for MI 4.4 and APIM 4.5"} {
		u := plain.Understand(m, text)
		hold(text, u.Summary(nil))
		for _, one := range u.Ambiguous {
			hold(text, one.Reason)
		}
	}
	if said < 500 {
		t.Errorf("only %d texts are held", said)
	}
	_, err = m.Release("mi", "9")
	e, _ := err.(*fact.Error)
	text, hint := e.In(m.Words())
	hold("error", text)
	hold("hint", hint)
	if text, _ := e.In(nil); text != e.Message {
		t.Error(text)
	}
}

// TestLanguageOfVersions: why a text is no version is said in the language of the answer, as
// a message within the message of what is no version.
func TestLanguageOfVersions(t *testing.T) {
	m, err := sample.Catalogue(t).In(sample.Marked(t, "../message/en"))
	if err != nil {
		t.Fatal(err)
	}
	for asked, want := range map[string]string{
		"java:17.1.2":          "⟦the second number of Java is 0, and the third the update, as in 17.0.2⟧",
		"java:17+quux":         `⟦"quux" is not understood there⟧`,
		"java:17 beta":         `⟦"beta" marks a pre-release, and only releases are listed⟧`,
		"ubuntu:24.4":          "⟦the month has two digits, as in 24.04⟧",
		"postgresql:>18 <17":   "⟦no version satisfies all of it⟧",
		"postgresql:quux":      "⟦it does not begin with a number⟧",
		"postgresql:17.2.3.4":  "⟦its versions have up to 2 small numbers, such as ",
		"sql-server:2022 CU0":  "⟦the first update is 1, as in CU1⟧",
		"windows-server:9.9.9": `⟦no such release is known; give the build if it is new ("10.0.26100")⟧`,
	} {
		id, _, _ := strings.Cut(asked, ":")
		x, err := m.Technology(id)
		if err != nil {
			t.Fatal(err)
		}
		if c := m.Resolve(compat.Asked{Kind: x.Kind, Text: asked}); !strings.Contains(c.Reason, want) {
			t.Errorf("%s is no version, as %q, and not %q", asked, c.Reason, want)
		}
	}
}

// holdAnswer holds every text of an answer, which has names and notes of the catalogue beside
// messages.
func holdAnswer(hold func(what, text string, known ...string), line string, a *compat.Answer) {
	var known []string
	for i := range a.Components {
		c := &a.Components[i]
		if c.Via != nil {
			known = append(known, c.Via.Note)
		}
		known = append(known, c.Understood())
		hold(line, c.Why(), known...)
		hold(line, c.Remark(), known...)
		hold(line, c.LifecycleText())
		if c.Turn != nil {
			hold(line, c.Turn.Text())
		}
	}
	for _, s := range a.Stale {
		known = append(known, s.Source.Title)
	}
	hold(line, a.Summary(), known...)
	for _, move := range a.Moves {
		hold(line, move.Summary())
	}
	for _, offer := range a.Offers {
		hold(line, offer.Text())
	}
	turned, _ := a.Turned()
	hold(line, turned)
}

func holdRelease(t *testing.T, hold func(what, text string, known ...string), m *compat.Matrix, r, other *compat.Release) {
	t.Helper()
	hold(r.ID(), survey.List(m, r, nil, nil).Summary())
	hold(r.ID(), planSummary(t, r))
	if needs, err := r.Stated().Requirements("", 2); err == nil {
		hold(r.ID(), needs.Summary)
	}
	if ports, err := r.Stated().Ports("", 0, 1); err == nil {
		hold(r.ID(), ports.Summary)
	}
	compared, err := survey.Compare(survey.CompareQuestion{From: r, To: other, Components: []compat.Component{m.Resolve(compat.Asked{Kind: "os", Text: "RHEL 9"})}})
	if err != nil {
		t.Fatal(err)
	}
	hold(r.ID(), compared.Summary())
}

func planSummary(t *testing.T, r *compat.Release) string {
	t.Helper()
	p, err := plan.New(plan.Question{Release: r, Strategy: plan.Each})
	if err != nil {
		t.Fatal(err)
	}
	return p.Summary()
}
