package portal

import (
	"slices"

	"github.com/testedon/testedon/api/question"
	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/compat/survey"
)

// Compare is the page of what changes between two releases, or two days of one.
type Compare struct {
	Frame
	Question
	From, To string
	Days     [2]string          // on which they are looked at; empty for today
	Compared *survey.Comparison // nil where there is no question yet
	Kinds    []ComparedKind
}

// ComparedKind is what changes in one kind.
type ComparedKind struct {
	*fact.Kind
	Changes []survey.Difference
}

// compareRoute is the page of what changes between two releases.
var compareRoute = route{path: "/compare", name: "compare", takes: pageParams{names: []string{"product", "from", "to", "fromAsOf", "toAsOf"}, question: true}, draw: func(s *Site, v *question.View, in address) (Page, error) {
	form, q, err := readForm(v, in, "/compare")
	page := &Compare{Frame: s.frameOf(v, in, "Compare two releases or days", "What a release adds and drops in comparison with another, or with itself on another day."),
		Question: form, From: in.One("from"), To: in.One("to"), Days: [2]string{in.One("fromAsOf"), in.One("toAsOf")}}
	page.Fields = slices.DeleteFunc(page.Fields, func(f Field) bool { return slices.Contains(question.ResourceFields, f.Name) })
	if err == nil {
		err = s.compareOn(v, in, page, q)
	}
	if err != nil {
		page.fail(s.told(in, err))
	}
	return page, nil
}}

// compareOn compares what the page names, if it names all.
func (s *Site) compareOn(v *question.View, in address, page *Compare, q *question.Question) error {
	if page.Product != "" {
		if _, err := v.Product(page.Product); err != nil {
			return err
		}
	}
	if page.Product == "" || page.From == "" || page.To == "" {
		return nil
	}
	before, err := s.OnDay(in, v, "fromAsOf", page.Days[0])
	if err != nil {
		return err
	}
	after, err := s.OnDay(in, v, "toAsOf", page.Days[1])
	if err != nil {
		return err
	}
	q.ReadComponents()
	compared, err := q.Compare(page.Product, page.From, page.To, before, after, compat.Require{Worst: fact.Tested})
	if err != nil {
		return err
	}
	page.Compared = compared
	page.Title = compared.Title()
	page.Kinds = wire.Groups(compared.Changes, func(d survey.Difference) string { return d.Technology.Kind },
		func(kind string, changes []survey.Difference) ComparedKind {
			return ComparedKind{v.Kind(kind), changes}
		})
	return nil
}
