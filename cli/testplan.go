package cli

import (
	"context"

	"github.com/testedon/testedon/api"
	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/cli/report"
)

// testPlan asks which environments to test a release with.
type testPlan struct {
	releaseArguments
	release
	answerer

	Strategy *string  `placeholder:"NAME" values:"all,pairwise,each"`
	Kind     []string `placeholder:"NAME" values:"kind" sep:"none"`
}

// Run asks and prints the answer. A table and a matrix are printed as the API
// writes them.
func (t *testPlan) Run(ctx context.Context, p Program) error {
	asked, err := t.about("test-plan", parameters(t))
	if err != nil {
		return err
	}
	if t.Output == "text" || t.Output == "json" {
		_, err = tell(ctx, p, &t.answerer, asked, planText)
		return err
	}
	if t.Output == "github" {
		asked.Path += "/github"
	} else {
		asked.Query.Set("format", t.Output)
	}
	to, err := t.client(p)
	if err != nil {
		return err
	}
	raw, err := to.Send(ctx, asked)
	if err != nil {
		return err
	}
	return p.print(string(raw))
}

// planText writes a line for each environment below the names of the kinds.
func planText(t *report.Text, plan *api.TestPlan) {
	t.Line(plan.Summary)
	var rows [][]string
	if len(plan.Items) > 0 {
		rows = append(rows, wire.Each(plan.Kinds, func(k api.PlannedKind) string { return k.Kind }))
	}
	for _, item := range plan.Items {
		rows = append(rows, wire.Each(plan.Kinds, func(k api.PlannedKind) string { return item[k.Kind].Text }))
	}
	t.Table("", rows...)
	t.Foot(plan.Catalogue)
}
