package cli

import (
	"bytes"
	"encoding/json"
	"net/url"
	"path/filepath"
	"slices"
	"strings"

	"github.com/testedon/testedon/api/answers"
	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/compat/requirement"
)

// sarifReport is a log of findings, as code scanners write them (SARIF 2.1.0): one
// for each component that does not pass, at the line of its environment.
type sarifReport struct {
	of  reportOf
	run sarifRun
}

type sarifLog struct {
	Schema  string     `json:"$schema"`
	Version string     `json:"version"`
	Runs    []sarifRun `json:"runs"`
}

type sarifRun struct {
	Tool       sarifTool     `json:"tool"`
	Results    []sarifResult `json:"results"`
	ColumnKind string        `json:"columnKind"`
}

type sarifTool struct {
	Driver sarifDriver `json:"driver"`
}

type sarifDriver struct {
	Name           string      `json:"name"`
	Version        string      `json:"version,omitempty"`
	InformationURI string      `json:"informationUri"`
	Rules          []sarifRule `json:"rules"`
}

type sarifRule struct {
	ID      string    `json:"id"`
	Short   sarifText `json:"shortDescription"`
	Default struct {
		Level string `json:"level"`
	} `json:"defaultConfiguration"`
}

type sarifText struct {
	Text string `json:"text"`
}

type sarifResult struct {
	RuleID    string          `json:"ruleId"`
	RuleIndex int             `json:"ruleIndex"`
	Level     string          `json:"level"`
	Message   sarifText       `json:"message"`
	Locations []sarifLocation `json:"locations"`
}

type sarifLocation struct {
	Physical struct {
		Artifact struct {
			URI string `json:"uri"`
		} `json:"artifactLocation"`
		Region struct {
			StartLine int `json:"startLine"`
		} `json:"region"`
	} `json:"physicalLocation"`
}

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
				all = append(all, flaw{ruleResources, list(", ", r.Deployment, r.Why)})
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

func newSARIFReport(of reportOf) reporter {
	driver := sarifDriver{Name: "testedon", Version: of.version, InformationURI: "https://github.com/testedon/testedon"}
	for _, r := range rules {
		made := sarifRule{ID: r.id, Short: sarifText{r.about}}
		made.Default.Level = r.level
		driver.Rules = append(driver.Rules, made)
	}
	return &sarifReport{of: of, run: sarifRun{Tool: sarifTool{driver}, Results: []sarifResult{}, ColumnKind: "unicodeCodePoints"}}
}

func (s *sarifReport) add(r *result) {
	if r.problem != nil {
		s.found(r, flaw{ruleProblem, r.says()})
		return
	}
	if r.answer.Pass {
		return
	}
	for _, f := range flaws(r.answer) {
		s.found(r, f)
	}
}

// found adds one flaw.
func (s *sarifReport) found(r *result, f flaw) {
	index := slices.IndexFunc(rules, func(known rule) bool { return known.id == f.rule })
	if index < 0 { // a verdict of a newer server
		index = len(rules) - 1
	}
	made := sarifResult{RuleID: rules[index].id, RuleIndex: index, Level: rules[index].level}
	made.Message.Text = list(": ", r.name, f.text)
	var at sarifLocation
	at.Physical.Artifact.URI = fileURI(s.of.file)
	at.Physical.Region.StartLine = r.line
	made.Locations = []sarifLocation{at}
	s.run.Results = append(s.run.Results, made)
}

// fileURI names a file as a reference: relative where its name is.
func fileURI(name string) string {
	u := url.URL{Path: filepath.ToSlash(name)}
	if strings.HasPrefix(u.Path, "/") {
		u.Scheme = "file"
	}
	return u.String()
}

func (s *sarifReport) end(*tally) string {
	var b bytes.Buffer
	out := json.NewEncoder(&b)
	out.SetEscapeHTML(false)
	out.SetIndent("", "  ")
	// These types can always be written.
	_ = out.Encode(sarifLog{"https://json.schemastore.org/sarif-2.1.0.json", "2.1.0", []sarifRun{s.run}})
	return b.String()
}
