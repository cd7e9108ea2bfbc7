package cli

import (
	"context"
	"os"
	"strconv"

	"github.com/testedon/testedon/cli/client"
	"github.com/testedon/testedon/cli/curation"
	"github.com/testedon/testedon/cli/exit"
	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/compat/survey"
	"github.com/testedon/testedon/fleet"
)

// diff tells which answers change from one set of facts to another. It is the command
// seed diff.
type diff struct {
	Old string `arg:""`
	New string `arg:""`
	record
	Fleet  string `placeholder:"FILE"`
	Output string `short:"o" enum:"text,json,markdown" default:"text"`
}

// Run asks both, and prints what differs.
func (d *diff) Run(ctx context.Context, p Program) error {
	before, err := d.facts(ctx, p, d.Old)
	if err != nil {
		return err
	}
	after, err := d.facts(ctx, p, d.New)
	if err != nil {
		return err
	}
	told := curation.DiffOf(d.Old, d.New, survey.DiffOf(before, after))
	if d.Fleet != "" {
		if err := d.fleet(ctx, p, told, before, after); err != nil {
			return err
		}
	}
	text := told.Text
	if d.Output == "markdown" {
		text = told.Markdown
	}
	if err := p.tell(d.Output, told, text()); err != nil {
		return err
	}
	return exit.Unless(!told.LosesOfFleet(), exit.Fail)
}

// facts reads one side.
func (d *diff) facts(ctx context.Context, p Program, name string) (*compat.Matrix, error) {
	revision, notNumber := strconv.ParseInt(name, 10, 64)
	about, err := os.Stat(name)
	switch {
	case name == "embedded":
		return loadMatrix("")
	case err == nil && !about.IsDir():
		return snapshotMatrix(name)
	case err != nil && notNumber == nil:
		return d.recorded(ctx, p, revision)
	case err != nil:
		return nil, exit.With(exit.Data, fact.Unavailable("", err, "cli.diff.unread", name, exit.Reason(err)))
	}
	return loadMatrix(name)
}

// snapshotMatrix reads a file as a server gives its snapshot.
func snapshotMatrix(name string) (*compat.Matrix, error) {
	data, err := os.ReadFile(name) //nolint:gosec // it is the user's to name
	if err != nil {
		return nil, exit.With(exit.Data, err)
	}
	snapshot, err := fact.OpenSnapshot(data)
	if err != nil {
		return nil, exit.With(exit.Data, fact.Unavailable("", err, "cli.diff.snapshot", name))
	}
	m, err := compat.BuildFrom(snapshot)
	return m, exit.With(exit.Data, err)
}

// recorded reads the record as of a revision.
func (d *diff) recorded(ctx context.Context, p Program, revision int64) (*compat.Matrix, error) {
	record, err := d.existing(ctx, p)
	if err != nil {
		return nil, err
	}
	defer record.Close() //nolint:errcheck // it was only read
	ds, err := record.DatasetAt(ctx, revision)
	if err != nil {
		return nil, exit.With(exit.Data, err)
	}
	m, err := compat.Build(ds)
	return m, exit.With(exit.Data, err)
}

// fleet asks both about every environment of the file.
func (d *diff) fleet(ctx context.Context, p Program, told *curation.Diff, before, after *compat.Matrix) error {
	from, err := openFleet(p, d.Fleet, "auto")
	if err != nil {
		return err
	}
	var results [2][]*fleet.Result
	for i, m := range []*compat.Matrix{before, after} {
		to, err := client.Here(m, p.Version, p.Now)
		if err != nil {
			return err
		}
		items, err := from.Items(question{}.body(), func() ([]string, map[string]string, error) { return to.Kinds(ctx) })
		if err != nil {
			return err
		}
		if err := to.CheckAll(ctx, items, func(r *fleet.Result) { results[i] = append(results[i], r) }); err != nil {
			return err
		}
	}
	told.Compare(results[0], results[1])
	return nil
}
