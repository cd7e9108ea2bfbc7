package wire

import (
	"context"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"github.com/labstack/echo/v4"
	"golang.org/x/sync/semaphore"

	"github.com/testedon/testedon/compat/fact"
)

// Limits are how many requests are answered at once, and how many of those that take
// several milliseconds. Bodies are read outside of them.
type Limits struct {
	requests, inside int64
	slots            *semaphore.Weighted
	bodies           *semaphore.Weighted // bytes
	wait             time.Duration       // of an expensive request, at most

	Running   atomic.Int64 // requests
	Entered   atomic.Int64 // expensive ones that are let in
	Answering atomic.Int64 // of these, those whose turn it is

	Refused, RefusedExpensive atomic.Uint64
}

// waitingForEach is how many expensive requests wait for each that is answered.
const waitingForEach = 8

// mostBodies is how many bytes the bodies of expensive requests may have together.
const mostBodies = 256 << 20

// NewLimits makes limits. An expensive request waits so long at most.
func NewLimits(requests, expensive int, wait time.Duration) *Limits {
	return &Limits{
		requests: int64(requests), inside: int64(expensive) * (1 + waitingForEach), wait: wait,
		slots: semaphore.NewWeighted(int64(expensive)), bodies: semaphore.NewWeighted(mostBodies),
	}
}

// Admit lets requests in. Those of probes are always let in and counted nowhere, and
// their connections may be closed for others.
func (l *Limits) Admit(probes map[string]bool) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			on, connected := c.Request().Context().Value(connectionKey{}).(*connection)
			if connected {
				defer on.state.Store(answered)
			}
			if probes[c.Path()] {
				return next(c)
			}
			defer l.Running.Add(-1)
			if l.Running.Add(1) > l.requests {
				return refuse(&l.Refused)
			}
			if connected {
				on.state.Store(answering)
			}
			return next(c)
		}
	}
}

// Outside reads the body of a request that was let in, and does not count it meanwhile: who
// is slow to send keeps nobody out, and the connection may be closed for another.
func (l *Limits) Outside(c echo.Context, read func() error) error {
	if on, connected := c.Request().Context().Value(connectionKey{}).(*connection); connected {
		on.state.Store(waiting)
		defer on.state.Store(answering)
	}
	l.Running.Add(-1)
	defer l.Running.Add(1)
	return read()
}

// Expensive stands around what takes several milliseconds and reads no body.
func (l *Limits) Expensive(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		return l.InTurn(c, 0, func() error { return nil }, func() error { return next(c) })
	}
}

// InTurn reads an expensive request, unless the bodies that others have sent or send are too
// large together, and answers it as soon as few enough others are, unless too many wait for
// that. Whoever is slow to take the answer gives the turn away.
func (l *Limits) InTurn(c echo.Context, size int64, read, answer func() error) error {
	if l.Entered.Load() >= l.inside || !l.bodies.TryAcquire(size) {
		return refuse(&l.RefusedExpensive)
	}
	defer l.bodies.Release(size)
	if err := read(); err != nil {
		return err
	}
	defer l.Entered.Add(-1)
	if l.Entered.Add(1) > l.inside {
		return refuse(&l.RefusedExpensive)
	}
	wait, cancel := context.WithTimeout(c.Request().Context(), l.wait)
	defer cancel()
	if l.slots.Acquire(wait, 1) != nil {
		return refuse(&l.RefusedExpensive)
	}
	l.Answering.Add(1)
	end := sync.OnceFunc(func() {
		l.Answering.Add(-1)
		l.slots.Release(1)
	})
	defer end()
	w := &impatient{c.Response().Writer, time.AfterFunc(slowWrite, end)}
	w.patience.Stop()
	c.Response().Writer = w
	return answer()
}

// slowWrite is how long one write of an expensive answer may take.
const slowWrite = 100 * time.Millisecond

// impatient is an answer that does something when a write takes long.
type impatient struct {
	http.ResponseWriter
	patience *time.Timer
}

func (w *impatient) Write(p []byte) (int, error) {
	w.patience.Reset(slowWrite)
	defer w.patience.Stop()
	return w.ResponseWriter.Write(p)
}

func (w *impatient) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// ErrBusy says that a request is refused.
var ErrBusy error = fact.Refuse("", "problem.busy").Coded(CodeBusy)

// refuse counts a request that is refused.
func refuse(count *atomic.Uint64) error {
	count.Add(1)
	return ErrBusy
}
