//go:build !linux || !cgo

package current

import "runtime/debug"

// giveBack gives memory back.
func giveBack() { debug.FreeOSMemory() }
