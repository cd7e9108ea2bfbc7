package cli

import (
	"context"
	"fmt"
	"net/url"
	"strings"

	"github.com/testedon/testedon/api"
)

// testPlan asks which environments to test a release with.
type testPlan struct {
	asking

	Strategy *string  `placeholder:"NAME" help:"Which combinations to take: all; pairwise, in which every two values of different kinds are together at least once; or each value at least once. Pairwise by default."`
	Kind     []string `placeholder:"NAME" sep:"none" help:"Only this kind: id or another name of it. It may repeat; all that the release lists by default."`
}

// Run asks and prints the answer. A table and a matrix are printed as the API
// writes them.
func (t *testPlan) Run(ctx context.Context, p Program) error {
	query := url.Values{}
	given(query, "strategy", t.Strategy)
	if len(t.Kind) > 0 {
		query["kind"] = t.Kind
	}
	if t.Output == "csv" || t.Output == "github" {
		query.Set("format", t.Output)
		return t.print(ctx, p, query)
	}
	asked, err := t.about("test-plan", query)
	if err != nil {
		return err
	}
	return t.tell(ctx, p, asked, &planned{})
}

// print asks, and prints the answer as it came.
func (t *testPlan) print(ctx context.Context, p Program, query url.Values) error {
	asked, err := t.about("test-plan", query)
	if err != nil {
		return err
	}
	to, err := t.asker(p)
	if err != nil {
		return err
	}
	raw, err := to.send(ctx, asked)
	if err != nil {
		return err
	}
	return write(p.Stdout, string(raw))
}

// planned is the answer to which environments to test with.
type planned struct{ api.TestPlan }

func (t *planned) gist() string { return t.Summary }

// text writes the answer for a person: a line for each environment below the
// names of the kinds.
func (t *planned) text() string {
	var b strings.Builder
	fmt.Fprintln(&b, t.Summary)
	var rows [][]string
	if len(t.Items) > 0 {
		rows = append(rows, t.row(func(kind string) string { return kind }))
	}
	for _, item := range t.Items {
		rows = append(rows, t.row(func(kind string) string { return item[kind].Text }))
	}
	writeTable(&b, "", rows, func(row []string) []string { return row })
	writeFoot(&b, nil, t.Catalogue)
	return b.String()
}

// row has a cell for each kind.
func (t *planned) row(cell func(kind string) string) []string {
	cells := make([]string, len(t.Kinds))
	for i, k := range t.Kinds {
		cells[i] = cell(k.Kind)
	}
	return cells
}
