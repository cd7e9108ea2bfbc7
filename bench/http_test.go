package bench

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
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
	"github.com/testedon/testedon/compat/fact"
)

// serverVariable makes the test binary be one of the servers that are measured; the first
// line printed is its address. headerVariable has the headers of the bare one, as JSON.
const (
	serverVariable = "TESTEDON_BENCH_SERVER"
	headerVariable = "TESTEDON_BENCH_HEADERS"
)

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
// process for a request, against that of a bare handler of the same router in a process of its
// own, which does nothing but send fixed bytes. The two are asked in turn, a thousand requests
// at a time, so that a drift of the machine's speed touches both. An iteration is a round of
// 20,000 requests, "×" the median of the ratios of the rounds. It sends to the loopback only.
//
//   - different: the same 20,000 different questions each round, which nearly all fail in some
//     part, against as many bytes and the same headers; new: each for the first time
//   - repeated: the main question again and again, against the same
//   - with fields: the same in the smaller shape, against as many bytes as the usual shape has,
//     and nothing but their type and length as headers
//   - batch: a question of a batch of a thousand, against a question on its own
func BenchmarkHTTP(b *testing.B) {
	different := paths(20_000)
	repeated := slices.Repeat([]string{mainQuestion}, 20_000)
	for _, of := range []struct {
		name   string
		paths  []string
		fields string
		isNew  bool
	}{
		{"http-different", different, "", false}, {"http-new", different, "", true}, {"http-repeated", repeated, "", false},
		{"http-different-fields", different, fields, false}, {"http-new-fields", different, fields, true}, {"http-repeated-fields", repeated, fields, false},
	} {
		b.Run(of.name, func(b *testing.B) {
			us := start(b, ours, nil)
			fixed, header := us.sameSizes(b, of.paths)
			checks := get(suffixed(of.paths, of.fields)...)
			if of.fields != "" {
				header = http.Header{}
				if _, _, err := us.do(checks[0]); err != nil {
					b.Skip(err)
				}
			}
			compare(b, us, start(b, bare, header), checks, fixed, of.isNew)
		})
	}
	b.Run("http-batch", func(b *testing.B) {
		us := start(b, ours, nil)
		one, many := post("/v1/check", "application/json", items(1000)...), post("/v1/checks", "application/x-ndjson", strings.Join(items(1000), "\n"))
		compare(b, us, us, slices.Repeat(many, 10), slices.Repeat(one, 10), false)
	})
}

// compare reports what the requests to one server cost against those to another. To another
// host, a question is a new one.
func compare(b *testing.B, us, other *client, all, others []request, isNew bool) {
	rounds := 0
	round := func() (cost, plain float64) {
		rounds++
		for i := range all {
			if isNew {
				all[i].host = fmt.Sprint("round", rounds)
			}
		}
		for n := range parts {
			cost += us.cost(b, all[n*len(all)/parts:(n+1)*len(all)/parts])
			plain += other.cost(b, others[n*len(others)/parts:(n+1)*len(others)/parts])
		}
		return cost / float64(len(others)), plain / float64(len(others))
	}
	round()
	round() // what is put twice is kept
	var ratios, costs, plains []float64
	for b.Loop() {
		cost, plain := round()
		ratios, costs, plains = append(ratios, cost/plain), append(costs, cost), append(plains, plain)
	}
	b.ReportMetric(median(ratios), "×")
	b.ReportMetric(median(costs), "µs")
	b.ReportMetric(median(plains), "µs/other")
	b.ReportMetric(0, "ns/op")
}

// parts is how many turns a round has.
const parts = 10

func median(all []float64) float64 {
	slices.Sort(all)
	return all[len(all)/2]
}

