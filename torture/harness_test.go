//go:build torture

// Package torture does to the program, from outside, what a bad year does to it:
// processes killed, power lost, system calls that fail, disks that fill, networks
// that part. It builds the real program, and holds every answer that it gets
// against the answer of a server to which nothing happened.
//
// RELIABILITY.md has what came of it; `make torture` repeats it.
package torture

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

// program is the binary under torture: that of the variable TESTEDON, or built once.
var program string

func TestMain(m *testing.M) {
	code := build(m)
	os.RemoveAll(made.dir)
	os.Exit(code)
}

func build(m *testing.M) int {
	if given := os.Getenv("TESTEDON"); given != "" {
		program = given
		return m.Run()
	}
	dir, err := os.MkdirTemp("", "torture")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(dir)
	program = filepath.Join(dir, "testedon")
	out, err := exec.Command("go", "build", "-trimpath", "-o", program, "..").CombinedOutput()
	if err != nil {
		fmt.Fprintf(os.Stderr, "the program does not build: %v\n%s", err, out)
		return 1
	}
	return m.Run()
}

// figure prints a figure for RELIABILITY.md, as a line of its own.
func figure(t testing.TB, name, format string, args ...any) {
	t.Helper()
	fmt.Fprintf(os.Stdout, "FIGURE %s: %s\n", name, fmt.Sprintf(format, args...))
}

// number gives a count that an environment variable may change.
func number(name string, usual int) int {
	if n, err := strconv.Atoi(os.Getenv(name)); err == nil && n > 0 {
		return n
	}
	return usual
}

// needs skips a test that needs programs which are not here, or the rights of root.
func needs(t testing.TB, root bool, programs ...string) {
	t.Helper()
	if root && os.Geteuid() != 0 {
		t.Skip("SKIPPED: it mounts file systems or makes network namespaces, which takes root")
	}
	for _, p := range programs {
		if _, err := exec.LookPath(p); err != nil {
			t.Skipf("SKIPPED: it takes %s, which is not here", p)
		}
	}
}

// each makes n tries, as many at once as there are processors, and tells what went wrong. It
// gives how many were survived, lost, and answered wrong.
func each(t *testing.T, n int, try func(i int) error) *outcome {
	t.Helper()
	var o outcome
	numbers := make(chan int)
	var all sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		all.Go(func() {
			for i := range numbers {
				err := try(i)
				o.add(err)
				if err != nil {
					t.Errorf("try %d: %v", i, err)
				}
			}
		})
	}
	for i := range n {
		numbers <- i
	}
	close(numbers)
	all.Wait()
	return &o
}

// outcome counts what became of tries. It is safe for concurrent use.
type outcome struct{ survived, lost, wrong atomic.Int64 }

func (o *outcome) add(err error) {
	switch {
	case err == nil:
		o.survived.Add(1)
	case errors.Is(err, errWrong):
		o.wrong.Add(1)
	default:
		o.lost.Add(1)
	}
}

func (o *outcome) String() string {
	survived, lost, wrong := o.survived.Load(), o.lost.Load(), o.wrong.Load()
	return fmt.Sprintf("tries %d, survived %d, lost %d, wrong %d", survived+lost+wrong, survived, lost, wrong)
}

// tally counts by name. It is safe for concurrent use.
type tally struct {
	mu sync.Mutex
	of map[string]int
}

func (n *tally) add(name string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.of == nil {
		n.of = map[string]int{}
	}
	n.of[name]++
}

func (n *tally) count(name string) int {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.of[name]
}

func (n *tally) String() string {
	n.mu.Lock()
	defer n.mu.Unlock()
	var words []string
	for name, count := range n.of {
		words = append(words, fmt.Sprintf("%s %d", name, count))
	}
	slices.Sort(words)
	return strings.Join(words, ", ")
}

// durations are times that something took.
type durations struct {
	mu  sync.Mutex
	all []time.Duration
}

func (d *durations) add(took time.Duration) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.all = append(d.all, took)
}

// at gives the time that a part of them took at most; at(1) is the longest.
func (d *durations) at(part float64) time.Duration {
	d.mu.Lock()
	defer d.mu.Unlock()
	if len(d.all) == 0 {
		return 0
	}
	slices.Sort(d.all)
	return d.all[int(part*float64(len(d.all)-1)+0.5)]
}

func (d *durations) String() string {
	round := func(t time.Duration) time.Duration { return t.Round(max(time.Microsecond, t/1000)) }
	return fmt.Sprintf("p50 %v, p99 %v, max %v (n=%d)", round(d.at(0.5)), round(d.at(0.99)), round(d.at(1)), len(d.all))
}

// server is a process of the program.
type server struct {
	cmd     *exec.Cmd
	base    string // its address, once it has greeted
	out     *stream
	log     *stream
	greeted chan struct{}
	ended   chan struct{}
	started time.Time
}

// stream keeps what a process writes, and tells of each write.
type stream struct {
	mu   sync.Mutex
	text bytes.Buffer
	seen func(text string)
}

func (s *stream) Write(b []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.text.Len() < 16<<20 {
		s.text.Write(b)
	}
	if s.seen != nil {
		s.seen(s.text.String())
	}
	return len(b), nil
}

