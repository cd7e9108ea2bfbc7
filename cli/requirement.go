package cli

import (
	"context"
	"fmt"

	"github.com/testedon/testedon/api"
	"github.com/testedon/testedon/api/answers"
	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/cli/report"
	"github.com/testedon/testedon/internal/str"
)

// requirements asks what a release needs of a machine.
type requirements struct {
	releaseArguments
	release
	answerer

	Deployment *string `placeholder:"NAME"`
	Instances  *string `placeholder:"NUMBER"`
}

// Run asks and prints the answer.
func (r *requirements) Run(ctx context.Context, p Program) error {
	asked, err := r.about("requirements", parameters(r))
	if err == nil {
		_, err = tell(ctx, p, &r.answerer, asked, requirementsText)
	}
	return err
}

// requirementsText writes the amounts, then what they rest on.
func requirementsText(t *report.Text, n *api.Requirements) {
	t.Line("%s", n.Summary)
	t.Table("", wire.Each(n.Items, func(r answers.Requirement) []string {
		amount := r.Amount.Text
		if r.Approximate {
			amount = "about " + amount
		}
		amount += str.With(" of type ", r.Type)
		return []string{r.Deployment, r.Resource, amount, r.Level, str.Join("; ", str.With("for ", r.Of), str.With("for ", r.When), basis(r, n.Instances))}
	})...)
	t.List("As printed", wire.Each(n.Items, report.PrintedRequirement)...)
	t.Foot(n.Catalogue, n.Items)
}

// basis tells how an amount for several instances comes about.
func basis(r answers.Requirement, instances int) string {
	switch {
	case instances == 1:
		return ""
	case r.Arithmetic != "":
		return r.Arithmetic
	case r.Basis == "single":
		return "stated for one instance only"
	}
	return fmt.Sprintf("stated for %d instances", r.Instances)
}
