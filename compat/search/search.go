package search

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/internal/order"
	"github.com/testedon/testedon/version"
)

// Find finds products and technologies by a name that may have typing slips, and with
// a version behind the name their releases and series. The best come first; of equal
// ones products, then technologies, each in the order of ids.
func Find(m *compat.Matrix, text string) []Hit {
	before, last := splitLast(text)
	s := finder{whole: compat.NewPattern(text), before: compat.NewPattern(before), last: compat.NewPattern(last), version: versionOf(last)}
	for _, p := range m.Products() {
		s.product(p)
	}
	for _, t := range m.Technologies("", "") {
		s.technology(t)
	}
	if len(s.hits) == 0 {
		s.hits = s.parts
	}
	order.Stable(s.hits, func(a, b Hit) int {
		return cmp.Or(b.Score-a.Score, slices.Index(Nouns, a.Noun())-slices.Index(Nouns, b.Noun()))
	})
	return s.hits
}

// splitLast parts the last word of a text from those before it.
func splitLast(text string) (before, last string) {
	text = strings.TrimSpace(text)
	at := strings.LastIndexFunc(text, unicode.IsSpace) + 1
	return text[:at], text[at:]
}

// versionOf gives a word that is a version, without the letter that may stand before it;
// empty where it is none.
func versionOf(word string) string {
	if number := strings.TrimLeft(word, "vV"); startsWithDigit(number) {
		return number
	}
	return ""
}

func startsWithDigit(text string) bool { return text != "" && text[0] >= '0' && text[0] <= '9' }

// finder is a text that is looked for, and what was found.
type finder struct {
	whole, before, last compat.Pattern // all words of it, those before the last, and the last
	version             string         // the last word, where it is one
	hits, parts         []Hit          // parts are told where there is nothing else
}

// product looks at a product and its releases. A version by itself is that of any.
func (s *finder) product(p *compat.Product) {
	s.add(Hit{Product: p}, s.whole.Best(p.Names()...))
	like := compat.Likeness{Score: compat.BestScore, Fit: compat.FitSame}
	if !s.before.IsEmpty() {
		like = s.before.Best(p.Names()...)
	}
	if s.version == "" || like.Score == 0 {
		return
	}
	s.part(Hit{Product: p}, like)
	for _, r := range p.Releases() {
		s.add(Hit{Product: p, Release: r}, like.And(s.release(r)))
	}
}

// technology looks at a technology and its series, which go by names as well as by
// numbers.
func (s *finder) technology(t *compat.Technology) {
	s.add(Hit{Technology: t}, s.whole.Best(t.Names()...))
	like := s.before.Best(t.Names()...)
	if s.version != "" {
		s.part(Hit{Technology: t}, like)
	}
	for i := range t.Cycles {
		best := series(s.whole, &t.Cycles[i])
		if like.Score > 0 {
			best = compat.Better(best, like.And(s.behind(t, i)))
		}
		s.add(Hit{Technology: t, Cycle: &t.Cycles[i]}, best)
	}
}

// behind is how the series of a technology at a place answers to the last word.
func (s *finder) behind(t *compat.Technology, place int) compat.Likeness {
	c := &t.Cycles[place]
	best := series(s.last, c)
	if asked, err := t.Versions(s.version); err == nil && s.version != "" {
		best = compat.Better(best, inSeries(c, asked, t.Series(place)))
	}
	return best
}

// add keeps what answers.
func (s *finder) add(h Hit, l compat.Likeness) {
	if l.Score > 0 {
		h.Likeness = l
		s.hits = append(s.hits, h)
	}
}

// part keeps what answers to all words but the version.
func (s *finder) part(h Hit, like compat.Likeness) {
	if !s.before.IsEmpty() && like.Score > 0 {
		h.Likeness = compat.Likeness{Score: max(1, like.Score/3), Fit: compat.FitPart, Slips: like.Slips, Name: like.Name}
		s.parts = append(s.parts, h)
	}
}

// begins is the score of a version that begins as asked or lies around it.
const begins = 90

// release is how a release answers to the version.
func (s *finder) release(r *compat.Release) compat.Likeness {
	var best compat.Likeness
	asked := string(fact.AppendReleaseKey(nil, s.version))
	for _, name := range append([]string{r.Version}, r.Aliases...) {
		rest, ok := strings.CutPrefix(string(fact.AppendReleaseKey(nil, name)), asked)
		switch {
		case ok && rest == "":
			return compat.Likeness{Score: compat.BestScore, Fit: compat.FitSame, Name: name}
		case ok && !startsWithDigit(rest):
			best = compat.Better(best, compat.Likeness{Score: begins, Fit: compat.FitBegins, Name: name})
		}
	}
	return best
}

// series is how the names of a series answer. That one has a text somewhere in it is
// chance, as they are but words.
func series(p compat.Pattern, c *fact.Cycle) compat.Likeness {
	best := p.Best(c.Names...)
	if best.Fit == compat.FitContains {
		return compat.Likeness{}
	}
	return best
}

// inSeries is how a series answers to the versions asked for: they are the same, or one
// has the other in it.
func inSeries(c *fact.Cycle, asked, series version.Range) compat.Likeness {
	name := cmp.Or(c.Label, c.Version)
	switch {
	case asked.Equal(series):
		return compat.Likeness{Score: compat.BestScore, Fit: compat.FitSame, Name: name}
	case asked.Within(series) || series.Within(asked):
		return compat.Likeness{Score: begins, Fit: compat.FitBegins, Name: name}
	}
	return compat.Likeness{}
}

// Noun says what was found.
type Noun string

// The nouns, in the order of equal answers.
const (
	NounProduct    Noun = "product"
	NounTechnology Noun = "technology"
	NounRelease    Noun = "release"
	NounSeries     Noun = "series"
)

// Nouns lists every noun, in the order of equal answers.
var Nouns = []Noun{NounProduct, NounTechnology, NounRelease, NounSeries}

// Hit is one thing that a search found: a product, a release of one, a technology, or a
// series of one.
type Hit struct {
	Product    *compat.Product    // nil for a technology
	Release    *compat.Release    // nil where it is not one
	Technology *compat.Technology // nil for a product
	Cycle      *fact.Cycle        // nil where it is not a series
	compat.Likeness
}

// Noun says what it is.
func (h Hit) Noun() Noun {
	switch {
	case h.Release != nil:
		return NounRelease
	case h.Product != nil:
		return NounProduct
	case h.Cycle != nil:
		return NounSeries
	}
	return NounTechnology
}

// ID is that of the product or technology.
func (h Hit) ID() string {
	if h.Product != nil {
		return h.Product.ID
	}
	return h.Technology.ID
}

// Version is that of the release or the series, as people write it; empty for neither.
func (h Hit) Version() string {
	switch {
	case h.Release != nil:
		return h.Release.Version
	case h.Cycle != nil:
		return cmp.Or(h.Cycle.Label, h.Cycle.Version)
	}
	return ""
}

// Kind is that of the technology; empty for a product.
func (h Hit) Kind() string {
	if h.Technology == nil {
		return ""
	}
	return h.Technology.Kind
}

// Title names it: "PostgreSQL 17".
func (h Hit) Title() string {
	var name string
	if h.Product != nil {
		name = h.Product.Name
	} else {
		name = h.Technology.Name
	}
	return strings.TrimSpace(name + " " + h.Version())
}
