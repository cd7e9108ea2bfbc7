package cli

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/testedon/testedon/api"
	"github.com/testedon/testedon/api/answers"
)

// find asks which releases an environment is tested for.
type find struct {
	Product *string `placeholder:"NAME" help:"Only the releases of this product: id, name or alias; all by default."`

	answering
	components

	bar
	Limit *string `placeholder:"NUMBER" help:"How many releases to tell, the best first; 20 by default."`
}

// fixedInFind are the flags of find that are no kinds, with those of check, so that
// a kind has the same flags everywhere.
var fixedInFind = slices.Concat(fixed, []string{"limit"})

// prepare makes the kinds of the catalogue flags.
func (f *find) prepare(args []string) error {
	return f.components.prepare(args, &f.answering, fixedInFind)
}

// Help is shown below the line about the command.
func (*find) Help() string {
	return "Ends with 0 where the environment passes for a release, and with 1 where it does for none.\n\n" + exitCodes
}

// Run asks and prints the answer. It ends with the code of an environment that
// does not pass where it does for no release.
func (f *find) Run(ctx context.Context, p Program) error {
	env, err := f.asked()
	if err != nil {
		return err
	}
	query := url.Values{"require": {f.Require}}
	given(query, "product", f.Product)
	given(query, "limit", f.Limit)
	var found finding
	if err := f.tell(ctx, p, request{method: http.MethodGet, path: "/v1/find", query: query, environment: env}, &found); err != nil {
		return err
	}
	if found.Passing == 0 {
		return &exit{code: exitFail}
	}
	return nil
}

// finding is the answer to which releases there are.
type finding struct{ api.Findings }

func (f *finding) gist() string { return f.Summary }

// text writes the answer for a person: a line for each release, the best first.
func (f *finding) text() string {
	var b strings.Builder
	fmt.Fprintln(&b, f.Summary)
	writeTable(&b, "", f.Items, foundCells)
	if more := f.Total - len(f.Items); more > 0 {
		fmt.Fprintf(&b, "\n%s; use --limit to show more.\n", count(more, "more release"))
	}
	writeFoot(&b, f.cited(), f.Catalogue)
	return b.String()
}

// foundCells is the row of one release, with what keeps it from being tested.
func foundCells(f api.Found) []string {
	var less []string
	for _, c := range f.Components {
		if c.Verdict != "tested" {
			less = append(less, c.Asked+": "+words(c.Verdict))
		}
	}
	verdict := words(f.Verdict)
	if f.Provisional {
		verdict += ", provisional"
	}
	if f.NoPage {
		verdict += ", no page known"
	}
	return []string{f.Product + " " + f.Release, f.Name, strings.ToLower(passWords[f.Pass]), verdict, strings.Join(less, ", ")}
}

// cited gives what the statements cite.
func (f *finding) cited() []answers.Citation {
	var all []answers.Citation
	for _, item := range f.Items {
		for _, c := range item.Components {
			for _, l := range c.Listed {
				all = append(all, l.Source)
			}
		}
	}
	return all
}
