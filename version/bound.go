package version

import (
	"cmp"
	"strconv"
	"strings"
	"sync/atomic"

	"github.com/Masterminds/semver/v3"
)

// maxParts is the number of numeric parts a version may have; the longest seen
// in the field has five (Corretto 21.0.5.11.1).
const maxParts = 8

// lowest is the semantic version below every bound.
var lowest = semver.New(0, 0, 0, "0", "")

// bound gives the semantic version at which the versions that begin with parts
// start. Zeros at the end make no difference.
func bound(parts []uint64) *semver.Version {
	var p [3]uint64
	if copy(p[:], parts); len(parts) > 3 {
		if pre := tail(parts); pre != "0" {
			return semver.New(p[0], p[1], p[2], pre, "")
		}
	}
	return interned(p)
}

// recent holds bounds made before, each at the place its numbers hash to. Making
// a semver.Version prints it, which costs more than all that is done with it
// here; the same few thousand bounds are asked for again and again.
var recent [1 << 14]atomic.Pointer[semver.Version]

// interned gives the bound of three numbers, the same one each time as long as
// no other takes its place.
func interned(p [3]uint64) *semver.Version {
	place := &recent[(p[0]*31*31+p[1]*31+p[2])*0x9e3779b97f4a7c15>>50]
	if v := place.Load(); v != nil && v.Major() == p[0] && v.Minor() == p[1] && v.Patch() == p[2] {
		return v
	}
	v := semver.New(p[0], p[1], p[2], "0", "")
	place.Store(v)
	return v
}

// tail writes the fourth and later parts as pre-release identifiers.
func tail(parts []uint64) string {
	for len(parts) > 3 && parts[len(parts)-1] == 0 {
		parts = parts[:len(parts)-1]
	}
	if len(parts) <= 3 {
		return "0"
	}
	return joinParts(parts[3:])
}

// numbers are the numeric parts of a version.
type numbers struct {
	all [maxParts + 1]uint64 // one more than is read: a bound may count up
	n   int                  // at least 1
}

func (p *numbers) slice() []uint64 { return p.all[:p.n] }

// numbersOf makes numbers of a few.
func numbersOf(parts ...uint64) (p numbers) {
	p.n = copy(p.all[:], parts)
	return p
}

// parts is the inverse of bound: the numbers without zeros at the end.
func parts(v *semver.Version) (p numbers) {
	p.all[0], p.all[1], p.all[2], p.n = v.Major(), v.Minor(), v.Patch(), 3
	if pre := v.Prerelease(); pre != "0" {
		for id := range strings.SplitSeq(pre, ".") {
			p.all[p.n], _ = strconv.ParseUint(id, 10, 64)
			p.n++
		}
	}
	for p.n > 1 && p.all[p.n-1] == 0 {
		p.n--
	}
	return p
}

// after gives the bound at which the versions that begin with parts end.
func after(parts []uint64) *semver.Version {
	var next [maxParts]uint64
	n := copy(next[:], parts)
	next[n-1]++
	return bound(next[:n])
}

// compare orders two bounds as semver does. The numbers, which nearly always
// decide, are compared without looking at the pre-releases.
func compare(a, b *semver.Version) int {
	if a == b {
		return 0
	}
	if c := cmp.Compare(a.Major(), b.Major()); c != 0 {
		return c
	}
	if c := cmp.Compare(a.Minor(), b.Minor()); c != 0 {
		return c
	}
	if a.Patch() == b.Patch() && a.Prerelease() == b.Prerelease() {
		return 0
	}
	return a.Compare(b)
}

// joinParts prints numbers with dots between them.
func joinParts(parts []uint64) string {
	var buf [48]byte
	return string(appendParts(buf[:0], parts, nil))
}

// appendParts appends parts with dots between them; width, where given, is the
// least number of digits of each part.
func appendParts(dst []byte, parts []uint64, width []int) []byte {
	for i, p := range parts {
		if i > 0 {
			dst = append(dst, '.')
		}
		if i < len(width) && width[i] == 2 && p < 10 {
			dst = append(dst, '0')
		}
		dst = strconv.AppendUint(dst, p, 10)
	}
	return dst
}

// appendBound appends v with at least as many parts as width has.
func appendBound(dst []byte, v *semver.Version, width []int) []byte {
	p := parts(v)
	return appendParts(dst, p.all[:max(p.n, len(width))], width)
}
