//go:build torture

package torture

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

// balancer sends requests to servers in turn, and to those only whose last /readyz was 200. It
// never tries again.
type balancer struct {
	backends []*backend
	next     atomic.Int64
}

type backend struct {
	address *url.URL
	well    atomic.Bool
}

// interval is how often the balancer looks.
const interval = 500 * time.Millisecond

func newBalancer(t *testing.T, addresses ...string) (*balancer, string) {
	t.Helper()
	b := &balancer{}
	for _, a := range addresses {
		u, err := url.Parse(a)
		must(t, err)
		b.backends = append(b.backends, &backend{address: u})
	}
	ctx, stop := context.WithCancel(context.Background())
	for _, to := range b.backends {
		go to.watch(ctx)
	}
	proxy := &httputil.ReverseProxy{
		Rewrite:   func(r *httputil.ProxyRequest) { r.SetURL(b.pick()) },
		Transport: &http.Transport{MaxIdleConnsPerHost: 64},
		ErrorLog:  log.New(io.Discard, "", 0),
	}
	front := httptest.NewServer(proxy)
	t.Cleanup(func() { stop(); front.Close() })
	return b, front.URL
}

func (b *backend) watch(ctx context.Context) {
	probe := &http.Client{Timeout: 2 * time.Second}
	for ctx.Err() == nil {
		res, err := probe.Get(b.address.JoinPath("/readyz").String())
		b.well.Store(err == nil && res.StatusCode == http.StatusOK)
		if err == nil {
			res.Body.Close()
		}
		select {
		case <-ctx.Done():
		case <-time.After(interval):
		}
	}
}

func (b *balancer) pick() *url.URL {
	for range b.backends {
		if to := b.backends[int(b.next.Add(1))%len(b.backends)]; to.well.Load() {
			return to.address
		}
	}
	return b.backends[0].address
}

// TestDrain ends servers under load, as a rollout does.
func TestDrain(t *testing.T) {
	first, second := truths(t)
	t.Run("Rolled", func(t *testing.T) { rolled(t, first, second) })
	t.Run("Direct", func(t *testing.T) { direct(t, first) })
}

// rolled replaces three servers in turn, each three times, behind a balancer. Every other one
// has the other catalogue.
func rolled(t *testing.T, truths ...*truth) {
	var servers [3]*server
	var addresses, data []string
	for range servers {
		addresses = append(addresses, fmt.Sprintf("127.0.0.1:%d", freePort(t)))
		data = append(data, t.TempDir())
	}
	up := func(i, round int) {
		servers[i] = host{listen: addresses[i]}.serve(t, "--drain", "5s", "--catalogue", truths[round%2].folder, "--data", data[i], "--log-level", "warn")
		must(t, servers[i].ready())
	}
	for i := range servers {
		up(i, 0)
	}
	b, front := newBalancer(t, servers[0].base, servers[1].base, servers[2].base)
	healthy := func() (n int) {
		for _, to := range b.backends {
			if to.well.Load() {
				n++
			}
		}
		return n
	}
	await(t, "all servers are well", slow, func() bool { return healthy() == 3 })
	clients := under(12, 2*time.Millisecond, func(c, n int) error {
		return oneOf(front, questions[(c*5+n)%len(questions)], truths...)
	})
	rolls := 0
	for round := range number("ROLLS", 3) {
		for i, s := range servers {
			if code := s.stop(); code != 0 {
				t.Errorf("the server ends with %d: %s", code, last(s.log.String(), 600))
			}
			up(i, round+1)
			await(t, "the balancer sees the new server", slow, b.backends[i].well.Load)
			rolls++
		}
	}
	clients.end()
	clients.clean(t)
	figure(t, "drain.rolled", "%d servers replaced behind a balancer that looks at /readyz each %v: %s", rolls, interval, clients)
}

// direct ends a server that clients ask without anybody between, half of them with a new
// connection for each question.
func direct(t *testing.T, u *truth) {
	var answered, refused, lost, early, atEnd atomic.Int64
	var drained durations
	for range number("ENDS", 4) {
		s := mustServe(t, "--drain", "5s", "--catalogue", u.folder, "--data", t.TempDir(), "--log-level", "warn")
		var told atomic.Int64 // when SIGTERM was sent
		fresh := &http.Client{Timeout: time.Minute, Transport: &http.Transport{DisableKeepAlives: true}}
		kept := &http.Client{Timeout: time.Minute, Transport: &http.Transport{MaxIdleConnsPerHost: 64}}
		clients := under(60, 5*time.Millisecond, func(c, n int) error {
			with := fresh
			if c%2 == 0 {
				with = kept
			}
			q := questions[(c+n)%3]
			res, err := with.Get(s.base + q.target)
			if err == nil {
				var body []byte
				body, err = io.ReadAll(res.Body)
				res.Body.Close()
				if err == nil && res.StatusCode == http.StatusOK {
					answered.Add(1)
					return among(q, plain(body), u)
				}
			}
			since := time.Since(time.Unix(0, told.Load()))
			open := told.Load() == 0 || since < 4*time.Second
			var dial *net.OpError
			switch asked := !errors.As(err, &dial) || dial.Op != "dial"; {
			case asked && open:
				lost.Add(1)
			case asked:
				atEnd.Add(1)
				return nil
			case open:
				early.Add(1)
			default:
				refused.Add(1)
				return nil
			}
			return fmt.Errorf("%v after SIGTERM: %w", since, err)
		})
		await(t, "under load", slow, func() bool { return clients.answered.Load() > 2000 })
		told.Store(time.Now().UnixNano())
		s.signal(syscall.SIGTERM)
		if code := s.code(time.Minute); code != 0 {
			t.Errorf("the server ends with %d: %s", code, last(s.log.String(), 600))
		}
		drained.add(time.Since(time.Unix(0, told.Load())))
		clients.end()
		if clients.wrong.Load()+clients.failed.Load() > 0 {
			t.Error(strings.Join(clients.faults, "\n"))
		}
	}
	figure(t, "drain.direct", "60 clients, half with new connections: %d answered; in the 4 s after SIGTERM: %d lost, %d refused; as the door shuts: %d lost, %d refused; the end took %s",
		answered.Load(), lost.Load(), early.Load(), atEnd.Load(), refused.Load(), &drained)
}
