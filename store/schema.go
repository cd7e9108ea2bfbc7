package store

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"time"
)

// applicationID marks the file as ours, in its header: "TeOn".
const applicationID = 0x54654f6e

// The numbers of schemas: that of the tables in schema.sql, and the first that can be
// brought up to it, whose facts were rows of columns.
const (
	newestSchema = 5
	oldestSchema = 4
)

// schema is what a file says of its content.
type schema struct {
	application int
	number      int
	tables      int // counted only where the header says nothing
}

// check refuses what this program cannot read. A file that says nothing and has
// no tables is nobody's, and so ours to fill.
func (s schema) check() error {
	switch {
	case s == schema{}:
		return nil
	case s.application != applicationID:
		return errForeign
	case s.number < 1:
		return fmt.Errorf("%w: its schema has the number %d", ErrDamaged, s.number)
	case s.number < oldestSchema:
		return errOlder
	case s.number > newestSchema:
		return laterError{fmt.Sprintf("schema %d, this binary knows up to %d", s.number, newestSchema)}
	}
	return nil
}

// readSchema reads what a file says of its content, in a transaction since
// another process may be filling it.
func readSchema(ctx context.Context, tx *sql.Tx) (s schema, err error) {
	if err = tx.QueryRowContext(ctx, "PRAGMA application_id").Scan(&s.application); err != nil {
		return s, err
	}
	if err = tx.QueryRowContext(ctx, "PRAGMA user_version").Scan(&s.number); err != nil {
		return s, err
	}
	if s == (schema{}) {
		err = tx.QueryRowContext(ctx, "SELECT count(*) FROM sqlite_schema").Scan(&s.tables)
	}
	return s, err
}

// smallestPage is the size of the smallest page that SQLite writes, in bytes.
const smallestPage = 512

// peek tells what a file says of its content. It refuses one that is not ours
// or newer, before anything is changed. A file that is missing
// or empty says nothing, and is ours to fill.
func peek(ctx context.Context, path, settings string, busy time.Duration) (schema, error) {
	info, err := os.Stat(path)
	if os.IsNotExist(err) || err == nil && info.Mode().IsRegular() && info.Size() == 0 {
		return schema{}, nil
	}
	if err != nil {
		return schema{}, err
	}
	if !info.Mode().IsRegular() {
		return schema{}, errNotFile
	}
	if info.Size() < smallestPage { // SQLite would take it for an empty one
		return schema{}, errForeign
	}
	db, err := connect(ctx, path, settings, busy, 1)
	if err != nil {
		return schema{}, err
	}
	defer func() { _ = db.Close() }()
	return readAndCheck(ctx, db)
}

// readAndCheck refuses what this program cannot read.
func readAndCheck(ctx context.Context, db *sql.DB) (found schema, err error) {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return found, err
	}
	defer func() { _ = tx.Rollback() }() // it only reads
	if found, err = readSchema(ctx, tx); err != nil {
		return found, err
	}
	return found, found.check()
}
