package api

import (
	"encoding/csv"
	"strconv"

	"github.com/testedon/testedon/api/answers"
	"github.com/testedon/testedon/api/question"
	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/compat/plan"
)

// TestPlan is the environments to exercise a release with: what [appendPlan]
// writes.
type TestPlan struct {
	ReleaseName
	// Strategy says which combinations there are.
	Strategy string `json:"strategy" example:"pairwise" enums:"all,pairwise,each"`
	// Summary says in a sentence what the plan exercises.
	Summary string `json:"summary" example:"86 environments cover every pair of values at least once, of 6 operating systems, 12 JDKs, 7 databases and 2 processor architectures that WSO2 Micro Integrator 4.4.0 lists; all combinations would be 1008."`
	// Kinds are the dimensions, in order.
	Kinds []PlannedKind `json:"kinds" validate:"max=1000"`
	// Total is how many environments there are.
	Total int `json:"total" example:"86" minimum:"0" maximum:"10000"`
	// Combinations is how many all of them would be; where there are more, the most that every program reads exactly.
	Combinations int64 `json:"combinations" example:"1008" minimum:"0" maximum:"9007199254740991"`
	// Items are the environments. Each has a member for each kind.
	Items     []map[string]PlannedValue `json:"items" validate:"max=10000"`
	Catalogue answers.CatalogueRef      `json:"catalogue"`
} // @name TestPlan

// PlannedKind is a dimension of a test plan.
type PlannedKind struct {
	Kind string `json:"kind" example:"os"`
	Name string `json:"name" example:"operating system"`
	// Values is how many technologies and versions of it are listed.
	Values int `json:"values" example:"6" minimum:"1"`
} // @name PlannedKind

// PlannedValue is a technology and versions that a release lists.
type PlannedValue struct {
	// Technology is its id.
	Technology string `json:"technology" example:"rhel"`
	// Version is in the technology's notation; missing where no version is named.
	Version string `json:"version,omitempty" example:"9"`
	// Label is the item as printed; the name of what no page prints.
	Label string `json:"label" example:"Red Hat Enterprise Linux 9"`
	// Assumed says that no page lists it, as all take it for granted; missing where one does.
	Assumed bool `json:"assumed,omitempty" example:"false"`
	// Text asks for it in a check.
	Text string `json:"text" example:"Red Hat Enterprise Linux 9"`
} // @name PlannedValue

// The formats of a test plan.
const (
	formatJSON = "json"
	formatCSV  = "csv"
)

// planChoice says which environments a plan has.
type planChoice struct {
	// Which combinations to take.
	Strategy strategy `query:"strategy" usual:"pairwise" example:"each"`
	// Only these kinds: ids or other names of them. Without it, every one that the release lists.
	Kind []string `query:"kind" example:"jdk"`
}

// planParams say which environments a plan has, and how it is written.
type planParams struct {
	planChoice
	// How to write it; without it, what `Accept` prefers of JSON and CSV.
	Format planFormat `query:"format" example:"json"`
}

// strategy is one of those of a plan.
type strategy string

// Words are all strategies.
func (strategy) Words() []string {
	return wire.Each(plan.Strategies, func(s plan.Strategy) string { return string(s) })
}

// planFormat names a format of a plan.
type planFormat string

// Words are the names of all formats.
func (planFormat) Words() []string { return []string{formatJSON, formatCSV} }

// @Summary		Get the environments to test a release with
// @Description	Combines what the release lists as tested, supported or compatible to environments to exercise it with: `all` combinations; `pairwise`, in which every two values of different kinds are together at least once; or `each` value at least once. The same question gives the same plan. A plan has at most 10000 environments.
// @Description
// @Description	What every page takes for granted, such as x86-64, is a value of its kind, too, where the release lists another one.
// @Description
// @Description	As CSV, by `format` or `Accept: text/csv`, the first row names the kinds, and each cell is a text that `/v1/check` reads.
// @Tags			release
// @ID				getTestPlan
// @Success		200			{object}	TestPlan	"The environments"
// @Router			/v1/products/{product}/releases/{release}/test-plan [get]
func getTestPlan(v *view, in wire.Input, r *compat.Release, p planParams) (*wire.File, error) {
	in.Response().Header().Add("Vary", "Accept")
	made, err := p.plan(r)
	switch {
	case err != nil:
		return nil, err
	case p.Format == formatCSV, p.Format == "" && wire.Prefers(in.Request().Header.Values("Accept"), wire.MediaCSV):
		return wire.Written(wire.TypeCSV, func(dst []byte) []byte { return appendTable(dst, made) }), nil
	}
	return wire.Written(wire.TypeJSON, func(dst []byte) []byte { return appendPlan(dst, v, made) }), nil
}

