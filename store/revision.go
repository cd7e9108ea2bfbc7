package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/testedon/testedon/compat/fact"
)

// Revision is one change of the record. The list of them is the audit.
type Revision struct {
	Number    int64     // from 1, or after the last of a record that this one took the place of; without gaps
	Time      time.Time // UTC, to the microsecond; never before that of the revision before
	Owner     string
	Note      string
	Added     int    // facts written; a changed fact counts here and as withdrawn
	Withdrawn int    // facts withdrawn
	Digest    string // of the whole dataset at this revision
}

const selectRevisions = "SELECT number, time, owner, note, added, withdrawn, digest FROM revisions "

// timeLayout writes times so that they sort as text.
const timeLayout = "2006-01-02T15:04:05.000000Z"

// scanRevision reads a row of selectRevisions.
func scanRevision(scan func(...any) error) (r Revision, err error) {
	var at string
	if err = scan(&r.Number, &at, &r.Owner, &r.Note, &r.Added, &r.Withdrawn, &r.Digest); err != nil {
		return Revision{}, err
	}
	if r.Time, err = time.Parse(timeLayout, at); err != nil {
		return Revision{}, fmt.Errorf("%w: a time cannot be read: %w", ErrDamaged, err)
	}
	return r, nil
}

// newest gives the last revision, or the zero one of an empty record. It makes sure that
// none is missing: their numbers have no gaps, each is somebody's, and where there is none
// nobody has applied files.
func newest(ctx context.Context, db querier) (Revision, error) {
	const query = `SELECT coalesce(max(number) - min(number) + 1 = count(*), NOT EXISTS (SELECT 1 FROM owners WHERE digest <> ''))
		AND NOT EXISTS (SELECT 1 FROM revisions WHERE owner NOT IN (SELECT name FROM owners)) FROM revisions`
	var sound bool
	if err := db.QueryRowContext(ctx, query).Scan(&sound); err != nil {
		return Revision{}, err
	}
	if !sound {
		return Revision{}, fmt.Errorf("%w: revisions are missing", ErrDamaged)
	}
	r, err := scanRevision(db.QueryRowContext(ctx, selectRevisions+"ORDER BY number DESC LIMIT 1").Scan)
	if errors.Is(err, sql.ErrNoRows) {
		return Revision{}, nil
	}
	return r, err
}

// Newest tells of the newest revision, the zero one of an empty record, without reading
// its facts.
func (s *Store) Newest(ctx context.Context) (r Revision, err error) {
	err = s.read(ctx, func(db querier) (err error) {
		r, err = newest(ctx, db)
		return err
	})
	return r, err
}

// Revisions lists every revision, oldest first.
func (s *Store) Revisions(ctx context.Context) ([]Revision, error) {
	rows, err := s.db.QueryContext(ctx, selectRevisions+"ORDER BY number")
	if err != nil {
		return nil, s.fault(err)
	}
	defer func() { _ = rows.Close() }() // rows.Err tells
	revisions := []Revision{}
	for rows.Next() {
		r, err := scanRevision(rows.Scan)
		if err != nil {
			return nil, s.fault(err)
		}
		revisions = append(revisions, r)
	}
	if err := rows.Err(); err != nil {
		return nil, s.fault(err)
	}
	return revisions, nil
}

// RevisionAt gives the number of the newest revision at a time. The error is
// an *fact.Error of code not_found where the record begins later.
func (s *Store) RevisionAt(ctx context.Context, at time.Time) (int64, error) {
	const query = "SELECT number FROM revisions WHERE time <= $1 ORDER BY number DESC LIMIT 1"
	var number int64
	err := s.db.QueryRowContext(ctx, query, at.UTC().Format(timeLayout)).Scan(&number)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, s.before(ctx, at)
	}
	if err != nil {
		return 0, s.fault(err)
	}
	return number, nil
}

// before is the error for a time before the first revision.
func (s *Store) before(ctx context.Context, at time.Time) error {
	first, err := scanRevision(s.db.QueryRowContext(ctx, selectRevisions+"ORDER BY number LIMIT 1").Scan)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return &fact.Error{Code: fact.CodeNotFound, Message: "the record has no revision yet"}
	case err != nil:
		return s.fault(err)
	}
	return &fact.Error{
		Code:    fact.CodeNotFound,
		Message: fmt.Sprintf("the record has no revision at %s", at.UTC().Format(time.RFC3339)),
		Hint:    fmt.Sprintf("It begins with revision %d, %s", first.Number, first.Time.Format(time.RFC3339)),
	}
}

// SeedDigest gives the [Change.SeedDigest] that the seed last applied, or ""
// when it never did. While it equals that of the files, applying them again
// would change nothing.
func (s *Store) SeedDigest(ctx context.Context) (digest string, err error) {
	err = s.db.QueryRowContext(ctx, "SELECT digest FROM owners WHERE name = $1", SeedOwner).Scan(&digest)
	if errors.Is(err, sql.ErrNoRows) { // the schema has it
		err = fmt.Errorf("%w: the seed is no owner", ErrDamaged)
	}
	if err != nil {
		return "", s.fault(err)
	}
	return digest, nil
}
