//go:build torture

package torture

import (
	"bufio"
	"encoding/hex"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// TestPower cuts the power: what a server writes and syncs is recorded, and the files are made
// as they may be after each of many moments, with all, some, torn or none of what was not
// synced. Servers start on each of them.
func TestPower(t *testing.T) {
	needs(t, false, "strace")
	first, second := truths(t)
	t.Run("FirstStart", func(t *testing.T) {
		cuts(t, "power.first start", t.TempDir(), first)
	})
	t.Run("Reseed", func(t *testing.T) {
		cuts(t, "power.re-seed", seed(t, first), second, first)
	})
}

func cuts(t *testing.T, name, data string, now *truth, before ...*truth) {
	t.Helper()
	disk := newDisk(t, data)
	calls := disk.record(t, data, func(h host) {
		s := h.serve(t, "--catalogue", now.folder, "--data", data)
		must(t, s.ready())
		s.stop()
	})
	moments := moments(calls, number("CUTS", 80))
	var states tally
	o := each(t, len(moments), func(i int) error {
		at := moments[i]
		dir := filepath.Join(t.TempDir(), "data")
		defer os.RemoveAll(dir)
		acknowledged, err := disk.cut(dir, calls[:at], rand.New(rand.NewPCG(16, uint64(i))))
		if err != nil {
			return err
		}
		left, err := inspect(dir)
		if err != nil {
			return err
		}
		state, err := left.wholly(append(before, now)...)
		if err != nil {
			return err
		}
		states.add(state)
		if acknowledged && left.digests[left.newest] != now.digest {
			return fmt.Errorf("after call %d: the server had said that it answers, and its revision is lost", at)
		}
		return sound(t, dir, now, before...)
	})
	writes, syncs := 0, 0
	for _, c := range calls {
		switch c.name {
		case "pwrite64", "write":
			writes++
		case "fsync", "fdatasync":
			syncs++
		}
	}
	figure(t, name, "%s; of %d writes and %d syncs; on disk after the cut: %s", o, writes, syncs, &states)
}

// moments are those in which the power goes off, after so many calls: before and after what is
// no mere write, and evenly between.
func moments(calls []call, n int) (all []int) {
	for i, c := range calls {
		if c.name != "pwrite64" && c.name != "ftruncate" && len(all) < n/2 {
			all = append(all, i+1, min(i+2, len(calls)))
		}
	}
	for i, rest := 0, n-len(all); i < rest; i++ {
		all = append(all, (i+1)*len(calls)/rest)
	}
	return all
}

// call is a system call that was traced: its name and its arguments, with hexadecimal
// strings as they are.
type call struct {
	name string
	args []string
}

const tracedCalls = "openat,write,pwrite64,fsync,fdatasync,ftruncate,unlink,unlinkat,rename,renameat,renameat2"

// inode is the content of a file: what is on the disk, and the writes that may be.
type inode struct {
	durable []byte
	pending []call
}

// entry is a change of the folder: a name stands for another inode, or for none.
type entry struct {
	name string
	to   *inode
}

// disk is a folder as a power cut may find it.
type disk struct {
	start map[string][]byte // what is durable at the beginning
}

func newDisk(t *testing.T, data string) *disk {
	t.Helper()
	d := &disk{start: map[string][]byte{}}
	names, err := os.ReadDir(data)
	must(t, err)
	for _, n := range names {
		b, err := os.ReadFile(filepath.Join(data, n.Name()))
		must(t, err)
		d.start[n.Name()] = b
	}
	return d
}

// record traces the calls to files of a folder, and those by which a server says that it
// answers.
func (d *disk) record(t *testing.T, data string, work func(host)) []call {
	t.Helper()
	file := filepath.Join(t.TempDir(), "trace")
	work(host{before: []string{"strace", "-f", "-qq", "--seccomp-bpf", "-y", "-xx", "-s", "1000000", "-o", file, "-e", "trace=" + tracedCalls}})
	f, err := os.Open(file)
	must(t, err)
	defer f.Close()
	begun := map[string]string{}
	var calls []call
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 64<<20)
	for lines.Scan() {
		pid, text, _ := strings.Cut(lines.Text(), " ")
		text = strings.TrimSpace(text)
		if rest, ok := strings.CutSuffix(text, "<unfinished ...>"); ok {
			begun[pid] = strings.TrimSpace(rest)
			continue
		}
		if strings.HasPrefix(text, "<... ") {
			_, rest, _ := strings.Cut(text, " resumed>")
			text = begun[pid] + rest
		}
		if c, ok := parseCall(text, data); ok {
			calls = append(calls, c)
		}
	}
	must(t, lines.Err())
	if len(calls) < 10 {
		t.Fatalf("only %d calls were traced", len(calls))
	}
	return calls
}

var hexes = regexp.MustCompile(`["<](?:\\x[0-9a-f]{2})*[">]`)

