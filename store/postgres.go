package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/stdlib"
)

// postgres is a record in the current schema of a PostgreSQL database. It keeps no state
// in a session, so that a pooler may stand between.
type postgres struct {
	name string // the address, for a person
	db   *sql.DB
	busy time.Duration
}

// oldestServer is the first version of PostgreSQL that is known to work, as it numbers them.
const oldestServer = 15_00_00

func openPostgres(ctx context.Context, o Options) (*postgres, error) {
	config, err := parseAddress(o.Database)
	if err != nil {
		return nil, err
	}
	p := &postgres{name: display(config), db: stdlib.OpenDB(*config, stdlib.OptionShouldPing(always)), busy: o.Busy}
	p.db.SetMaxOpenConns(readerCount)
	p.db.SetMaxIdleConns(readerCount)
	p.db.SetConnMaxIdleTime(idleTime)
	found, err := inspectSchema(ctx, p.db)
	if err == nil && found.number == 0 {
		err = p.found(ctx, o.Logger)
	}
	if err != nil {
		return nil, p.fault(errors.Join(err, p.close()))
	}
	return p, nil
}

// always has a connection tried before it is used again: its server may have gone since.
func always(context.Context, stdlib.ShouldPingParams) bool { return true }

// postgresSchema is what the current schema of a connection says of its content.
type postgresSchema struct {
	name   string
	tables int // and views, and whatever else has columns, but those of extensions
	number int // of the record's schema; 0 where there is none
}

// inspectSchema looks what is in the current schema, and refuses what is not ours or cannot be
// read.
func inspectSchema(ctx context.Context, db querier) (s postgresSchema, err error) {
	const query = `SELECT current_setting('server_version_num')::int, current_setting('server_encoding'), coalesce(current_schema(), ''),
		count(*), count(*) FILTER (WHERE c.relname = 'testedon_record' AND c.relkind = 'r')
		FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
		WHERE n.nspname = current_schema() AND c.relkind <> 'i' AND NOT EXISTS (
			SELECT 1 FROM pg_catalog.pg_depend d WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')`
	var server, ours int
	var encoding string
	if err := db.QueryRowContext(ctx, query).Scan(&server, &encoding, &s.name, &s.tables, &ours); err != nil {
		return s, err
	}
	switch {
	case server < oldestServer:
		return s, fmt.Errorf("%w: %d", errOldServer, server)
	case encoding != "UTF8":
		return s, fmt.Errorf("%w: %s", errEncoding, encoding)
	case s.name == "":
		return s, errNoSchema
	case ours == 0 && s.tables > 0:
		return s, fmt.Errorf("%w: there are %d tables in the schema %s", errForeign, s.tables, s.name)
	case ours == 0:
		return s, nil
	}
	if err := db.QueryRowContext(ctx, "SELECT schema FROM testedon_record").Scan(&s.number); err != nil {
		return s, err
	}
	if s.number < newestSchema {
		return s, fmt.Errorf("%w: its schema has the number %d", ErrDamaged, s.number)
	}
	return s, schema{applicationID, s.number, s.tables}.check()
}

// postgresTables makes those of schema.sql in the words of PostgreSQL.
func postgresTables() string {
	return strings.NewReplacer(
		"STRICT, WITHOUT ROWID", "", "STRICT", "", // as everything is there
		"INTEGER", "bigint",
		"TEXT", `text COLLATE "C"`, // in the order of bytes, as SQLite has it
	).Replace(newestTables)
}

// found makes the tables of a new record, unless another process was quicker.
func (p *postgres) found(ctx context.Context, log *slog.Logger) error {
	tx, err := p.begin(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }() // without effect after Commit
	now, err := inspectSchema(ctx, tx)
	if err != nil || now.number > 0 {
		return err
	}
	const mark = "CREATE TABLE testedon_record (schema integer NOT NULL); INSERT INTO testedon_record VALUES (%d);"
	if _, err := tx.ExecContext(ctx, fmt.Sprintf(mark, newestSchema)+postgresTables()); err != nil {
		return err
	}
	if err := tx.Commit(); err != nil {
		return err
	}
	log.InfoContext(ctx, "record made", "database", p.name, "schema", now.name)
	return nil
}

func (p *postgres) reader() *sql.DB { return p.db }

func (p *postgres) snapshot(ctx context.Context) (*sql.Tx, error) {
	return p.db.BeginTx(ctx, &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true})
}

// begin takes the lock of the record. What follows sees what those before have changed.
func (p *postgres) begin(ctx context.Context) (*sql.Tx, error) {
	tx, err := p.db.BeginTx(ctx, &sql.TxOptions{Isolation: sql.LevelReadCommitted})
	if err != nil {
		return nil, err
	}
	const take = `SET LOCAL lock_timeout = %d; SELECT pg_advisory_xact_lock(%d::bigint << 32 | (SELECT oid::bigint FROM pg_catalog.pg_namespace WHERE nspname = current_schema()))`
	if _, err := tx.ExecContext(ctx, fmt.Sprintf(take, max(1, p.busy.Milliseconds()), applicationID)); err != nil {
		return nil, errors.Join(err, tx.Rollback())
	}
	return tx, nil
}

// channel is where changes are announced.
const channel = "testedon"

func (p *postgres) announce(ctx context.Context, tx *sql.Tx) error {
	_, err := tx.ExecContext(ctx, "NOTIFY "+channel)
	return err
}

// check has nothing to do: the server's pages have checksums where its operator wants them.
func (p *postgres) check(context.Context) error { return nil }

func (p *postgres) close() error { return p.db.Close() }
