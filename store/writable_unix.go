//go:build unix

package store

import "golang.org/x/sys/unix"

// writable asks whether this user may write a file or into a folder. It does
// not open it: closing a file again would drop the locks that SQLite holds on
// it in this process.
func writable(path string) error { return unix.Access(path, unix.W_OK) }
