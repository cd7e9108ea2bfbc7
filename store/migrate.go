package store

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"
	"log/slog"
)

// applicationID marks the file as ours, in its header: "TeOn".
const applicationID = 0x54654f6e

// migrations are the steps from one schema to the next, 0001_….sql first. One
// that was released is never changed.
//
//go:embed migrations/*.sql
var migrations embed.FS

// steps gives the migrations in order; the schema's number is how many have
// run.
func steps() []string {
	names, err := fs.Glob(migrations, "migrations/*.sql")
	if err != nil {
		panic(err) // the pattern is a constant
	}
	return names
}

// upgrade brings the file up to the newest schema. It takes the write lock only
// if there is something to do.
func upgrade(ctx context.Context, db *sql.DB, log *slog.Logger) error {
	var number int
	err := db.QueryRowContext(ctx, "PRAGMA user_version").Scan(&number)
	if err != nil || number == len(steps()) {
		return err
	}
	return migrate(ctx, db, log)
}

// migrate runs the steps that are missing, in one transaction. It looks again
// within, since another process may have been quicker.
func migrate(ctx context.Context, db *sql.DB, log *slog.Logger) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }() // without effect after Commit
	found, err := readSchema(ctx, tx)
	if err != nil {
		return err
	}
	if err := found.check(); err != nil || found.number == len(steps()) {
		return err
	}
	if err := run(ctx, tx, found.number); err != nil {
		return err
	}
	if err := tx.Commit(); err != nil {
		return err
	}
	log.InfoContext(ctx, "database schema brought up to date", "from", found.number, "to", len(steps()))
	return nil
}

// run runs the steps after the first from and writes the header.
func run(ctx context.Context, tx *sql.Tx, from int) error {
	names := steps()
	for _, name := range names[from:] {
		text, err := migrations.ReadFile(name)
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, string(text)); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	header := fmt.Sprintf("PRAGMA application_id = %d; PRAGMA user_version = %d", applicationID, len(names))
	_, err := tx.ExecContext(ctx, header)
	return err
}
