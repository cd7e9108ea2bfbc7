package api

import (
	"time"

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

// view gives the matrix that answers this request. A request looks once, so
// that its answer is of one piece.
func (s *Server) view() (*view, error) {
	m := s.options.Catalogue.Matrix()
	if m == nil {
		return nil, &fact.Error{
			Code:    fact.CodeUnavailable,
			Message: "The catalogue is not loaded yet",
			Hint:    "Ask again in a few seconds.",
			See:     wire.SeeReadiness,
		}
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
func (s *Server) base() (*question.View, error) {
	v, err := s.view()
	if err != nil {
		return nil, err
	}
	return v.View.View, nil
}
