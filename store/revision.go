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

const selectRevisions = `SELECT r.number, r.time, o.name, r.note, r.added, r.withdrawn, r.digest
	FROM revisions r JOIN owners o ON o.key = r.owner `

// scanRevision reads a row of selectRevisions.
func scanRevision(scan func(...any) error) (r Revision, err error) {
	var at string
	var owner, note, digest sql.NullString
	if err = scan(&r.Number, &at, &owner, &note, &r.Added, &r.Withdrawn, &digest); err != nil {
		return Revision{}, err
	}
	if r.Owner, r.Note, r.Digest = owner.String, note.String, digest.String; !owner.Valid || !note.Valid || !digest.Valid {
		return Revision{}, errUnreadable
	}
	if r.Time, err = parseTime(at); err != nil {
		return Revision{}, fmt.Errorf("%w: %w", errUnreadable, err)
	}
	return r, nil
}

// requireRevisions makes sure that no revision is missing: their numbers have no
// gaps, each is somebody's, the first owner is the seed, and where there is none
// nobody has applied files.
func requireRevisions(ctx context.Context, db querier) error {
	const query = `SELECT coalesce(max(number) - min(number) + 1 = count(*), NOT EXISTS (SELECT * FROM owners WHERE digest <> ''))
		AND count(*) = (SELECT count(*) FROM revisions r JOIN owners o ON o.key = r.owner)
		AND EXISTS (SELECT * FROM owners WHERE key = ? AND name = ?) FROM revisions`
	var sound bool
	if err := db.QueryRowContext(ctx, query, seedKey, SeedOwner).Scan(&sound); err != nil {
		return err
	}
	if !sound {
		return fmt.Errorf("%w: revisions are missing", ErrDamaged)
	}
	return nil
}

// newest gives the last revision, or the zero one of an empty record.
func newest(ctx context.Context, db querier) (Revision, error) {
	r, err := scanRevision(db.QueryRowContext(ctx, selectRevisions+"ORDER BY r.number DESC LIMIT 1").Scan)
	if errors.Is(err, sql.ErrNoRows) {
		return Revision{}, nil
	}
	return r, err
}

// Revisions lists every revision, oldest first.
func (s *Store) Revisions(ctx context.Context) ([]Revision, error) {
	rows, err := s.readers.QueryContext(ctx, selectRevisions+"ORDER BY r.number")
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
	const query = "SELECT number FROM revisions WHERE time <= ? ORDER BY number DESC LIMIT 1"
	var number int64
	err := s.readers.QueryRowContext(ctx, query, at.UTC().Format(timeLayout)).Scan(&number)
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
	first, err := scanRevision(s.readers.QueryRowContext(ctx, selectRevisions+"ORDER BY r.number LIMIT 1").Scan)
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
	err = s.readers.QueryRowContext(ctx, "SELECT digest FROM owners WHERE key = ?", seedKey).Scan(&digest)
	if errors.Is(err, sql.ErrNoRows) { // the first migration wrote it
		err = errUnreadable
	}
	if err != nil {
		return "", s.fault(err)
	}
	return digest, nil
}