func (s *stream) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.String()
}

var greeting = regexp.MustCompile(`answers at (http://\S+) from revision \d+`)

// host is where a process runs: the program and arguments before it, such as a
// tracer's, and more of its environment.
type host struct {
	before []string
	env    []string
	listen string
}

// serve starts a server on a free port of this machine; see [host.serve].
func serve(t testing.TB, args ...string) *server { return host{}.serve(t, args...) }

// serve starts a server and does not wait for it.
func (h host) serve(t testing.TB, args ...string) *server {
	t.Helper()
	if h.listen == "" {
		h.listen = "127.0.0.1:0"
	}
	line := slices.Concat(h.before, []string{program, "serve", "--listen", h.listen}, args)
	s := &server{cmd: exec.Command(line[0], line[1:]...), greeted: make(chan struct{}), ended: make(chan struct{})}
	var once sync.Once
	s.out = &stream{}
	s.out.seen = func(text string) {
		if at := greeting.FindStringSubmatch(text); at != nil {
			once.Do(func() { s.base = at[1]; close(s.greeted) })
		}
	}
	s.log = &stream{}
	s.cmd.Stdout, s.cmd.Stderr = s.out, s.log
	s.cmd.Env = append(append(os.Environ(), "TESTEDON_DRAIN=0"), h.env...) // unless a flag says otherwise
	s.cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	s.started = time.Now()
	if err := s.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() { _ = s.cmd.Wait(); close(s.ended) }()
	t.Cleanup(s.kill)
	return s
}

// signal sends a signal to the process and what it has started.
func (s *server) signal(sig syscall.Signal) { _ = syscall.Kill(-s.cmd.Process.Pid, sig) }

// kill ends the process at once, and waits for that.
func (s *server) kill() {
	select {
	case <-s.ended:
	default:
		s.signal(syscall.SIGKILL)
		<-s.ended
	}
}

// stop ends the server as an operator does. It gives the exit code.
func (s *server) stop() int {
	s.signal(syscall.SIGTERM)
	return s.code(time.Minute)
}

// code waits for the process to end, and gives its exit code; -1 where a signal ended it.
func (s *server) code(limit time.Duration) int {
	select {
	case <-s.ended:
	case <-time.After(limit):
		s.kill()
		return -2
	}
	return s.cmd.ProcessState.ExitCode()
}

// slow is how long a server may take to start on a machine under load.
const slow = 2 * time.Minute

// errEnded is the end of a server that was to answer.
var errEnded = errors.New("the server ended")

// ready waits for the server to greet.
func (s *server) ready() error {
	select {
	case <-s.greeted:
		return nil
	case <-s.ended:
		return fmt.Errorf("%w with code %d: %s", errEnded, s.cmd.ProcessState.ExitCode(), last(s.log.String(), 600))
	case <-time.After(slow):
		return fmt.Errorf("the server says nothing for %v: %s", slow, last(s.log.String(), 600))
	}
}

// mustServe starts a server and waits for it.
func mustServe(t testing.TB, args ...string) *server {
	t.Helper()
	s := serve(t, args...)
	if err := s.ready(); err != nil {
		t.Fatal(err)
	}
	return s
}

// run runs a command of the program to its end.
func run(args ...string) (stdout, stderr string, code int) {
	return host{}.run(args...)
}

func (h host) run(args ...string) (stdout, stderr string, code int) {
	line := slices.Concat(h.before, []string{program}, args)
	ctx, cancel := context.WithTimeout(context.Background(), slow)
	defer cancel()
	cmd := exec.CommandContext(ctx, line[0], line[1:]...)
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	cmd.Env = append(os.Environ(), h.env...)
	_ = cmd.Run()
	return out.String(), errs.String(), cmd.ProcessState.ExitCode()
}

// command runs another program.
func command(name string, args ...string) error {
	out, err := exec.Command(name, args...).CombinedOutput()
	if err != nil {
		return fmt.Errorf("%s %s: %w: %s", name, strings.Join(args, " "), err, last(string(out), 600))
	}
	return nil
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// last is the end of a text.
func last(text string, size int) string {
	return strings.TrimSpace(text[max(0, len(text)-size):])
}

// panicked reports whether a log has the trace of a crash.
func panicked(log string) bool {
	return strings.Contains(log, "panic:") || strings.Contains(log, "goroutine ") || strings.Contains(log, "SIGSEGV")
}

// await polls until a condition holds, and fails the test where it does not in time.
func await(t testing.TB, what string, limit time.Duration, holds func() bool) {
	t.Helper()
	for end := time.Now().Add(limit); !holds(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("after %v: not %s", limit, what)
		}
	}
}

// client asks with connections that are kept.
var client = &http.Client{Timeout: time.Minute, Transport: &http.Transport{
	MaxIdleConnsPerHost: 64, DialContext: (&net.Dialer{Timeout: 20 * time.Second}).DialContext,
}}

// get asks for an address and gives the status and the body.
func get(address string) (int, []byte, error) {
	res, err := client.Get(address)
	if err != nil {
		return 0, nil, err
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	return res.StatusCode, body, err
}

// freePort gives a port of this machine that nobody listens on.
func freePort(t testing.TB) int {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port
}
