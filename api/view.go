package api

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"

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

// view is a matrix with what the routes derive from it once.
type view struct {
	*compat.Matrix
	catalogue  CatalogueRef
	tag        string // the part of every ETag that stands for the catalogue and the build
	today      fact.Day
	day        string   // today, as it is written
	kinds      []string // IDs, in the order of answers
	words      []string // what each kind is called in a query; see wordOf
	parameters []string // names that the check endpoint knows
	// The statements, advisories and lifecycles as they stand in answers; see render.
	listings     map[*fact.Claim][]byte
	advisories   map[*fact.Advisory][]byte
	periods      map[*lifecycle.Period][]byte
	*wire.Memory // of what is made of the matrix: the lists in their orders, among others
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
	if v != nil && v.Matrix == m && v.today == today {
		return v, nil
	}
	if v == nil || v.Matrix != m {
		v = newView(m, s.options.Version)
	}
	v = v.on(today)
	s.latest.Store(v)
	return v, nil
}

func newView(m *compat.Matrix, build string) *view {
	ds := m.Dataset()
	sum := sha256.Sum256(fmt.Appendf(nil, "%s\x00%d\x00%s", ds.Digest, ds.Revision, build))
	kinds := slices.Clone(ds.Kinds)
	slices.SortStableFunc(kinds, func(a, b fact.Kind) int { return a.Order - b.Order })
	ids, words := wire.Each(kinds, func(k fact.Kind) string { return k.ID }), wire.Each(kinds, wordOf)
	v := &view{
		Matrix:     m,
		catalogue:  CatalogueRef{Revision: ds.Revision, Digest: ds.Digest},
		tag:        hex.EncodeToString(sum[:8]),
		kinds:      ids,
		words:      words,
		parameters: slices.Concat(questionFields, words, resourceFields),
		Memory:     &wire.Memory{},
	}
	v.render()
	return v
}

// wordOf is what a kind is called in a query: its ID or, where a query has another
// parameter of that name, the first alias that is free.
func wordOf(k fact.Kind) string {
	for _, name := range append([]string{k.ID}, k.Aliases...) {
		if !slices.Contains(questionFields, name) && !slices.Contains(resourceFields, name) {
			return name
		}
	}
	return k.ID
}

// word is what the kind of an ID is called in a query.
func (v *view) word(kind string) string {
	if at := slices.Index(v.kinds, kind); at >= 0 {
		return v.words[at]
	}
	return kind
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
