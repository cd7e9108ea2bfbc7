package cli

import (
	"context"
	"fmt"
	"net/url"
	"strings"

	"github.com/testedon/testedon/api"
	"github.com/testedon/testedon/api/answers"
)

// requirements asks what a release needs of a machine.
type requirements struct {
	asking

	Deployment *string `placeholder:"NAME" help:"Only this way to run it: id, name or alias; all by default."`
	Instances  *string `placeholder:"NUMBER" help:"How many instances run on one machine, by the rule of the documents; 1 by default."`
}

// Run asks and prints the answer.
func (r *requirements) Run(ctx context.Context, p Program) error {
	query := url.Values{}
	given(query, "deployment", r.Deployment)
	given(query, "instances", r.Instances)
	asked, err := r.about("requirements", query)
	if err != nil {
		return err
	}
	return r.tell(ctx, p, asked, &needed{})
}

// needed is the answer to what a release needs.
type needed struct{ api.Requirements }

func (n *needed) gist() string { return n.Summary }

// text writes the answer for a person: the amounts, then what they rest on.
func (n *needed) text() string {
	var b strings.Builder
	fmt.Fprintln(&b, n.Summary)
	writeTable(&b, "", n.Items, n.cells)
	writeList(&b, "As printed", n.Items, statedNeed)
	writeFoot(&b, cited(n.Items), n.Catalogue)
	return b.String()
}

// cells is the row of one requirement.
func (n *needed) cells(r answers.Requirement) []string {
	amount := r.Amount.Text
	if r.Approximate {
		amount = "about " + amount
	}
	if r.Type != "" {
		amount += " of type " + r.Type
	}
	return []string{r.Deployment, r.Resource, amount, r.Level, list("; ", with("for ", r.Of), with("for ", r.When), n.basis(r))}
}

// basis tells how an amount for several instances comes about.
func (n *needed) basis(r answers.Requirement) string {
	switch {
	case n.Instances == 1:
		return ""
	case r.Arithmetic != "":
		return r.Arithmetic
	case r.Basis == "single":
		return "stated for one instance only"
	}
	return fmt.Sprintf("stated for %d instances", r.Instances)
}

// statedNeed gives the words that a requirement stands on, and where they stand.
func statedNeed(r answers.Requirement) string {
	text := list(" ", r.Deployment, r.Resource+",", r.Level, with("for ", r.When)) + ": " + quoted(r.Printed) + origin(r.Source, r.Inherited)
	if e := r.Example; e != nil {
		text += fmt.Sprintf("\n    %s for %d instances: %s", e.Amount.Text, e.Instances, quoted(e.Printed)) + origin(e.Source, "")
	}
	return text + with("\n    ", r.Note)
}

// cited gives what requirements cite.
func cited(needs []answers.Requirement) []answers.Citation {
	var all []answers.Citation
	for _, r := range needs {
		all = append(all, r.Source)
		if r.Example != nil {
			all = append(all, r.Example.Source)
		}
	}
	return all
}
