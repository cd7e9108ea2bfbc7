package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/testedon/testedon/compat/fact"
)

// Dataset reads the dataset at the newest revision. That of an empty record is
// empty, of revision 0 and without a digest. What is read is held against the
// digest on record; where it differs, or a part of it cannot be read, the error
// has [ErrDamaged] in its chain.
func (s *Store) Dataset(ctx context.Context) (*fact.Dataset, error) {
	ds, err := newestDataset(ctx, s.readers)
	return ds, s.fault(err)
}

// newestDataset is [Store.Dataset] without its words for errors.
func newestDataset(ctx context.Context, db querier) (*fact.Dataset, error) {
	if err := requireRevisions(ctx, db); err != nil {
		return nil, err
	}
	last, err := newest(ctx, db)
	if err != nil {
		return nil, err
	}
	return dataset(ctx, db, last)
}

// DatasetAt reads the dataset as of a revision, as [Store.Dataset] does. The
// error is an *fact.Error of code not_found when there is no such revision.
func (s *Store) DatasetAt(ctx context.Context, revision int64) (*fact.Dataset, error) {
	r, err := scanRevision(s.readers.QueryRowContext(ctx, selectRevisions+"WHERE r.number = ?", revision).Scan)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, s.unknown(ctx, revision)
	}
	if err != nil {
		return nil, s.fault(err)
	}
	ds, err := dataset(ctx, s.readers, r)
	return ds, s.fault(err)
}

// dataset reads the facts that stand at a revision, and holds them against its
// digest. It needs no transaction: see the package comment.
func dataset(ctx context.Context, db querier, r Revision) (*fact.Dataset, error) {
	sn := &snapshot{registers: newRegisters(), db: db, workers: readerCount, at: r.Number}
	if err := sn.load(ctx); err != nil {
		return nil, err
	}
	ds := &fact.Dataset{Revision: r.Number, Digest: r.Digest}
	for _, t := range tables {
		if err := t.read(ctx, sn, ds); err != nil {
			return nil, err
		}
	}
	if digest := ds.ContentDigest(); r.Number > 0 && digest != r.Digest {
		return nil, fmt.Errorf("%w: the facts of revision %d have the digest %s and not %s", ErrDamaged, r.Number, digest, r.Digest)
	}
	return ds, nil
}

// unknown is the error for a revision that is not on record.
func (s *Store) unknown(ctx context.Context, revision int64) error {
	last, err := newest(ctx, s.readers)
	if err != nil {
		return s.fault(err)
	}
	unknown := &fact.Error{
		Code:    fact.CodeNotFound,
		Field:   "revision",
		Message: fmt.Sprintf("there is no revision %d", revision),
		Hint:    fmt.Sprintf("The record has revisions 1 to %d", last.Number),
	}
	if last.Number == 0 {
		unknown.Hint = "The record has no revision yet"
	}
	return unknown
}
