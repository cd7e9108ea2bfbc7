package api

import (
	"context"
	"slices"
	"sync"
	"time"

	"github.com/testedon/testedon/api/answers"
	"github.com/testedon/testedon/api/question"
	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
)

// How many matrices of other times are kept: of a small catalogue, and of one with more claims
// than [manyClaims].
const (
	keptPasts  = 8
	keptLarge  = 2
	manyClaims = 100_000
)

// past keeps the views of other times that were asked for last. Days between two changes
// share one, so that it grows with the changes and not with the days.
type past struct {
	building chan struct{} // holds a value while a matrix is built: one at a time
	mu       sync.Mutex
	kept     []*pastView // the one that was asked for last first
}

// pastView is a view on no day yet.
type pastView struct {
	*view
	pastKey
}

// pastKey tells apart what is built.
type pastKey struct {
	known  question.Revision
	digest string   // of what is known, where a day of it is asked about
	turn   fact.Day // since when the facts of the day asked about are as they are; 0 for all that the revision knows
}

func newPast() *past { return &past{building: make(chan struct{}, 1)} }

// find gives what is kept; nil where that is not there.
func (p *past) find(key pastKey) *view {
	p.mu.Lock()
	defer p.mu.Unlock()
	at := slices.IndexFunc(p.kept, func(k *pastView) bool { return k.pastKey == key })
	if at < 0 {
		return nil
	}
	found := p.kept[at]
	copy(p.kept[1:at+1], p.kept[:at])
	p.kept[0] = found
	return found.view
}

// keep keeps a view before all others, and lets go of the last.
func (p *past) keep(key pastKey, v *view) *view {
	p.mu.Lock()
	defer p.mu.Unlock()
	most := keptPasts
	if len(v.Dataset().Claims) > manyClaims {
		most = keptLarge
	}
	p.kept = slices.Insert(p.kept, 0, &pastView{v, key})
	if len(p.kept) > most {
		p.kept = slices.Clone(p.kept[:most])
	}
	return v
}

// view gives what is kept, or builds it: one at a time, for which nobody waits long.
func (p *past) view(ctx context.Context, wait time.Duration, key pastKey, version string, build func() (*compat.Matrix, error)) (*view, error) {
	if v := p.find(key); v != nil {
		return v, nil
	}
	waiting, cancel := context.WithTimeout(ctx, wait)
	defer cancel()
	select {
	case p.building <- struct{}{}:
		defer func() { <-p.building }()
	case <-waiting.Done():
		return nil, fact.Refuse("", "moment.busy").Coded(wire.CodeBusy)
	}
	if v := p.find(key); v != nil {
		return v, nil
	}
	m, err := build()
	if err != nil {
		return nil, err
	}
	return p.keep(key, &view{answers.New(m, version)}), nil
}

// then gives the view of a moment. What every revision knew is answered from the record, and
// what was so on a day from what a revision knows of it.
func (s *Server) then(ctx context.Context, now *view, asked question.Moment) (*view, error) {
	v, err := s.known(ctx, now, asked.Known)
	if err != nil {
		return nil, err
	}
	if asked.Known.On != 0 { // an address that is passed on means the same for good
		asked.Known = question.Revision{Number: v.Dataset().Revision}
	}
	day := now.Today
	if asked.AsOf != 0 {
		if v, err = s.asOf(ctx, v, now.Today, asked.AsOf); err != nil {
			return nil, err
		}
		day = asked.AsOf
	}
	return &view{v.At(day, asked)}, nil
}

// onDay gives the view of the day that a parameter names, of just the facts that another view
// has; that one where it names none.
func (s *Server) onDay(c wire.Context, v *view, name, text string) (*view, error) {
	if text == "" {
		return v, nil
	}
	day, err := question.ReadDay(name, text)
	if err != nil {
		return nil, err
	}
	found, err := s.asOf(c.Request().Context(), v, v.Today, day)
	if err != nil {
		e := *wire.AsError(err)
		if e.Field == question.MomentParams[0].Name {
			e.Field = name
		}
		return nil, &e
	}
	return &view{found.At(day, question.Moment{AsOf: day, Known: v.Moment.Known})}, nil
}

// baseOnDay is onDay without what answers repeat.
func (s *Server) baseOnDay(c wire.Context, v *question.View, name, text string) (*question.View, error) {
	found, err := s.onDay(c, &view{&answers.View{View: v}}, name, text)
	if err != nil {
		return nil, err
	}
	return found.View.View, nil
}

// known is the view of a revision.
func (s *Server) known(ctx context.Context, now *view, asked question.Revision) (*view, error) {
	switch {
	case asked.On > now.Today:
		return nil, fact.Refuse(question.MomentParams[1].Name, "moment.future", asked.On)
	case asked == question.Revision{}, asked.On == now.Today, asked.Number == now.Dataset().Revision:
		return now, nil
	}
	return s.past.view(ctx, s.options.ExpensiveWait, pastKey{known: asked}, s.options.Version, func() (*compat.Matrix, error) {
		return s.options.Catalogue.Known(ctx, asked)
	})
}

// asOf is the view of a day of what a view knows.
func (s *Server) asOf(ctx context.Context, v *view, today, day fact.Day) (*view, error) {
	if day == today {
		return v, nil
	}
	name, turns := question.MomentParams[0].Name, v.Turns()
	at, found := slices.BinarySearch(turns, day)
	if !found {
		at--
	}
	switch {
	case day > today:
		return nil, fact.Refuse(name, "moment.future", day)
	case at < 0 && len(turns) == 0:
		return nil, fact.Refuse(name, "moment.undated", day)
	case at < 0:
		return nil, fact.Refuse(name, "moment.early", day, turns[0])
	}
	ds := v.Dataset()
	key := pastKey{question.Revision{Number: ds.Revision}, ds.Digest, turns[at]}
	return s.past.view(ctx, s.options.ExpensiveWait, key, s.options.Version, func() (*compat.Matrix, error) { return v.AsOf(key.turn) })
}
