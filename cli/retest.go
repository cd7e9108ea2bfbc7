package cli

import (
	"cmp"
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
	t.Line("%s", r.Summary)
	rows := wire.Each(r.Items, retestCells)
	t.Table("Past the end, or soon", slices.CompactFunc(rows, slices.Equal[[]string])...) // two pages may state one
	if more := r.Total - len(r.Items); more > 0 {
		t.Line("\n%s more: name a product, a kind or a technology to see fewer.", str.Count(more, "claim"))
	}
	t.Table("Newer, and not listed yet", wire.Each(r.Newer, func(n api.NewerCycle) []string {
		return []string{n.Product, n.Name + " " + maintained(n.Lifecycle), "released " + n.Lifecycle.Released, "newest listed: " + n.Listed}
	})...)
	t.List("Not looked at", wire.Each(r.Skipped, func(s api.SkippedClaims) string {
		reason := cmp.Or(skipReasons[s.Reason], str.Words(s.Reason)) // the latter by a server that is newer
		return reason + ": " + str.Count(s.Claims, "claim")
	})...)
	t.Foot(r.Catalogue, r)
}

// retestCells is the row of one claim. It names the series that the day is of, where the
// claim does not.
func retestCells(i api.RetestItem) []string {
	series, next := "", ""
	if !strings.Contains(i.Label, i.Lifecycle.Cycle) {
		series = str.Remarks(i.Lifecycle.Cycle)
	}
	if i.Suggestion != nil {
		next = "maintained: " + maintained(*i.Suggestion)
	}
	return []string{i.Product + " " + i.Release, i.Label, str.Words(i.Status), str.Words(i.State), i.Lifecycle.Ends + series, next}
}

// maintained names a series and how long it is maintained.
func maintained(l answers.Lifecycle) string { return l.Cycle + str.Remarks(str.With("until ", l.Ends)) }

// skipReasons are the reasons for which claims are not looked at, in plain English.
var skipReasons = map[string]string{
	"says_no":       "the technology is not to be used",
	"any_vendor":    "no vendor is named, and each maintains its own",
	"every_version": "no version is named",
	"no_lifecycle":  "nothing is on record of the versions",
}
