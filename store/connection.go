package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"time"
)

// Every setting of a connection is in its data source name: a PRAGMA by Exec
// would reach one connection of a pool only.
const (
	// writing syncs at every commit, so that an acknowledged change survives a
	// power cut, and takes the write lock at the beginning of a transaction,
	// since SQLite cannot wait for it later.
	writing = "mode=rwc&_journal_mode=WAL&_synchronous=FULL&_foreign_keys=1&_txlock=immediate&_stmt_cache_size=4"
	// reading tidies up on leaving what it needed beside the file. Of a file with
	// a log it would copy the log into the file: then it must not.
	reading    = "mode=rw&_query_only=1"
	readingLog = "mode=ro&_query_only=1"
	// Where nothing can be written, SQLite cannot make what readers and writers share
	// beside the file: one without a log is taken for one that never changes, and a log is
	// read without a lock, its index kept in memory.
	frozen    = "mode=ro&immutable=1&_query_only=1"
	frozenLog = "mode=ro&vfs=unix-none&_locking_mode=EXCLUSIVE&_query_only=1"
)

// looking gives the settings to read a file by that leave it as it is.
func looking(path string) string {
	if hasLog(path) {
		return readingLog
	}
	return reading
}

// hasLog reports whether there are changes beside a file that are not in it yet.
func hasLog(path string) bool {
	log, err := os.Stat(path + "-wal")
	return err == nil && log.Size() > 0
}

// idleTime is how long a connection that nobody uses keeps its memory.
const idleTime = time.Minute

// connect opens a pool of connections to a file and tries it.
func connect(ctx context.Context, path, settings string, busy time.Duration, size int) (*sql.DB, error) {
	query := fmt.Sprintf("%s&_busy_timeout=%d", settings, busy.Milliseconds())
	name, err := sqliteDriver()
	if err != nil {
		return nil, err
	}
	db, err := sql.Open(name, (&url.URL{Scheme: "file", Path: path, RawQuery: query}).String())
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(size)
	db.SetMaxIdleConns(size)
	if settings != writing {
		db.SetConnMaxIdleTime(idleTime)
	}
	if err := ping(ctx, db, busy); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return db, nil
}

// pause is the time between two tries of a connection.
const pause = 5 * time.Millisecond

// ping tries a connection until it works or was busy for too long. SQLite's own
// waiting does not cover the first turning on of the log, at which processes
// that start together meet.
func ping(ctx context.Context, db *sql.DB, busy time.Duration) error {
	for end := time.Now().Add(busy); ; {
		err := db.PingContext(ctx)
		if !isBusy(err) || time.Now().After(end) {
			return err
		}
		pass(ctx, pause)
	}
}

// requireLog makes sure that the write-ahead log is on: SQLite goes on without
// it, and without a word, where a file system cannot carry one.
func requireLog(ctx context.Context, db *sql.DB) error {
	var mode string
	if err := db.QueryRowContext(ctx, "PRAGMA journal_mode").Scan(&mode); err != nil {
		return err
	}
	if mode != "wal" {
		return errJournal
	}
	return nil
}
