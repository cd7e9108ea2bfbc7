//go:build linux && cgo

package current

import (
	"os"
	"regexp"
	"strconv"
	"testing"

	"github.com/testedon/testedon/internal/sample"
)

// TestGiveBack: what is given back is less of the program in memory, and what is left of it
// answers as before.
func TestGiveBack(t *testing.T) {
	mapped := func() int {
		status, err := os.ReadFile("/proc/self/status")
		if err != nil {
			t.Fatal(err)
		}
		kilobytes, err := strconv.Atoi(string(regexp.MustCompile(`RssFile:\s+(\d+)`).FindSubmatch(status)[1]))
		if err != nil {
			t.Fatal(err)
		}
		return kilobytes
	}
	build := func() string { return sample.Build(t, sample.Built()).Dataset().Digest }
	digest := build()
	before := mapped()
	giveBack()
	if after := mapped(); after >= before {
		t.Errorf("%d KB of files are mapped, and were %d", after, before)
	}
	if again := build(); again != digest {
		t.Errorf("the digest is %s, and was %s", again, digest)
	}
}

// TestRest: memory is given back once after work, and not while questions are asked.
func TestRest(t *testing.T) {
	var a allocated
	at, told := uint64(0), ""
	for _, megabytes := range []uint64{30, 0, 0, 0, 100, 5, 2, 0, 0, 3, 3, 0, 9, 0, 1, 2, 0} {
		at += megabytes << 20
		if told += "-"; a.over(at) {
			told += "!"
		}
	}
	if want := "--!------!---------!"; told != want {
		t.Errorf("%s, and not %s", told, want)
	}
}
