package portal

import (
	"slices"

	"github.com/testedon/testedon/api/question"
	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/compat"
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
}

// ComparedKind is what changes in one kind.
type ComparedKind struct {
	*fact.Kind
	Changes []survey.Difference
}

// compareRoute is the page of what changes between two releases.
var compareRoute = route{path: "/compare", name: "compare", takes: pageParams{names: []string{"product", "from", "to"}, question: true}, draw: func(s *Site, v *question.View, in address) (Page, error) {
	form, q, err := readForm(v, in, "/compare")
	page := &Compare{Frame: s.frameOf(v, in, "Compare two releases", "What a release adds and drops in comparison with another."),
		Question: form, From: in.One("from"), To: in.One("to")}
	page.Fields = slices.DeleteFunc(page.Fields, func(f Field) bool { return slices.Contains(question.ResourceFields, f.Name) })
	if err == nil {
		err = compareOn(v, page, q)
	}
	if err != nil {
		page.fail(s.told(in, err))
	}
	return page, nil
}}

// compareOn compares what the page names, if it names all.
func compareOn(v *question.View, page *Compare, q *question.Question) error {
	if page.Product != "" {
		if _, err := v.Product(page.Product); err != nil {
			return err
		}
	}
	if page.Product == "" || page.From == "" || page.To == "" {
		return nil
	}
	q.ReadComponents()
	compared, err := q.Compare(page.Product, page.From, page.To, compat.Require{Worst: fact.Tested})
	if err != nil {
		return err
	}
	page.Compared = compared
	page.Title = compared.Product.Name + " " + compared.From.Version + " → " + compared.To.Version
	page.Kinds = wire.Groups(compared.Changes, func(d survey.Difference) string { return d.Technology.Kind },
		func(kind string, changes []survey.Difference) ComparedKind {
			return ComparedKind{v.Kind(kind), changes}
		})
	return nil
}
