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
// several milliseconds. What is above is refused before its body is read.
type Limits struct {
	requests, inside int64
	slots            *semaphore.Weighted

	running, entered, answering        atomic.Int64
	refusedRequests, refusedExpensives atomic.Uint64
}

// How expensive requests wait: so many for each that is answered, so long.
const (
	waitingForEach = 16
	longestWait    = time.Second
)

// NewLimits makes limits.
func NewLimits(requests, expensive int) *Limits {
	return &Limits{requests: int64(requests), inside: int64(expensive) * (1 + waitingForEach), slots: semaphore.NewWeighted(int64(expensive))}
}

// Load is what is answered at a moment, and how much was refused so far.
type Load struct {
	Running, Expensive, Waiting        int64
	RefusedRequests, RefusedExpensives uint64
}

// Load tells it. The expensive requests that wait are those whose body arrives or whose
// answer is taken slowly, too.
func (l *Limits) Load() Load {
	expensive := l.answering.Load()
	return Load{
		Running: l.running.Load(), Expensive: expensive, Waiting: max(0, l.entered.Load()-expensive),
		RefusedRequests: l.refusedRequests.Load(), RefusedExpensives: l.refusedExpensives.Load(),
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
			defer l.running.Add(-1)
			if l.running.Add(1) > l.requests {
				return refuse(&l.refusedRequests)
			}
			if connected {
				on.state.Store(answering)
			}
			return next(c)
		}
	}
}

// Expensive stands around what takes several milliseconds and reads no body.
func (l *Limits) Expensive(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		leave, err := l.Enter()
		if err != nil {
			return err
		}
		defer leave()
		return l.InTurn(c, func() error { return next(c) })
	}
}

// Enter lets in an expensive request that is to be answered in its turn, unless too many
// wait for theirs. It is called before the body is read.
func (l *Limits) Enter() (leave func(), err error) {
	if l.entered.Add(1) > l.inside {
		l.entered.Add(-1)
		return nil, refuse(&l.refusedExpensives)
	}
	return func() { l.entered.Add(-1) }, nil
}

// InTurn answers a request that was let in, as soon as few enough others are answered. It
// gives its turn away when whoever reads the answer is slow.
func (l *Limits) InTurn(c echo.Context, answer func() error) error {
	wait, cancel := context.WithTimeout(c.Request().Context(), longestWait)
	err := l.slots.Acquire(wait, 1)
	cancel()
	if err != nil {
		return refuse(&l.refusedExpensives)
	}
	l.answering.Add(1)
	end := sync.OnceFunc(func() {
		l.answering.Add(-1)
		l.slots.Release(1)
	})
	defer end()
	patience := time.AfterFunc(slowWrite, end)
	patience.Stop()
	c.Response().Writer = &impatient{c.Response().Writer, patience}
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
var ErrBusy error = &fact.Error{Code: CodeBusy, Message: "The server has more to answer than it can at once",
	Hint: "Ask again after the seconds that Retry-After gives."}

// refuse counts a request that is refused.
func refuse(count *atomic.Uint64) error {
	count.Add(1)
	return ErrBusy
}
