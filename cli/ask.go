package cli

import (
	"context"
	"maps"
	"net/url"
	"slices"
	"strings"

	"github.com/testedon/testedon/api"
	"github.com/testedon/testedon/api/answers"
	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/cli/client"
	"github.com/testedon/testedon/cli/exit"
	"github.com/testedon/testedon/cli/report"
	"github.com/testedon/testedon/compat/plain"
	"github.com/testedon/testedon/internal/str"
)

// ask asks in plain words whether an environment is tested for a release.
type ask struct {
	Words []string `arg:"" name:"text"`

	answerer

	bar
}

// Run asks and prints the answer. What has none, or does not pass, ends with a code of its own.
func (a *ask) Run(ctx context.Context, p Program) error {
	query := url.Values{"q": {strings.Join(a.Words, " ")}}
	if a.Require != "" {
		query.Set("require", a.Require)
	}
	found, err := tell(ctx, p, &a.answerer, client.Request{Path: "/v1/ask", Query: query}, a.text)
	switch {
	case err != nil:
		return err
	case slices.Contains(found.Understood.Missing, "product"):
		return exit.Unless(false, exit.Unknown)
	}
	return exit.Unless(passes(found), exit.Fail)
}

// passes reports whether what is asked about passes, or there is nothing that could not.
func passes(a *api.Asked) bool {
	switch {
	case a.Answer != nil:
		return a.Answer.Pass
	case a.Compare != nil:
		return a.Compare.After == nil || a.Compare.After.Pass
	case a.Find != nil && a.Address == "": // of the releases that are named
		return a.Find.Passing == a.Find.Total
	case a.Find != nil:
		return a.Find.Passing > 0
	}
	return a.List != nil || a.Requirements != nil || a.Ports != nil || a.Address != ""
}

// text writes the verdict or what has to be decided, then what was understood.
func (q *ask) text(t *report.Text, a *api.Asked) {
	switch {
	case a.Answer != nil:
		answer := *a.Answer
		answer.Summary = a.Summary
		t.Answer(&answer)
	case passes(a), a.Compare != nil, a.Find != nil:
		t.Line(a.Summary)
	default:
		t.Line(t.Say("cli.ask.open", a.Summary))
	}
	t.Table(t.Say("cli.ask.understood"), understood(a)...)
	t.List(t.Say("cli.ask.ambiguous"), wire.Each(a.Understood.Ambiguous, func(a api.Ambiguity) string {
		text := str.Quoted(a.Text) + ": " + a.Reason
		for _, r := range a.Readings {
			text += "\n    " + r.Text + ": " + r.Name
		}
		return text
	})...)
	t.List(t.Say("cli.ask.words"), strings.Join(wire.Each(a.Understood.Tokens, func(t api.Token) string { return t.Text + " [" + t.As + "]" }), " "))
	t.List(t.Say("cli.ask.same", len(a.Understood.Ignored)), q.checkCommand(a.Check))
	if contentText(t, a); a.Answer != nil || a.List != nil || a.Type == string(plain.TypeAmbiguous) || a.Type == string(plain.TypeUnknown) {
		t.Foot(a.Catalogue, a.Answer, a.List)
	}
}

// contentText writes what is answered beside a verdict, as the command does that asks for it.
func contentText(t *report.Text, a *api.Asked) {
	switch {
	case a.List != nil:
		for _, k := range a.List.Kinds {
			t.Table(str.Capital(k.Name), wire.Each(k.Listed, func(l answers.Listing) []string {
				return []string{l.Label, t.Word(l.Status) + str.Remarks(l.When), l.Source.Title}
			})...)
		}
	case a.Requirements != nil:
		t.Line("")
		requirementsText(t, a.Requirements)
	case a.Ports != nil:
		t.Line("")
		portsText(t, a.Ports)
	case a.Compare != nil:
		t.Line("")
		comparisonText(t, a.Compare)
	case a.Find != nil:
		t.Line("")
		findingsText(t, a.Find)
	case a.Address != "":
		t.Table("", a.Rows...)
		t.List(t.Say("cli.ask.all"), a.Address)
	}
}

// understood has a row for the product, then one for each component.
func understood(a *api.Asked) [][]string {
	var rows [][]string
	if a.Understood.Product != "" {
		rows = append(rows, []string{"product", str.Join(" ", a.Understood.Product, a.Understood.Release), ""})
	}
	for _, kind := range slices.Sorted(maps.Keys(a.Understood.Environment)) {
		for _, c := range a.Understood.Environment[kind] {
			rows = append(rows, []string{kind, str.Join(" ", c.Technology, c.Version), str.Quoted(c.Text)})
		}
	}
	return rows
}
