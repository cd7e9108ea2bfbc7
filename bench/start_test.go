package bench

import (
	"bufio"
	"cmp"
	"context"
	"crypto/sha256"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/testedon/testedon/seed"
	"github.com/testedon/testedon/store"
)

// BenchmarkStart measures how long the service takes from the start of its process to the
// first answered question ("ms", and of processor time "ms/processor"), how much memory it
// holds when idle two seconds later ("MB", and what of it is not from files, "MB/anonymous"),
// and how long the export of everything takes then, each as the median of the iterations: with
// nothing there ("new"), and with a record ("again"). A start on a record that is current writes
// nothing to it, or it fails. It runs the program that TESTEDON_BINARY names, else
// ../bin/testedon, and asks on the loopback only.
func BenchmarkStart(b *testing.B) {
	binary := program()
	b.Run("start-new", func(b *testing.B) {
		var all runs
		for b.Loop() {
			all = append(all, measured(b, binary, b.TempDir()))
		}
		all.report(b)
	})
	b.Run("start-again", func(b *testing.B) { startAgain(b, binary, 0) })
}

// BenchmarkStartMillion measures the same with a million synthetic claims beside the catalogue.
func BenchmarkStartMillion(b *testing.B) {
	b.Run("start-million", func(b *testing.B) { startAgain(b, program(), 1_000_000) })
}

// program is what is started.
func program() string { return cmp.Or(os.Getenv("TESTEDON_BINARY"), "../bin/testedon") }

// startAgain measures starts on a record.
func startAgain(b *testing.B, binary string, claims int) {
	dir := b.TempDir()
	fill(b, dir, claims)
	measured(b, binary, dir) // warms up
	before := contentOf(b, dir)
	var all runs
	for b.Loop() {
		all = append(all, measured(b, binary, dir))
	}
	if contentOf(b, dir) != before {
		b.Error("a start has written to a record that was current")
	}
	all.report(b)
}

// fill makes a database as a first start of the program would, with synthetic
// claims beside the catalogue's.
func fill(b *testing.B, dir string, claims int) {
	ds, err := seed.Load(seed.Embedded())
	if err != nil {
		b.Fatal(err)
	}
	digest, err := seed.Digest(seed.Embedded())
	if err != nil {
		b.Fatal(err)
	}
	if claims > 0 {
		Synthetic(ds, claims)
	}
	s, err := store.Open(b.Context(), store.Options{Dir: dir})
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	if _, _, err := s.Apply(b.Context(), ds, store.Change{Owner: store.SeedOwner, Note: "bench", SeedDigest: digest}); err != nil {
		b.Fatal(err)
	}
}

// contentOf is the hash of the database.
func contentOf(b *testing.B, dir string) [sha256.Size]byte {
	content, err := os.ReadFile(filepath.Join(dir, store.FileName))
	if err != nil {
		b.Fatal(err)
	}
	return sha256.Sum256(content)
}

// run is what was measured of one start, in milliseconds and megabytes.
type run struct{ took, processor, export, resident, anonymous float64 }

type runs []run

// report gives the median of each figure.
func (all runs) report(b *testing.B) {
	for unit, of := range map[string]func(run) float64{
		"ms": func(r run) float64 { return r.took }, "ms/export": func(r run) float64 { return r.export }, "MB": func(r run) float64 { return r.resident },
		"ms/processor": func(r run) float64 { return r.processor },
		"MB/anonymous": func(r run) float64 { return r.anonymous }, "ns/op": func(run) float64 { return 0 },
	} {
		slices.SortFunc(all, func(x, y run) int { return cmp.Compare(of(x), of(y)) })
		b.ReportMetric(of(all[len(all)/2]), unit)
	}
}

func measured(b *testing.B, binary, dir string) run {
	r, err := startOf(b.Context(), binary, dir)
	if err != nil {
		b.Fatal(err)
	}
	return r
}

var address = regexp.MustCompile(`http://\S+`)

// startOf runs the program until it has answered the question once, and measures
// the time that took, the memory it holds two seconds later, and an export.
func startOf(ctx context.Context, binary, dir string) (r run, err error) {
	began := time.Now()
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	child := exec.CommandContext(ctx, binary, "serve", "--listen", "127.0.0.1:0", "--data", dir, "--drain", "0", "--log-level", "error")
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
	if err := ask(ctx, home+mainQuestion, `"verdict":"tested"`); err != nil {
		return run{}, err
	}
	r.took = milliseconds(began)
	r.processor = processor(child.Process.Pid)
	<-time.After(2 * time.Second)
	if r.resident, err = memory(child.Process.Pid, "VmRSS:"); err != nil {
		return run{}, err
	}
	if r.anonymous, err = memory(child.Process.Pid, "RssAnon:"); err != nil {
		return run{}, err
	}
	began = time.Now()
	err = ask(ctx, home+"/v1/export", `"digest":`)
	r.export = milliseconds(began)
	return r, err
}

func milliseconds(since time.Time) float64 { return float64(time.Since(since).Microseconds()) / 1000 }

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

// processor is the processor time that the threads of a process took, in milliseconds.
func processor(pid int) (all float64) {
	threads, _ := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/schedstat", pid))
	for _, path := range threads {
		var took float64
		if stat, err := os.ReadFile(path); err == nil {
			_, _ = fmt.Sscan(string(stat), &took)
		}
		all += took / 1e6
	}
	return all
}

// memory reads what Linux says a process holds in memory of a sort, in megabytes.
func memory(pid int, of string) (float64, error) {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0, err
	}
	for line := range strings.Lines(string(status)) {
		if size, ok := strings.CutPrefix(line, of); ok {
			var kb float64
			_, err := fmt.Sscan(size, &kb)
			return kb * 1024 / 1e6, err
		}
	}
	return 0, fmt.Errorf("no %s in /proc/%d/status", of, pid)
}
