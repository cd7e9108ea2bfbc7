//go:build unix

package wire

import "golang.org/x/sys/unix"

// Descriptors is how many files and connections this process may have open; 0 where that
// is not known.
func Descriptors() int {
	var limit unix.Rlimit
	if unix.Getrlimit(unix.RLIMIT_NOFILE, &limit) != nil {
		return 0
	}
	return int(min(limit.Cur, 1<<30))
}
