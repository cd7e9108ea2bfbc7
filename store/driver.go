//go:build cgo

package store

import (
	"database/sql"
	"errors"
	"sync"
	"syscall"

	"github.com/mattn/go-sqlite3"
)

// sqlites says what SQLite's codes mean to a person. Of our statements, which
// are always the same, a sound record complains of none: a table or a column that
// is not there, or a rule that is broken, is damage.
var sqlites = map[sqlite3.ErrNo]wording{
	sqlite3.ErrNotADB: foreign, sqlite3.ErrCorrupt: damaged, sqlite3.ErrFormat: damaged,
	sqlite3.ErrError: damaged, sqlite3.ErrConstraint: damaged, sqlite3.ErrMismatch: damaged,
	sqlite3.ErrReadonly: readOnly, sqlite3.ErrPerm: readOnly, sqlite3.ErrAuth: readOnly,
	sqlite3.ErrBusy: locked, sqlite3.ErrLocked: locked,
	sqlite3.ErrFull: full, sqlite3.ErrCantOpen: unusable, sqlite3.ErrIoErr: broken,
}

// sqliteSaid finds an error of SQLite's: what it means to a person, where that is known,
// and what the system said to SQLite, 0 for nothing.
func sqliteSaid(err error) (w wording, system syscall.Errno, found bool) {
	var s sqlite3.Error
	found = errors.As(err, &s)
	return sqlites[s.Code], s.SystemErrno, found
}

// isBusy reports whether another process kept SQLite waiting for too long.
func isBusy(err error) bool {
	var s sqlite3.Error
	return errors.As(err, &s) && s.Code == sqlite3.ErrBusy
}

// sqliteDriver makes the driver whose connections do not trust a file, and gives its name: a schema
// runs no functions that could do harm, and pages are looked at before they are used. What is
// temporary stays in memory: the container image has no folder for it.
var sqliteDriver = sync.OnceValues(func() (string, error) {
	const name = "testedon"
	sql.Register(name, &sqlite3.SQLiteDriver{ConnectHook: func(c *sqlite3.SQLiteConn) error {
		_, err := c.Exec("PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA temp_store = MEMORY", nil)
		return err
	}})
	return name, nil
})
