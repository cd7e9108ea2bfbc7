package portal

import (
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/compat/survey"
)

// Compare is the page of what changes between two releases.
type Compare struct {
	Frame
	Question
	From, To string
	Compared *survey.Comparison // nil where there is no question yet
	Kinds    []ComparedKind
	Problem  *Problem
}

func (*Compare) name() string { return "compare" }

// ComparedKind is what changes in one kind.
type ComparedKind struct {
	*fact.Kind
	Changes []survey.Difference
}
