package cli

import (
	"context"
	"strings"

	"github.com/testedon/testedon/api"
	"github.com/testedon/testedon/api/answers"
	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/cli/client"
	"github.com/testedon/testedon/cli/report"
	"github.com/testedon/testedon/internal/str"
)

// changes asks what vendors changed.
type changes struct {
	releaseArguments
	Product    *string  `short:"p" placeholder:"NAME" values:"product"`
	Release    *string  `short:"r" placeholder:"VERSION" values:"release"`
	Technology *string  `placeholder:"NAME" values:"technology"`
	Kind       *string  `placeholder:"NAME" values:"kind"`
	Source     *string  `placeholder:"ID"`
	Change     []string `placeholder:"WORD" values:"added,withdrawn,narrowed,widened"`
	Since      *string  `placeholder:"DAY"`
	Until      *string  `placeholder:"DAY"`

	answerer
}

// Run asks and prints the answer.
func (c *changes) Run(ctx context.Context, p Program) error {
	query := parameters(c)
	query.Set("limit", "1000") // as many as there can be at once
	_, err := tell(ctx, p, &c.answerer, client.Request{Path: "/v1/changes", Query: query}, changesText)
	return err
}

// changesText writes a line for each change, the newest first, under its day.
func changesText(t *report.Text, c *api.Changes) {
	t.Line(t.Say("cli.changes.total", c.Total))
	for _, day := range wire.Groups(c.Items, func(c api.VendorChange) string { return c.Day }, func(_ string, all []api.VendorChange) []api.VendorChange { return all }) {
		t.Table(day[0].Day, wire.Each(day, func(c api.VendorChange) []string { return changeCells(t, c) })...)
	}
	if more := c.Total - len(c.Items); more > 0 {
		t.Line("\n" + t.Say("cli.changes.more", more))
	}
	t.Foot(c.Catalogue, c)
}

// changeCells is the row of one change.
func changeCells(t *report.Text, c api.VendorChange) []string {
	labels := func(sign string, all []answers.Listing) []string {
		return wire.Each(all, func(l answers.Listing) string { return sign + " " + l.Label + str.Remarks(t.Word(l.Status), l.When) })
	}
	about := strings.TrimSpace(c.Product + c.Platform + " " + c.Release)
	return []string{about, c.Change, strings.Join(append(labels("-", c.Before), labels("+", c.After)...), ", "), c.Source.URL}
}
