package curation

import (
	"fmt"
	"slices"
	"strings"

	"github.com/testedon/testedon/cli/report"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/compat/survey"
	"github.com/testedon/testedon/fleet"
	"github.com/testedon/testedon/internal/str"
)

// Diff is what two sets of facts answer differently, for whoever reviews a change.
type Diff struct {
	Old          string     `json:"old"` // as named by who asks
	New          string     `json:"new"`
	Asked        int        `json:"asked"`    // questions about one component of a release
	Reworded     int        `json:"reworded"` // answers with another reason and the same outcome
	Answers      []Answer   `json:"answers"`
	Environments []Answer   `json:"environments"` // of the fleet
	Unanswered   []Answer   `json:"unanswered"`   // of the fleet, too: those that neither can answer
	Counts       diffCounts `json:"counts"`
}

// diffCounts counts the answers and environments that differ.
type diffCounts struct {
	Changed int `json:"changed"`
	Lost    int `json:"lost"`   // that passed, and pass no longer
	Gained  int `json:"gained"` // that pass, and did not
}

// Answer is a question with an outcome in each set of facts.
type Answer struct {
	Name       string   `json:"name,omitempty"` // of an environment of the fleet
	Line       int      `json:"line,omitempty"` // of the fleet's file
	Product    string   `json:"product,omitempty"`
	Release    string   `json:"release,omitempty"`
	Technology string   `json:"technology,omitempty"` // of the first component, its ID
	Question   string   `json:"question,omitempty"`   // "dbms=PostgreSQL 17.2"
	Before     *Outcome `json:"before"`               // null where there is no such release
	After      *Outcome `json:"after"`
}

// Outcome is an answer in short.
type Outcome struct {
	Verdict string `json:"verdict"`
	Pass    bool   `json:"pass"`
	Reason  string `json:"reason"`
}

// DiffOf writes down what two sets of facts answer differently.
func DiffOf(from, to string, found *survey.Diff) *Diff {
	d := &Diff{Old: from, New: to, Asked: found.Asked, Reworded: found.Reworded, Answers: []Answer{}, Environments: []Answer{}, Unanswered: []Answer{}}
	for i := range found.Answers {
		a := &found.Answers[i]
		d.Answers = append(d.Answers, d.count(Answer{Product: a.Product, Release: a.Release, Technology: a.Technology, Question: a.Question(), Before: outcomeOf(a.Before), After: outcomeOf(a.After)}))
	}
	return d
}

// Compare adds what the environments of a fleet are answered, where it differs, and those that
// neither answers.
func (d *Diff) Compare(before, after []*fleet.Result) {
	for i, b := range before {
		a := Answer{Name: b.Name, Line: b.Line, Before: resultOf(b), After: resultOf(after[i])}
		switch {
		case b.Problem != nil && after[i].Problem != nil:
			d.Unanswered = append(d.Unanswered, a)
		case a.Before.Verdict != a.After.Verdict || a.Before.Pass != a.After.Pass:
			d.Environments = append(d.Environments, d.count(a))
		}
	}
}

func (d *Diff) count(a Answer) Answer {
	was, is := a.Before != nil && a.Before.Pass, a.After != nil && a.After.Pass
	d.Counts.Changed++
	switch {
	case was && !is:
		d.Counts.Lost++
	case is && !was:
		d.Counts.Gained++
	}
	return a
}

func outcomeOf(o *survey.Outcome) *Outcome {
	if o == nil {
		return nil
	}
	return &Outcome{string(o.Verdict), o.Pass, o.Why}
}

// resultOf gives an answer in short; a problem has its code in place of a verdict.
func resultOf(r *fleet.Result) *Outcome {
	if r.Problem != nil {
		return &Outcome{Verdict: r.Problem.Code, Reason: r.Summary()}
	}
	return &Outcome{r.Answer.Verdict, r.Answer.Pass, r.Answer.Summary}
}

