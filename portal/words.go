package portal

import (
	"cmp"
	"fmt"
	"html/template"
	"net/url"
	"slices"
	"strings"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/fleet"
	"github.com/testedon/testedon/internal/str"
)

// functions are what templates may call.
func (p *Portal) functions() template.FuncMap {
	return template.FuncMap{
		"asset": func(name string) (string, error) {
			if a := p.assets[name]; a != nil {
				return a.Path, nil
			}
			return "", fmt.Errorf("there is no file %s", name)
		},
		"words":      func(value any) string { return str.Words(fmt.Sprint(value)) },
		"sign":       sign,
		"outcome":    outcome,
		"look":       look,
		"mark":       mark,
		"capital":    str.Capital,
		"subject":    Subject,
		"statusSign": func(s fact.Status) string { return statusSigns[s] },
		"web":        str.WebAddress,
		"query":      url.QueryEscape,
		"segment":    url.PathEscape,
		"add":        func(a, b int) int { return a + b },
		"nav":        func() []Candidate { return Sections },
		"bar":        bar,
		"depends":    dependsOn,
		"join":       strings.Join,
		"thousands":  fleet.Thousands,
		"stated": func(c Component, l *compat.Listing) stated {
			return stated{l, c.Source(l.BroughtBy), c.Source(l.EndedBy)}
		},
		"cite": func(s *fact.Source, c fact.Citation) cited { return cited{s, c.Section, c.Quote} },
	}
}

// Sections are the parts of the site, as the navigation shows them.
var Sections = []Candidate{
	{"Ask", "/"}, {"Products", "/products"}, {"Technologies", "/technologies"}, {"Compare", "/compare"}, {"Changes", "/changes"}, {"Embed", "/embed"}, {"API", "/docs"},
}

// bar says what passes, and by whose word where that is the product's.
func bar(a *compat.Answer) string {
	r := a.Require
	text := str.Words(r.Worst) + " is enough"
	if r.Worst == fact.Tested {
		text = "only what is tested counts"
	}
	if r.Exact {
		text += ", every match has to be exact"
	}
	if r.Combination {
		text += ", the whole environment has to be on record"
	}
	if a.RequireBy == "product" {
		text += ", as for every question about " + a.Product.Name + " that sets no other bar"
	}
	return text
}

// dependsOn is what a verdict with conditions depends on.
func dependsOn(conditions []compat.Condition) string {
	switch {
	case slices.ContainsFunc(conditions, func(c compat.Condition) bool { return c.When != "" }):
		return "more than the version"
	case slices.ContainsFunc(conditions, func(c compat.Condition) bool { return c.Technology != nil }):
		return "what it is precisely"
	}
	return "the version"
}

// cited is a place in a source, for the part "cited".
type cited struct {
	*fact.Source
	Section, Quote string
}

// stated is a statement with the changes that brought and took it, for the part "evidence".
type stated struct {
	*compat.Listing
	Brought, Ended *fact.Source // nil where they are not known
}

// signs tell verdicts apart without colour.
var signs = map[fact.Verdict]string{
	fact.Tested:       "✓",
	fact.Compatible:   "≈",
	fact.Conditional:  "?",
	fact.NotListed:    "–",
	fact.Unresolved:   "…",
	fact.Incompatible: "✗",
}

// statusSigns tell statuses apart without colour.
var statusSigns = map[fact.Status]string{
	fact.StatusTested:         "✓",
	fact.StatusSupported:      "≈",
	fact.StatusRequired:       "!",
	fact.StatusCompatible:     "≈",
	fact.StatusRecommended:    "★",
	fact.StatusShipped:        "▣",
	fact.StatusDeprecated:     "▼",
	fact.StatusNotRecommended: "▽",
	fact.StatusNotTested:      "–",
	fact.StatusOutOfSupport:   "–",
	fact.StatusIncompatible:   "✗",
	fact.StatusPlanned:        "…",
}

func sign(v fact.Verdict) string { return signs[v] }

// refused reports whether an answer does not pass and has a verdict that alone would be
// taken for a yes.
func refused(a *compat.Answer) bool { return !a.Pass && !a.Verdict.Worse(fact.Compatible) }

// outcome is an answer in a few words, wherever it stands: the verdict, and what takes
// from it.
func outcome(a *compat.Answer) string {
	text := str.Words(cmp.Or(string(a.Word()), string(a.Verdict)))
	if refused(a) {
		text += ", does not pass"
	}
	return text + doubts(a)
}

// turned is an answer in a few words, which tell as well what it was before a change that
// took it.
func turned(a *compat.Answer) string {
	switch text, passed := a.Turned(); {
	case passed:
		return text + doubts(a)
	case text != "":
		return outcome(a) + ", " + text
	}
	return outcome(a)
}

// doubts are what takes from an answer.
func doubts(a *compat.Answer) (text string) {
	if a.Provisional() {
		text += ", provisional"
	}
	if day := LastConfirmed(a.Stale); day != "" {
		text += ", confirmed " + day
	}
	return text
}

// look is the class of an answer, which tells its colour.
func look(a *compat.Answer) string {
	switch {
	case len(a.Stale) > 0:
		return "stale"
	case refused(a):
		return string(fact.Conditional)
	}
	return string(a.Verdict)
}

// mark is the sign of an answer.
func mark(a *compat.Answer) string {
	if refused(a) {
		return "▲"
	}
	return sign(a.Verdict)
}

// Subject is what an answer is about: "WSO2 Micro Integrator 4.4.0".
func Subject(a *compat.Answer) string { return a.Product.Name + " " + a.Release.Version }

// Headline is an answer in a line: "Tested: WSO2 Micro Integrator 4.4.0".
func Headline(a *compat.Answer) string { return str.Capital(outcome(a)) + ": " + Subject(a) }