// plan makes the plan of a release.
func (p planChoice) plan(r *compat.Release) (*plan.Plan, error) {
	return plan.New(plan.Question{Release: r, Kinds: p.Kind, Strategy: plan.Strategy(p.Strategy)})
}

// appendPlan appends a plan and a line break.
func appendPlan(dst []byte, v *view, p *plan.Plan) []byte {
	dst = wire.AppendField(dst, `{"product":`, p.Release.Product)
	dst = wire.AppendField(dst, `,"release":`, p.Release.Version)
	dst = wire.AppendField(dst, `,"strategy":`, string(p.Strategy))
	dst = wire.AppendField(dst, `,"summary":`, p.Summary())
	dst = wire.AppendValue(append(dst, `,"kinds":`...), wire.Each(p.Dimensions, func(d plan.Dimension) PlannedKind {
		return PlannedKind{Kind: d.Kind.ID, Name: d.Kind.Name, Values: len(d.Values)}
	}))
	dst = strconv.AppendInt(append(dst, `,"total":`...), int64(len(p.Environments)), 10)
	dst = strconv.AppendInt(append(dst, `,"combinations":`...), p.Combinations, 10)
	dst = appendEnvironments(append(dst, `,"items":`...), p, func(dst []byte, l *compat.Listing) []byte {
		dst = wire.AppendField(dst, `{"technology":`, l.Tech.ID)
		dst = wire.AppendOptional(dst, `,"version":`, l.VersionText())
		dst = wire.AppendField(dst, `,"label":`, l.Label)
		dst = wire.AppendTrue(dst, `,"assumed":`, l.Source == nil)
		return append(wire.AppendField(dst, `,"text":`, l.Query()), '}')
	})
	dst = wire.AppendValue(append(dst, `,"catalogue":`...), v.Catalogue)
	return append(dst, "}\n"...)
}

// appendEnvironments appends the environments, each with a member for each kind, in
// their order.
func appendEnvironments(dst []byte, p *plan.Plan, value func([]byte, *compat.Listing) []byte) []byte {
	dst = append(dst, '[')
	for i, environment := range p.Environments {
		dst = append(wire.Comma(dst, i), '{')
		for k, l := range environment {
			dst = append(wire.AppendString(wire.Comma(dst, k), p.Dimensions[k].Kind.ID), ':')
			dst = value(dst, l)
		}
		dst = append(dst, '}')
	}
	return append(dst, ']')
}

// TestMatrix is a test plan as `strategy.matrix` of GitHub Actions takes it, by `fromJSON`.
type TestMatrix struct {
	// Include are the environments. Each has a member for each kind, a text that `/v1/check` reads.
	Include []map[string]string `json:"include" validate:"max=256"`
} // @name TestMatrix

// @Summary		Get the environments to test a release with for GitHub Actions
// @Description	The test plan as `strategy.matrix` of GitHub Actions takes it from `fromJSON`: at most 256 environments.
// @Tags			release
// @ID				getTestMatrix
// @Success		200			{object}	TestMatrix	"The environments"
// @Router			/v1/products/{product}/releases/{release}/test-plan/github [get]
func getTestMatrix(_ *view, _ wire.Input, r *compat.Release, choice planChoice) (*wire.File, error) {
	p, err := choice.plan(r)
	if err != nil {
		return nil, err
	}
	if len(p.Environments) > plan.MaxJobs {
		return nil, fact.Refuse("strategy", "plan.jobs", plan.MaxJobs, len(p.Environments))
	}
	text := func(dst []byte, l *compat.Listing) []byte { return wire.AppendString(dst, l.Query()) }
	return wire.Written(wire.TypeJSON, func(dst []byte) []byte {
		return append(appendEnvironments(append(dst, `{"include":`...), p, text), "}\n"...)
	}), nil
}

// appendTable appends a plan as CSV; nothing where it has no kinds.
func appendTable(dst []byte, p *plan.Plan) []byte {
	if len(p.Dimensions) == 0 {
		return dst
	}
	table := csv.NewWriter(wire.Writer{To: &dst})
	rows := [][]string{wire.Each(p.Dimensions, func(d plan.Dimension) string { return question.WordOf(*d.Kind) })}
	for _, environment := range p.Environments {
		rows = append(rows, wire.Each(environment, (*compat.Listing).Query))
	}
	_ = table.WriteAll(rows) // memory takes everything
	return dst
}
