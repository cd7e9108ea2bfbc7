package report

import (
	"bytes"
	"encoding/json"
	"net/url"
	"path/filepath"
	"slices"
	"strings"

	"github.com/testedon/testedon/api/answers"
	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/cli/client"
	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/compat/requirement"
	"github.com/testedon/testedon/internal/str"
)

// sarifReport is a log of findings, as code scanners write them (SARIF 2.1.0): one
// for each component that does not pass, at the line of its environment.
type sarifReport struct {
	run     *Run
	results []object
}

// object is one of JSON.
type object = map[string]any

// rule is a kind of flaw.
type rule struct{ id, level, about string }

// Rules that no verdict stands for.
const (
	ruleInexact     = "inexact"
	ruleResources   = "resources"
	ruleCombination = "combination"
	ruleProblem     = "problem"
)

// rules are all kinds of flaws: verdicts, then the others.
var rules = []rule{
	{string(fact.Compatible), "warning", "A statement says that it is compatible, and not that it was tested."},
	{string(fact.Conditional), "warning", "It depends on the precise version, or on more than that."},
	{string(fact.NotListed), "warning", "No statement covers it, which does not mean that it does not work."},
	{string(fact.Unresolved), "error", "It could not be read as a technology and version."},
	{string(fact.Incompatible), "error", "A statement or a recorded test run says that it does not work."},
	{ruleInexact, "warning", "A statement covers it without naming just this version."},
	{ruleResources, "error", "There is less than the release needs."},
	{ruleCombination, "warning", "The environment as a whole is not on record as passed."},
	{ruleProblem, "error", "The question could not be answered."},
}

// flaw is a reason why an environment does not pass.
type flaw struct{ rule, text string }

// flaws gives the reasons why an environment does not pass, at least one.
func flaws(a *answers.Answer) []flaw {
	bar, _ := compat.ParseRequire(a.Require) // which the API has written
	var all []flaw
	for _, c := range a.Components {
		switch {
		case fact.Verdict(c.Verdict).Worse(bar.Worst):
			all = append(all, flaw{c.Verdict, c.Asked + ": " + c.Why})
		case bar.Exact && c.Match != string(fact.MatchExact):
			all = append(all, flaw{ruleInexact, c.Asked + ": " + c.Why})
		}
	}
	if a.Resources != nil && !a.Resources.Met {
		for _, r := range a.Resources.Items {
			if r.Status == string(requirement.NotMet) {
				all = append(all, flaw{ruleResources, str.Join(", ", r.Deployment, r.Why)})
			}
		}
	}
	if len(all) > 0 {
		return all
	}
	if fact.Verdict(a.Verdict).Worse(bar.Worst) {
		return []flaw{{a.Verdict, a.Summary}}
	}
	return []flaw{{ruleCombination, a.Summary}}
}

func beginSARIF(run *Run) writer { return &sarifReport{run: run, results: []object{}} }

func (s *sarifReport) add(r *client.Result) {
	if r.Problem != nil {
		s.found(r, flaw{ruleProblem, r.Summary()})
		return
	}
	if r.Answer.Pass {
		return
	}
	for _, f := range flaws(r.Answer) {
		s.found(r, f)
	}
}

// found adds one flaw. What stands in no file has its name for a place.
func (s *sarifReport) found(r *client.Result, f flaw) {
	index := slices.IndexFunc(rules, func(known rule) bool { return known.id == f.rule })
	if index < 0 { // a verdict of a newer server
		index = len(rules) - 1
	}
	location := object{"logicalLocations": []object{{"name": r.Name}}}
	if r.Line > 0 {
		location = object{"physicalLocation": object{
			"artifactLocation": object{"uri": fileURI(s.run.File)}, "region": object{"startLine": r.Line},
		}}
	}
	s.results = append(s.results, object{
		"ruleId": rules[index].id, "ruleIndex": index, "level": rules[index].level,
		"message": object{"text": str.Join(": ", r.Name, f.text)}, "locations": []object{location},
	})
}

// fileURI names a file as a reference: relative where its name is.
func fileURI(name string) string {
	u := url.URL{Path: filepath.ToSlash(name)}
	if strings.HasPrefix(u.Path, "/") {
		u.Scheme = "file"
	}
	return u.String()
}

func (s *sarifReport) end(*Tally) string {
	driver := object{"name": "testedon", "informationUri": "https://github.com/testedon/testedon", "rules": wire.Each(rules, func(r rule) object {
		return object{"id": r.id, "shortDescription": object{"text": r.about}, "defaultConfiguration": object{"level": r.level}}
	})}
	if s.run.Version != "" {
		driver["version"] = s.run.Version
	}
	var b bytes.Buffer
	out := json.NewEncoder(&b)
	out.SetEscapeHTML(false)
	out.SetIndent("", "  ")
	_ = out.Encode(object{ // which can always be written
		"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0",
		"runs": []object{{"tool": object{"driver": driver}, "results": s.results, "columnKind": "unicodeCodePoints"}},
	})
	return b.String()
}
