//go:build torture

package torture

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// dear are sorts of requests of which few are answered at once: a batch of 1,000, a plan
// of all combinations, and a megabyte of texts.
var dear = func() map[string]question {
	item := `{"product":"mi","release":"4.4.0","environment":{"os":"RHEL 9","jdk":"Corretto 21","dbms":"Postgres 17.2"}}`
	text := `"` + strings.Repeat(`PRETTY_NAME=Red Hat Enterprise Linux 9.4 openjdk version 21\n`, 1000) + `"`
	return map[string]question{
		"batch": {http.MethodPost, "/v1/checks", "application/json", `{"items":[` + strings.Repeat(item+",", 999) + item + `]}`},
		"plan":  {http.MethodGet, "/v1/products/is/releases/7.1.0/test-plan?strategy=all", "", ""},
		"texts": {http.MethodPost, "/v1/detect", "application/json", `{"texts":[` + strings.Repeat(text+",", 15) + text + `]}`},
	}
}()

// burst counts what became of requests of one sort.
type burst struct {
	of                 question
	good, shed, failed atomic.Int64
	client             *http.Client
	took               durations
	why                atomic.Value
}

// ask sends one. Of the answer it looks at the status and the length.
func (b *burst) ask(base string) {
	q := b.of
	request, err := http.NewRequest(q.method, base+q.target, strings.NewReader(q.body))
	if err == nil {
		request.Header.Set("Content-Type", q.media)
		began := time.Now()
		var got *http.Response
		if got, err = b.client.Do(request); err == nil {
			var size int64
			size, err = io.Copy(io.Discard, got.Body)
			got.Body.Close()
			switch {
			case err == nil && got.StatusCode == http.StatusOK && size > 0:
				b.took.add(time.Since(began))
				b.good.Add(1)
				return
			case err == nil && got.StatusCode == http.StatusServiceUnavailable && got.Header.Get("Retry-After") != "":
				b.shed.Add(1)
				return
			case err == nil:
				err = fmt.Errorf("%s: %s", q.target, got.Status)
			}
		}
	}
	b.failed.Add(1)
	b.why.CompareAndSwap(nil, err.Error())
}

func newBurst(of question) *burst {
	return &burst{of: of, client: &http.Client{Timeout: 30 * time.Second, Transport: &http.Transport{MaxIdleConnsPerHost: 100}}}
}

// capacity is how many such requests a second are answered where a few clients ask one after
// the other.
func capacity(t *testing.T, s *server, of question, during time.Duration) float64 {
	t.Helper()
	b := newBurst(of)
	defer b.client.CloseIdleConnections()
	var asking sync.WaitGroup
	began := time.Now()
	for range 2 * runtime.NumCPU() {
		asking.Go(func() {
			for time.Since(began) < during {
				b.ask(s.base)
			}
		})
	}
	asking.Wait()
	if b.good.Load() == 0 || b.failed.Load() > 0 {
		t.Fatalf("%d answered, %d failed: %v", b.good.Load(), b.failed.Load(), b.why.Load())
	}
	return float64(b.good.Load()) / time.Since(began).Seconds()
}

// TestOverload sends dear requests at ten times the rate at which they can be answered,
// whether or not those before are: as much is answered as without the overload, what is
// not is refused, probes are answered meanwhile, and memory does not grow on.
func TestOverload(t *testing.T) {
	s := mustServe(t, "--data", t.TempDir(), "--log-level", "error")
	for name, of := range dear {
		t.Run(name, func(t *testing.T) { overload(t, s, name, of) })
	}
}

