package cli

import (
	"context"
	"slices"
	"strings"

	"github.com/testedon/testedon/api"
	"github.com/testedon/testedon/api/answers"
	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/cli/client"
	"github.com/testedon/testedon/cli/report"
	"github.com/testedon/testedon/internal/str"
)

// retest asks what to test again.
type retest struct {
	Within *string `placeholder:"TIME"`
	releaseArguments
	Product    *string `short:"p" placeholder:"NAME" values:"product"`
	Release    *string `short:"r" placeholder:"VERSION" values:"release"`
	Kind       *string `placeholder:"NAME" values:"kind"`
	Technology *string `placeholder:"NAME" values:"technology"`

	answerer
}

// Run asks and prints the answer.
func (r *retest) Run(ctx context.Context, p Program) error {
	query := parameters(r)
	query.Set("limit", "1000") // as many as there can be at once
	_, err := tell(ctx, p, &r.answerer, client.Request{Path: "/v1/retest", Query: query}, retestText)
	return err
}

// retestText writes a line for each claim, the first to end first.
func retestText(t *report.Text, r *api.Retest) {
	t.Line(r.Summary)
	rows := wire.Each(r.Items, func(i api.RetestItem) []string { return retestCells(t, i) })
	t.Table(t.Say("cli.retest.ends"), slices.CompactFunc(rows, slices.Equal[[]string])...) // two pages may state one
	if more := r.Total - len(r.Items); more > 0 {
		t.Line("\n" + t.Say("cli.retest.more", more))
	}
	t.Table(t.Say("cli.retest.newer"), wire.Each(r.Newer, func(n api.NewerCycle) []string {
		return []string{n.Product, n.Name + " " + maintained(t, n.Lifecycle), t.Say("cli.retest.released", n.Lifecycle.Released), t.Say("cli.retest.listed", n.Listed)}
	})...)
	t.List(t.Say("cli.retest.skipped"), wire.Each(r.Skipped, func(s api.SkippedClaims) string {
		return t.Say("cli.retest.skip", s.Reason, str.Words(s.Reason), s.Claims) // the words for a server that is newer
	})...)
	t.Foot(r.Catalogue, r)
}

// retestCells is the row of one claim. It names the series that the day is of, where the
// claim does not.
func retestCells(t *report.Text, i api.RetestItem) []string {
	series, next := "", ""
	if !strings.Contains(i.Label, i.Lifecycle.Cycle) {
		series = str.Remarks(i.Lifecycle.Cycle)
	}
	if i.Suggestion != nil {
		next = t.Say("cli.retest.maintained", maintained(t, *i.Suggestion))
	}
	return []string{i.Product + " " + i.Release, i.Label, t.Word(i.Status), t.Word(i.State), i.Lifecycle.Ends + series, next}
}

// maintained names a series and how long it is maintained.
func maintained(t *report.Text, l answers.Lifecycle) string {
	return l.Cycle + str.Remarks(t.Some("cli.retest.until", l.Ends))
}
