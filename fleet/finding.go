package fleet

import (
	"fmt"
	"slices"
	"strings"

	"github.com/testedon/testedon/api/answers"
	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/compat/requirement"
	"github.com/testedon/testedon/internal/str"
	"github.com/testedon/testedon/message"
)

// Finding is a reason why an environment does not pass, or could not be asked about.
type Finding struct {
	Rule             string // a verdict, or one of the rules that no verdict stands for
	Product, Release string // that were asked about; empty for a problem
	Component        string // that is at fault, as it was asked; empty where none is alone
	Why              string // a sentence
	Move             string // "Did you mean …?", "What to change: …" or "What is listed: …"; empty where none is known

	Waiver *Waiver // that accepts it; nil for most

	what string // the component as it was understood
}

// rule is a kind of finding; the message fleet.rule says what it is.
type rule struct{ ID, Level string }

// Rules that no verdict stands for.
const (
	ruleInexact     = "inexact"
	ruleResources   = "resources"
	ruleCombination = "combination"
	ruleWaiver      = "waiver"
	ruleProblem     = "problem"
)

// rules are all kinds of findings: verdicts, then the others.
var rules = []rule{
	{string(fact.Compatible), "warning"}, {string(fact.Conditional), "warning"}, {string(fact.NotListed), "warning"},
	{string(fact.Unresolved), "error"}, {string(fact.Incompatible), "error"},
	{ruleInexact, "warning"}, {ruleResources, "error"}, {ruleCombination, "warning"}, {ruleWaiver, "error"}, {ruleProblem, "error"},
}

// ruleOf is the place of a rule. A verdict of a newer server is a problem.
func ruleOf(id string) int {
	if at := slices.IndexFunc(rules, func(known rule) bool { return known.ID == id }); at >= 0 {
		return at
	}
	return len(rules) - 1
}

// text tells the finding of a release in one line.
func (f *Finding) text(words *message.Language, release string) string {
	if f.Component == "" && f.Rule != ruleResources {
		return f.Why
	}
	return words.Text("fleet.finding", f.Rule, f.Component, release, f.Why)
}

// Because tells the finding with its reason.
func (f *Finding) Because() string { return str.Join(": ", f.Component, f.Why) }

// Findings gives the reasons why an environment does not pass, or would not without waivers, in a
// language: at least one that none accepts, unless it passes.
func (r *Reply) Findings(words *message.Language) []Finding {
	switch {
	case r.findings != nil:
	case r.Problem != nil:
		r.findings = []Finding{{Rule: ruleProblem, Why: r.Summary()}}
	case !r.Answer.Pass || len(r.Waived) > 0:
		r.findings = findingsOf(words, r.Answer, r.accepted)
	}
	return r.findings
}

func findingsOf(words *message.Language, a *answers.Answer, waived []accepted) (all []Finding) {
	bar, _ := compat.ParseRequire(a.Require) // which the API has written
	found := func(rule, why string) *Finding {
		all = append(all, Finding{Rule: rule, Product: a.Product, Release: a.Release, Why: why})
		return &all[len(all)-1]
	}
	for i := range a.Components {
		c := &a.Components[i]
		verdict, rule := fact.Verdict(c.Verdict), ruleInexact
		if !bar.Fails(verdict, fact.Match(c.Match)) {
			continue
		}
		if verdict.Worse(bar.Worst) {
			rule = c.Verdict
		}
		f := found(rule, c.Why)
		f.Component, f.what, f.Move = c.Asked, c.Asked, moveOf(words, a, c)
		if at := slices.IndexFunc(waived, func(w accepted) bool { return w.Component == c }); at >= 0 {
			f.Waiver = waived[at].Waiver
		}
		if c.Technology != "" {
			f.what = c.Technology + ":" + c.Version
		}
	}
	if a.Resources != nil && !a.Resources.Met {
		for _, r := range a.Resources.Items {
			if r.Status == string(requirement.NotMet) {
				found(ruleResources, str.Join(", ", r.Deployment, r.Why))
			}
		}
	}
	switch {
	case a.Pass || slices.ContainsFunc(all, func(f Finding) bool { return f.Waiver == nil }):
	case fact.Verdict(a.Verdict).Worse(bar.Worst):
		found(a.Verdict, a.Summary)
	default:
		found(ruleCombination, a.Summary)
	}
	return all
}

// moveOf tells what may have been meant by a component, or what to change of it, or else what is
// listed of its kind.
func moveOf(words *message.Language, a *answers.Answer, c *answers.Component) string {
	if len(c.Candidates) > 0 {
		return words.Text("hint.did_you_mean", words.Or(c.Candidates))
	}
	for _, m := range a.Moves {
		for _, change := range m.Changes {
			if change.Kind == "release" || len(m.Changes) == 1 && change.Kind == c.Kind {
				return words.Text("fleet.change", m.Summary)
			}
			if change.Kind == c.Kind && strings.HasPrefix(change.From, c.Name) {
				return words.Text("fleet.change", change.From+" → "+change.To)
			}
		}
	}
	for _, o := range a.Offers {
		if o.Kind == c.Kind {
			return words.Text("fleet.listed", few(words, o.Names, o.More))
		}
	}
	return ""
}

// few tells some names and how many there are besides: "a, b and 3 more".
func few(words *message.Language, names []string, more int) string {
	return words.Text("list.few", strings.Join(names, ", "), Thousands(more))
}

// Thousands writes a number with commas: "12,345".
func Thousands(n int) string {
	text := fmt.Sprint(n)
	for i := len(text) - 3; i > 0; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return text
}
