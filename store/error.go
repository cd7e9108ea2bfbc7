package store

import (
	"context"
	"errors"
	"fmt"

	"github.com/mattn/go-sqlite3"

	"github.com/testedon/testedon/compat"
)

// What opening can find, besides what SQLite says.
var (
	errForeign  = errors.New("the application id is not ours")
	errNotFile  = errors.New("not a regular file")
	errReadOnly = errors.New("not writable")
	errJournal  = errors.New("no write-ahead log")
)

// newerError is a schema of a later version of this program.
type newerError struct{ found, known int }

func (e newerError) Error() string {
	return fmt.Sprintf("schema %d is newer than %d", e.found, e.known)
}

// wording is what a fault means to a person.
type wording struct {
	message string // "the database PATH …"
	hint    string
}

const restore = "Restore a backup, or move the file away to begin again from the catalogue"

var (
	foreign  = wording{"is not a TestedOn database", "Name another data folder, or move the file away; it was not changed"}
	damaged  = wording{"is damaged", restore}
	readOnly = wording{"cannot be written by this user", "Give this user the right to write the file and its folder, or name another data folder"}
	locked   = wording{"is locked: another process is writing to it", "Stop the other process, or wait until it is done, and try again"}
	full     = wording{"cannot grow: the disk is full", "Make room and try again; nothing was changed"}
	unusable = wording{"cannot be opened", "Look whether the folder exists and this user may read and write in it"}
	broken   = wording{"cannot be read or written: the disk reports an error", "Check the disk and the system's log; restore a backup if the file is damaged"}
	notFile  = wording{"is not a regular file", "Name another data folder, or move it away"}
	noLog    = wording{"is on a file system that cannot carry it", "Name a data folder on a local disk"}
)

// ours says what the errors of this package mean.
var ours = map[error]wording{
	errForeign: foreign, errNotFile: notFile, errReadOnly: readOnly, errJournal: noLog, errUnreadable: damaged,
}

// sqlites says what SQLite's codes mean to a person.
var sqlites = map[sqlite3.ErrNo]wording{
	sqlite3.ErrNotADB: foreign, sqlite3.ErrCorrupt: damaged, sqlite3.ErrFormat: damaged,
	sqlite3.ErrReadonly: readOnly, sqlite3.ErrPerm: readOnly, sqlite3.ErrAuth: readOnly,
	sqlite3.ErrBusy: locked, sqlite3.ErrLocked: locked,
	sqlite3.ErrFull: full, sqlite3.ErrCantOpen: unusable, sqlite3.ErrIoErr: broken,
}

// fault puts an error into the words of the project: what is wrong with which
// file, and what to do. An error that is in them already stays as it is.
func fault(path string, err error) error {
	var known *compat.Error
	var newer newerError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &known):
		return known
	case errors.As(err, &newer):
		return unavailable(path, err, wording{
			fmt.Sprintf("was written by a newer testedon (schema %d, this binary knows up to %d)", newer.found, newer.known),
			"Use that version or restore a backup; the file was not changed",
		})
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return &compat.Error{Code: compat.CodeUnavailable, Message: "the work on the database was called off", Cause: err}
	}
	if w, ok := worded(err); ok {
		return unavailable(path, err, w)
	}
	return &compat.Error{
		Code:    compat.CodeInternal,
		Message: fmt.Sprintf("the database %s gave an error that is not expected", path),
		Hint:    "Look into the log for the cause, and report it",
		Cause:   err,
	}
}

// worded finds the words for an error of ours or of SQLite's.
func worded(err error) (wording, bool) {
	for e, w := range ours {
		if errors.Is(err, e) {
			return w, true
		}
	}
	var s sqlite3.Error
	if !errors.As(err, &s) {
		return wording{}, false
	}
	w, ok := sqlites[s.Code]
	return w, ok
}

// unavailable is the error for a database that cannot be used as it is.
func unavailable(path string, cause error, w wording) error {
	return &compat.Error{
		Code:    compat.CodeUnavailable,
		Message: fmt.Sprintf("the database %s %s", path, w.message),
		Hint:    w.hint,
		Cause:   cause,
	}
}
