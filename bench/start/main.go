// Command start measures how long the service takes from the start of its
// process to the first answered question, with an existing database, and how
// much memory it holds when idle: with the embedded catalogue, and with a
// million synthetic claims beside it in the database.
//
//	go build -o bin/testedon . && go run ./bench/start [-binary bin/testedon] [-runs 11] [-claims 1000000]
//
// It asks on the loopback only.
package main

import (
	"bufio"
	"context"
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
	for _, n := range []int{0, claims} {
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
	var times []time.Duration
	var memory []string
	for range runs + 1 { // the first warms up
		took, resident, err := start(binary, dir)
		if err != nil {
			return err
		}
		times, memory = append(times, took), append(memory, resident)
	}
	times, memory = times[1:], memory[1:]
	slices.Sort(times)
	slices.Sort(memory)
	fmt.Fprintf(out, "  start to first answer: min %s, median %s, max %s\n",
		times[0].Round(time.Millisecond/10), times[len(times)/2].Round(time.Millisecond/10), times[len(times)-1].Round(time.Millisecond/10))
	fmt.Fprintf(out, "  resident two seconds later: %s to %s\n", memory[0], memory[len(memory)-1])
	return nil
}

var address = regexp.MustCompile(`http://\S+`)

// start runs the program until it has answered the question once, and gives the
// time that took and the memory it holds two seconds later.
func start(binary, dir string) (took time.Duration, resident string, err error) {
	began := time.Now()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	child := exec.CommandContext(ctx, binary, "serve", "--listen", "127.0.0.1:0", "--data", dir, "--log-level", "error")
	child.Stderr = os.Stderr
	stdout, err := child.StdoutPipe()
	if err != nil {
		return 0, "", err
	}
	if err := child.Start(); err != nil {
		return 0, "", err
	}
	defer func() {
		_ = child.Process.Kill()
		_ = child.Wait()
	}()
	line, err := bufio.NewReader(stdout).ReadString('\n')
	if err != nil {
		return 0, "", fmt.Errorf("%s did not start: %w", binary, err)
	}
	if err := ask(ctx, strings.TrimRight(address.FindString(line), ".")+question); err != nil {
		return 0, "", err
	}
	took = time.Since(began)
	<-time.After(2 * time.Second)
	resident, err = residentMemory(child.Process.Pid)
	return took, resident, err
}

func ask(ctx context.Context, url string) error {
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
	if err == nil && !strings.Contains(string(body), `"verdict":"tested"`) {
		err = fmt.Errorf("%s: %s: %s", url, res.Status, body)
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
