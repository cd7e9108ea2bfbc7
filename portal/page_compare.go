package portal

import (
	"slices"

	"github.com/testedon/testedon/api/question"
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
var compareRoute = route{"/compare", "compare", pageParams{names: []string{"product", "from", "to"}, question: true}, func(s *Site, v *question.View, in address) (Page, error) {
	form, q, err := readForm(v, in, "/compare")
	page := &Compare{Frame: frameOf(v, in, "Compare two releases", "What a release adds and drops in comparison with another."),
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
	for i := range compared.Changes {
		d := compared.Changes[i]
		if n := len(page.Kinds); n == 0 || page.Kinds[n-1].ID != d.Technology.Kind {
			page.Kinds = append(page.Kinds, ComparedKind{Kind: v.Kind(d.Technology.Kind)})
		}
		last := &page.Kinds[len(page.Kinds)-1]
		last.Changes = append(last.Changes, d)
	}
	return nil
}
