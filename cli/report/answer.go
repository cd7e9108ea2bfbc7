package report

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/testedon/testedon/api/answers"
	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/internal/str"
)

// signs tell the verdicts apart, as on the pages.
var signs = map[fact.Verdict]string{
	fact.Tested: "✓", fact.Compatible: "≈", fact.Conditional: "?", fact.NotListed: "–", fact.Unresolved: "…", fact.Incompatible: "✗",
}

// Colours are those of the signs on a terminal, in the code of ANSI.
var Colours = map[string]int{"✓": 32, "≈": 36, "?": 33, "–": 33, "…": 35, "✗": 31, "▲": 33}

// Verdict writes a verdict with its sign; word is what to call it where it is not empty.
func (t *Text) Verdict(verdict, word string) string {
	return str.Join(" ", signs[fact.Verdict(verdict)], t.Word(cmp.Or(word, verdict)))
}

// mostNamed is how many of what falls short the first line names.
const mostNamed = 5

// Answer writes an answer about an environment and a release: in a
// line what it is and why, what falls short, what to change, what is well, and last what else
// there is to know. It is the same wherever the answer comes from.
func (t *Text) Answer(a *answers.Answer) {
	var short, well [][]string
	var names []string
	bar, _ := compat.ParseRequire(a.Require) // which the API has written
	for _, c := range a.Components {
		row := []string{t.Verdict(c.Verdict, c.Word), printed(c.Asked, c.Technology, c.Name, c.Version), t.evidence(c)}
		if bar.Fails(fact.Verdict(c.Verdict), fact.Match(c.Match)) {
			short, names = append(short, row), append(names, row[1])
		} else {
			well = append(well, row)
		}
	}
	resources := cmp.Or(a.Resources, &answers.Resources{})
	for _, r := range resources.Items {
		if r.Status == "not_met" {
			names = fact.AppendNew(names, r.Resource+" "+r.Asked)
		}
	}
	for _, words := range a.Unread {
		names = append(names, t.Say("report.unread", str.Quoted(words)))
	}
	if more := len(names) - mostNamed; more > 0 {
		names = append(names[:mostNamed], t.Say("report.more", more))
	}
	outcome := t.Outcome(a.Verdict, a.Word, a.Pass, a.Provisional)
	if a.Pass && len(short) > 0 {
		outcome = t.Say("report.waived", outcome)
	}
	sign, words, _ := strings.Cut(outcome, " ")
	t.Line(fmt.Sprintf("%s %s: %s", sign, str.Capital(words), str.Join(" · ", strings.Join(names, ", "), t.Say("report.release", a.ProductName+" "+a.Release, a.AsOf))))
	t.Table("", short...)
	for _, c := range a.Components {
		if c.Changed != nil {
			t.List(t.Say("report.changed"), c.Asked+": "+c.Changed.Text+str.With(" ", c.Changed.Source.URL))
		}
	}
	t.List(t.Say("report.moves"), wire.Each(a.Moves, func(m answers.Move) string { return m.Summary + ": " + t.Word(m.Verdict) })...)
	t.List(t.Say("report.offers"), wire.Each(a.Offers, t.offer)...)
	if a.SupportURL != "" {
		t.Line("\n" + t.Say("report.support", a.SupportURL))
	}
	t.Table("", well...)
	t.resources(resources)
	t.List(t.Say("report.advisories"), wire.Each(a.Advisories, t.advisory)...)
	for _, c := range a.Components {
		t.List(t.Say("report.runs", c.Asked), wire.Each(c.Runs, t.run)...)
	}
	t.notes(a, slices.Concat(a.Unchecked, resources.Unchecked))
}

// Outcome is what an answer comes to, in a few words: its [Verdict], and what takes from it.
func (t *Text) Outcome(verdict, word string, pass, provisional bool) string {
	text := t.Verdict(verdict, word)
	if !pass && !fact.Verdict(verdict).Worse(fact.Compatible) { // which alone would be taken for a yes
		text = "▲ " + t.Say("report.short", t.Word(cmp.Or(word, verdict)))
	}
	if provisional {
		text = t.Say("report.provisional", text)
	}
	return text
}

