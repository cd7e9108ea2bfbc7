package compat

import (
	"cmp"
	"strings"

	"github.com/testedon/testedon/compat/fact"
)

// Noun says what a search found.
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
	Product    *Product    // nil for a technology
	Release    *Release    // nil where it is not one
	Technology *Technology // nil for a product
	Cycle      *fact.Cycle // nil where it is not a series
	Likeness
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
