package portal

import (
	"github.com/testedon/testedon/compat"
)

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
