package cli_test

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httputil"
	"net/url"
	"os"
	"os/exec"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

// backend is a testedon serve behind a balancer.
type backend struct {
	t      *testing.T
	url    *url.URL
	cmd    *exec.Cmd
	stderr strings.Builder
	ready  atomic.Bool // as the balancer last saw it
}

// launch starts the program and waits until it answers.
func launch(t *testing.T, flags ...string) *backend {
	t.Helper()
	b := &backend{t: t, cmd: exec.Command("testedon", append([]string{"serve", "--listen", "127.0.0.1:0", "--data", t.TempDir(), "--log-level", "warn"}, flags...)...)}
	b.cmd.Env = append(os.Environ(), "TODAY=2026-08-22")
	b.cmd.Stderr = &b.stderr
	out, err := b.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := b.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { b.cmd.Process.Kill(); b.cmd.Wait() })
	lines := bufio.NewReader(out)
	first, err := lines.ReadString('\n')
	if err != nil {
		t.Fatalf("%v: %s", err, b.stderr.String())
	}
	go io.Copy(io.Discard, lines)
	if b.url, err = url.Parse(strings.Fields(first)[3]); err != nil { // after "TestedOn answers at"
		t.Fatal(err)
	}
	return b
}

// balancer sends requests to those of two servers that are ready, which it asks every few
// milliseconds. It tries nothing twice.
type balancer struct {
	proxy    *httputil.ReverseProxy
	probes   *http.Client
	backends [2]atomic.Pointer[backend]
	next     atomic.Uint64
	failed   atomic.Value // why the first request failed
}

func newBalancer(one, other *backend) *balancer {
	b := &balancer{probes: &http.Client{Timeout: time.Second, Transport: &http.Transport{DisableKeepAlives: true}}}
	b.backends[0].Store(one)
	b.backends[1].Store(other)
	b.proxy = &httputil.ReverseProxy{
		Transport: &http.Transport{MaxIdleConnsPerHost: 100},
		Rewrite:   func(r *httputil.ProxyRequest) { r.SetURL(b.pick().url) },
		ErrorHandler: func(w http.ResponseWriter, _ *http.Request, err error) {
			b.failed.CompareAndSwap(nil, err.Error())
			w.WriteHeader(http.StatusBadGateway)
		},
	}
	return b
}

// pick gives a server that is ready, in turn; any where none is.
func (b *balancer) pick() *backend {
	n := b.next.Add(1)
	for i := range b.backends {
		if to := b.backends[(n+uint64(i))%2].Load(); to.ready.Load() {
			return to
		}
	}
	return b.backends[n%2].Load()
}

// watch asks the servers whether they are ready.
func (b *balancer) watch(ctx context.Context) {
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for ctx.Err() == nil {
		for i := range b.backends {
			to := b.backends[i].Load()
			got, err := b.probes.Get(to.url.JoinPath("/readyz").String())
			if err == nil {
				got.Body.Close()
			}
			to.ready.Store(err == nil && got.StatusCode == http.StatusOK)
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
		}
	}
}

// TestRollingRestart ends and replaces two servers in turn, behind a balancer that watches
// whether they are ready, under clients that ask without a pause, over connections that
// the balancer keeps, what it may not send twice: no request fails.
func TestRollingRestart(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: starts servers")
	}
	flags := []string{"--drain", "500ms"}
	b := newBalancer(launch(t, flags...), launch(t, flags...))
	ctx, stop := context.WithCancel(t.Context())
	var running sync.WaitGroup
	defer running.Wait()
	defer stop()
	running.Go(func() { b.watch(ctx) })
	for i := range b.backends {
		await(t, func() bool { return b.backends[i].Load().ready.Load() })
	}
	var answered, failed atomic.Uint64
	for range 4 {
		running.Go(func() {
			for ctx.Err() == nil {
				r, _ := http.NewRequest(http.MethodPost, "http://balancer/v1/check", strings.NewReader(`{"product":"mi","release":"4.4.0","environment":{"os":"RHEL 9"}}`))
				r.Header.Set("Content-Type", "application/json")
				w := &answer{header: http.Header{}}
				b.proxy.ServeHTTP(w, r)
				if w.status != http.StatusOK || w.size == 0 {
					failed.Add(1)
				}
				answered.Add(1)
			}
		})
	}
	for round := range 2 {
		old := b.backends[round%2].Load()
		if err := old.cmd.Process.Signal(syscall.SIGTERM); err != nil {
			t.Fatal(err)
		}
		await(t, func() bool { return !old.ready.Load() })
		if err := old.cmd.Wait(); err != nil {
			t.Errorf("%v: %s", err, old.stderr.String())
		}
		b.backends[round%2].Store(launch(t, flags...))
		await(t, func() bool { return b.backends[round%2].Load().ready.Load() })
	}
	stop()
	running.Wait()
	if why := b.failed.Load(); failed.Load() > 0 || why != nil || answered.Load() < 1000 {
		t.Errorf("%d of %d failed: %v", failed.Load(), answered.Load(), why)
	}
	t.Logf("%d answered", answered.Load())
}

// answer takes an answer and keeps what it is.
type answer struct {
	header       http.Header
	status, size int
}

func (a *answer) Header() http.Header    { return a.header }
func (a *answer) WriteHeader(status int) { a.status = status }
func (a *answer) Write(p []byte) (int, error) {
	a.size += len(p)
	return len(p), nil
}

// await waits until something is so.
func await(t *testing.T, so func() bool) {
	t.Helper()
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for end := time.Now().Add(20 * time.Second); !so(); <-tick.C {
		if time.Now().After(end) {
			t.Fatal("it does not come to that")
		}
	}
}

// TestDrain: from SIGTERM on the server is not ready and answers all the same, each answer
// being the last on its connection; connections that were idle are answered too.
func TestDrain(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: starts a server")
	}
	b := launch(t, "--drain", "1m")
	idle := &http.Client{}
	t.Cleanup(idle.CloseIdleConnections)
	ask := func(c *http.Client, path string) (status int, last bool) {
		got, err := c.Get(b.url.JoinPath(path).String())
		if err != nil {
			t.Fatal(err)
		}
		defer got.Body.Close()
		io.Copy(io.Discard, got.Body)
		return got.StatusCode, got.Close
	}
	if status, last := ask(idle, "/readyz"); status != 200 || last {
		t.Errorf("before: %d, close %v", status, last)
	}
	if err := b.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	fresh := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	await(t, func() bool { status, _ := ask(fresh, "/readyz"); return status == 503 })
	for _, c := range []*http.Client{idle, fresh} {
		if status, last := ask(c, "/v1/kinds"); status != 200 || !last {
			t.Errorf("while it drains: %d, close %v", status, last)
		}
	}
	if err := b.cmd.Process.Signal(syscall.SIGTERM); err != nil { // a second one ends it at once
		t.Fatal(err)
	}
	var ended *exec.ExitError
	if err := b.cmd.Wait(); !errors.As(err, &ended) || ended.Sys().(syscall.WaitStatus).Signal() != syscall.SIGTERM {
		t.Errorf("it ended with %v", err)
	}
}
