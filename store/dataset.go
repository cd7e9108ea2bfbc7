package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/testedon/testedon/compat"
)

// Dataset reads the dataset at the newest revision. That of an empty record is
// empty, of revision 0 and without a digest.
func (s *Store) Dataset(ctx context.Context) (*compat.Dataset, error) {
	last, err := newest(ctx, s.readers)
	if err != nil {
		return nil, s.fault(err)
	}
	return s.dataset(ctx, last)
}

// DatasetAt reads the dataset as of a revision. The error is an *compat.Error
// of code not_found when there is no such revision.
func (s *Store) DatasetAt(ctx context.Context, revision int64) (*compat.Dataset, error) {
	r, err := scanRevision(s.readers.QueryRowContext(ctx, selectRevisions+"WHERE r.number = ?", revision).Scan)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, s.unknown(ctx, revision)
	}
	if err != nil {
		return nil, s.fault(err)
	}
	return s.dataset(ctx, r)
}

// dataset reads the facts that stand at a revision. It needs no transaction:
// see the package comment.
func (s *Store) dataset(ctx context.Context, r Revision) (*compat.Dataset, error) {
	sn := &snapshot{registers: newRegisters(), db: s.readers, workers: readerCount, at: r.Number}
	if err := sn.load(ctx); err != nil {
		return nil, s.fault(err)
	}
	ds := &compat.Dataset{Revision: r.Number, Digest: r.Digest}
	for _, t := range tables {
		if err := t.read(ctx, sn, ds); err != nil {
			return nil, s.fault(err)
		}
	}
	ds.Sort()
	return ds, nil
}

// unknown is the error for a revision that is not on record.
func (s *Store) unknown(ctx context.Context, revision int64) error {
	last, err := newest(ctx, s.readers)
	if err != nil {
		return s.fault(err)
	}
	unknown := &compat.Error{
		Code:    compat.CodeNotFound,
		Field:   "revision",
		Message: fmt.Sprintf("there is no revision %d", revision),
		Hint:    fmt.Sprintf("The record has revisions 1 to %d", last.Number),
	}
	if last.Number == 0 {
		unknown.Hint = "The record has no revision yet"
	}
	return unknown
}
