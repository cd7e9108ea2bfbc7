package portal

import (
	"cmp"
	"fmt"
	"html/template"
	"net/url"
	"strings"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/compat/plain"
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
		"failed":     func(r *compat.Run) bool { return r.Result == fact.Failed },
		"role":       func(r plain.Role) string { return roles[r] },
		"subject":    Subject,
		"statusSign": func(s fact.Status) string { return statusSigns[s] },
		"web":        str.WebAddress,
		"query":      url.QueryEscape,
		"segment":    url.PathEscape,
		"add":        func(a, b int) int { return a + b },
		"neg":        func(a int) int { return -a },
		"count":      str.Count,
		"nav":        func() []Candidate { return Sections },
		"besides":    func() []Candidate { return Besides },
		"bar":        bar,
		"hideable":   func() []string { return Hideable },
		"join":       strings.Join,
		"thousands":  fleet.Thousands,
		"stated": func(c Component, l *compat.Listing) stated {
			return stated{l, c.Source(l.BroughtBy), c.Source(l.EndedBy)}
		},
		"cite": func(s *fact.Source, c fact.Citation) cited { return cited{s, c.Section, c.Quote} },
	}
}

// roles say under a word of a question what it was taken for, where that is to be told.
var roles = map[plain.Role]string{plain.RoleProduct: "product", plain.RoleRelease: "release", plain.RoleTechnology: "technology", plain.RoleVersion: "version", plain.RoleKind: "kind",
	plain.RoleUnknown: "unknown", plain.RoleIgnored: "not understood"}

// Sections are the parts of the site, as the navigation shows them.
var Sections = []Candidate{
	{"Ask", "/"}, {"Find", "/find"}, {"Compare", "/compare"}, {"Fleet", "/fleet"}, {"Products", "/products"}, {"Technologies", "/technologies"},
	{"Changes", "/changes"}, {"Embed", "/embed"}, {"API", "/docs"},
}

// Besides are further pages, as the foot of each page shows them.
var Besides = []Candidate{{"What to test again", "/retest"}, {"Sources", "/sources"}, {"Coverage", "/coverage"}}

// bar says whether an answer passes, and what is required.
func bar(a *compat.Answer) string {
	text := map[bool]string{true: "Passes", false: "Fails"}[a.Pass] + " · required: " + str.Words(a.Require.Worst)
	if a.Require.Exact {
		text += ", every match exact"
	}
	if a.Require.Combination {
		text += ", a recorded test of the whole environment"
	}
	if a.RequireBy == "product" {
		text += " (set by " + a.Product.Name + ")"
	}
	return text
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

// lookedAt comes before the day on which a page was last looked at: nobody need have tested then.
const lookedAt = "page last looked at"

// doubts are what takes from an answer.
func doubts(a *compat.Answer) (text string) {
	if a.Provisional() {
		text += ", provisional"
	}
	return text + str.With(", "+lookedAt+" ", LastConfirmed(a.Stale))
}

// look is the class of an answer, which tells its colour. What is old takes it from a yes alone.
func look(a *compat.Answer) string {
	switch {
	case a.Pass && len(a.Stale) > 0:
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
