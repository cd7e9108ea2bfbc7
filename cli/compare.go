package cli

import (
	"cmp"
	"context"

	"github.com/testedon/testedon/api"
	"github.com/testedon/testedon/cli/client"
	"github.com/testedon/testedon/cli/exit"
	"github.com/testedon/testedon/cli/report"
	"github.com/testedon/testedon/internal/str"
)

// compare asks what changes from one release to another.
type compare struct {
	upgradeArguments
	Product string `short:"p" placeholder:"NAME" values:"product"`
	From    string `placeholder:"VERSION" values:"release"`
	To      string `placeholder:"VERSION" values:"release"`

	FromAsOf *string `placeholder:"DAY"`
	ToAsOf   *string `placeholder:"DAY"`

	components
	answerer
	bar
}

// Run asks and prints the answer. It ends with the code of an environment that
// does not pass where one is given and does not.
func (c *compare) Run(ctx context.Context, p Program) error {
	env, err := c.asked()
	if err == nil {
		err = which(afterCommand, "product", c.Product, "from", c.From, "to", c.To)
	}
	if err != nil {
		return err
	}
	found, err := tell(ctx, p, &c.answerer, client.Request{Path: "/v1/compare", Query: parameters(c), Environment: env}, comparisonText)
	if err != nil {
		return err
	}
	return exit.Unless(found.After == nil || found.After.Pass, exit.Fail)
}

// comparisonText writes what changes of each kind, then what that does to the
// environment.
func comparisonText(t *report.Text, c *api.Comparison) {
	t.Line(c.Summary)
	for _, k := range c.Kinds {
		t.Table(str.Capital(k.Name), shifts(t, k)...)
	}
	if c.After != nil {
		t.Line("\n" + t.Say("cli.compare.before", c.From, c.FromAsOf, t.Outcome(c.Before.Verdict, c.Before.Word, c.Before.Pass, c.Before.Provisional)) + "\n")
		t.Answer(c.After)
	}
	t.Foot(c.Catalogue, c.Kinds, c.Before, c.After)
}

// shifts gives a row for each statement that changes in one kind.
func shifts(t *report.Text, k api.KindChanges) (rows [][]string) {
	for _, d := range k.Changes {
		for sign, all := range [][]api.Shift{d.Lost, d.Gained} {
			for _, s := range all {
				rows = append(rows, []string{d.Way, d.Name, "-+"[sign:sign+1] + " " + s.Label, t.Word(s.Before) + " → " + t.Word(s.After)})
			}
		}
		for _, r := range d.Restated {
			rows = append(rows, []string{d.Way, d.Name, "~ " + r.Label, t.Word(cmp.Or(r.Before, "not_listed")) + " → " + t.Word(cmp.Or(r.After, "not_listed"))})
		}
	}
	return rows
}
