package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/testedon/testedon/compat/fact"
)

// Dataset reads the dataset at the newest revision. That of an empty record is
// empty, of revision 0 and without a digest. What is read is held against the
// digest on record before it is decoded; where it differs, or a part of it cannot be
// read, the error has [ErrDamaged] in its chain.
func (s *Store) Dataset(ctx context.Context) (*fact.Dataset, error) {
	var ds *fact.Dataset
	err := s.read(ctx, func(db querier) (err error) {
		ds, err = newestDataset(ctx, db)
		return err
	})
	return ds, err
}

// newestDataset is [Store.Dataset] without its words for errors.
func newestDataset(ctx context.Context, db querier) (*fact.Dataset, error) {
	last, err := newest(ctx, db)
	if err != nil {
		return nil, err
	}
	return dataset(ctx, db, last)
}

// DatasetAt reads the dataset as of a revision, as [Store.Dataset] does. The
// error is an *fact.Error of code not_found when there is no such revision.
func (s *Store) DatasetAt(ctx context.Context, revision int64) (*fact.Dataset, error) {
	var ds *fact.Dataset
	err := s.read(ctx, func(db querier) error {
		r, err := scanRevision(db.QueryRowContext(ctx, selectRevisions+"WHERE number = $1", revision).Scan)
		if errors.Is(err, sql.ErrNoRows) {
			return unknown(ctx, db, revision)
		}
		if err == nil {
			ds, err = dataset(ctx, db, r)
		}
		return err
	})
	return ds, err
}

// Owner gives who states a fact that stands now, whose counts where several do; empty where none
// does. The noun is that of [fact.Noun.Word].
func (s *Store) Owner(ctx context.Context, noun, id string) (owner string, err error) {
	err = s.read(ctx, func(db querier) error {
		err := db.QueryRowContext(ctx, "SELECT owner FROM facts WHERE noun = $1 AND id = $2 AND withdrawn = $3 ORDER BY owner = 'seed', added DESC LIMIT 1", noun, id, stands).Scan(&owner)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		return err
	})
	return owner, err
}

// unknown is the error for a revision that is not on record.
func unknown(ctx context.Context, db querier, revision int64) error {
	last, err := newest(ctx, db)
	if err != nil {
		return err
	}
	e := &fact.Error{
		Code:    fact.CodeNotFound,
		Field:   "revision",
		Message: fmt.Sprintf("there is no revision %d", revision),
		Hint:    fmt.Sprintf("The record has revisions 1 to %d", last.Number),
	}
	if last.Number == 0 {
		e.Hint = "The record has no revision yet"
	}
	return e
}

// dataset reads the facts that stand at a revision.
func dataset(ctx context.Context, db querier, r Revision) (*fact.Dataset, error) {
	all, digest, unread, err := standing(ctx, db, r.Number)
	switch {
	case err != nil:
		return nil, err
	case r.Number > 0 && digest != r.Digest:
		return nil, fmt.Errorf("%w: the facts of revision %d have the digest %s and not %s", ErrDamaged, r.Number, digest, r.Digest)
	case unread != nil:
		return nil, laterError{unread.Error()}
	}
	if all.Revision, all.Digest = r.Number, r.Digest; r.Number > 0 {
		all.Recorded = r.Time.UTC().Format(time.DateOnly)
	}
	return all, nil
}

// querier is what a database and a transaction have in common.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// Which facts stand at a revision, $1. Each was added, by its owner, and perhaps withdrawn by
// a revision that is on record. Where the seed alone has made revisions, no fact covers
// another.
const (
	standingAt = ` FROM facts f WHERE added <= $1 AND withdrawn > $1
		AND added >= (SELECT min(number) FROM revisions)
		AND (withdrawn = 9223372036854775807 OR withdrawn <= (SELECT max(number) FROM revisions)) AND `
	ofSeed  = `owner = 'seed'`
	layered = `EXISTS (SELECT 1 FROM revisions r WHERE r.number = f.added AND r.owner = f.owner)
		AND NOT EXISTS (SELECT 1 FROM facts c WHERE c.noun = f.noun AND c.id = f.id AND c.owner <> 'seed'
			AND c.added <= $1 AND c.withdrawn > $1 AND (f.owner = 'seed' OR c.added > f.added))`
)

// selectPage joins the documents of some facts of a noun, $2, after an identifier, $3. A call
// into SQLite costs more than reading a row. Pages of this size measured best.
const selectPage = "SELECT count(*), coalesce(max(id), ''), coalesce(string_agg(body, '\n'), '') " +
	"FROM (SELECT id, body %s AND noun = $2 AND id > $3 ORDER BY id LIMIT 1024) p"

// reader reads what stands at a revision.
type reader struct {
	db       querier
	at       int64
	facts    string        // which stand
	decoding *fact.Decoder // of what is read, which meanwhile is hashed in its order
	hashing  errgroup.Group
	digest   fact.Digest
}

// standing reads all facts that stand at a revision, and their digest; unread tells why some
// of them cannot be decoded.
func standing(ctx context.Context, db querier, at int64) (all *fact.Dataset, digest string, unread, err error) {
	var others bool
	if err := db.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM revisions WHERE owner <> 'seed')").Scan(&others); err != nil {
		return nil, "", nil, err
	}
	r := &reader{db: db, at: at, facts: standingAt + ofSeed, decoding: fact.NewDecoder(), digest: fact.NewDigest()}
	if others {
		r.facts = standingAt + layered
	}
	r.hashing.SetLimit(1)
	err = r.read(ctx)
	_ = r.hashing.Wait()
	all, unread = r.decoding.End()
	return all, r.digest.String(), unread, err
}

// read reads the facts of all nouns.
func (r *reader) read(ctx context.Context) error {
	counts := map[string]int{}
	rows, err := r.db.QueryContext(ctx, "SELECT noun, count(*)"+r.facts+" GROUP BY noun", r.at)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }() // rows.Err tells
	for rows.Next() {
		var word string
		var n int
		if err := rows.Scan(&word, &n); err != nil {
			return err
		}
		counts[word] = n
	}
	if err := rows.Err(); err != nil {
		return err
	}
	for _, word := range fact.Words(slices.Collect(maps.Keys(counts))) {
		if err := r.noun(ctx, word, counts[word]); err != nil {
			return err
		}
	}
	return nil
}

// noun reads the facts of one noun.
func (r *reader) noun(ctx context.Context, word string, n int) error {
	r.decoding.Begin(word, n)
	r.hash(func() { r.digest.Begin(word, n) })
	query := fmt.Sprintf(selectPage, r.facts)
	for place, id := 0, ""; place < n; {
		var count int
		var text string
		if err := r.db.QueryRowContext(ctx, query, r.at, word, id).Scan(&count, &id, &text); err != nil {
			return err
		}
		if count == 0 || place+count > n {
			return fmt.Errorf("%w: its facts cannot be counted", ErrDamaged)
		}
		r.hash(func() { r.digest.Add(text); r.digest.Add("\n") })
		r.decoding.Add(count, text)
		place += count
	}
	return nil
}

func (r *reader) hash(write func()) {
	r.hashing.Go(func() error { write(); return nil })
}
