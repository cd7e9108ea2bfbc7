package cli

import (
	"context"

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
	t.Line(n.Summary)
	t.Table("", wire.Each(n.Items, func(r answers.Requirement) []string {
		amount := t.Say("report.amount", r.Amount.Text, r.Approximate, r.Type)
		return []string{r.Deployment, r.Resource, amount, r.Level, str.Join("; ", t.Some("report.for", r.Of), t.Some("report.for", r.When), basis(t, r, n.Instances))}
	})...)
	t.List(t.Say("report.printed"), wire.Each(n.Items, t.PrintedRequirement)...)
	t.Foot(n.Catalogue, n.Items)
}

// basis tells how an amount for several instances comes about.
func basis(t *report.Text, r answers.Requirement, instances int) string {
	switch {
	case instances == 1:
		return ""
	case r.Arithmetic != "":
		return r.Arithmetic
	case r.Basis == "single":
		return t.Say("cli.requirements.single")
	}
	return t.Say("cli.requirements.instances", r.Instances)
}
