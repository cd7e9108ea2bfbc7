package cli

import (
	"context"
	"fmt"
	"strings"

	"github.com/testedon/testedon/api"
	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/cli/client"
	"github.com/testedon/testedon/cli/report"
	"github.com/testedon/testedon/internal/str"
)

// coverage asks what the record lacks.
type coverage struct {
	productArgument
	Product *string `short:"p" placeholder:"NAME" values:"product"`

	answerer
}

// Run asks and prints the answer.
func (c *coverage) Run(ctx context.Context, p Program) error {
	_, err := tell(ctx, p, &c.answerer, client.Request{Path: "/v1/coverage", Query: parameters(c)}, coverageText)
	return err
}

// coverageText writes the beginning of each list.
func coverageText(t *report.Text, c *api.Coverage) {
	t.Line("%s", c.Summary)
	begin(t, "Sources overdue", c.Overdue, func(s api.Source) []string {
		return []string{s.ID, "confirmed " + s.Confirmed, "due " + s.Due, s.URL}
	})
	begin(t, "Statements without a day, by source", c.Undated, func(s api.UndatedSource) []string {
		return []string{s.Source.ID, str.Count(s.Claims, "statement"), s.Reason}
	})
	begin(t, "Contradictions", c.Contradictions, contradictionCells)
	begin(t, "Published and not here", c.Missing, func(m api.MissingReleases) []string {
		return []string{m.Product, str.Count(len(m.Versions), "release"), strings.Join(m.Versions, ", "), m.PublishedBy.ID}
	})
	begin(t, "Listed as tested, and exercised", c.Exercised, func(e api.ExercisedRelease) []string {
		return []string{e.Product + " " + e.Release, fmt.Sprintf("%d of %d", e.Exercised, e.Listed)}
	})
	begin(t, "Here without a page", c.Unpaged, func(u api.UnpagedRelease) []string {
		return []string{u.Product + " " + u.Release, str.Count(u.Images, "image"), str.Count(u.Configurations, "test run")}
	})
	t.Foot(c.Catalogue)
}

// contradictionCells is the row of two statements, the one that decides marked.
func contradictionCells(c api.Contradiction) []string {
	about := str.Join(" ", c.Yes.Product, c.Yes.Release, str.With("platform ", c.Yes.Inherited))
	cells := []string{about, c.Versions}
	for _, one := range []api.Claim{c.Yes, c.No} {
		mark := ""
		if one.ID == c.Decides {
			mark = "decides"
		}
		cells = append(cells, one.Label+": "+str.Words(one.Status)+str.Remarks(mark), one.Source.ID)
	}
	return cells
}

// begin writes a table of the first items, with how many there are.
func begin[T any](t *report.Text, heading string, items []T, cells func(T) []string) {
	const most = 20
	t.Table(fmt.Sprintf("%s (%d)", heading, len(items)), wire.Each(items[:min(most, len(items))], cells)...)
	if more := len(items) - most; more > 0 {
		t.Line("  and %d more; -o json has them all", more)
	}
}