func overload(t *testing.T, s *server, name string, of question) {
	during := time.Duration(number("OVERLOAD_SECONDS", 10)) * time.Second
	before := capacity(t, s, of, during/2)
	idle := s.usage(s.base)
	b, probes, stop := newBurst(of), &durations{}, make(chan struct{})
	var watching, asking sync.WaitGroup
	var most usage
	watching.Go(func() {
		for end := false; !end; {
			most.rss = max(most.rss, s.usage(s.base).rss)
			end = over(stop, 250*time.Millisecond)
		}
	})
	watching.Go(func() { probe(t, s.base, probes, stop) })
	n := min(int(10*before*during.Seconds()), 20_000)
	began, pause := time.Now(), during/time.Duration(n)
	for i := range n {
		over(nil, time.Until(began.Add(time.Duration(i)*pause)))
		asking.Go(func() { b.ask(s.base) })
	}
	within := b.good.Load()
	took := time.Since(began)
	asking.Wait()
	close(stop)
	watching.Wait()
	b.client.CloseIdleConnections()
	after := capacity(t, s, of, during/2)
	can, goodput := (before+after)/2, float64(within)/took.Seconds()
	figure(t, "overload."+name, "%d requests in %.1f s, open loop at 10 × of %.1f/s: %d answered (%s), %d refused, %d failed; in time %.1f/s, %.0f %% of %.1f/s (%.1f before, %.1f after)",
		n, took.Seconds(), before, b.good.Load(), &b.took, b.shed.Load(), b.failed.Load(), goodput, 100*goodput/can, can, before, after)
	figure(t, "overload."+name+".probes", "%s", probes)
	figure(t, "overload."+name+".memory", "%d MB before, %d MB at most", idle.rss>>20, most.rss>>20)
	if goodput < 0.9*can || b.failed.Load() > 0 || probes.at(0.99) > 100*time.Millisecond || most.rss > 1<<30 {
		t.Errorf("goodput %.1f of %.1f/s, %d failed (%v), probes %s, %d MB", goodput, can, b.failed.Load(), b.why.Load(), probes, most.rss>>20)
	}
}

// over waits, and reports whether stop is closed.
func over(stop <-chan struct{}, wait time.Duration) bool {
	select {
	case <-stop:
		return true
	case <-time.After(wait):
		return false
	}
}

// probe asks over new connections whether a server lives and is ready, until stop is closed.
func probe(t *testing.T, base string, took *durations, stop <-chan struct{}) {
	fresh := &http.Client{Timeout: 10 * time.Second, Transport: &http.Transport{DisableKeepAlives: true}}
	for n := 0; !over(stop, 20*time.Millisecond); n++ {
		began := time.Now()
		got, err := fresh.Get(base + []string{"/readyz", "/livez"}[n%2])
		if err != nil || got.StatusCode != http.StatusOK {
			t.Errorf("a probe: %v", err)
			continue
		}
		got.Body.Close()
		took.add(time.Since(began))
	}
}

// TestFewDescriptors holds more connections than the server has descriptors, idle or in
// the middle of a request: probes are answered.
func TestFewDescriptors(t *testing.T) {
	needs(t, false, "prlimit")
	s := host{before: []string{"prlimit", "--nofile=200:200"}}.serve(t, "--data", t.TempDir(), "--log-level", "error")
	if err := s.ready(); err != nil {
		t.Fatal(err)
	}
	probes, stop := &durations{}, make(chan struct{})
	var watching sync.WaitGroup
	watching.Go(func() { probe(t, s.base, probes, stop) })
	var held []net.Conn
	for i := range 900 {
		c, err := net.Dial("tcp", strings.TrimPrefix(s.base, "http://"))
		if err != nil {
			t.Fatal(err)
		}
		_, _ = io.WriteString(c, []string{"", "GET / HT", "GET / HTTP/1.1\r\nHost: x\r\n", "GET /livez HTTP/1.1\r\nHost: x\r\n\r\n"}[i%4])
		if held = append(held, c); len(held) > 300 {
			held[0].Close()
			held = held[1:]
		}
	}
	over(nil, 2*time.Second)
	close(stop)
	watching.Wait()
	u := s.usage(s.base)
	figure(t, "overload.descriptors", "300 connections held of 900, 200 descriptors: probes %s; %s", probes, u)
	if probes.at(1) > time.Second || u.descriptors >= 200 {
		t.Errorf("probes %s; %s", probes, u)
	}
	for _, c := range held {
		c.Close()
	}
}
