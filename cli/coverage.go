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
	t.Line(c.Summary)
	begin(t, t.Say("cli.coverage.overdue"), c.Overdue, func(s api.Source) []string {
		return []string{s.ID, t.Say("cli.coverage.confirmed", s.Confirmed), t.Say("cli.coverage.due", s.Due), s.URL}
	})
	begin(t, t.Say("cli.coverage.undated"), c.Undated, func(s api.UndatedSource) []string {
		return []string{s.Source.ID, t.Say("count.statements", s.Claims), s.Reason}
	})
	begin(t, t.Say("cli.coverage.contradictions"), c.Contradictions, func(c api.Contradiction) []string { return contradictionCells(t, c) })
	begin(t, t.Say("cli.coverage.missing"), c.Missing, func(m api.MissingReleases) []string {
		return []string{m.Product, t.Say("count.releases", len(m.Versions)), strings.Join(m.Versions, ", "), m.PublishedBy.ID}
	})
	begin(t, t.Say("cli.coverage.exercised"), c.Exercised, func(e api.ExercisedRelease) []string {
		return []string{e.Product + " " + e.Release, t.Say("cli.coverage.of", e.Exercised, e.Listed)}
	})
	begin(t, t.Say("cli.coverage.unpaged"), c.Unpaged, func(u api.UnpagedRelease) []string {
		return []string{u.Product + " " + u.Release, t.Say("count.images", u.Images), t.Say("count.runs", u.Configurations)}
	})
	t.Foot(c.Catalogue)
}

// contradictionCells is the row of two statements, the one that decides marked.
func contradictionCells(t *report.Text, c api.Contradiction) []string {
	about := str.Join(" ", c.Yes.Product, c.Yes.Release, t.Some("cli.coverage.platform", c.Yes.Inherited))
	cells := []string{about, c.Versions}
	for _, one := range []api.Claim{c.Yes, c.No} {
		mark := ""
		if one.ID == c.Decides {
			mark = t.Say("cli.coverage.decides")
		}
		cells = append(cells, one.Label+": "+t.Word(one.Status)+str.Remarks(mark), one.Source.ID)
	}
	return cells
}

// begin writes a table of the first items, with how many there are.
func begin[T any](t *report.Text, heading string, items []T, cells func(T) []string) {
	const most = 20
	t.Table(fmt.Sprintf("%s (%d)", heading, len(items)), wire.Each(items[:min(most, len(items))], cells)...)
	if more := len(items) - most; more > 0 {
		t.Line("  " + t.Say("cli.coverage.more", more))
	}
}
