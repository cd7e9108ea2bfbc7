package portal

import (
	"html/template"
	"slices"

	"github.com/testedon/testedon/compat"
)

// Products is the page of all products.
type Products struct {
	Frame
	Items []ProductItem
}

func (*Products) name() string { return "products" }

// ProductItem is a product and its releases, newest first.
type ProductItem struct {
	*compat.Product
	Releases []*compat.Release
}

// Product is the page of a product: its releases side by side.
type Product struct {
	Frame
	*compat.Product
	Columns []Column // releases, newest first
	Kinds   []MatrixKind
	Filter  Filter
}

func (*Product) name() string { return "product" }

// Shown are the columns that the filter leaves.
func (p *Product) Shown() []Column {
	return slices.DeleteFunc(slices.Clone(p.Columns), func(c Column) bool { return c.Hidden })
}

// Column is a release of a matrix.
type Column struct {
	*compat.Release
	Provisional bool
	Hidden      bool // by the filter
}

// Filter is what of a matrix is shown.
type Filter struct {
	Kind  string
	Words string         // within the names of technologies
	Kinds []*compat.Kind // to choose from
}

// MatrixKind is the rows of one kind.
type MatrixKind struct {
	*compat.Kind
	Rows []MatrixRow
}

// MatrixRow is what the releases state of one technology; the cells are in the order
// of the columns.
type MatrixRow struct {
	*compat.Technology
	Cells [][]*compat.Listing
}

// Release is the page of everything stated about a release.
type Release struct {
	Frame
	*compat.Product
	Release     *compat.Release
	Provisional bool
	Kinds       []ReleaseKind
	Needs       []NeedGroup
	Ports       *compat.Ports
	Advisories  []*compat.Advisory
	Notes       []*compat.Note
	Sources     []*compat.Source
	Exports     []Export
	Ask         template.URL // the form for it
}

func (*Release) name() string { return "release" }

// ReleaseKind is what a release lists of a kind.
type ReleaseKind struct {
	*compat.Kind
	Listed []Listed
}

// Listed is a statement, and the question that asks for it.
type Listed struct {
	*compat.Listing
	Query template.URL
	Life  compat.LifecycleAnswer // of its versions, today
}

// NeedGroup is what one way to run a release needs.
type NeedGroup struct {
	Name  string
	Needs []compat.Need
}

// Export is a form in which a release can be taken away.
type Export struct{ Name, Href string }

// Technologies is the page of all technologies.
type Technologies struct {
	Frame
	Words string
	Kinds []TechnologyKind
}

func (*Technologies) name() string { return "technologies" }

// TechnologyKind is the technologies of a kind.
type TechnologyKind struct {
	*compat.Kind
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
	*compat.Period
	State compat.LifecycleState
}

// Compare is the page of what changes between two releases.
type Compare struct {
	Frame
	Question
	From, To string
	Compared *compat.Comparison // nil where there is no question yet
	Kinds    []ComparedKind
	Problem  *Problem
}

func (*Compare) name() string { return "compare" }

// ComparedKind is what changes in one kind.
type ComparedKind struct {
	*compat.Kind
	Changes []compat.Difference
}