func serve() error {
	m, err := build(func(*fact.Dataset) {})
	if err != nil {
		return err
	}
	s, err := api.New(api.Options{
		Catalogue: api.Still{M: m},
		Logger:    slog.New(slog.NewTextHandler(io.Discard, nil)),
		Pages:     map[string]http.Handler{"/cpu": http.HandlerFunc(processorTime), "/count": http.HandlerFunc(count)},
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

// serveBare serves the bare handler.
func serveBare() error {
	var header http.Header
	if err := json.Unmarshal([]byte(os.Getenv(headerVariable)), &header); err != nil {
		return err
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	fmt.Fprintln(os.Stdout, listener.Addr())
	return (&http.Server{Handler: bareHandler(header), ReadHeaderTimeout: time.Second}).Serve(listener)
}

// body is what every fixed answer is cut from.
var body = bytes.Repeat([]byte("x"), 64<<10)

// bareHandler answers as many bytes as the path says, with some headers.
func bareHandler(headers http.Header) http.Handler {
	e := echo.New()
	e.GET("/cpu", echo.WrapHandler(http.HandlerFunc(processorTime)))
	e.GET("/count", echo.WrapHandler(http.HandlerFunc(count)))
	e.GET("/fixed/:size", func(c echo.Context) error {
		size := c.Param("size")
		n, err := strconv.Atoi(size)
		if err != nil || n > len(body) {
			return echo.NewHTTPError(http.StatusBadRequest, "no size")
		}
		header := c.Response().Header()
		maps.Copy(header, headers)
		header["Content-Type"] = []string{"application/json"}
		header["Content-Length"] = []string{size}
		_, err = c.Response().Write(body[:n])
		return err
	})
	return e
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

// sameSizes gives for each question the request of a fixed body as long as its answer, and the
// headers of the first answer.
func (c *client) sameSizes(b testing.TB, checks []string) (fixed []request, header http.Header) {
	for _, r := range get(checks...) {
		received, answer, err := c.do(r)
		if err != nil {
			b.Fatal(err)
		}
		if header == nil {
			header = received
			delete(header, "Date")
		}
		_, query, _ := strings.Cut(r.path, "?")
		fixed = append(fixed, get("/fixed/"+strconv.Itoa(len(answer))+"?"+query)...)
	}
	return fixed, header
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

// start runs a server as a process of its own, below a program where one is named. The headers
// are those of the bare one.
func start(b testing.TB, which string, header http.Header, below ...string) *client {
	headers, _ := json.Marshal(header)
	command := append(below, os.Args[0])
	child := exec.Command(command[0], command[1:]...)
	child.Env = append(os.Environ(), serverVariable+"="+which, headerVariable+"="+string(headers))
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
	return &client{"http://" + strings.TrimSpace(line), http.Client{Timeout: time.Minute, Transport: &http.Transport{MaxIdleConnsPerHost: askers}}}
}

// askers is the number of connections. It keeps the server busy, whose cost would
// else depend on how often it falls asleep.
const askers = 64

// cost puts every request once and gives the processor time the server needed, in
// microseconds.
func (c *client) cost(b testing.TB, all []request) float64 {
	before := c.cpu(b)
	var wait sync.WaitGroup
	for k := range askers {
		wait.Go(func() {
			for i := k; i < len(all); i += askers {
				if _, _, err := c.do(all[i]); err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	wait.Wait()
	return c.cpu(b) - before
}

// do puts a request, and gives the headers and the body of the answer.
func (c *client) do(r request) (http.Header, []byte, error) {
	method, body := http.MethodGet, io.Reader(http.NoBody)
	if r.body != "" {
		method, body = http.MethodPost, strings.NewReader(r.body)
	}
	req, err := http.NewRequest(method, c.base+r.path, body)
	if err != nil {
		return nil, nil, err
	}
	req.Host, req.Header = r.host, r.header.Clone()
	req.Header.Set("Accept-Encoding", "identity") // compression would hide the rest
	res, err := c.http.Do(req)
	if err != nil {
		return nil, nil, err
	}
	defer res.Body.Close()
	got, err := io.ReadAll(res.Body)
	if err == nil && res.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s: %s: %s", r.path, res.Status, got)
	}
	return res.Header, got, err
}

func (c *client) cpu(b testing.TB) (micros float64) {
	_, body, err := c.do(get("/cpu")[0])
	if err == nil {
		micros, err = strconv.ParseFloat(string(body), 64)
	}
	if err != nil {
		b.Fatal(err)
	}
	return micros
}
