package api

import (
	"slices"

	"github.com/testedon/testedon/api/answers"
	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/compat/requirement"
)

// Requirements is what a release needs.
type Requirements struct {
	ReleaseName
	// Summary says it in a sentence, whatever the page; also that the documents say nothing, where they do not.
	Summary string `json:"summary" example:"WSO2 Enterprise Integrator 6.3.0 needs, for 3 instances (Physical machine) 8 GB of memory (required)."`
	// Instances is how many instances on one machine are asked about.
	Instances int `json:"instances" example:"3" minimum:"1" maximum:"1000"`
	// Deployments are all the ways to run it that the documents tell apart.
	Deployments []answers.Deployment `json:"deployments" validate:"max=1000"`
	wire.Page
	// Items are in the order of deployments, resources and levels, unless another is asked for.
	Items     []answers.Requirement `json:"items" validate:"max=10000"`
	Catalogue answers.CatalogueRef  `json:"catalogue"`
} // @name Requirements

// needAt is a requirement and its place: that of its deployment, and its own among all of
// its release, which parts those of one deployment, resource and level.
type needAt struct {
	requirement.Need
	deployment, at int
}

// requirementList is the list of what a release needs.
var requirementList = &collection[needAt]{
	Key:   func(n needAt) string { return n.ID },
	Usual: "deployment",
	Orders: []order[needAt]{
		wire.By("deployment", func(_ *view, n needAt) string {
			return wire.Ranked(n.deployment) + wire.Among(fact.Resources, n.Resource) + wire.Among(fact.Levels, n.Level) + wire.Ranked(n.at)
		}),
		wire.By("resource", func(_ *view, n needAt) string { return wire.Among(fact.Resources, n.Resource) }),
		wire.By("level", func(_ *view, n needAt) string { return wire.Among(fact.Levels, n.Level) }),
	},
	Filters: []filter[needAt]{
		wire.OneOf("resource", "Only those of this resource.", fact.Resources, func(_ *view, n needAt) string { return string(n.Resource) }),
		wire.OneOf("level", "Only those stated like this.", fact.Levels, func(_ *view, n needAt) string { return string(n.Level) }),
	},
}

// requirementParams say how the release is run.
type requirementParams struct {
	// A way to run it: id, name or alias. Without it, all of them.
	Deployment string `query:"deployment" example:"physical"`
	// How many instances run on one machine.
	Instances int `query:"instances" min:"1" max:"1000" usual:"1" example:"3"`
}

// @Summary		Get the system requirements of a release
// @Description	What the release needs of processors, memory, heap and disk in each way to run it that the documents tell apart. What is minimum, required, recommended or said to be sufficient is kept apart, and each amount stands with the text as printed.
// @Description
// @Description	`instances` asks for several instances on one machine. Where a document gives a rule for that, the amount is computed by it and the arithmetic is shown.
// @Tags			release
// @ID				listReleaseRequirements
// @Success		200			{object}	Requirements	"A page of the requirements"
// @Router			/v1/products/{product}/releases/{release}/requirements [get]
func listReleaseRequirements(v *view, in wire.Input, r *compat.Release, p requirementParams) (*wire.File, error) {
	stated := r.Stated()
	found, err := stated.Requirements(p.Deployment, p.Instances)
	if err != nil {
		return nil, err
	}
	at := -1
	page, err := requirementList.Page(v, in, wire.Each(found.Needs, func(n requirement.Need) needAt {
		at++
		return needAt{n, slices.Index(found.Deployments, n.Of), at}
	}))
	if err != nil {
		return nil, err
	}
	return wire.JSON(Requirements{
		ReleaseName: ReleaseName{r.Product, r.Version}, Summary: found.Summary, Instances: found.Instances, Catalogue: v.Catalogue,
		Deployments: wire.Each(found.Deployments, answers.DeploymentOf),
		Page:        page.Page,
		Items:       wire.Each(page.Items, func(n needAt) answers.Requirement { return v.RequirementOf(&n.Need) }),
	}), nil
}
