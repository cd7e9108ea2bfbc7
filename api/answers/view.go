package answers

import (
	"slices"

	"github.com/testedon/testedon/api/question"
	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/compat/lifecycle"
)

// View is a view of the catalogue with what answers repeat.
type View struct {
	*question.View
	Catalogue CatalogueRef
	// The statements, advisories and lifecycles as they stand in answers; see render.
	listings   map[*fact.Claim][]byte
	advisories map[*fact.Advisory][]byte
	periods    map[*lifecycle.Period][]byte
}

// New is a matrix as the build of that name answers from it, on no day yet.
func New(m *compat.Matrix, build string) *View {
	ds := m.Dataset()
	v := &View{View: question.NewView(m, build), Catalogue: CatalogueRef{Revision: ds.Revision, Digest: ds.Digest}}
	v.render()
	return v
}

// On is the view on another day.
func (v *View) On(today fact.Day) *View {
	copied := *v
	copied.View = v.View.On(today)
	return &copied
}

// At is the view on the day of a moment.
func (v *View) At(day fact.Day, asked question.Moment) *View {
	copied := *v
	copied.View = v.View.At(day, asked)
	return &copied
}

// maxRendered is how many claims are kept as they stand in answers; with some
// 400 bytes each, they are 8 MB at most.
const maxRendered = 20_000

// render writes the advisories and, unless they are too many, the statements as
// they stand in answers: an answer repeats them, and never changes one.
func (v *View) render() {
	ds := v.Dataset()
	v.renderLifecycles()
	v.advisories = make(map[*fact.Advisory][]byte, len(ds.Advisories))
	for i := range ds.Advisories {
		v.advisories[&ds.Advisories[i]] = v.AppendAdvisory(nil, &ds.Advisories[i])
	}
	if len(ds.Claims) > maxRendered {
		return
	}
	v.listings = make(map[*fact.Claim][]byte, len(ds.Claims))
	var text []byte
	for _, r := range v.Releases() {
		for _, l := range r.Listings() {
			if _, inherited := v.listings[l.Claim]; inherited {
				continue // written for another release
			}
			text = v.AppendListing(text[:0], l)
			v.listings[l.Claim] = slices.Clone(text)
		}
	}
}
