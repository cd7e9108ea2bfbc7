package api

import (
	"slices"

	"github.com/testedon/testedon/api/question"
	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/compat/lifecycle"
)

// Catalogue is where the answers come from.
type Catalogue interface {
	// Matrix gives the matrix that answers now, without waiting; nil when there
	// is none yet. Each change of the record brings another pointer.
	Matrix() *compat.Matrix
	// Ready tells why questions cannot be answered, or only from older facts;
	// nil when all is well. Its cause is in the log already.
	Ready() error
	// SetAside names the file that a damaged record was set aside as, before it was
	// made anew; "" when none was.
	SetAside() string
}

// view is a view with what answers repeat.
type view struct {
	*question.View
	catalogue CatalogueRef
	// The statements, advisories and lifecycles as they stand in answers; see render.
	listings   map[*fact.Claim][]byte
	advisories map[*fact.Advisory][]byte
	periods    map[*lifecycle.Period][]byte
}

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
	if v == nil || v.Matrix != m {
		v = newView(m, s.options.Version)
	}
	v = v.on(today)
	s.latest.Store(v)
	return v, nil
}

// base is view without what answers repeat.
func (s *Server) base() (*question.View, error) {
	v, err := s.view()
	if err != nil {
		return nil, err
	}
	return v.View, nil
}

func newView(m *compat.Matrix, build string) *view {
	ds := m.Dataset()
	v := &view{View: question.NewView(m, build), catalogue: CatalogueRef{Revision: ds.Revision, Digest: ds.Digest}}
	v.render()
	return v
}

// on is the view on another day.
func (v *view) on(today fact.Day) *view {
	copied := *v
	copied.View = v.View.On(today)
	return &copied
}

// maxRendered is how many claims are kept as they stand in answers; with some
// 400 bytes each, they are 8 MB at most.
const maxRendered = 20_000

// render writes the advisories and, unless they are too many, the statements as
// they stand in answers: an answer repeats them, and never changes one.
func (v *view) render() {
	ds := v.Dataset()
	v.renderLifecycles()
	v.advisories = make(map[*fact.Advisory][]byte, len(ds.Advisories))
	for i := range ds.Advisories {
		v.advisories[&ds.Advisories[i]] = appendAdvisory(nil, v, &ds.Advisories[i])
	}
	if len(ds.Claims) > maxRendered {
		return
	}
	v.listings = make(map[*fact.Claim][]byte, len(ds.Claims))
	var text []byte
	for _, r := range v.Releases() {
		for _, l := range r.Listings() {
			if _, inherited := v.listings[l.Claim]; inherited || !l.Paged() {
				continue // written for another release, or asked about seldom
			}
			text = appendListing(text[:0], l)
			v.listings[l.Claim] = slices.Clone(text)
		}
	}
}
