//go:build torture

package torture

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"
)

// TestDoor is about clients that mean ill, or are merely slow. Others are answered all along.
func TestDoor(t *testing.T) {
	first, _ := truths(t)
	t.Run("Slowloris", func(t *testing.T) {
		slowly(t, "door.slowloris", first, 1000, "GET /v1/check HTTP/1.1\r\nHost: x\r\n", "X-%d: y\r\n")
	})
	for name, size := range map[string]int{"SlowBodies": 3000, "SlowLargeBodies": 9000} {
		t.Run(name, func(t *testing.T) {
			slowly(t, "door."+name, first, 1100, fmt.Sprintf(
				"POST /v1/check HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n", size), "%d")
		})
	}
	t.Run("Idle", func(t *testing.T) { idle(t, first) })
}

// good are clients that ask as anybody does.
func good(base string, u *truth) *load {
	return under(4, 20*time.Millisecond, func(c, n int) error { return u.holdOne(base, questions[(c*5+n)%len(questions)]) })
}

// slowly opens connections that never come to an end of what they say. All of them are cut.
func slowly(t *testing.T, name string, u *truth, connections int, begin, more string) {
	s := mustServe(t, "--catalogue", u.folder, "--data", t.TempDir(), "--log-level", "warn")
	clients := good(s.base, u)
	var cut durations
	var all sync.WaitGroup
	for range connections {
		all.Go(func() {
			conn, err := net.Dial("tcp", strings.TrimPrefix(s.base, "http://"))
			if err != nil {
				t.Errorf("dial: %v", err)
				return
			}
			defer conn.Close()
			start := time.Now()
			_, _ = io.WriteString(conn, begin)
			gone := make(chan struct{})
			go func() { defer close(gone); _, _ = io.Copy(io.Discard, conn) }()
			for i := range 120 {
				select {
				case <-gone:
					cut.add(time.Since(start))
					return
				case <-time.After(time.Second):
					_, _ = fmt.Fprintf(conn, more, i%10)
				}
			}
			t.Error("a connection is not cut within two minutes")
		})
	}
	all.Wait()
	clients.end()
	clients.clean(t)
	figure(t, name, "%d connections, cut after: %s; meanwhile four good clients: %s; %s", connections, &cut, clients, s.usage(s.base))
	if code := s.stop(); code != 0 || panicked(s.log.String()) {
		t.Errorf("the server ends with %d: %s", code, s.log)
	}
}

// idle holds 300 connections open to a server that has 200 descriptors, and says nothing.
func idle(t *testing.T, u *truth) {
	needs(t, false, "sh")
	few := host{before: []string{"sh", "-c", `ulimit -n 200 && exec "$@"`, "sh"}}
	s := few.serve(t, "--catalogue", u.folder, "--data", t.TempDir())
	must(t, s.ready())
	var open []net.Conn
	defer func() {
		for _, c := range open {
			_ = c.Close()
		}
	}()
	for range 300 {
		conn, err := net.Dial("tcp", strings.TrimPrefix(s.base, "http://"))
		if err != nil {
			t.Fatal(err)
		}
		open = append(open, conn)
	}
	fresh := &http.Client{Timeout: 70 * time.Second, Transport: &http.Transport{DisableKeepAlives: true}}
	var probes durations
	silent := 0
	for range 20 {
		start := time.Now()
		res, err := fresh.Get(s.base + "/readyz")
		if err != nil || res.StatusCode != http.StatusOK {
			silent++
			t.Errorf("readyz: %v", err)
			continue
		}
		res.Body.Close()
		probes.add(time.Since(start))
	}
	figure(t, "door.idle", "300 idle connections against 200 descriptors: %d of 20 probes without answer; probes: %s", silent, &probes)
	if longest := probes.at(1); longest > 10*time.Second {
		t.Errorf("a probe waits for %v", longest)
	}
	if panicked(s.log.String()) {
		t.Error(last(s.log.String(), 2000))
	}
}
