package cli

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"sync/atomic"

	"github.com/testedon/testedon/api"
	"github.com/testedon/testedon/cli/exit"
	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/seed"
	"github.com/testedon/testedon/seed/sheet"
	"github.com/testedon/testedon/store"
)

// catalogue is what a server answers from: the matrix of the record as it was
// last read, swapped whole. Its zero value has none yet.
type catalogue struct {
	matrix atomic.Pointer[compat.Matrix]
	fault  atomic.Pointer[fact.Error] // why the matrix is older than the files; nil when it is not
	aside  atomic.Pointer[string]     // the file that a damaged record was set aside as; nil when none was
}

// Matrix gives the matrix that answers now; nil when there is none yet.
func (c *catalogue) Matrix() *compat.Matrix { return c.matrix.Load() }

// State tells how the matrix stands beside the record.
func (c *catalogue) State() api.State {
	state := api.State{Stale: c.fault.Load()}
	if name := c.aside.Load(); name != nil {
		state.SetAside = *name
	}
	return state
}

// take answers from a dataset from now on. It owns ds.
func (c *catalogue) take(ds *fact.Dataset) error {
	m, err := compat.Build(ds)
	if err == nil {
		c.matrix.Store(m)
	}
	return exit.With(exit.Data, err)
}

// load answers from the record, see [catalogue.read]. A damaged record that has
// the catalogue's facts alone is made anew from the files first.
func (c *catalogue) load(ctx context.Context, o store.Options, dir string) error {
	err := c.read(ctx, o, dir)
	if !errors.Is(err, store.ErrDamaged) {
		return err
	}
	if err := c.renew(ctx, o, dir, err); err != nil {
		return exit.With(exit.Data, err)
	}
	return c.read(ctx, o, dir)
}

// renew sets the record aside, which is damaged for a reason, and makes it anew.
func (c *catalogue) renew(ctx context.Context, o store.Options, dir string, reason error) error {
	ds, change, err := seedChange(files(dir))
	if err != nil {
		return errors.Join(reason, inFolder(dir, err))
	}
	change.Note += ", in place of a damaged record"
	aside, err := store.Renew(ctx, o, ds, change)
	if err != nil || aside == "" {
		return err
	}
	c.aside.Store(&aside)
	o.Logger.ErrorContext(ctx, "damaged record set aside, and made anew from the catalogue files",
		"folder", o.Dir, "aside", aside, "cause", cause(reason))
	return nil
}

// read brings the record up to date with the catalogue files and answers from
// it, in these steps:
//
//  1. Open the record.
//  2. Apply the files to it, where they are others than the last time.
//  3. Read it and build the matrix.
//
// Where step 2 fails and the record has older facts, they answer, and [State]
// and the log tell why; but facts of a damaged record never do. The record is
// closed again: a question reads no disk.
func (c *catalogue) read(ctx context.Context, o store.Options, dir string) error {
	record, err := store.Open(ctx, o)
	if err != nil {
		return exit.With(exit.Data, err)
	}
	defer record.Close()
	failed := applySeed(ctx, record, files(dir))
	if errors.Is(failed, store.ErrDamaged) {
		return exit.With(exit.Data, failed)
	}
	ds, err := record.Dataset(ctx)
	if err != nil {
		return exit.With(exit.Data, err)
	}
	if failed != nil && ds.Revision == 0 {
		return exit.With(exit.Data, inFolder(dir, failed))
	}
	if failed != nil {
		c.fault.Store(&fact.Error{
			Code:    fact.CodeUnavailable,
			Message: "the catalogue could not be brought up to date, so the facts before it answer",
			Hint:    "The log of the server has the cause. Mend it and start the server again.",
			Cause:   failed,
		})
		logProblems(ctx, o.Logger, inFolder(dir, failed))
	}
	return c.take(ds)
}

// applySeed applies catalogue files to the record, as one revision. Files that were
// applied already are not even parsed.
func applySeed(ctx context.Context, record *store.Store, files fs.FS) error {
	digest, err := seed.Digest(files)
	if err != nil {
		return err
	}
	applied, err := record.SeedDigest(ctx)
	if err != nil || applied == digest {
		return err
	}
	ds, change, err := seedChange(files)
	if err != nil {
		return err
	}
	_, _, err = record.Apply(ctx, ds, change)
	return err
}

// seedChange reads catalogue files and gives the change that applies them.
func seedChange(files fs.FS) (*fact.Dataset, store.Change, error) {
	digest, err := seed.Digest(files)
	if err != nil {
		return nil, store.Change{}, err
	}
	ds, err := parse(files)
	return ds, store.Change{Owner: store.SeedOwner, Note: "catalogue files " + digest, SeedDigest: digest}, err
}

// logProblems logs why the catalogue files were not applied, each problem by itself.
func logProblems(ctx context.Context, logger *slog.Logger, err error) {
	var faults sheet.Problems
	if !errors.As(err, &faults) {
		logger.ErrorContext(ctx, "catalogue not applied", "problem", err, "cause", cause(err))
	}
	for _, p := range faults {
		logger.ErrorContext(ctx, "catalogue not applied", "problem", p.String())
	}
}

// cause is what lies beneath an error in the words of the project: for the log,
// where the words alone do not help.
func cause(err error) error {
	var known *fact.Error
	if errors.As(err, &known) && known.Cause != nil {
		return known.Cause
	}
	return err
}
