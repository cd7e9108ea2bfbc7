package answers

import (
	"github.com/testedon/testedon/api/question"
	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/compat/lifecycle"
	"github.com/testedon/testedon/internal/places"
)

// View is a view of the catalogue with what answers repeat.
type View struct {
	*question.View
	Catalogue CatalogueRef
	// The statements that were told last, the advisories and the lifecycles as they stand in answers;
	// see render.
	listings   *places.Of[*fact.Claim, []byte]
	plain      *View // writes a statement
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

// keptListings is how many statements are kept as they stand in answers; each has some 400
// bytes. Nearly all answers repeat them, and to write them anew took a sixth of a different one.
const keptListings = 16 << 10

// render writes the lifecycles and advisories as they stand in answers, and makes room for the
// statements: an answer repeats them, and never changes one.
func (v *View) render() {
	ds := v.Dataset()
	v.renderLifecycles()
	v.advisories = make(map[*fact.Advisory][]byte, len(ds.Advisories))
	for i := range ds.Advisories {
		v.advisories[&ds.Advisories[i]] = v.AppendAdvisory(nil, &ds.Advisories[i])
	}
	plain := *v
	v.plain, v.listings = &plain, places.New[*fact.Claim, []byte](keptListings)
}

// keptListing is a statement as it stands in answers; nil where the view keeps none.
func (v *View) keptListing(l *compat.Listing) []byte {
	if v.listings == nil {
		return nil
	}
	return v.listings.Get(l.Claim, func() []byte { return v.plain.AppendListing(nil, l) })
}
