// Package current keeps the facts that a server answers from current: it loads what is new at
// their origin, builds a matrix beside the one that answers, and swaps it whole.
package current

import (
	"context"
	"errors"
	"log/slog"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"

	"github.com/testedon/testedon/api"
	"github.com/testedon/testedon/api/question"
	"github.com/testedon/testedon/cli/exit"
	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/message"
	"github.com/testedon/testedon/seed/sheet"
)

// Catalogue is what a server answers from: the matrix of the newest facts that could be
// loaded. One goroutine, that of [Catalogue.Run], builds another beside it and swaps it
// whole; where none can be built, the one before goes on answering.
type Catalogue struct {
	origin  Origin
	kept    *Kept // nil where nothing is kept
	now     func() time.Time
	logger  *slog.Logger
	prepare func(*compat.Matrix) // makes ready what answers repeat of a matrix
	settled func()               // says that a matrix has answered for a moment

	matrix atomic.Pointer[compat.Matrix]
	state  atomic.Pointer[api.State]
	told   map[string]bool // the problems of the last load, which the log has

	wake chan string     // why to load
	look atomic.Bool     // at files that the facts are made from
	asks chan chan error // who waits for a load
	gone chan struct{}   // closed when nothing is loaded any more
}

// New is a catalogue that has loaded nothing yet.
func New(from Origin, kept *Kept, now func() time.Time, logger *slog.Logger) *Catalogue {
	c := &Catalogue{
		origin: from, kept: kept, now: now, logger: logger, prepare: func(*compat.Matrix) {}, settled: func() {},
		wake: make(chan string, 1), asks: make(chan chan error), gone: make(chan struct{}),
	}
	c.state.Store(&api.State{})
	c.look.Store(true)
	return c
}

// Matrix gives the matrix that answers now; nil when there is none yet.
func (c *Catalogue) Matrix() *compat.Matrix { return c.matrix.Load() }

// Known asks the origin for the facts as of a revision, and says why there are none.
func (c *Catalogue) Known(ctx context.Context, asked question.Revision) (*compat.Matrix, error) {
	m, err := c.origin.known(ctx, asked)
	var told *fact.Error
	switch {
	case m != nil:
		return m, nil
	case err == nil:
		return nil, api.NotKept(asked, c.Matrix())
	case errors.As(err, &told):
		told.Field = "known"
		return nil, told
	}
	return nil, fact.Unavailable("known", err, "current.earlier")
}

// State tells how the matrix stands beside its origin.
func (c *Catalogue) State() api.State { return *c.state.Load() }

// Reload loads what is new, and gives the result of a load that began after it was asked.
func (c *Catalogue) Reload(ctx context.Context) error {
	done := make(chan error, 1)
	select {
	case c.asks <- done:
		return detailed(<-done)
	case <-c.gone:
	case <-ctx.Done():
	}
	return fact.Unavailable("", ctx.Err(), "current.ended")
}

// detailed names the first problem of files, which readiness does not tell everybody.
func detailed(err error) error {
	var faults sheet.Problems
	if !errors.As(err, &faults) {
		return err
	}
	return fact.Unavailable("", err, "current.first", len(faults), faults[0])
}

// edition is what tells the facts of one time from those of another.
type edition struct {
	revision int64
	digest   string
}

func editionOf(m *compat.Matrix) edition { return edition{m.Dataset().Revision, m.Dataset().Digest} }

// originPatience is how long a start waits for the origin where other facts are kept.
const originPatience = 10 * time.Second

// Prepare has a function called with each matrix before it answers, and another one when one
// has for a moment, before memory is given back.
func (c *Catalogue) Prepare(do func(*compat.Matrix), settled func()) {
	c.prepare, c.settled = do, settled
}

// Start loads the first facts: those of the origin, or those that are kept where it is
// away. They are the same most of the time.
func (c *Catalogue) Start(ctx context.Context) error {
	last := c.kept.read()
	if last == nil {
		_, err := c.renew(ctx, "start", edition{})
		if c.Matrix() == nil {
			return exit.With(exit.Data, err)
		}
		return nil
	}
	waiting, cancel := context.WithTimeout(ctx, originPatience)
	defer cancel()
	_, _ = c.renew(waiting, "start", edition{last.Revision, last.Digest})
	if c.Matrix() != nil || ctx.Err() != nil {
		return ctx.Err()
	}
	m, err := compat.BuildFrom(last)
	if err != nil {
		c.kept.warn("read", err)
		_, err = c.renew(ctx, "start", edition{})
		return exit.With(exit.Data, err)
	}
	c.swap(m, "kept", time.Now())
	return nil
}

