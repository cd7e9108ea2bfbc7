package store

import (
	"context"
	"database/sql"
	"os"
	"time"
)

// schema is what a file says of its content.
type schema struct {
	application int
	number      int // of migrations that have run
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
	case s.number > len(steps()):
		return newerError{found: s.number, known: len(steps())}
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

// peek refuses a file that is not ours, newer, or not to be written, before
// anything is changed. A file that is missing or empty is ours to fill.
func peek(ctx context.Context, path string, busy time.Duration) error {
	info, err := os.Stat(path)
	if os.IsNotExist(err) || err == nil && info.Mode().IsRegular() && info.Size() == 0 {
		return nil
	}
	if err != nil {
		return err
	}
	if err := requireFile(path, info); err != nil {
		return err
	}
	settings := peeking
	if log, err := os.Stat(path + "-wal"); err == nil && log.Size() > 0 {
		settings = peekingLog
	}
	db, err := connect(ctx, path, settings, busy, 1)
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	return readAndCheck(ctx, db)
}

// readAndCheck refuses what this program cannot read.
func readAndCheck(ctx context.Context, db *sql.DB) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }() // it only reads
	found, err := readSchema(ctx, tx)
	if err != nil {
		return err
	}
	return found.check()
}
