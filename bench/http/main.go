// Command http measures what a question costs over HTTP: the processor time of
// the server process per request of GET /v1/check, over 20,000 different
// questions in turn, against that of the same server with the same middleware
// answering the same requests with a fixed body, each as long as the answer to
// that question. The two are asked in turn, a thousand at a time, so that a drift
// of the machine's speed touches both.
//
//	go run ./bench/http [-rounds 7] [-questions 20000]
//
// It starts itself a second time as the server and sends to the loopback only.
package main

import (
	"bytes"
	"context"
	"flag"
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
	"time"

	"github.com/testedon/testedon/api"
	"github.com/testedon/testedon/bench"
	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/seed"
)

func main() {
	server := flag.Bool("server", false, "be the server; the first line printed is its address")
	rounds := flag.Int("rounds", 7, "measured rounds")
	questions := flag.Int("questions", 20_000, "different questions per round")
	flag.Parse()
	var err error
	if *server {
		err = serve()
	} else {
		err = measure(os.Stdout, *rounds, *questions)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// fixed is a catalogue that never changes.
type fixed struct{ m *compat.Matrix }

func (f fixed) Matrix() *compat.Matrix { return f.m }
func (f fixed) State() api.State       { return api.State{} }

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
		Catalogue: fixed{m},
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

func measure(out io.Writer, rounds, n int) error {
	c, stop, err := start()
	if err != nil {
		return err
	}
	defer stop()
	checks := paths(n)
	fixed, mean, err := c.sameSizes(checks)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "%d questions a round, answers of %d bytes in the mean; processor time of the server per request\n", n, mean)
	var ratios []float64
	for round := range rounds + 1 {
		check, plain, err := c.round(checks, fixed)
		if err != nil {
			return err
		}
		if round == 0 {
			continue // warms up
		}
		ratios = append(ratios, check/plain)
		fmt.Fprintf(out, "round %d: check %.1f µs, fixed body %.1f µs, ratio %.2f\n", round, check, plain, check/plain)
	}
	slices.Sort(ratios)
	fmt.Fprintf(out, "ratio: min %.2f, median %.2f, max %.2f\n", ratios[0], ratios[len(ratios)/2], ratios[len(ratios)-1])
	return nil
}

// turn is how many requests of one sort follow each other.
const turn = 1000

// round asks both sorts of requests in turn and gives the cost of each.
func (c *client) round(checks, fixed []string) (check, plain float64, err error) {
	for first := 0; first < len(checks); first += turn {
		last := min(first+turn, len(checks))
		for _, part := range []struct {
			paths []string
			sum   *float64
		}{{checks[first:last], &check}, {fixed[first:last], &plain}} {
			took, err := c.cost(part.paths)
			if err != nil {
				return 0, 0, err
			}
			*part.sum += took
		}
	}
	return check / float64(len(checks)), plain / float64(len(checks)), nil
}

// sameSizes gives for each question the request of a fixed body as long as its
// answer, and the mean length.
func (c *client) sameSizes(checks []string) (fixed []string, mean int, err error) {
	for _, p := range checks {
		answer, err := c.get(p)
		if err != nil {
			return nil, 0, err
		}
		mean += len(answer)
		_, query, _ := strings.Cut(p, "?")
		fixed = append(fixed, "/fixed?"+strconv.Itoa(len(answer))+"&"+query)
	}
	return fixed, mean / len(checks), nil
}

// paths are the questions as paths of the check endpoint.
func paths(n int) []string {
	var all []string
	for _, asked := range bench.Questions(n) {
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
func start() (*client, func(), error) {
	self, err := os.Executable()
	if err != nil {
		return nil, nil, err
	}
	child := exec.Command(self, "-server")
	child.Stderr = os.Stderr
	stdout, err := child.StdoutPipe()
	if err != nil {
		return nil, nil, err
	}
	if err := child.Start(); err != nil {
		return nil, nil, err
	}
	stop := func() {
		_ = child.Process.Kill()
		_ = child.Wait()
	}
	line := make([]byte, 64)
	n, err := stdout.Read(line)
	if err != nil {
		stop()
		return nil, nil, err
	}
	c := &client{base: "http://" + strings.TrimSpace(string(line[:n]))}
	c.http = http.Client{Timeout: 10 * time.Second, Transport: &http.Transport{MaxIdleConnsPerHost: askers}}
	return c, stop, nil
}

// askers is the number of connections. It keeps the server busy, whose cost would
// else depend on how often it falls asleep.
const askers = 8

// cost asks every path once and gives the processor time the server needed, in
// microseconds.
func (c *client) cost(paths []string) (float64, error) {
	before, err := c.cpu()
	if err != nil {
		return 0, err
	}
	var wait sync.WaitGroup
	faults := make([]error, askers)
	for k := range askers {
		wait.Go(func() {
			for i := k; i < len(paths); i += askers {
				if _, err := c.get(paths[i]); err != nil {
					faults[k] = err
					return
				}
			}
		})
	}
	wait.Wait()
	for _, err := range faults {
		if err != nil {
			return 0, err
		}
	}
	after, err := c.cpu()
	return after - before, err
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

func (c *client) cpu() (float64, error) {
	body, err := c.get("/cpu")
	if err != nil {
		return 0, err
	}
	return strconv.ParseFloat(string(body), 64)
}
