package portal

import (
	"slices"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
)

// Products is the page of all products.
type Products struct {
	Frame
	Items []*compat.Product
}

func (*Products) name() string { return "products" }

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
	Hidden bool // by the filter
}

// Filter is what of a matrix is shown.
type Filter struct {
	Kind  string
	Words string       // within the names of technologies
	Kinds []*fact.Kind // to choose from
}

// MatrixKind is the rows of one kind.
type MatrixKind struct {
	*fact.Kind
	Rows []MatrixRow
}

// MatrixRow is what the releases state of one technology; the cells are in the order
// of the columns.
type MatrixRow struct {
	*compat.Technology
	Cells [][]*compat.Listing
}
