//go:build darwin || dragonfly || freebsd || linux || netbsd || openbsd

package store

import (
	"os"
	"path/filepath"

	"golang.org/x/sys/unix"
)

// lock waits until no other process has a folder locked, and locks it. The lock
// ends with the process at the latest.
func lock(dir string) (unlock func(), err error) {
	folder, err := os.Open(filepath.Clean(dir))
	if err != nil {
		return nil, err
	}
	if err := unix.Flock(int(folder.Fd()), unix.LOCK_EX); err != nil {
		_ = folder.Close()
		return nil, err
	}
	return func() { _ = folder.Close() }, nil
}
