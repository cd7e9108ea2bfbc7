package bench

import (
	"flag"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"
	"testing"
)

// counted says that this process runs below callgrind.
var counted = flag.Bool("counted", false, "run below callgrind, and have it count")

// What callgrind is asked for, as in callgrind.h.
const (
	dump  = 0x43540000 // to write down what it counted since the last time
	look  = 0x43540004 // to look at what is done
	leave = 0x43540005 // not to
)

// callgrind is how a program is run below it. It looks at nothing but what is counted, as making
// ready would take many times as long, and writes what it counted to the files o.1, o.2 and so on
// of a folder.
func callgrind(dir string) []string {
	return []string{"valgrind", "--quiet", "--tool=callgrind", "--instr-atstart=no", "--callgrind-out-file=" + filepath.Join(dir, "o")}
}

// quiet makes the runtime do nothing by time, by chance of the neighbours, or by what the processor can.
var quiet = []string{"GODEBUG=cpu.all=off,asyncpreemptoff=1", "GOMAXPROCS=1"}

// count has an operation counted, once it is warm, and without the collector.
func (o *operation) count(do func(int)) {
	runtime.GC()
	defer debug.SetGCPercent(debug.SetGCPercent(-1))
	o.warm(do)
	valgrind(&[6]uint64{look})
	for i := range o.times {
		do(o.warmed() + i)
	}
	valgrind(&[6]uint64{dump})
	valgrind(&[6]uint64{leave})
	fmt.Fprintln(os.Stderr, "counted", o.name)
}

// count has the requests to a server counted from one request of this to the next.
func count(http.ResponseWriter, *http.Request) {
	valgrind(&[6]uint64{dump})
	valgrind(&[6]uint64{look})
}

var totals = regexp.MustCompile(`(?m)^totals: (\d+)`)

// instructions gives what callgrind counted the n-th time.
func instructions(dir string, n int) (float64, error) {
	text, err := os.ReadFile(filepath.Join(dir, fmt.Sprint("o.", n)))
	if err != nil {
		return 0, err
	}
	found := totals.FindSubmatch(text)
	if found == nil {
		return 0, fmt.Errorf("o.%d has no totals", n)
	}
	return strconv.ParseFloat(string(found[1]), 64)
}

// countOperations counts the instructions of the operations that a pattern names, for one
// question each. The counts by function stay in the folder: callgrind_annotate reads them.
func countOperations(t *testing.T, dir, only string) (all []figure) {
	command := append(callgrind(dir), os.Args[0], "-test.run=^$", "-test.bench=^BenchmarkOperation$/("+only+")", "-test.benchtime=1x", "-counted")
	child := exec.Command(command[0], command[1:]...)
	child.Env = append(os.Environ(), quiet...)
	out, err := child.CombinedOutput()
	if err != nil {
		t.Errorf("%v: %s", err, out)
	}
	done := 0
	for line := range strings.Lines(string(out)) {
		for _, o := range operations {
			if !strings.HasSuffix(line, "counted "+o.name+"\n") {
				continue
			}
			done++
			n, err := instructions(dir, done)
			if err != nil {
				t.Error(err)
			}
			all = append(all, figure{o.name, "instructions", n / float64(o.times*o.of)})
			rename(dir, done, o.name)
		}
	}
	return all
}

// rename gives counts the name of what was counted.
func rename(dir string, n int, name string) {
	_ = os.Rename(filepath.Join(dir, fmt.Sprint("o.", n)), filepath.Join(dir, name+".out"))
}

// requestsCounted is how many requests to a server are counted.
const requestsCounted = 2000

// countServers counts the instructions of whole server processes for a request that comes over
// a connection: reading, writing and the scheduler are part of it, the kernel is not.
func countServers(t *testing.T, dir string, only *regexp.Regexp) (all []figure) {
	us := start(t, ours, nil)
	fixed, header := us.sameSizes(t, []string{mainQuestion})
	different := get(paths(2 * requestsCounted)...)
	for _, of := range []struct {
		name, server string
		requests     []request
	}{
		{"server-bare", bare, fixed}, {"server-repeated", ours, get(mainQuestion)},
		{"server-first", ours, notKept(get(mainQuestion))}, {"server-different", ours, different},
		{"server-different-again", ours, different[:requestsCounted/4]},
	} {
		if !only.MatchString(of.name) {
			continue
		}
		t.Run(of.name, func(t *testing.T) {
			server := start(t, of.server, header, append([]string{"env", "GOGC=off"}, append(quiet, callgrind(dir)...)...)...)
			all = append(all, figure{of.name, "instructions", countRequests(t, server, of.requests, dir) / requestsCounted})
			rename(dir, 2, of.name)
		})
	}
	return all
}

// countRequests gives what all requests to a server take, once it is warm.
func countRequests(t *testing.T, server *client, all []request, dir string) float64 {
	do := func(r request) {
		if _, _, err := server.do(r); err != nil {
			t.Fatal(err)
		}
	}
	for i := range requestsCounted {
		do(all[(requestsCounted+i)%len(all)])
	}
	do(get("/count")[0])
	for i := range requestsCounted {
		do(all[i%len(all)])
	}
	do(get("/count")[0])
	n, err := instructions(dir, 2)
	if err != nil {
		t.Error(err)
	}
	return n
}
