//go:build !linux

package store

import "syscall"

// onNetwork cannot tell; [requireLog] still finds a log that does not work.
func onNetwork(string) bool { return false }

// impatient does nothing where the system has no such setting.
func impatient(string, string, syscall.RawConn) error { return nil }
