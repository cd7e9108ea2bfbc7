package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"time"
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

func openPostgres(ctx context.Context, o Options) (*Store, error) {
	config, err := parseAddress(o.Database)
	if err != nil {
		return nil, err
	}
	p := &postgres{name: display(config), db: sql.OpenDB(connector{config}), busy: o.Busy}
	p.db.SetMaxOpenConns(readerCount)
	p.db.SetMaxIdleConns(readerCount)
	p.db.SetConnMaxIdleTime(idleTime)
	found, err := inspectSchema(ctx, p.db)
	if err == nil && found == 0 {
		err = p.found(ctx, o.Logger)
	}
	var frozen bool
	if err == nil {
		err = p.db.QueryRowContext(ctx, "SELECT current_setting('transaction_read_only') = 'on'").Scan(&frozen)
	}
	if err != nil {
		return nil, p.fault(errors.Join(err, p.Close()))
	}
	snapshot := &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true}
	s := &Store{engine: p, db: p.db, snapshot: snapshot, prelude: byIndex, now: o.Now}
	if frozen {
		s.readOnly = unavailable(p.name, errors.New("transaction_read_only is on"), standby)
	}
	return s, nil
}

// inspectSchema gives the number of the record's schema in the current schema, 0 where that is
// empty but for what extensions have made, and refuses what is not ours or cannot be read.
func inspectSchema(ctx context.Context, db querier) (number int, err error) {
	const query = `SELECT current_setting('server_version_num')::int, current_setting('server_encoding'), coalesce(current_schema(), ''),
		count(*), count(*) FILTER (WHERE c.relname = 'testedon_record' AND c.relkind = 'r')
		FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
		WHERE n.nspname = current_schema() AND c.relkind <> 'i' AND NOT EXISTS (
			SELECT 1 FROM pg_catalog.pg_depend d WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')`
	var server, tables, ours int
	var encoding, name string
	if err := db.QueryRowContext(ctx, query).Scan(&server, &encoding, &name, &tables, &ours); err != nil {
		return 0, err
	}
	switch {
	case server < oldestServer:
		return 0, fmt.Errorf("%w: %d", errOldServer, server)
	case encoding != "UTF8":
		return 0, fmt.Errorf("%w: %s", errEncoding, encoding)
	case name == "":
		return 0, errNoSchema
	case tables == 0:
		return 0, nil
	case ours == 0:
		return 0, fmt.Errorf("%w: there are %d tables in the schema %s", errForeign, tables, name)
	}
	if err := db.QueryRowContext(ctx, "SELECT schema FROM testedon_record").Scan(&number); err != nil {
		return 0, err
	}
	if number < newestSchema {
		return 0, fmt.Errorf("%w: its schema has the number %d", ErrDamaged, number)
	}
	return number, schema{applicationID, number, tables}.check()
}

// postgresTables makes those of schema.sql in the words of PostgreSQL.
func postgresTables() string {
	return strings.NewReplacer(
		"STRICT, WITHOUT ROWID", "", "STRICT", "", // as everything is there
		"INTEGER", "bigint",
		"TEXT", `text COLLATE "C"`, // in the order of bytes, as SQLite has it
	).Replace(newestTables)
}

func (p *postgres) String() string { return p.name }

// found makes the tables of a new record, unless another process was quicker.
func (p *postgres) found(ctx context.Context, log *slog.Logger) error {
	tx, err := p.begin(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }() // without effect after Commit
	if now, err := inspectSchema(ctx, tx); err != nil || now > 0 {
		return err
	}
	const mark = "CREATE TABLE testedon_record (schema integer NOT NULL); INSERT INTO testedon_record VALUES (%d);"
	if _, err := tx.ExecContext(ctx, fmt.Sprintf(mark, newestSchema)+postgresTables()); err != nil {
		return err
	}
	if err := tx.Commit(); err != nil {
		return err
	}
	log.InfoContext(ctx, "record made", "database", p.name)
	return nil
}

// channel is where changes are announced.
const channel = "testedon"

// byIndex has the facts of a page taken from the index, in its order: the planner would rather
// read and sort the whole table, for each page.
const byIndex = "SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off; SET LOCAL jit = off;"

// begin takes the lock of the record, so that what follows sees what those before have
// changed, and announces the change for when it ends.
func (p *postgres) begin(ctx context.Context) (*sql.Tx, error) {
	tx, err := p.db.BeginTx(ctx, &sql.TxOptions{Isolation: sql.LevelReadCommitted})
	if err != nil {
		return nil, err
	}
	const take = byIndex + `SET LOCAL lock_timeout = %d; NOTIFY %s;
		SELECT pg_advisory_xact_lock(%d::bigint << 32 | (SELECT oid::bigint FROM pg_catalog.pg_namespace WHERE nspname = current_schema()))`
	if _, err := tx.ExecContext(ctx, fmt.Sprintf(take, max(1, p.busy.Milliseconds()), channel, applicationID)); err != nil {
		return nil, errors.Join(err, tx.Rollback())
	}
	return tx, nil
}

func (p *postgres) fault(err error) error { return faultIn(p.name, err, wordedByPostgres) }

func (p *postgres) Close() error { return p.db.Close() }
