// Command start measures how long the service takes from the start of its
// process to the first answered question and how much memory it holds when
// idle: with a new data folder each time, with an existing database, and with a
// million synthetic claims beside the catalogue in it. Of an existing database
// it tells whether a start wrote to it. It also measures how long the whole
// catalogue takes to be exported.
//
//	go build -o bin/testedon . && go run ./bench/start [-binary bin/testedon] [-runs 11] [-claims 1000000]
//
// It asks on the loopback only.
package main

import (
	"bufio"
	"context"
	"crypto/sha256"
	"flag"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/testedon/testedon/bench"
	"github.com/testedon/testedon/seed"
	"github.com/testedon/testedon/store"
)

// question is the main one.
const question = "/v1/check?product=mi&release=4.4.0&os=RHEL+9&jdk=Corretto+21&dbms=Postgres+17.2"

func main() {
	binary := flag.String("binary", "bin/testedon", "the program")
	runs := flag.Int("runs", 11, "measured starts of each kind")
	claims := flag.Int("claims", 1_000_000, "synthetic claims")
	flag.Parse()
	if err := measure(os.Stdout, *binary, *runs, *claims); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func measure(out io.Writer, binary string, runs, claims int) error {
	if err := first(out, binary, runs); err != nil {
		return err
	}
	for _, n := range slices.Compact([]int{0, claims}) {
		dir, err := os.MkdirTemp("", "testedon-start-")
		if err != nil {
			return err
		}
		defer os.RemoveAll(dir)
		began := time.Now()
		if err := fill(dir, n); err != nil {
			return err
		}
		fmt.Fprintf(out, "database with %d synthetic claims, written in %.2f s, %.1f MB\n", n, time.Since(began).Seconds(), megabytes(dir))
		if err := starts(out, binary, dir, runs); err != nil {
			return err
		}
	}
	return nil
}

// first starts the program with nothing there, so that it applies the catalogue
// to a new database.
func first(out io.Writer, binary string, runs int) error {
	fmt.Fprintln(out, "no database")
	var all []run
	for range runs + 1 {
		dir, err := os.MkdirTemp("", "testedon-start-")
		if err != nil {
			return err
		}
		defer os.RemoveAll(dir)
		r, err := start(binary, dir)
		if err != nil {
			return err
		}
		all = append(all, r)
	}
	report(out, all[1:])
	return nil
}

// fill makes a database as a first start of the program would, with synthetic
// claims beside the catalogue's.
func fill(dir string, claims int) error {
	ds, err := seed.Load(seed.Embedded())
	if err != nil {
		return err
	}
	digest, err := seed.Digest(seed.Embedded())
	if err != nil {
		return err
	}
	if claims > 0 {
		bench.Synthetic(ds, claims)
	}
	ctx := context.Background()
	s, err := store.Open(ctx, store.Options{Dir: dir})
	if err != nil {
		return err
	}
	defer s.Close()
	_, _, err = s.Apply(ctx, ds, store.Change{Owner: store.SeedOwner, Note: "bench", SeedDigest: digest})
	return err
}

func megabytes(dir string) float64 {
	total := int64(0)
	files, _ := filepath.Glob(filepath.Join(dir, "*"))
	for _, name := range files {
		if info, err := os.Stat(name); err == nil {
			total += info.Size()
		}
	}
	return float64(total) / 1e6
}

func starts(out io.Writer, binary, dir string, runs int) error {
	var all []run
	var before, after string
	for i := range runs + 1 { // the first warms up
		r, err := start(binary, dir)
		if err != nil {
			return err
		}
		all = append(all, r)
		if after, err = digest(dir); err != nil {
			return err
		}
		if i == 0 {
			before = after
		}
	}
	report(out, all[1:])
	fmt.Fprintf(out, "  the database is the same, byte for byte, after each start but the first: %t\n", before == after)
	return nil
}

// digest is that of the database.
func digest(dir string) (string, error) {
	content, err := os.ReadFile(filepath.Join(dir, store.FileName))
	return fmt.Sprintf("%x", sha256.Sum256(content)), err
}

// run is what was measured of one start.
type run struct {
	took     time.Duration // to the first answer
	export   time.Duration // of everything, as the second request
	resident string
}

func report(out io.Writer, runs []run) {
	spread(out, "start to first answer", runs, func(r run) time.Duration { return r.took })
	spread(out, "export of everything", runs, func(r run) time.Duration { return r.export })
	slices.SortFunc(runs, func(a, b run) int { return strings.Compare(a.resident, b.resident) })
	fmt.Fprintf(out, "  resident two seconds after the first answer: %s to %s\n", runs[0].resident, runs[len(runs)-1].resident)
}

func spread(out io.Writer, what string, runs []run, of func(run) time.Duration) {
	var times []time.Duration
	for _, r := range runs {
		times = append(times, of(r).Round(time.Millisecond/10))
	}
	slices.Sort(times)
	fmt.Fprintf(out, "  %s: min %s, median %s, max %s\n", what, times[0], times[len(times)/2], times[len(times)-1])
}

var address = regexp.MustCompile(`http://\S+`)

// start runs the program until it has answered the question once, and measures
// the time that took, the memory it holds two seconds later, and an export.
func start(binary, dir string) (r run, err error) {
	began := time.Now()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	child := exec.CommandContext(ctx, binary, "serve", "--listen", "127.0.0.1:0", "--data", dir, "--log-level", "error")
	child.Stderr = os.Stderr
	stdout, err := child.StdoutPipe()
	if err != nil {
		return run{}, err
	}
	if err := child.Start(); err != nil {
		return run{}, err
	}
	defer func() {
		_ = child.Process.Signal(os.Interrupt) // it tidies the journal up
		_ = child.Wait()
	}()
	line, err := bufio.NewReader(stdout).ReadString('\n')
	if err != nil {
		return run{}, fmt.Errorf("%s did not start: %w", binary, err)
	}
	home := strings.TrimRight(address.FindString(line), ".")
	if err := ask(ctx, home+question, `"verdict":"tested"`); err != nil {
		return run{}, err
	}
	r.took = time.Since(began)
	<-time.After(2 * time.Second)
	if r.resident, err = residentMemory(child.Process.Pid); err != nil {
		return run{}, err
	}
	began = time.Now()
	err = ask(ctx, home+"/v1/export", `"digest":`)
	r.export = time.Since(began)
	return r, err
}

func ask(ctx context.Context, url, want string) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, http.NoBody)
	if err != nil {
		return err
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err == nil && !strings.Contains(string(body), want) {
		err = fmt.Errorf("%s: %s: no %s in %.300s", url, res.Status, want, body)
	}
	return err
}

// residentMemory reads what Linux says a process holds in memory.
func residentMemory(pid int) (string, error) {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return "", err
	}
	for line := range strings.Lines(string(status)) {
		if size, ok := strings.CutPrefix(line, "VmRSS:"); ok {
			var kb float64
			_, err := fmt.Sscan(size, &kb)
			return fmt.Sprintf("%6.1f MB", kb/1000), err
		}
	}
	return "", fmt.Errorf("no VmRSS in /proc/%d/status", pid)
}