// notes writes what is said of the whole, without what stands with the parts already.
func (t *Text) notes(a *answers.Answer, unchecked []string) {
	var rest []string
	for _, sentence := range sentences.Split(a.Summary, -1) {
		told := slices.ContainsFunc(a.Components, func(c answers.Component) bool {
			return strings.Contains(c.Why, strings.TrimSuffix(sentence, "."))
		})
		if !told {
			rest = append(rest, strings.TrimSuffix(sentence, ".")+".")
		}
	}
	if a.RequireBy != "default" {
		rest = append(rest, t.Say("report.required", a.Require, strings.TrimPrefix(a.RequireBy, "caller")))
	}
	if len(rest) > 0 {
		t.Line("\n" + strings.Join(rest, " "))
	}
	if len(unchecked) > 0 {
		t.Line("\n" + t.Say("report.unchecked", strings.Join(unchecked, ", ")))
	}
}

// sentences end before the letter or the number that the next one begins with.
var sentences = regexp.MustCompile(`\. \b`)

// printed is what was asked as people read it: an identifier is written as its name.
func printed(asked, technology, name, version string) string {
	if name != "" && (asked == technology || strings.HasPrefix(asked, technology+"@") || strings.HasPrefix(asked, technology+":")) {
		return str.Join(" ", name, version)
	}
	return asked
}

// offer tells what is listed of a kind.
func (t *Text) offer(o answers.Offer) string {
	text := o.Kind + ": " + t.Say("list.few", strings.Join(o.Names, ", "), o.More)
	if o.Ended {
		text += " " + t.Say("report.ended")
	}
	return text
}

// evidence is why a component has its verdict, in a line: the statement where that says all,
// else the sentence about it; then how long its vendor maintains it.
func (t *Text) evidence(c answers.Component) string {
	text := c.Why
	if c.Match == "exact" && c.Verdict == "tested" && len(c.Listed) > 0 {
		text = t.statement(c.Listed[0])
	}
	if len(c.Candidates) > 0 {
		text += " " + t.Say("hint.did_you_mean", t.Words.Or(c.Candidates))
	}
	if l := c.Lifecycle; l != nil && l.State != "unknown" && l.Ends != "" {
		text += " (" + t.Say("report.lifecycle", l.State, l.Ends) + ")"
	}
	return str.Join(" ", text, c.Remark)
}

// statement is the label as printed, its status where that is not tested, and
// where it stands.
func (t *Text) statement(l answers.Listing) string {
	text := l.Label
	if l.Status != "tested" {
		text += ", " + t.Word(l.Status)
	}
	return text + t.Origin(l.Source, l.Inherited)
}

// run tells a recorded test run: how it ended, when, with what, and where that is told.
func (t *Text) run(c answers.Configuration) string {
	with := wire.Each(c.Components, func(t answers.Target) string { return str.Join(" ", t.Technology, t.Version) })
	about := str.Remarks(t.Some("report.run.of", cmp.Or(c.Build, c.Update)), t.Some("report.run.culprit", c.Culprit))
	return c.Date + " " + c.Result + about + ": " + strings.Join(with, ", ") + str.With(" ", c.Source.URL) + " [" + c.ID + "]"
}

// advisory tells a caveat and what to do about it.
func (t *Text) advisory(a answers.Advisory) string {
	text := a.Severity + ": " + a.Title + str.Remarks(t.Some("report.profile", a.Profile), t.Inherited(a.Inherited))
	if a.Text != a.Title {
		text += "\n    " + a.Text
	}
	text += str.With("\n    ", t.Some("report.workaround", a.Workaround))
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
	t.Table(t.Say("report.resources"), wire.Each(r.Items, func(r answers.Resource) []string {
		return []string{r.Deployment, r.Resource, r.Asked, t.Word(r.Status), r.Why}
	})...)
	t.List(t.Say("report.requirements"), wire.Each(needs, t.PrintedRequirement)...)
}

// PrintedRequirement gives the words that a requirement stands on, and where they stand.
func (t *Text) PrintedRequirement(r answers.Requirement) string {
	text := str.Join(" ", r.Deployment, t.Word(r.Resource)+",", t.Word(r.Level), t.Some("report.for", r.When)) + ": " + str.Quoted(r.Printed) + t.Origin(r.Source, r.Inherited)
	if e := r.Example; e != nil {
		text += "\n    " + t.Say("report.example", e.Amount.Text, e.Instances, str.Quoted(e.Printed)) + t.Origin(e.Source, "")
	}
	return text + str.With("\n    ", r.Note)
}
