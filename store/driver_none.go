//go:build !cgo

package store

import "syscall"

// SQLite is C: without it there are records in PostgreSQL, and none in files.

func sqliteSaid(error) (w wording, system syscall.Errno, found bool) { return w, 0, false }

func isBusy(error) bool { return false }

func sqliteDriver() (string, error) { return "", errNoSQLite }
