package cli

import (
	"cmp"
	"context"
	"strings"

	"github.com/testedon/testedon/api"
	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/cli/client"
	"github.com/testedon/testedon/cli/exit"
	"github.com/testedon/testedon/cli/report"
)

// find asks which releases an environment is tested for.
type find struct {
	productArgument
	Product []string `short:"p" placeholder:"NAME" sep:"none" values:"product"`

	components
	answerer
	bar
	Limit *string `placeholder:"NUMBER"`
}

// Run asks and prints the answer. It ends with the code of an environment that
// does not pass where it does for no release.
func (f *find) Run(ctx context.Context, p Program) error {
	env, err := f.asked()
	if err != nil {
		return err
	}
	found, err := tell(ctx, p, &f.answerer, client.Request{Path: "/v1/find", Query: parameters(f), Environment: env}, findingsText)
	if err != nil {
		return err
	}
	return exit.Unless(found.Passing > 0, exit.Fail)
}

// findingsText writes a line for each release, the best first, with what keeps it from
// being tested.
func findingsText(t *report.Text, f *api.Findings) {
	t.Line(f.Summary)
	t.Table("", wire.Each(f.Items, func(f api.Found) []string {
		var less []string
		for _, c := range f.Components {
			if c.Verdict != "tested" {
				less = append(less, c.Asked+": "+t.Word(cmp.Or(c.Word, c.Verdict)))
			}
		}
		verdict := t.Outcome(f.Verdict, f.Word, f.Pass, f.Provisional)
		if f.NoPage {
			verdict = t.Say("cli.find.no_page", verdict)
		}
		return []string{verdict, f.Product + " " + f.Release, f.Name, strings.Join(less, ", ")}
	})...)
	if more := f.Total - len(f.Items); more > 0 {
		t.Line("\n" + t.Say("cli.find.more", more))
	}
	t.Foot(f.Catalogue, f)
}
