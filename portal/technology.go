package portal

import (
	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/compat/lifecycle"
)

// Technologies is the page of all technologies.
type Technologies struct {
	Frame
	Words string
	Kinds []TechnologyKind
}

func (*Technologies) name() string { return "technologies" }

// TechnologyKind is the technologies of a kind.
type TechnologyKind struct {
	*fact.Kind
	Items []*compat.Technology
}

// Technology is the page of a technology: where it is tested, and how long its series
// are maintained.
type Technology struct {
	Frame
	*compat.Technology
	KindName string
	Stated   []Stated
	Series   []Series
	Related  []*compat.Technology
}

func (*Technology) name() string { return "technology" }

// Stated is what one product's releases state of a technology.
type Stated struct {
	*compat.Product
	Rows []StatedRow
}

// StatedRow is what a release states of it.
type StatedRow struct {
	*compat.Release
	Listed []*compat.Listing
}

// Series is a series of a technology on a day.
type Series struct {
	*lifecycle.Period
	State fact.LifecycleState
}
