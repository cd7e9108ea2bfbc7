package current

import (
	"context"
	"errors"
	"time"

	"github.com/testedon/testedon/api/question"
	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/seed"
	"github.com/testedon/testedon/seed/sheet"
	"github.com/testedon/testedon/store"
)

// Origin is where the facts of a server come from.
type Origin interface {
	// load gives the newest facts; nil where they are those of that edition. Files that they
	// are made from need not be looked at again unless it says so. With an error it may give
	// facts as well: newer ones, and there are others still that it cannot.
	load(ctx context.Context, than edition, look bool) (*compat.Matrix, error)
	// known gives the facts as of a revision; nil where the origin keeps no others.
	known(ctx context.Context, asked question.Revision) (*compat.Matrix, error)
}

// catalogueFiles are the files of a catalogue that an origin has looked at.
type catalogueFiles struct {
	files  []seed.Folder
	digest string // of the last ones that were read
	faulty error  // what is wrong with them
}

// changed calls take with the digest of the files where it is another than before. What is
// wrong with the same files is not looked for again.
func (f *catalogueFiles) changed(look bool, take func(digest string) error) error {
	if !look && f.digest != "" {
		return f.faulty
	}
	digest, err := seed.DigestAll(f.files)
	if err == nil && digest == f.digest {
		return f.faulty
	}
	if err == nil {
		err = take(digest)
	}
	var faults sheet.Problems
	if f.digest = digest; err != nil && !errors.As(err, &faults) {
		f.digest = "" // it was not the files
	}
	f.faulty = err
	return err
}

// read reads the files, which must not change meanwhile.
func (f *catalogueFiles) read(digest string) (*fact.Dataset, error) {
	ds, err := seed.LoadAll(f.files)
	if err != nil {
		return nil, err
	}
	if again, err := seed.DigestAll(f.files); err != nil || again != digest {
		return nil, fact.Unavailable("", err, "current.changing")
	}
	return ds, nil
}

// filed is the origin that has catalogue files alone.
type filed struct{ catalogueFiles }

// Files is the origin that has catalogue files alone.
func Files(files []seed.Folder) Origin {
	return &filed{catalogueFiles{files: files}}
}

// load numbers the files as a record would.
func (f *filed) load(_ context.Context, than edition, look bool) (m *compat.Matrix, err error) {
	err = f.changed(look, func(digest string) error {
		ds, err := f.read(digest)
		if err != nil || ds.Digest == than.digest {
			return err
		}
		ds.Revision = than.revision + 1
		m, err = compat.Build(ds)
		return err
	})
	return m, err
}

// known gives none.
func (*filed) known(context.Context, question.Revision) (*compat.Matrix, error) { return nil, nil }

// recorded is the origin that is a record, which catalogue files are applied to.
type recorded struct {
	catalogueFiles
	options store.Options
	aside   string // the file that a damaged record was set aside as
}

// Record is the origin that is a record, which catalogue files are applied to.
func Record(o store.Options, files []seed.Folder) Origin {
	return &recorded{catalogueFiles: catalogueFiles{files: files}, options: o}
}

// load reads the record, see [recorded.read]. A damaged one that has the catalogue's facts
// alone is made anew from the files first.
func (r *recorded) load(ctx context.Context, than edition, look bool) (*compat.Matrix, error) {
	m, err := r.read(ctx, than, look)
	if !errors.Is(err, store.ErrDamaged) || r.options.Database != "" {
		return m, err
	}
	if err := r.renew(ctx, err); err != nil {
		return nil, err
	}
	return r.read(ctx, than, look)
}

// renew sets the record aside, which is damaged for a reason, and makes it anew.
func (r *recorded) renew(ctx context.Context, reason error) error {
	digest, err := seed.DigestAll(r.files)
	if err != nil {
		return errors.Join(reason, err)
	}
	ds, err := r.catalogueFiles.read(digest)
	if err != nil {
		return errors.Join(reason, err)
	}
	change := seedChange(digest)
	change.Note += ", in place of a damaged record"
	aside, err := store.Renew(ctx, r.options, ds, change)
	if err != nil || aside == "" {
		return err
	}
	r.aside = aside
	r.options.Logger.ErrorContext(ctx, "damaged record set aside, and made anew from the catalogue files",
		"folder", r.options.Dir, "aside", aside, "cause", cause(reason))
	return nil
}

// read brings the record up to date with the catalogue files and reads it, in these steps:
//
//  1. Open the record.
//  2. Apply the files to it, where they are others than those that this process has
//     applied, and others than those that the record has.
//  3. Read it and build the matrix, where it is another than before.
//
// Where step 2 fails and the record has facts, they answer all the same; but facts of a
// damaged record never do. Files that have not changed are not applied again, lest two
// servers with two catalogues take turns for ever. The record is closed again: a question
// reads no disk.
func (r *recorded) read(ctx context.Context, than edition, look bool) (*compat.Matrix, error) {
	record, err := store.Open(ctx, r.options)
	if err != nil {
		return nil, err
	}
	defer record.Close() //nolint:errcheck // what was written is committed
	failed := r.changed(look, func(digest string) error {
		applied, err := record.SeedDigest(ctx)
		if err != nil || applied == digest {
			return err
		}
		ds, err := r.catalogueFiles.read(digest)
		if err == nil {
			err = r.apply(ctx, record, ds, digest)
		}
		return err
	})
	if errors.Is(failed, store.ErrDamaged) {
		return nil, failed
	}
	last, err := record.Newest(ctx)
	if err != nil {
		return nil, err
	}
	if last.Number == 0 && failed != nil || last.Number > 0 && (edition{last.Number, last.Digest}) == than {
		return nil, failed
	}
	ds, err := record.Dataset(ctx)
	if err != nil {
		return nil, err
	}
	m, err := compat.Build(ds)
	return m, errors.Join(err, failed)
}

// known reads the facts as of a revision from the record.
func (r *recorded) known(ctx context.Context, asked question.Revision) (*compat.Matrix, error) {
	record, err := store.Open(ctx, r.options)
	if err != nil {
		return nil, err
	}
	defer record.Close() //nolint:errcheck // it was only read
	number := asked.Number
	if asked.On != 0 {
		if number, err = record.RevisionAt(ctx, asked.On.After(0, 0, 1).Begins().Add(-time.Microsecond)); err != nil {
			return nil, err
		}
	}
	ds, err := record.DatasetAt(ctx, number)
	if err != nil {
		return nil, err
	}
	return compat.Build(ds)
}

// apply applies catalogue files, and logs what that has done: files of another catalogue
// withdraw the facts of this one.
func (r *recorded) apply(ctx context.Context, record *store.Store, ds *fact.Dataset, digest string) error {
	_, changed, err := record.Apply(ctx, ds, seedChange(digest))
	if err != nil || !changed {
		return err
	}
	made, err := record.Newest(ctx)
	if err == nil {
		r.options.Logger.InfoContext(ctx, "catalogue files applied", "revision", made.Number, "added", made.Added, "withdrawn", made.Withdrawn)
	}
	return err
}

// seedChange is the change that applies catalogue files.
func seedChange(digest string) store.Change {
	return store.Change{Owner: store.SeedOwner, Note: "catalogue files " + digest, SeedDigest: digest}
}