// LosesOfFleet reports whether an environment of the fleet passed, and passes no longer.
func (d *Diff) LosesOfFleet() bool {
	return slices.ContainsFunc(d.Environments, func(a Answer) bool { return a.Before.Pass && !a.After.Pass })
}

// Text tells a person.
func (d *Diff) Text() string {
	var t report.Text
	t.Line(d.sentence())
	t.Table("Answers", rows(d.Answers)...)
	t.Table("Environments", rows(d.Environments)...)
	t.Table("Neither can answer", rows(d.Unanswered)...)
	return t.String()
}

// Markdown tells those who look at a pull request.
func (d *Diff) Markdown() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n", str.Markdown(d.sentence()))
	d.table(&b, "Answers", d.Answers)
	d.table(&b, "Environments", d.Environments)
	d.table(&b, "Neither can answer", d.Unanswered)
	return b.String()
}

func (d *Diff) table(b *strings.Builder, title string, all []Answer) {
	if len(all) == 0 {
		return
	}
	fmt.Fprintf(b, "\n### %s\n\n| release | question | before | after | reason |\n|---|---|---|---|---|\n", title)
	for _, row := range rows(all) {
		b.WriteString("|")
		for _, cell := range row {
			b.WriteString(" " + str.Markdown(cell) + " |")
		}
		b.WriteString("\n")
	}
}

func (d *Diff) sentence() string {
	text := fmt.Sprintf("%s asked of %s and of %s: outcomes that differ: %d", str.Count(d.Asked, "question"), d.Old, d.New, d.Counts.Changed)
	if d.Counts.Changed > 0 {
		text += fmt.Sprintf(" (passed and no longer: %d; passing now: %d)", d.Counts.Lost, d.Counts.Gained)
	}
	text += fmt.Sprintf("; reasons alone: %d", d.Reworded)
	if n := len(d.Unanswered); n > 0 {
		text += fmt.Sprintf("; environments that neither can answer: %d", n)
	}
	return text + "."
}

// rows are what people read: answers about one technology of a release that differ in the
// same way share one, those about a release that one side does not have as well.
func rows(all []Answer) [][]string {
	var made [][]string
	for len(all) > 0 {
		n := 1
		for n < len(all) && all[0].alike(&all[n]) {
			n++
		}
		made = append(made, all[0].cells(n-1))
		all = all[n:]
	}
	return made
}

func (a *Answer) alike(o *Answer) bool {
	switch {
	case a.Line != 0 || a.Product != o.Product || a.Release != o.Release:
		return false
	case a.Before == nil || a.After == nil: // one side does not have the release
		return true
	}
	return a.Technology == o.Technology && a.Before.text() == o.Before.text() && a.After.text() == o.After.text()
}

// cells are the release, the question and how many more there are, both outcomes, and the
// reason of the newer one.
func (a *Answer) cells(more int) []string {
	before, after, question := a.Before.text(), a.After.text(), str.Join(", ", a.Question, a.Name, a.place())
	var reason string
	if a.After != nil {
		reason = a.After.Reason
	}
	if more > 0 {
		question += fmt.Sprintf(" and %d more", more)
	}
	switch there := "release in the catalogue"; {
	case more == 0 || a.Before != nil && a.After != nil:
	case a.Before == nil:
		after, reason = there, ""
	default:
		before = there
	}
	return []string{str.Join(" ", a.Product, a.Release), question, before, after, reason}
}

// place is the line of the fleet's file; empty for what is in none.
func (a *Answer) place() string {
	if a.Line == 0 {
		return ""
	}
	return fmt.Sprintf("line %d", a.Line)
}

func (o *Outcome) text() string {
	switch {
	case o == nil || o.Verdict == string(fact.CodeUnknownRelease):
		return "release not in the catalogue"
	case o.Verdict == string(fact.CodeUnknownProduct):
		return "product not in the catalogue"
	case o.Verdict == string(fact.CodeInvalid):
		return "cannot be asked"
	case o.Pass:
		return str.Words(o.Verdict) + ", passes"
	}
	return str.Words(o.Verdict)
}
