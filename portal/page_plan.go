package portal

import (
	"html/template"
	"net/url"

	"github.com/testedon/testedon/api/question"
	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/compat/plan"
)

// Plan is the page of the environments to test a release with.
type Plan struct {
	Frame
	Release  *compat.Release
	Kinds    []*fact.Kind // to choose from
	Strategy string
	Plan     *plan.Plan // nil where there is none
	Rows     []PlanRow  // the first of its environments
	Whole    string     // the address of all of them, to which a format is added
	Matrix   string     // that of them as GitHub Actions takes them
	MaxJobs  int        // of a matrix of GitHub Actions
}

// PlanRow is an environment, and the question about it.
type PlanRow struct {
	Values []*compat.Listing
	Query  template.URL
}

// maxPlanRows is how many environments of a plan the page shows.
const maxPlanRows = 200

// planRoute is the page of the environments to test a release with.
var planRoute = route{path: "/products/:product/:release/test-plan", name: "plan", takes: pageParams{names: []string{"strategy", "kind"}}, expensive: true, draw: func(s *Site, v *question.View, in address) (Page, error) {
	r, err := releaseAt(v, in)
	if err != nil {
		return nil, err
	}
	in.Query = in.Without() // a copy
	if in.One("strategy") == "" {
		in.Query["strategy"] = []string{string(plan.Pairwise)}
	}
	planPath := "/v1" + productPath(r) + "/test-plan"
	page := &Plan{Frame: s.frameOf(v, in, "portal.plan", r.Title()), Release: r, Kinds: r.Kinds(), Strategy: in.One("strategy"),
		Whole: planPath + "?" + in.Without().Encode() + "&format=", Matrix: planPath + "/github?" + in.Without().Encode(), MaxJobs: plan.MaxJobs}
	if err = in.CheckTexts(); err == nil {
		page.Plan, err = plan.New(plan.Question{Release: r, Kinds: in.Query["kind"], Strategy: plan.Strategy(page.Strategy)})
	}
	if err != nil {
		page.fail(s.told(in, err))
		return page, nil
	}
	page.Description = page.Plan.Summary()
	page.Rows = wire.Each(page.Plan.Environments[:min(len(page.Plan.Environments), maxPlanRows)], func(e []*compat.Listing) PlanRow {
		query := releaseQuery(r)
		for _, l := range e {
			query += Parameters("&" + url.QueryEscape(v.Word(l.Tech.Kind)) + "=" + url.QueryEscape(l.Query()))
		}
		return PlanRow{e, query}
	})
	return page, nil
}}
