package store

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
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
// nothing. Each revision keeps its digest, and that of the newest is made anew on both
// sides before the transaction ends; a file is checked by SQLite after it. The error is
// an *fact.Error of code unavailable.
func Copy(ctx context.Context, from, to *Store) error {
	err := from.read(ctx, func(source querier) error {
		return to.write(ctx, func(target *sql.Tx) error { return from.copyInto(ctx, source, target) })
	})
	if file, ok := to.engine.(*sqlite); ok && err == nil {
		err = file.fault(integrity(ctx, file.readers))
	}
	return err
}

// copyInto is [Copy] within its transactions. What goes wrong with the source is told as that.
func (s *Store) copyInto(ctx context.Context, source querier, target *sql.Tx) error {
	was, err := newestDataset(ctx, source)
	if err != nil {
		return s.fault(err)
	}
	if err := requireEmpty(ctx, target); err != nil {
		return err
	}
	for _, t := range tables {
		rows, err := source.QueryContext(ctx, "SELECT "+t.columns+" FROM "+t.name+" ORDER BY "+t.key)
		if err != nil {
			return s.fault(err)
		}
		if err := s.copyRows(ctx, rows, target, t.name+" ("+t.columns+")"); err != nil {
			return err
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

// copyRows inserts rows into a table, some at a time.
func (s *Store) copyRows(ctx context.Context, rows *sql.Rows, target *sql.Tx, table string) error {
	defer func() { _ = rows.Close() }() // rows.Err tells
	columns, err := rows.Columns()
	var some [][]any
	for err == nil && rows.Next() {
		row, places := make([]any, len(columns)), make([]any, len(columns))
		for i := range row {
			places[i] = &row[i]
		}
		err = rows.Scan(places...)
		if some = append(some, row); err == nil && len(some) == chunk {
			if err := insert(ctx, target, table, some); err != nil {
				return err
			}
			some = nil
		}
	}
	if err := cmp.Or(err, rows.Err()); err != nil {
		return s.fault(err)
	}
	return insert(ctx, target, table, some)
}
