//go:build torture

package torture

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// load are clients that ask one question after the other, until they are stopped.
type load struct {
	answered, failed, wrong atomic.Int64
	took                    durations
	stopped                 chan struct{}
	all                     sync.WaitGroup
	mu                      sync.Mutex
	faults                  []string
}

// fault counts a question that was not answered well.
func (l *load) fault(err error) {
	if errors.Is(err, errWrong) {
		l.wrong.Add(1)
	} else {
		l.failed.Add(1)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.faults) < 5 {
		l.faults = append(l.faults, err.Error())
	}
}

// under starts clients of which each asks what ask does, after a pause.
func under(clients int, pause time.Duration, ask func(client, n int) error) *load {
	l := &load{stopped: make(chan struct{})}
	for c := range clients {
		l.all.Go(func() {
			for n := 0; ; n++ {
				select {
				case <-l.stopped:
					return
				case <-time.After(pause):
				}
				start := time.Now()
				if err := ask(c, n); err != nil {
					l.fault(err)
					continue
				}
				l.took.add(time.Since(start))
				l.answered.Add(1)
			}
		})
	}
	return l
}

// end stops the clients and waits for them.
func (l *load) end() {
	close(l.stopped)
	l.all.Wait()
}

// clean fails a test where a question was not answered, or wrongly.
func (l *load) clean(t *testing.T) {
	t.Helper()
	if l.failed.Load()+l.wrong.Load() > 0 || l.answered.Load() == 0 {
		t.Errorf("%d answered, %d failed, %d wrong: %s", l.answered.Load(), l.failed.Load(), l.wrong.Load(), strings.Join(l.faults, "\n"))
	}
}

func (l *load) String() string {
	return fmt.Sprintf("%d answered, %d failed, %d wrong, %s", l.answered.Load(), l.failed.Load(), l.wrong.Load(), &l.took)
}

// oneOf holds an answer against the truth whose digest it names; where it names none, it has
// to be that of any.
func oneOf(base string, q question, truths ...*truth) error {
	status, body, err := q.ask(base)
	if err != nil {
		return err
	}
	if status != http.StatusOK {
		return fmt.Errorf("%s: %d %.300s", q.target, status, body)
	}
	return among(q, body, truths...)
}

func among(q question, body []byte, truths ...*truth) error {
	for _, u := range truths {
		if bytes.Equal(body, u.answers[q]) {
			return nil
		}
	}
	return fmt.Errorf("%w to %s, from %s: %.300s", errWrong, q.target, digestIn(body), body)
}

// pipeline asks over one connection, several questions at a time, as fast as it gets answers.
// It gives each answer to got.
func pipeline(address string, asked []question, n, depth int, got func(q question, status int, body []byte) error) error {
	conn, err := net.Dial("tcp", address)
	if err != nil {
		return err
	}
	defer conn.Close()
	reader := bufio.NewReaderSize(conn, 64<<10)
	var out bytes.Buffer
	for at := 0; at < n; at += depth {
		out.Reset()
		for i := at; i < at+depth; i++ {
			q := asked[i%len(asked)]
			fmt.Fprintf(&out, "%s %s HTTP/1.1\r\nHost: x\r\n", q.method, q.target)
			if q.body != "" {
				fmt.Fprintf(&out, "Content-Type: %s\r\nContent-Length: %d\r\n", q.media, len(q.body))
			}
			out.WriteString("\r\n" + q.body)
		}
		_ = conn.SetDeadline(time.Now().Add(time.Minute))
		if _, err := conn.Write(out.Bytes()); err != nil {
			return err
		}
		for i := at; i < at+depth; i++ {
			res, err := http.ReadResponse(reader, nil)
			if err != nil {
				return err
			}
			body, err := io.ReadAll(res.Body)
			if err != nil {
				return err
			}
			if err := got(asked[i%len(asked)], res.StatusCode, body); err != nil {
				return err
			}
		}
	}
	return nil
}

// usage is what a process uses.
type usage struct{ rss, descriptors, goroutines int }

func (u usage) String() string {
	return fmt.Sprintf("rss %d MB, %d descriptors, %d goroutines", u.rss>>20, u.descriptors, u.goroutines)
}

// usage looks at the process of a server, and at its metrics at an address.
func (s *server) usage(metrics string) (u usage) {
	dir := filepath.Join("/proc", strconv.Itoa(s.cmd.Process.Pid))
	status, _ := os.ReadFile(filepath.Join(dir, "status"))
	for line := range strings.Lines(string(status)) {
		if rest, ok := strings.CutPrefix(line, "VmRSS:"); ok {
			kib, _ := strconv.Atoi(strings.Fields(rest)[0])
			u.rss = kib << 10
		}
	}
	open, _ := os.ReadDir(filepath.Join(dir, "fd"))
	u.descriptors = len(open)
	_, body, _ := get(metrics + "/metrics")
	for line := range strings.Lines(string(body)) {
		if rest, ok := strings.CutPrefix(line, "go_goroutines "); ok {
			u.goroutines, _ = strconv.Atoi(strings.TrimSpace(rest))
		}
	}
	return u
}