// parseCall reads a line of a trace. Calls that failed, and those of other files, are left out.
func parseCall(text, data string) (c call, ok bool) {
	head, result, ok := cutLast(text, " = ")
	if !ok || strings.HasPrefix(result, "-") {
		return c, false
	}
	name, args, ok := strings.Cut(strings.TrimSuffix(strings.TrimSpace(head), ")"), "(")
	if !ok {
		return c, false
	}
	args = hexes.ReplaceAllStringFunc(args, func(s string) string {
		b, _ := hex.DecodeString(strings.ReplaceAll(s[1:len(s)-1], `\x`, ""))
		return s[:1] + hex.EncodeToString(b) + s[len(s)-1:]
	})
	c = call{name: name, args: strings.Split(args, ", ")}
	about := unhex(c.args[0])
	switch {
	case name == "write" && strings.HasPrefix(c.args[0], "1<"):
		return c, strings.Contains(unhex(c.args[1]), " answers at ")
	case name == "openat":
		about = unhex(c.args[1])
		ok = strings.Contains(c.args[2], "O_CREAT") || strings.Contains(c.args[2], "O_TRUNC")
	case strings.HasPrefix(name, "renameat"):
		about = unhex(c.args[1])
	case name == "unlinkat":
		about = unhex(c.args[1])
	}
	return c, ok && (about == data || filepath.Dir(about) == data) && !strings.HasSuffix(about, "-shm")
}

func cutLast(text, sep string) (before, after string, found bool) {
	if at := strings.LastIndex(text, sep); at >= 0 {
		return text[:at], text[at+len(sep):], true
	}
	return text, "", false
}

// unhex gives the string within an argument, or the name of the file of a descriptor.
func unhex(arg string) string {
	from, to := strings.IndexAny(arg, `"<`), strings.LastIndexAny(arg, `">`)
	if from < 0 || to <= from {
		return ""
	}
	b, _ := hex.DecodeString(arg[from+1 : to])
	return string(b)
}

// cut makes a folder as it may be where the power goes off in the last of some calls. It
// reports whether the server had said before that it answers.
func (d *disk) cut(dir string, calls []call, random *rand.Rand) (acknowledged bool, err error) {
	live, durable := map[string]*inode{}, map[string]*inode{}
	for name, content := range d.start {
		live[name] = &inode{durable: content}
		durable[name] = live[name]
	}
	var entries []entry // that may be on the disk, the first ones before the last ones
	settle := func(n int) {
		for _, e := range entries[:n] {
			durable[e.name] = e.to
			if e.to == nil {
				delete(durable, e.name)
			}
		}
		entries = slices.Clone(entries[n:])
	}
	link := func(name string, to *inode) {
		if to == nil {
			delete(live, name)
		} else {
			live[name] = to
		}
		entries = append(entries, entry{name, to})
	}
	for i, c := range calls {
		name := filepath.Base(unhex(c.args[0]))
		final := i == len(calls)-1 // the power goes off in its midst
		switch c.name {
		case "openat":
			name = filepath.Base(unhex(c.args[1]))
			if live[name] == nil {
				link(name, &inode{})
			} else if strings.Contains(c.args[2], "O_TRUNC") {
				live[name].pending = append(live[name].pending, call{"ftruncate", []string{"", "0"}})
			}
		case "write":
			if strings.HasPrefix(c.args[0], "1<") {
				acknowledged = acknowledged || !final
				continue
			}
			fallthrough
		case "pwrite64", "ftruncate":
			if f := live[name]; f != nil {
				f.pending = append(f.pending, c)
			}
		case "fsync", "fdatasync":
			if final {
				continue
			}
			f := live[name]
			if f == nil { // the folder
				settle(len(entries))
				continue
			}
			f.apply(f.pending, nil)
			f.pending = nil
			settle(1 + slices.IndexFunc(entries, func(e entry) bool { return e.to == f }))
		case "unlink":
			link(name, nil)
		case "unlinkat":
			link(filepath.Base(unhex(c.args[1])), nil)
		case "rename":
			link(filepath.Base(unhex(c.args[1])), live[name])
			link(name, nil)
		case "renameat", "renameat2":
			from := filepath.Base(unhex(c.args[1]))
			link(filepath.Base(unhex(c.args[3])), live[from])
			link(from, nil)
		default:
			return false, errors.New("no rule for " + c.name)
		}
	}
	settle(random.IntN(len(entries) + 1))
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return false, err
	}
	for name, f := range durable {
		f.apply(f.pending, random)
		if err := os.WriteFile(filepath.Join(dir, name), f.durable, 0o600); err != nil {
			return false, err
		}
	}
	return acknowledged, nil
}

// sector is what a disk writes whole.
const sector = 512

// apply brings writes to the disk: all of them, or, by chance, each whole, not at all, or some
// of its sectors.
func (f *inode) apply(writes []call, random *rand.Rand) {
	f.durable = slices.Clone(f.durable)
	for _, c := range writes {
		chance := 0
		if random != nil {
			chance = random.IntN(3)
		}
		if chance == 1 {
			continue
		}
		if c.name == "ftruncate" {
			size, _ := strconv.Atoi(c.args[1])
			f.resize(size)
			continue
		}
		content, at := []byte(unhex(c.args[1])), len(f.durable)
		if c.name == "pwrite64" {
			at, _ = strconv.Atoi(c.args[3])
		}
		for from := 0; from < len(content); {
			to := min(len(content), from+sector-(at+from)%sector)
			if chance == 0 || random.IntN(2) == 0 {
				f.resize(max(len(f.durable), at+to))
				copy(f.durable[at+from:], content[from:to])
			}
			from = to
		}
	}
}

func (f *inode) resize(size int) {
	if size <= len(f.durable) {
		f.durable = f.durable[:size]
		return
	}
	f.durable = append(f.durable, make([]byte, size-len(f.durable))...)
}
