package bench

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"maps"
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

	"github.com/labstack/echo/v4"

	"github.com/testedon/testedon/api"
	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/seed"
)

// serverVariable makes the test binary be one of the servers that BenchmarkHTTP asks; the
// first line printed is its address.
const serverVariable = "TESTEDON_BENCH_SERVER"

// The servers: the program, and a bare handler that sends fixed bytes.
const (
	ours = "testedon"
	bare = "bare"
)

func TestMain(m *testing.M) {
	var err error
	switch os.Getenv(serverVariable) {
	case "":
		os.Exit(m.Run())
	case ours:
		err = serve()
	case bare:
		err = serveBare()
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// BenchmarkHTTP measures what a question costs over HTTP: the processor time of a server
// process for a request of GET /v1/check, against that of a bare handler of the same router
// in a process of its own, which sends as many bytes and the same headers and does nothing
// else. The two are asked in turn, a thousand requests at a time, so that a drift of the
// machine's speed touches both. An iteration is a round of 20,000 requests, "ratio" the median
// of the rounds, and "worst" the highest. It sends to the loopback only.
//
//   - different: 20,000 different questions, which nearly all fail in some part
//   - repeated: the main question again and again
func BenchmarkHTTP(b *testing.B) {
	different := paths(20_000)
	repeated := slices.Repeat([]string{mainPath}, 20_000)
	for _, of := range []struct {
		name  string
		paths []string
	}{{"different", different}, {"repeated", repeated}} {
		b.Run(of.name, func(b *testing.B) {
			us, other := start(b, ours), start(b, bare)
			fixed, mean := us.sameSizes(b, of.paths)
			round(b, us, other, of.paths, fixed) // warms up
			var ratios, costs, plains []float64
			for b.Loop() {
				check, plain := round(b, us, other, of.paths, fixed)
				ratios, costs, plains = append(ratios, check/plain), append(costs, check), append(plains, plain)
			}
			b.ReportMetric(median(ratios), "ratio")
			b.ReportMetric(slices.Max(ratios), "worst")
			b.ReportMetric(median(costs), "µs/check")
			b.ReportMetric(median(plains), "µs/bare")
			b.ReportMetric(float64(mean), "B/answer")
		})
	}
}

const mainPath = "/v1/check?product=mi&release=4.4.0&os=RHEL+9&jdk=Corretto+21&dbms=Postgres+17.2"

func median(all []float64) float64 {
	slices.Sort(all)
	return all[len(all)/2]
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
		Pages:     map[string]http.Handler{"/cpu": http.HandlerFunc(processorTime)},
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

// serveBare serves the bare handler: of the path of the size, with the headers of an answer.
func serveBare() error {
	e := echo.New()
	e.GET("/cpu", echo.WrapHandler(http.HandlerFunc(processorTime)))
	e.GET("/fixed/:size", fixedBody)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	fmt.Fprintln(os.Stdout, listener.Addr())
	return (&http.Server{Handler: e, ReadHeaderTimeout: time.Second}).Serve(listener)
}

// body is what every fixed answer is cut from.
var body = bytes.Repeat([]byte("x"), 64<<10)

// fixedHeaders are what an answer has beside its type and length.
var fixedHeaders = map[string][]string{
	"Access-Control-Allow-Origin":   {"*"},
	"Access-Control-Expose-Headers": {"ETag, Link, Content-Location, Retry-After, Traceparent, X-Request-Id, X-TestedOn-Problem, X-TestedOn-Verdict"},
	"Cache-Control":                 {"public, max-age=60, stale-while-revalidate=600, stale-if-error=86400"},
	"Content-Security-Policy":       {"default-src 'none'; frame-ancestors 'none'"},
	"Cross-Origin-Resource-Policy":  {"cross-origin"},
	"Etag":                          {`"0123456789abcdef-0123456789abcdef"`},
	"Referrer-Policy":               {"no-referrer"},
	"Vary":                          {"Accept-Encoding", "Accept"},
	"X-Content-Type-Options":        {"nosniff"},
	"X-Request-Id":                  {"0123456789abcdef0123456789abcdef"},
	"X-Testedon-Verdict":            {"tested; pass=true"},
}

// fixedBody answers as many bytes as the path says.
func fixedBody(c echo.Context) error {
	size := c.Param("size")
	n, err := strconv.Atoi(size)
	if err != nil || n > len(body) {
		return echo.NewHTTPError(http.StatusBadRequest, "no size")
	}
	header := c.Response().Header()
	maps.Copy(header, fixedHeaders)
	header["Content-Type"] = []string{"application/json"}
	header["Content-Length"] = []string{size}
	_, err = c.Response().Write(body[:n])
	return err
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

// round asks both servers in turn and gives what a request costs each.
func round(b *testing.B, us, other *client, checks, fixed []string) (check, plain float64) {
	for first := 0; first < len(checks); first += turn {
		last := min(first+turn, len(checks))
		check += us.cost(b, checks[first:last])
		plain += other.cost(b, fixed[first:last])
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
		fixed = append(fixed, "/fixed/"+strconv.Itoa(len(answer))+"?"+query)
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

// start runs a server as a process of its own.
func start(b *testing.B, which string) *client {
	child := exec.Command(os.Args[0])
	child.Env = append(os.Environ(), serverVariable+"="+which)
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
const askers = 64

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
