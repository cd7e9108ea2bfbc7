package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/testedon/testedon/api/answers"
	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/internal/str"
)

// Answer writes an answer about an environment, the verdict first, and all but its
// sources. It is the same wherever the answer comes from.
func (t *Text) Answer(a *answers.Answer) {
	required := a.Require
	if a.RequireBy == "product" {
		required += ", by " + a.Product + " itself"
	}
	t.Line("%s: %s (required: %s)\n%s", Outcomes[a.Pass], str.Words(cmp.Or(a.Word, a.Verdict)), required, a.Summary)
	t.Table("", wire.Each(a.Components, func(c answers.Component) []string {
		return []string{c.Kind, c.Asked, str.Words(cmp.Or(c.Word, c.Verdict)), c.Match, evidence(c)}
	})...)
	t.List("Why", wire.Each(a.Components, reason)...)
	t.List("Maintained by the vendor", wire.Each(a.Components, lifecycle)...)
	for _, c := range a.Components {
		t.List("Test runs with "+c.Asked, wire.Each(c.Runs, run)...)
		t.List(c.Asked+" depends on "+dependsOn(c), wire.Each(c.Conditions, condition)...)
	}
	resources := cmp.Or(a.Resources, &answers.Resources{})
	t.resources(resources)
	t.List("Advisories", wire.Each(a.Advisories, advisory)...)
	t.List("What to change", wire.Each(a.Moves, func(m answers.Move) string { return m.Summary + ": " + str.Words(m.Verdict) })...)
	t.List("What is listed", wire.Each(a.Offers, offer)...)
	if a.SupportURL != "" {
		t.Line("\nAsk support: %s", a.SupportURL)
	}
	if unchecked := slices.Concat(a.Unchecked, resources.Unchecked); len(unchecked) > 0 {
		t.Line("\nNot asked: %s", strings.Join(unchecked, ", "))
	}
}

// offer tells what is listed of a kind.
func offer(o answers.Offer) string {
	text := o.Kind + ": " + strings.Join(o.Names, ", ")
	if o.More > 0 {
		text += fmt.Sprintf(" and %d more", o.More)
	}
	if o.Ended {
		text += " (past their end of life)"
	}
	return text
}

// evidence is the statement that a component's verdict rests on, or the one
// nearest to it.
func evidence(c answers.Component) string {
	switch {
	case len(c.Listed) > 0:
		return statement(c.Listed[0])
	case len(c.Nearest) > 0:
		return "nearest: " + statement(c.Nearest[0])
	}
	return ""
}

// statement is the label as printed, its status where that is not tested, and
// where it stands.
func statement(l answers.Listing) string {
	text := l.Label
	if l.Status != "tested" {
		text += ", " + str.Words(l.Status)
	}
	return text + Origin(l.Source, l.Inherited)
}

// reason explains a verdict that is not plain from the statement.
func reason(c answers.Component) string {
	if c.Match == "exact" && c.Verdict == "tested" || len(c.Conditions) > 0 {
		return ""
	}
	text := c.Asked + ": " + c.Why
	if len(c.Candidates) > 0 {
		text += " Perhaps " + strings.Join(c.Candidates, " or ") + "?"
	}
	return text
}

// lifecycle says whether a component is maintained, where that is on record.
func lifecycle(c answers.Component) string {
	if c.Lifecycle == nil || c.Lifecycle.State == "unknown" {
		return ""
	}
	return c.Asked + ": " + str.Words(c.Lifecycle.State) + ". " + c.Lifecycle.Text
}

// run tells a recorded test run: how it ended, when, with what, and where that is told.
func run(c answers.Configuration) string {
	with := wire.Each(c.Components, func(t answers.Target) string { return str.Join(" ", t.Technology, t.Version) })
	about := str.Remarks(str.With("of ", cmp.Or(c.Build, c.Update)), str.With("failed in its place: ", c.Culprit))
	return c.Date + " " + c.Result + about + ": " + strings.Join(with, ", ") + str.With(" ", c.Source.URL) + " [" + c.ID + "]"
}

// dependsOn tells what the verdict of a component depends on.
func dependsOn(c answers.Component) string {
	if slices.ContainsFunc(c.Conditions, func(part answers.Condition) bool { return part.When != "" }) {
		return "more than the version"
	}
	return "the version"
}

func condition(c answers.Condition) string {
	return str.Join(", ", str.Join(" ", c.Technology, c.Range), c.When) + ": " + str.Words(c.Verdict)
}

// advisory tells a caveat and what to do about it.
func advisory(a answers.Advisory) string {
	text := a.Severity + ": " + a.Title + str.Remarks(str.With("profile ", a.Profile), Inherited(a.Inherited))
	if a.Text != a.Title {
		text += "\n    " + a.Text
	}
	text += str.With("\n    Workaround: ", a.Workaround)
	for _, s := range a.Settings { // one without a name is a whole line of the file
		text += "\n    " + s.File + ": " + str.Join(" = ", s.Name, s.Value)
	}
	return text
}

// resources writes how each resource compares with what is needed, and the
// words that it was held against.
func (t *Text) resources(r *answers.Resources) {
	var needs []answers.Requirement
	for _, item := range r.Items {
		needs = append(needs, item.Needs...)
	}
	t.Table("Resources", wire.Each(r.Items, func(r answers.Resource) []string {
		return []string{r.Deployment, r.Resource, r.Asked, str.Words(r.Status), r.Why}
	})...)
	t.List("Requirements as printed", wire.Each(needs, PrintedRequirement)...)
}

// PrintedRequirement gives the words that a requirement stands on, and where they stand.
func PrintedRequirement(r answers.Requirement) string {
	text := str.Join(" ", r.Deployment, r.Resource+",", r.Level, str.With("for ", r.When)) + ": " + str.Quoted(r.Printed) + Origin(r.Source, r.Inherited)
	if e := r.Example; e != nil {
		text += fmt.Sprintf("\n    %s for %d instances: %s", e.Amount.Text, e.Instances, str.Quoted(e.Printed)) + Origin(e.Source, "")
	}
	return text + str.With("\n    ", r.Note)
}

// Outcomes say whether an answer passes.
var Outcomes = map[bool]string{true: "PASSES", false: "DOES NOT PASS"}
