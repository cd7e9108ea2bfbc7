package question_test

import (
	"net/url"
	"slices"
	"testing"

	"github.com/testedon/testedon/api/question"
	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/compat/requirement"
	"github.com/testedon/testedon/internal/sample"
)

// TestParameters: the value of each parameter goes to where its name says, and stands under
// that name in the address of the question; no two share a place.
func TestParameters(t *testing.T) {
	v := question.NewView(sample.Build(t, sample.Small()), "test")
	names := slices.Concat(question.Fields, question.ResourceFields)
	asked := url.Values{}
	for _, name := range names {
		asked.Set(name, "the "+name)
	}
	q := v.Question()
	if err := q.FromQuery(asked.Encode()); err != nil {
		t.Fatal(err)
	}
	if q.Product != "the product" || q.Release != "the release" || q.Require != "the require" || q.Deployment != "the deployment" {
		t.Errorf("%+v", q.Params)
	}
	if got, err := url.ParseQuery(q.Query()); err != nil || got.Encode() != asked.Encode() {
		t.Errorf("%s is asked as %s (%v)", asked.Encode(), q.Query(), err)
	}
	amounts := wire.Each(requirement.Askable, func(r fact.Resource) string { return string(r) })
	if want := append(amounts, "deployment"); !slices.Equal(question.ResourceFields, want) {
		t.Errorf("the resources are %q, not %q", question.ResourceFields, want)
	}
	if known := wire.NamesOf(question.ParamTable.Params); len(known) != len(names) {
		t.Errorf("of %q, %q are read", known, names)
	}
}
