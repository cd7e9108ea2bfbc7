package store

import (
	"syscall"

	"golang.org/x/sys/unix"
)

// networks are the file systems that SQLite's log cannot live on: it is shared
// in memory between processes, which two machines are not.
var networks = map[int64]bool{
	unix.NFS_SUPER_MAGIC:  true,
	unix.SMB_SUPER_MAGIC:  true,
	unix.CIFS_SUPER_MAGIC: true,
	unix.SMB2_SUPER_MAGIC: true,
	unix.AFS_SUPER_MAGIC:  true,
}

// onNetwork reports whether a folder is on a network file system.
func onNetwork(dir string) bool {
	return networks[fileSystem(dir)]
}

// fileSystem gives the number of a folder's file system; 0 when unknown.
func fileSystem(dir string) int64 {
	var stat unix.Statfs_t
	if err := unix.Statfs(dir, &stat); err != nil {
		return 0
	}
	return int64(uint32(stat.Type)) //nolint:gosec // the numbers have 32 bits, with a sign on some machines
}

// impatient has a connection end where what was sent stays unconfirmed for so many milliseconds.
func impatient(_, _ string, conn syscall.RawConn) error {
	return conn.Control(func(socket uintptr) {
		_ = unix.SetsockoptInt(int(socket), unix.IPPROTO_TCP, unix.TCP_USER_TIMEOUT, 20_000) // a socket of the machine has none
	})
}
