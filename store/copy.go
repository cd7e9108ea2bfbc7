package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"errors"
	"fmt"
	"hash"
	"strings"
)

// tables are those of a record, in the order in which they refer to each other, with the
// columns of their keys.
var tables = []struct{ name, columns, key string }{
	{"owners", "name, digest", "name"},
	{"revisions", "number, time, owner, note, added, withdrawn, digest", "number"},
	{"facts", "noun, id, owner, added, withdrawn, body", "noun, id, owner, withdrawn"},
}

// Copy copies a record into one that is empty, with all owners, revisions and withdrawn
// facts, of either engine. It reads one snapshot and writes one transaction: whoever
// reads or changes the one meanwhile is not held up, and the other has all of it or
// nothing. What was written is read again, and the digest of the newest revision made
// anew on both sides, before the transaction ends; a file is checked by SQLite after it. The
// error is an *fact.Error of code unavailable.
func Copy(ctx context.Context, from, to *Store) error {
	err := from.read(ctx, func(source querier) error {
		return to.write(ctx, func(target *sql.Tx) (bool, error) { return true, from.copyInto(ctx, source, target) })
	})
	if err == nil {
		err = to.engine.fault(to.engine.check(ctx))
	}
	return err
}

// copyInto is [Copy] within its transactions. What goes wrong with the source is told as that.
func (s *Store) copyInto(ctx context.Context, source querier, target *sql.Tx) error {
	was, err := newestDataset(ctx, source)
	if err != nil {
		return s.engine.fault(err)
	}
	if err := requireEmpty(ctx, target); err != nil {
		return err
	}
	for _, t := range tables {
		read, written := sha256.New(), sha256.New()
		query := "SELECT " + t.columns + " FROM " + t.name + " ORDER BY " + t.key
		var inserting error
		err := eachChunk(ctx, source, query, read, func(rows [][]any) error {
			inserting = insert(ctx, target, t.name+" ("+t.columns+")", rows)
			return inserting
		})
		if err != nil && inserting == nil {
			return s.engine.fault(err)
		}
		if err == nil {
			err = eachChunk(ctx, target, query, written, func([][]any) error { return nil })
		}
		if err != nil {
			return err
		}
		if string(read.Sum(nil)) != string(written.Sum(nil)) {
			return fmt.Errorf("%w: %s read otherwise than they were written", ErrDamaged, t.name)
		}
	}
	is, err := newestDataset(ctx, target)
	if err == nil && is.Digest != was.Digest {
		err = fmt.Errorf("%w: its digest is %s and not %s", ErrDamaged, is.Digest, was.Digest)
	}
	return err
}

// errNotEmpty is met where a record is to be copied into one that has something.
var errNotEmpty = errors.New("it has owners, revisions or facts")

// requireEmpty makes sure that a record is new, and takes its first owner away, who comes
// again with the others.
func requireEmpty(ctx context.Context, tx *sql.Tx) error {
	const query = `SELECT EXISTS (SELECT 1 FROM revisions) OR EXISTS (SELECT 1 FROM facts)
		OR EXISTS (SELECT 1 FROM owners WHERE name <> 'seed' OR digest <> '')`
	var used bool
	if err := tx.QueryRowContext(ctx, query).Scan(&used); err != nil {
		return err
	}
	if used {
		return errNotEmpty
	}
	_, err := tx.ExecContext(ctx, "DELETE FROM owners")
	return err
}

// eachChunk gives the rows of a query, some at a time, and hashes them.
func eachChunk(ctx context.Context, db querier, query string, sum hash.Hash, do func([][]any) error) error {
	found, err := db.QueryContext(ctx, query)
	if err != nil {
		return err
	}
	defer func() { _ = found.Close() }() // found.Err tells
	columns := strings.Count(query[:strings.Index(query, " FROM ")], ",") + 1
	var rows [][]any
	for found.Next() {
		row, places := make([]any, columns), make([]any, columns)
		for i := range row {
			places[i] = &row[i]
		}
		if err := found.Scan(places...); err != nil {
			return err
		}
		for i, value := range row {
			if text, ok := value.([]byte); ok {
				row[i] = string(text)
			}
			fmt.Fprintf(sum, "%v\x00", row[i])
		}
		if rows = append(rows, row); len(rows) == chunk {
			if err := do(rows); err != nil {
				return err
			}
			rows = nil
		}
	}
	if err := found.Err(); err != nil {
		return err
	}
	return do(rows)
}