// Run loads whenever a watch says that there may be something new, somebody asks for it, or
// the last load went wrong a while ago. Those who ask meanwhile wait for one load together.
func (c *Catalogue) Run(ctx context.Context, every time.Duration, watches ...Watch) {
	var watching sync.WaitGroup
	for _, w := range watches {
		watching.Go(func() { w(ctx, c.trigger) })
	}
	defer watching.Wait()
	defer close(c.gone)
	watching.Go(func() { Tick(30*time.Second, "")(ctx, new(allocated).rest) })
	settled := time.After(0)
	settle := func() {
		c.kept.write(c.Matrix())
		c.settled()
		giveBack() // the matrix before, and what reading needed
		settled = nil
	}
	for {
		var waiting []chan error
		var retry <-chan time.Time
		why := "asked"
		if c.State().Stale != nil {
			retry = time.After(patience * every)
		}
		select {
		case <-ctx.Done():
			if settled != nil {
				settle()
			}
			return
		case why = <-c.wake:
		case <-settled:
			settle()
			continue
		case <-retry:
			why = "retry"
		case done := <-c.asks:
			c.look.Store(true)
			waiting = append(waiting, done)
		}
		for more := true; more; {
			select {
			case done := <-c.asks:
				waiting = append(waiting, done)
			default:
				more = false
			}
		}
		swapped, err := c.renew(ctx, why, editionOf(c.Matrix()))
		for _, done := range waiting {
			done <- err
		}
		switch {
		case swapped:
			settled = time.After(settling)
		case err != nil && settled != nil: // what is there may be needed soon
			settle()
		}
	}
}

// settling is how long after a swap facts are kept and memory is given back: not each time
// where there are many, and not while other servers on this machine load the same.
const settling = time.Second

// patience is how many times the usual is waited before what went wrong is tried again.
const patience = 5

// trigger has the facts loaded, unless that is about to be done. Files are looked at for a
// reason of their own only, since somebody may be writing them.
func (c *Catalogue) trigger(why string) {
	if why != recordChanged {
		c.look.Store(true)
		select {
		case <-c.wake: // for a lesser reason
		default:
		}
	}
	select {
	case c.wake <- why:
	default:
	}
}

// renew loads facts that are others than those, and answers from them.
func (c *Catalogue) renew(ctx context.Context, why string, than edition) (swapped bool, err error) {
	began := time.Now()
	m, err := c.load(ctx, than)
	if errors.Is(ctx.Err(), context.Canceled) {
		return false, ctx.Err()
	}
	if m != nil {
		c.swap(m, why, began)
	}
	state := c.State()
	if r, ok := c.origin.(*recorded); ok {
		state.SetAside = r.aside
	}
	switch {
	case err != nil:
		state.Failures++
		if state.Stale = stale(err); c.Matrix() != nil || than != (edition{}) { // else the program ends, and tells
			c.tell(ctx, err)
		}
	case state.Stale != nil:
		state.Stale, c.told = nil, nil
		c.logger.InfoContext(ctx, "catalogue up to date again")
	}
	c.state.Store(&state)
	return m != nil, err
}

// load asks the origin. Facts that make this program crash leave those before in place.
func (c *Catalogue) load(ctx context.Context, than edition) (m *compat.Matrix, err error) {
	defer func() {
		if value := recover(); value != nil {
			fault := fact.Refuse("", "current.crashed")
			fault.Code = fact.CodeInternal
			m, err = nil, fault
			c.logger.ErrorContext(ctx, "panic", "value", value, "stack", string(debug.Stack()))
		}
	}()
	return c.origin.load(ctx, than, c.look.Swap(false))
}

// swap answers from a matrix from now on.
func (c *Catalogue) swap(m *compat.Matrix, why string, began time.Time) {
	c.prepare(m)
	c.matrix.Store(m)
	state := c.State()
	state.Loaded, state.Loads = c.now(), state.Loads+1
	c.state.Store(&state)
	c.logger.Info("catalogue loaded", "revision", m.Dataset().Revision, "digest", m.Dataset().Digest, "duration", time.Since(began), "why", why)
}

// stale is what readiness says of an error. Where a record is stays in the log.
func stale(err error) *fact.Error {
	var faults sheet.Problems
	var known *fact.Error
	switch {
	case errors.As(err, &faults):
		return fact.Unavailable("", err, "current.stale", message.Of("current.files", len(faults)))
	case errors.As(err, &known) && known.Field == followField:
		return fact.Unavailable("", err, "current.stale", known.Said())
	}
	return fact.Unavailable("", err, "current.stale", message.Of("current.log"))
}

// tell logs why facts were not loaded, each problem by itself and when it is new.
func (c *Catalogue) tell(ctx context.Context, err error) {
	told := map[string]bool{}
	log := func(problem string, more ...any) {
		if told[problem] = true; !c.told[problem] {
			c.logger.ErrorContext(ctx, "facts not loaded", append([]any{"problem", problem}, more...)...)
		}
	}
	var faults sheet.Problems
	if !errors.As(err, &faults) {
		log(err.Error(), "cause", cause(err))
	}
	for _, p := range faults {
		log(p.String())
	}
	c.told = told
}

// cause is what lies beneath an error in the words of the project: for the log,
// where the words alone do not help.
func cause(err error) error {
	var known *fact.Error
	if errors.As(err, &known) && known.Cause != nil {
		return known.Cause
	}
	return err
}
