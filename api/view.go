package api

import (
	"context"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/testedon/testedon/api/answers"
	"github.com/testedon/testedon/api/question"
	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
)

// Catalogue is where the answers come from.
type Catalogue interface {
	// Matrix gives the matrix that answers now, without waiting; nil when there
	// is none yet. Each change of the record brings another pointer.
	Matrix() *compat.Matrix
	// State tells how the facts that answer stand.
	State() State
	// Known gives the matrix of the facts as of a revision of the record. The error is an
	// *fact.Error of code not_found where there is no such revision, or none is kept.
	Known(ctx context.Context, asked question.Revision) (*compat.Matrix, error)
}

// Still is a catalogue that stays as it is, and knows no other revision.
type Still struct{ M *compat.Matrix }

// Matrix gives its matrix.
func (c Still) Matrix() *compat.Matrix { return c.M }

// State tells nothing.
func (Still) State() State { return State{} }

// Known refuses every revision, as none but the one that answers is kept.
func (c Still) Known(_ context.Context, asked question.Revision) (*compat.Matrix, error) {
	return nil, NotKept(asked, c.M)
}

// NotKept is the error for a revision where no record keeps others than that of a matrix.
func NotKept(asked question.Revision, m *compat.Matrix) error {
	return fact.Refuse("known", "moment.unkept", asked.String(), asked.On != 0, m.Dataset().Revision).Coded(fact.CodeNotFound)
}

// State is how the facts that answer stand beside the record that they are from.
type State struct {
	// Stale tells why older facts answer than those there are; nil where the newest do.
	// Its cause is in the log already.
	Stale *fact.Error
	// SetAside names the file that a damaged record was set aside as, before it was
	// made anew; "" when none was.
	SetAside string
	Loaded   time.Time // when the facts that answer were loaded; zero where that is not told
	Loads    uint64    // how often facts were loaded
	Failures uint64    // how often facts could not be loaded
}

// view is what operations ask of the catalogue.
type view struct{ *answers.View }

// view gives what answers a request: the newest facts, or those of the moment that its query
// names, which is taken out of it. A request looks once, so that its answer is of one piece.
func (s *Server) view(c echo.Context) (*view, error) {
	now, err := s.now()
	if err != nil {
		return nil, err
	}
	target := c.Request().URL
	rest, asked, err := question.ReadMoment(target.RawQuery)
	if err != nil || asked == (question.Moment{}) {
		return now, err
	}
	v, err := s.then(c.Request().Context(), now, asked)
	if err != nil {
		return nil, err
	}
	target.RawQuery = rest
	wire.Follow(c, asked.Query())
	return v, nil
}

// now gives the newest facts that answer.
func (s *Server) now() (*view, error) {
	m := s.options.Catalogue.Matrix()
	if m == nil {
		e := fact.Refuse("", "problem.unloaded").Coded(fact.CodeUnavailable)
		e.See = wire.SeeReadiness
		return nil, e
	}
	today := fact.DayOf(s.options.Now())
	v := s.latest.Load()
	if v != nil && v.Matrix == m && v.Today == today {
		return v, nil
	}
	if next := s.prepared.Load(); next != nil && next.Matrix == m {
		v = next
	}
	if v == nil || v.Matrix != m {
		v = &view{answers.New(m, s.options.Version)}
	}
	v = &view{v.On(today)}
	s.latest.Store(v)
	return v, nil
}

// Prepare makes ready what answers repeat of a matrix that is about to answer, so that no
// request has to wait for that.
func (s *Server) Prepare(m *compat.Matrix) {
	s.prepared.Store(&view{answers.New(m, s.options.Version)})
}

// base is view without what answers repeat.
func (s *Server) base(c wire.Context) (*question.View, error) {
	v, err := s.view(c)
	if err != nil {
		return nil, err
	}
	return v.View.View, nil
}
