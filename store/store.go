package store

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"log/slog"
	"time"
)

// readerCount bounds the connections that read. Reading is work for the
// processor, so more would not be quicker.
const readerCount = 4

// Options say where the record is.
type Options struct {
	// Dir is the data folder of a record in a file. It is made, for this user alone, if
	// missing.
	Dir string
	// Database is the address of a record in PostgreSQL, postgresql://USER@HOST:PORT/DATABASE,
	// and empty for one in a file. The password is in the environment, see [secret.Variable].
	Database string
	// Busy is how long a change waits for another process that is writing; 0
	// means 5 seconds, and 30 in PostgreSQL, where more may be waiting.
	Busy time.Duration
	// Now dates revisions; nil means time.Now.
	Now func() time.Time
	// Logger is told when the record is made or its schema brought up to date, when it
	// cannot be written, and what [Watch] sees; nil means nobody.
	Logger *slog.Logger
}

// withDefaults fills in what is left out.
func (o Options) withDefaults() Options {
	if o.Busy == 0 {
		o.Busy = 5 * time.Second
		if o.Database != "" {
			o.Busy = 30 * time.Second
		}
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	return o
}

// Store is an open record. It is safe for concurrent use.
type Store struct {
	engine
	db       *sql.DB        // a pool that reads
	snapshot *sql.TxOptions // of a transaction that reads
	prelude  string         // statements at its beginning
	readOnly error          // see ReadOnly
	now      func() time.Time
	after    int64 // the first revision of an empty record comes after this one
}

// engine is what differs between the databases that keep a record.
type engine interface {
	// String names the database for a person.
	String() string
	// begin begins a transaction that changes the record, once nobody else is changing it.
	begin(ctx context.Context) (*sql.Tx, error)
	// fault puts an error into words: what is wrong with which database, and what to do.
	fault(err error) error
	// Close closes the record. A change that is running is rolled back.
	Close() error
}

// ReadOnly says why the record can be read and not changed; nil where it can be changed.
func (s *Store) ReadOnly() error { return s.readOnly }

// Open opens the record in a data folder, which it makes if missing, or in a schema
// of a PostgreSQL server. One that is damaged, of another program or of a newer schema is
// refused and left as it is. One that cannot be written, on a full disk or a standby, is
// opened if there is something to read; see [Store.ReadOnly]. The error is an *fact.Error of code
// unavailable, or invalid for an address that cannot be used, and says what to do; see
// [Renew] for one with [ErrDamaged] in its chain.
func Open(ctx context.Context, o Options) (*Store, error) {
	o = o.withDefaults()
	open := openSQLite
	if o.Database != "" {
		open = openPostgres
	}
	s, err := open(ctx, o)
	if err == nil && s.readOnly != nil {
		o.Logger.WarnContext(ctx, "record can be read and not changed", "problem", s.readOnly)
	}
	return s, err
}

// read reads from one snapshot of the record.
func (s *Store) read(ctx context.Context, do func(querier) error) error {
	tx, err := s.db.BeginTx(ctx, s.snapshot)
	if err == nil {
		defer func() { _ = tx.Rollback() }() // it only reads
		if _, err = tx.ExecContext(ctx, s.prelude); err == nil {
			err = do(tx)
		}
	}
	return s.ended(ctx, err)
}

// errUndo ends a change that was only looked at.
var errUndo = errors.New("undone")

// write changes the record in one transaction. What is wrong undoes it.
func (s *Store) write(ctx context.Context, do func(*sql.Tx) error) error {
	tx, err := s.begin(ctx)
	if err == nil {
		defer func() { _ = tx.Rollback() }() // without effect after Commit
		err = do(tx)
	}
	if err == nil {
		err = tx.Commit()
	}
	if errors.Is(err, errUndo) {
		return nil
	}
	return s.ended(ctx, err)
}

// ended puts the error of a transaction into words. One that is called off says only that it is over.
func (s *Store) ended(ctx context.Context, err error) error {
	if err != nil {
		err = cmp.Or(ctx.Err(), err)
	}
	return s.fault(err)
}
