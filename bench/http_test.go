package bench

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/testedon/testedon/api"
	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/seed"
)

// serverVariable makes the test binary be the server that BenchmarkHTTP asks; the first
// line printed is its address.
const serverVariable = "TESTEDON_BENCH_SERVER"

func TestMain(m *testing.M) {
	if os.Getenv(serverVariable) == "" {
		os.Exit(m.Run())
	}
	if err := serve(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// BenchmarkHTTP measures what a question costs over HTTP: the processor time of a server
// process per request of GET /v1/check, over 20,000 different questions in turn, against
// that of the same server with the same middleware answering the same requests with a fixed
// body, each as long as the answer to that question. The two are asked in turn, a thousand at
// a time, so that a drift of the machine's speed touches both. An iteration is a round of all
// questions, and "ratio" the median of the rounds. It sends to the loopback only.
func BenchmarkHTTP(b *testing.B) {
	c := start(b)
	checks := paths(20_000)
	fixed, mean := c.sameSizes(b, checks)
	c.round(b, checks, fixed) // warms up
	var ratios, costs []float64
	for b.Loop() {
		check, plain := c.round(b, checks, fixed)
		ratios, costs = append(ratios, check/plain), append(costs, check)
	}
	slices.Sort(ratios)
	slices.Sort(costs)
	b.ReportMetric(ratios[len(ratios)/2], "ratio")
	b.ReportMetric(costs[len(costs)/2], "µs/check")
	b.ReportMetric(float64(mean), "B/answer")
}

func serve() error {
	ds, err := seed.Load(seed.Embedded())
	if err != nil {
		return err
	}
	m, err := compat.Build(ds)
	if err != nil {
		return err
	}
	s, err := api.New(api.Options{
		Catalogue: api.Still{M: m},
		Logger:    slog.New(slog.NewTextHandler(io.Discard, nil)),
		Pages: map[string]http.Handler{
			"/fixed": http.HandlerFunc(fixedBody),
			"/cpu":   http.HandlerFunc(processorTime),
		},
	})
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	fmt.Fprintln(os.Stdout, listener.Addr())
	return s.Serve(context.Background(), listener)
}

// body is what every fixed answer is cut from.
var body = bytes.Repeat([]byte("x"), 64<<10)

// fixedBody answers as many bytes as the query begins with.
func fixedBody(w http.ResponseWriter, r *http.Request) {
	size, _, _ := strings.Cut(r.URL.RawQuery, "&")
	n, err := strconv.Atoi(size)
	if err != nil || n > len(body) {
		http.Error(w, "no size", http.StatusBadRequest)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Length", size)
	_, _ = w.Write(body[:n])
}

// processorTime answers the user and system time of this process so far, in
// microseconds.
func processorTime(w http.ResponseWriter, _ *http.Request) {
	var use syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &use); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	fmt.Fprint(w, (use.Utime.Nano()+use.Stime.Nano())/1000)
}

// turn is how many requests of one sort follow each other.
const turn = 1000

// round asks both sorts of requests in turn and gives the cost of each.
func (c *client) round(b *testing.B, checks, fixed []string) (check, plain float64) {
	for first := 0; first < len(checks); first += turn {
		last := min(first+turn, len(checks))
		for _, part := range []struct {
			paths []string
			sum   *float64
		}{{checks[first:last], &check}, {fixed[first:last], &plain}} {
			*part.sum += c.cost(b, part.paths)
		}
	}
	return check / float64(len(checks)), plain / float64(len(checks))
}

// sameSizes gives for each question the request of a fixed body as long as its
// answer, and the mean length.
func (c *client) sameSizes(b *testing.B, checks []string) (fixed []string, mean int) {
	for _, p := range checks {
		answer, err := c.get(p)
		if err != nil {
			b.Fatal(err)
		}
		mean += len(answer)
		_, query, _ := strings.Cut(p, "?")
		fixed = append(fixed, "/fixed?"+strconv.Itoa(len(answer))+"&"+query)
	}
	return fixed, mean / len(checks)
}

// paths are the questions as paths of the check endpoint.
func paths(n int) []string {
	var all []string
	for _, asked := range Questions(n) {
		q := url.Values{"product": {"mi"}, "release": {"4.4.0"}}
		for _, a := range asked {
			q.Add(a.Kind, a.Text)
		}
		all = append(all, "/v1/check?"+q.Encode())
	}
	return all
}

// client asks one server.
type client struct {
	base string
	http http.Client
}

// start runs the server as a process of its own.
func start(b *testing.B) *client {
	child := exec.Command(os.Args[0])
	child.Env = append(os.Environ(), serverVariable+"=1")
	child.Stderr = os.Stderr
	stdout, err := child.StdoutPipe()
	if err == nil {
		err = child.Start()
	}
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		_ = child.Process.Kill()
		_ = child.Wait()
	})
	line, err := bufio.NewReader(stdout).ReadString('\n')
	if err != nil {
		b.Fatal(err)
	}
	return &client{"http://" + strings.TrimSpace(line), http.Client{Timeout: 10 * time.Second, Transport: &http.Transport{MaxIdleConnsPerHost: askers}}}
}

// askers is the number of connections. It keeps the server busy, whose cost would
// else depend on how often it falls asleep.
const askers = 8

// cost asks every path once and gives the processor time the server needed, in
// microseconds.
func (c *client) cost(b *testing.B, paths []string) float64 {
	before := c.cpu(b)
	var wait sync.WaitGroup
	for k := range askers {
		wait.Go(func() {
			for i := k; i < len(paths); i += askers {
				if _, err := c.get(paths[i]); err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	wait.Wait()
	return c.cpu(b) - before
}

// get gives the answer to a path.
func (c *client) get(path string) ([]byte, error) {
	req, err := http.NewRequestWithContext(context.Background(), http.MethodGet, c.base+path, http.NoBody)
	if err != nil {
		return nil, err
	}
	req.Header.Set("Accept-Encoding", "identity") // compression would hide the rest
	res, err := c.http.Do(req)
	if err != nil {
		return nil, err
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err == nil && res.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s: %s: %s", path, res.Status, body)
	}
	return body, err
}

func (c *client) cpu(b *testing.B) float64 {
	body, err := c.get("/cpu")
	if err != nil {
		b.Fatal(err)
	}
	micros, err := strconv.ParseFloat(string(body), 64)
	if err != nil {
		b.Fatal(err)
	}
	return micros
}
