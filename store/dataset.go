package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"runtime"
	"slices"

	"golang.org/x/sync/errgroup"

	"github.com/testedon/testedon/compat/fact"
)

// Dataset reads the dataset at the newest revision. That of an empty record is
// empty, of revision 0 and without a digest. What is read is held against the
// digest on record before it is decoded; where it differs, or a part of it cannot be
// read, the error has [ErrDamaged] in its chain.
func (s *Store) Dataset(ctx context.Context) (*fact.Dataset, error) {
	ds, err := newestDataset(ctx, s.readers)
	return ds, s.fault(err)
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
	r, err := scanRevision(s.readers.QueryRowContext(ctx, selectRevisions+"WHERE number = $1", revision).Scan)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, s.unknown(ctx, revision)
	}
	if err != nil {
		return nil, s.fault(err)
	}
	ds, err := dataset(ctx, s.readers, r)
	return ds, s.fault(err)
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

// dataset reads the facts that stand at a revision. It needs no transaction: see the
// package comment.
func dataset(ctx context.Context, db querier, r Revision) (*fact.Dataset, error) {
	all, unread, err := standing(ctx, db, r.Number)
	if err != nil {
		return nil, err
	}
	if digest := all.digest(); r.Number > 0 && digest != r.Digest {
		return nil, fmt.Errorf("%w: the facts of revision %d have the digest %s and not %s", ErrDamaged, r.Number, digest, r.Digest)
	}
	if unread != nil {
		return nil, laterError{unread.Error()}
	}
	ds := all.dataset()
	ds.Revision, ds.Digest = r.Number, r.Digest
	return ds, nil
}

// querier is what a database and a transaction have in common.
type querier interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// documents are the facts of a noun that stand at a revision, in the order of their
// identifiers.
type documents struct {
	word  string
	noun  fact.Noun // nil where this program knows none of the word
	count int
	pages []*page
}

// page is some of them, each a line.
type page struct {
	count int
	text  []byte
	facts any // what the text says; nil where it cannot be read
}

// pageSize is how many facts are read at a time. A call into SQLite costs more than
// reading a row, so rows come joined. Pages of this size measured best.
const pageSize = 1024

// The facts of a noun that stand at a revision, $4, after some identifier. Each was added,
// by its owner, and perhaps withdrawn by a revision that is on record. Where the seed alone
// has made revisions, no fact covers another.
const (
	selectPage = `SELECT count(*), coalesce(max(id), ''), string_agg(body, $1) FROM (
		SELECT id, body FROM facts f WHERE noun = $2 AND id > $3 AND added <= $4 AND withdrawn > $4
			AND added >= (SELECT min(number) FROM revisions)
			AND (withdrawn = 9223372036854775807 OR withdrawn <= (SELECT max(number) FROM revisions))
			AND %s ORDER BY id LIMIT 1024) p`
	ofSeed  = `owner = 'seed'`
	layered = `EXISTS (SELECT 1 FROM revisions r WHERE r.number = f.added AND r.owner = f.owner)
		AND NOT EXISTS (SELECT 1 FROM facts c WHERE c.noun = f.noun AND c.id = f.id AND c.owner <> 'seed'
			AND c.added <= $4 AND c.withdrawn > $4 AND (f.owner = 'seed' OR c.added > f.added))`
)

// record is all documents that stand at a revision.
type record []documents

// standing reads all documents that stand at a revision, and decodes them meanwhile, on all
// processors at once; unread tells why some of them cannot be.
func standing(ctx context.Context, db querier, at int64) (all record, unread, err error) {
	var others bool
	if err := db.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM revisions WHERE owner <> 'seed')").Scan(&others); err != nil {
		return nil, nil, err
	}
	query := fmt.Sprintf(selectPage, ofSeed)
	if others {
		query = fmt.Sprintf(selectPage, layered)
	}
	found, err := nouns(ctx, db)
	if err != nil {
		return nil, nil, err
	}
	var decoding errgroup.Group
	decoding.SetLimit(runtime.GOMAXPROCS(0))
	for _, word := range fact.Words(found) {
		d := documents{word: word}
		if i := slices.IndexFunc(fact.Nouns, func(n fact.Noun) bool { return n.Word() == word }); i >= 0 {
			d.noun = fact.Nouns[i]
		}
		for id, more := "", slices.Contains(found, word); more; {
			var p page
			if err := db.QueryRowContext(ctx, query, "\n", word, id, at).Scan(&p.count, &id, &p.text); err != nil {
				return nil, nil, errors.Join(err, decoding.Wait())
			}
			if more = p.count == pageSize; p.count > 0 {
				d.add(&p, &decoding)
			}
		}
		all = append(all, d)
	}
	return all, decoding.Wait(), nil
}

// add takes a page, and has it decoded. It may be damaged, which the digest tells only
// later: a crash of the decoder must not end the program before.
func (d *documents) add(p *page, decoding *errgroup.Group) {
	p.text = append(p.text, '\n')
	d.count += p.count
	d.pages = append(d.pages, p)
	decoding.Go(func() (err error) {
		defer func() {
			if value := recover(); value != nil {
				err = fmt.Errorf("a %s makes the decoder crash: %v", d.word, value)
			}
		}()
		if d.noun == nil {
			return fmt.Errorf("there are facts of the sort %q", d.word)
		}
		p.facts, err = d.noun.Decode(p.count, p.text)
		return err
	})
}

// nouns lists the nouns of which there are facts, whether or not they stand.
func nouns(ctx context.Context, db querier) (found []string, err error) {
	for last := ""; ; {
		var word sql.NullString
		err := db.QueryRowContext(ctx, "SELECT min(noun) FROM facts WHERE noun > $1", last).Scan(&word)
		if err != nil || !word.Valid {
			return found, err
		}
		last = word.String
		found = append(found, last)
	}
}

// digest is that of the facts, as [fact.Dataset.ContentDigest] gives it.
func (all record) digest() string {
	sum := fact.NewDigest()
	for _, d := range all {
		sum.Add(d.word, d.count, func(yield func([]byte) bool) {
			for _, p := range d.pages {
				if !yield(p.text) {
					return
				}
			}
		})
	}
	return sum.String()
}

// dataset gives the facts, all of which could be read.
func (all record) dataset() *fact.Dataset {
	ds := &fact.Dataset{}
	for _, d := range all {
		var facts []any
		for _, p := range d.pages {
			facts = append(facts, p.facts)
		}
		if d.noun != nil {
			d.noun.Set(ds, facts...)
		}
	}
	return ds
}
