package store

import (
	"context"
	"database/sql"
	_ "embed"
	"errors"
	"fmt"
	"log/slog"
	"slices"

	"github.com/testedon/testedon/compat/fact"
)

// The tables of the newest schema; those of schema 4 put aside, and what was in them as
// documents; and those away.
var (
	//go:embed schema.sql
	newestTables string
	//go:embed upgrade.sql
	oldFacts string
	//go:embed upgraded.sql
	oldTablesAway string
)

// upgrade brings a file to the newest schema, in one transaction. It takes the write lock
// only if there is something to do, and looks again within, since another process may have
// been quicker.
func upgrade(ctx context.Context, db *sql.DB, log *slog.Logger) error {
	var number int
	err := db.QueryRowContext(ctx, "PRAGMA user_version").Scan(&number)
	if err != nil || number == newestSchema {
		return err
	}
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }() // without effect after Commit
	found, err := readSchema(ctx, tx)
	if err != nil {
		return err
	}
	if err := found.check(); err != nil || found.number == newestSchema {
		return err
	}
	steps := newestTables
	if found.number > 0 {
		steps = oldFacts + newestTables
	}
	steps += fmt.Sprintf("PRAGMA application_id = %d; PRAGMA user_version = %d", applicationID, newestSchema)
	if _, err := tx.ExecContext(ctx, steps); err != nil {
		return err
	}
	if found.number > 0 {
		if err := convert(ctx, tx); err != nil {
			return err
		}
	}
	if err := tx.Commit(); err != nil {
		return err
	}
	log.InfoContext(ctx, "database schema brought up to date", "from", found.number, "to", newestSchema)
	return nil
}

// convert writes the facts of the tables of schema 4 as documents, and makes sure that
// they read as before.
func convert(ctx context.Context, tx *sql.Tx) error {
	const owners = "INSERT INTO owners SELECT name, digest FROM old_owners WHERE name <> 'seed'; UPDATE owners SET digest = (SELECT digest FROM old_owners WHERE name = 'seed');"
	const revisions = "INSERT INTO revisions SELECT number, time, name, note, added, withdrawn, r.digest FROM old_revisions r JOIN old_owners o ON o.key = r.owner"
	if _, err := tx.ExecContext(ctx, owners+revisions); err != nil {
		return err
	}
	if err := convertFacts(ctx, tx); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, oldTablesAway); err != nil {
		return err
	}
	_, err := newestDataset(ctx, tx)
	return err
}

// convertFacts writes each old fact as the documents of today are written.
func convertFacts(ctx context.Context, tx *sql.Tx) error {
	add, err := tx.PrepareContext(ctx, "INSERT INTO facts (noun, id, owner, added, withdrawn, body) VALUES ($1, $2, $3, $4, $5, $6)")
	if err != nil {
		return err
	}
	defer add.Close() //nolint:errcheck // its transaction tells
	rows, err := tx.QueryContext(ctx, "SELECT noun, owner, added, withdrawn, body FROM old_facts")
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }() // rows.Err tells
	for rows.Next() {
		var word, owner, body string
		var added, withdrawn int64
		if err := rows.Scan(&word, &owner, &added, &withdrawn, &body); err != nil {
			return err
		}
		i := slices.IndexFunc(fact.Nouns, func(n fact.Noun) bool { return n.Word() == word })
		n, ds := fact.Nouns[i], &fact.Dataset{}
		n.Make(ds, 1)
		if err := n.Decode(ds, 0, 1, body); err != nil {
			return fmt.Errorf("%w: %w", ErrDamaged, err)
		}
		d := documentsOf(n, ds)[0]
		if _, err := add.ExecContext(ctx, word, d.id, owner, added, withdrawn, d.body); err != nil {
			return err
		}
	}
	return errors.Join(rows.Err(), rows.Close())
}
