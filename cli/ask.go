package cli

import (
	"context"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/testedon/testedon/api"
	"github.com/testedon/testedon/api/answers"
	"github.com/testedon/testedon/compat/survey"
)

// ask asks in plain words whether an environment is tested for a release.
type ask struct {
	Words []string `arg:"" name:"text" help:"The question: product, release and what it runs on or with."`

	answering

	bar
	example string // a question of the catalogue in plain words; read for the help only
}

// prepare reads the catalogue for the example that the help shows. One that cannot be
// read is told when it is asked.
func (a *ask) prepare(args []string) error {
	if !slices.Contains(args, "--help") && !slices.Contains(args, "-h") {
		return nil
	}
	facts := &catalogue{}
	if dataset, err := loadFiles(catalogueFlag(args)); err != nil || facts.take(dataset) != nil {
		return nil
	}
	if q, ok := survey.Example(facts.Matrix()); ok {
		a.example = "For example:\n\n  testedon ask \"" + q.Words() + "\"\n\n"
	}
	return nil
}

// Help is shown below the line about the command.
func (a *ask) Help() string {
	return a.example + exitCodes + `

A question that cannot be answered as it stands ends with 1, and one that
names no product that is known with 5.`
}

// Run asks and prints the answer. A question that names no product that is
// known, that cannot be answered, or that does not pass ends with a code of its
// own.
func (a *ask) Run(ctx context.Context, p Program) error {
	query := url.Values{"q": {strings.Join(a.Words, " ")}, "require": {a.Require}}
	var found plainly
	if err := a.tell(ctx, p, request{method: http.MethodGet, path: "/v1/ask", query: query}, &found); err != nil {
		return err
	}
	switch {
	case slices.Contains(found.Understood.Missing, "product"):
		return &exit{code: exitUnknown}
	case found.Answer == nil || !found.Answer.Pass:
		return &exit{code: exitFail}
	}
	return nil
}

// plainly is the answer to a question in plain words.
type plainly struct{ api.Asked }

func (a *plainly) gist() string { return a.Summary }

// text writes the answer for a person: the verdict or what has to be decided,
// then what was understood.
func (a *plainly) text() string {
	var b strings.Builder
	answer := checked{answers.Answer{Catalogue: a.Catalogue}}
	if a.Answer == nil {
		fmt.Fprintf(&b, "CANNOT BE ANSWERED\n%s\n", a.Summary)
	} else {
		answer.Answer = *a.Answer
		answer.Summary = a.Summary
		answer.write(&b)
	}
	writeTable(&b, "Understood", a.things(), func(row []string) []string { return row })
	writeList(&b, "To decide", a.Understood.Ambiguous, undecided)
	writeList(&b, "Word by word", []string{wordByWord(a.Understood.Tokens)}, func(s string) string { return s })
	same := "The same question"
	if len(a.Understood.Ignored) > 0 {
		same = "The question without what is not understood"
	}
	writeList(&b, same, []string{a.Check}, checkCommand)
	answer.foot(&b)
	return b.String()
}

// things are what was understood: the product, then a row for each component.
func (a *plainly) things() [][]string {
	var rows [][]string
	if a.Understood.Product != "" {
		rows = append(rows, []string{"product", list(" ", a.Understood.Product, a.Understood.Release), ""})
	}
	for _, kind := range slices.Sorted(maps.Keys(a.Understood.Environment)) {
		for _, c := range a.Understood.Environment[kind] {
			rows = append(rows, []string{kind, list(" ", c.Technology, c.Version), quoted(c.Text)})
		}
	}
	return rows
}

// undecided tells what a part of the text may mean, and what to write for each.
func undecided(a api.Ambiguity) string {
	text := quoted(a.Text) + ": " + a.Reason
	for _, r := range a.Readings {
		text += "\n    " + r.Text + ": " + r.Name
	}
	return text
}

// wordByWord tells what each part of the text was taken for.
func wordByWord(tokens []api.Token) string {
	all := make([]string, len(tokens))
	for i, t := range tokens {
		all[i] = t.Text + " [" + t.As + "]"
	}
	return strings.Join(all, " ")
}
