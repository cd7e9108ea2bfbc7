package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"syscall"

	"github.com/testedon/testedon/compat/fact"
)

// ErrDamaged is in the chain of every error that says that a record is damaged.
var ErrDamaged = errors.New("the record is damaged")

// What opening can find, besides what SQLite says.
var (
	errOlder   = errors.New("it was written before the first version whose records can be read")
	errForeign = errors.New("the application id is not ours")
	errNotFile = errors.New("not a regular file")
	errJournal = errors.New("no write-ahead log")
	errDisk    = errors.New("the system cannot read the file")
	// errNoSQLite is met where the program was built without C.
	errNoSQLite = errors.New("this build has no SQLite")
)

// laterError is met where a record was written by a later version of this program; it
// tells by what that is seen.
type laterError struct{ sign string }

func (e laterError) Error() string { return "was written by a newer testedon (" + e.sign + ")" }

// wording is what a fault means to a person.
type wording struct {
	message string // "the database PATH …"
	hint    string
}

const restore = "Restore a backup, or move the file away to begin again from the catalogue; it was not changed"

var (
	older    = wording{"is of a version before the first one whose records can be read", "Move the file away to begin again from the catalogue; it was not changed"}
	foreign  = wording{"is not a TestedOn database", "Name another data folder, or move the file away; it was not changed"}
	damaged  = wording{"is damaged", restore}
	readOnly = wording{"cannot be written by this user", "Give this user the right to write the file and its folder, or name another data folder"}
	locked   = wording{"is locked: another process is writing to it", "Stop the other process, or wait until it is done, and try again"}
	full     = wording{"cannot grow: the disk is full", "Make room and try again; nothing was changed"}
	unusable = wording{"cannot be opened", "Look whether the folder exists and this user may read and write in it"}
	broken   = wording{"cannot be read or written: the disk reports an error", "Check the disk and the system's log"}
	hidden   = wording{"is damaged, and facts that are not the catalogue's are in it, or may be", "Restore a backup, or move the file away to begin again with the facts of the catalogue alone; it was not changed"}
	notFile  = wording{"is not a regular file", "Name another data folder, or move it away"}
	notEmpty = wording{"is not empty, and nothing is copied into it", "Name a data folder or a schema that has no record yet"}
	noSQLite = wording{
		"cannot be opened: this build of testedon keeps no record in a file",
		"Use the build for Linux that has the database, or the container image. This one keeps a record in PostgreSQL, with --database, and serves without one, with --data none",
	}
	noLog = wording{"is on a file system that cannot carry it", "Name a data folder on a local disk"}
)

// ours says what the errors of this package mean.
var ours = map[error]wording{
	errOlder: older, errForeign: foreign, errNotFile: notFile, errJournal: noLog, errDisk: broken, errNotEmpty: notEmpty,
	errNoSQLite: noSQLite,
}

// fault puts an error into words, of a record in a file.
func fault(path string, err error) error { return faultIn(path, err, worded) }

// faultIn puts an error into the words of the project: what is wrong with which
// database, and what to do. An error that is in them already stays as it is.
func faultIn(name string, err error, worded func(error) (wording, bool)) error {
	var known *fact.Error
	var later laterError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &known):
		return known
	case errors.As(err, &later):
		return unavailable(name, err, wording{later.Error(), "Use that version or restore a backup; it was not changed"})
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return &fact.Error{Code: fact.CodeUnavailable, Message: "the work on the database was called off", Cause: err}
	}
	w, ok := worded(err)
	if (w == damaged || w.hint == spoilt.hint) && !errors.Is(err, ErrDamaged) {
		err = fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	if ok {
		return unavailable(name, err, w)
	}
	return &fact.Error{
		Code:    fact.CodeInternal,
		Message: fmt.Sprintf("the database %s gave an error that is not expected", name),
		Hint:    "Look into the log for the cause, and report it",
		Cause:   err,
	}
}

// worded finds the words for an error of ours, of the system or of SQLite's.
func worded(err error) (wording, bool) {
	for e, w := range ours {
		if errors.Is(err, e) {
			return w, true
		}
	}
	if errors.Is(err, errOthers) {
		return hidden, true
	}
	if errors.Is(err, ErrDamaged) {
		return damaged, true
	}
	system, isSystem := errno(err)
	said, _, isSQLite := sqliteSaid(err)
	switch {
	case isFull(system):
		return full, true
	case isSQLite && isSystem:
		return said.because(system), true
	case isSQLite:
		return said, said != wording{}
	}
	return unusable.because(system), isSystem
}

// because adds what the system says.
func (w wording) because(system error) wording {
	w.message += ": " + system.Error()
	return w
}

// errno finds what the system says, to SQLite or to us.
func errno(err error) (system syscall.Errno, found bool) {
	if _, system, isSQLite := sqliteSaid(err); isSQLite {
		return system, system != 0
	}
	var p *fs.PathError
	return system, errors.As(err, &p) && errors.As(p.Err, &system)
}

// isFull reports whether the system says that there is no room.
func isFull(system syscall.Errno) bool { return system == syscall.ENOSPC || system == syscall.EDQUOT }

// unavailable is the error for a database that cannot be used as it is.
func unavailable(path string, cause error, w wording) error {
	return &fact.Error{
		Code:    fact.CodeUnavailable,
		Message: fmt.Sprintf("the database %s %s", path, w.message),
		Hint:    w.hint,
		Cause:   cause,
	}
}
