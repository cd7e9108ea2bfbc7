package api

import (
	"slices"

	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/compat/requirement"
)

// Requirements is what a release needs.
type Requirements struct {
	// Product is the id of the product.
	Product string `json:"product" example:"ei"`
	// Release is the version of the release.
	Release string `json:"release" example:"6.3.0"`
	// Summary says it in a sentence, whatever the page; also that the documents say nothing, where they do not.
	Summary string `json:"summary" example:"WSO2 Enterprise Integrator 6.3.0 needs, for 3 instances (Physical machine) 8 GB of memory (required)."`
	// Instances is how many instances on one machine are asked about.
	Instances int `json:"instances" example:"3" minimum:"1" maximum:"1000"`
	// Deployments are all the ways to run it that the documents tell apart.
	Deployments []Deployment `json:"deployments" validate:"max=1000"`
	wire.Page
	// Items are in the order of deployments, resources and levels, unless another is asked for.
	Items     []Requirement `json:"items" validate:"max=10000"`
	Catalogue CatalogueRef  `json:"catalogue"`
} // @name Requirements

// Deployment is a way to run a release.
type Deployment struct {
	ID   string `json:"id" example:"physical"`
	Name string `json:"name" example:"Physical machine"`
	// Aliases are further names it goes by.
	Aliases []string `json:"aliases" example:"bare metal" validate:"max=1000"`
} // @name Deployment

// Requirement is what a release needs of one resource in one way to run it.
type Requirement struct {
	ID string `json:"id" example:"carbon/physical/memory/required"`
	// Deployment is the id of the way to run it.
	Deployment string `json:"deployment" example:"physical"`
	Resource   string `json:"resource" example:"memory" enums:"cores,clock,memory,heap,disk,machine"`
	// Level is how the document states it: no less will do (minimum), listed without that word (required), advised (recommended), or said to be enough (sufficient).
	Level string `json:"level" example:"required" enums:"minimum,required,recommended,sufficient"`
	// Amount is for the instances asked about.
	Amount Quantity `json:"amount"`
	// Basis says where the amount comes from: the document states it for that many instances (stated), its rule for several makes it (computed), or it is stated for one instance and no rule for several is (single).
	Basis string `json:"basis" example:"computed" enums:"stated,computed,single"`
	// Arithmetic shows how a computed amount comes about.
	Arithmetic string `json:"arithmetic,omitempty" example:"2 GB for the operating system + 3 × 2 GB for each JVM = 8 GB"`
	// Printed is the item as printed.
	Printed string `json:"printed" example:"4 GB RAM (2 GB for JVM and 2 GB for the operating system)"`
	// Stated is the amount as the document states it.
	Stated Quantity `json:"stated"`
	// Instances is how many instances the document states it for.
	Instances int      `json:"instances" example:"1" minimum:"1" maximum:"1000"`
	Example   *Example `json:"example,omitempty"`
	// Approximate says that the document gives the amount as a rough one.
	Approximate bool `json:"approximate" example:"false"`
	// Each says that every instance needs the amount.
	Each bool `json:"each" example:"false"`
	// Shares are the parts of the stated amount that the document tells apart, which are its rule for several instances.
	Shares []Share `json:"shares" validate:"max=100"`
	// Type is that of a machine.
	Type string `json:"type,omitempty" example:"c5.large"`
	// Of is whose it is, where the document says.
	Of string `json:"of,omitempty" example:"the container or pod"`
	// When is the use that it is stated for; missing where it is every one.
	When string `json:"when,omitempty" example:"complex integrations"`
	// Note is what the document adds.
	Note string `json:"note,omitempty" example:"The requirements vary with larger message sizes and the number of messages processed concurrently."`
	// Inherited is the id of the platform that it is stated about; missing where it is stated about the release itself.
	Inherited string   `json:"inherited,omitempty" example:"carbon"`
	Source    Citation `json:"source"`
} // @name Requirement

// Example is what the document states for just as many instances as are asked
// about, where its rule makes the amount too.
type Example struct {
	Amount    Quantity `json:"amount"`
	Instances int      `json:"instances" example:"3" minimum:"2" maximum:"1000"`
	Printed   string   `json:"printed" example:"8 GB RAM (2 GB for the operating system and 6 GB (2 GB for each WSO2 product instance))"`
	Source    Citation `json:"source"`
} // @name Example

// Share is a part of a required amount.
type Share struct {
	Amount Quantity `json:"amount"`
	// For says what needs it.
	For string `json:"for" example:"the operating system"`
	// Each says that it is needed once for each instance, not once for the machine.
	Each bool `json:"each" example:"false"`
} // @name Share

// Quantity is an amount with its unit, or a range of amounts.
type Quantity struct {
	// Value is the amount; the lower end of a range.
	Value float64 `json:"value" example:"8" minimum:"0"`
	// To is the upper end of a range; missing where it is none.
	To float64 `json:"to,omitempty" example:"1.2" minimum:"0"`
	// Unit measures both. A GB is 10^9 bytes and a GiB 2^30; m are thousandths of a core.
	Unit string `json:"unit" example:"GB" enums:"cores,m,B,kB,MB,GB,TB,KiB,MiB,GiB,TiB,MHz,GHz,machines"`
	// Text is all of it in one.
	Text string `json:"text" example:"8 GB"`
} // @name Quantity

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
		wire.Word("resource", fixed(fact.Resources), func(_ *view, n needAt) string { return string(n.Resource) }),
		wire.Word("level", fixed(fact.Levels), func(_ *view, n needAt) string { return string(n.Level) }),
	},
	Beside: []wire.Param{wire.Once("deployment"), wire.Once("instances")},
}

// getRequirements gives what a release needs.
//
//	@Summary		Get the system requirements of a release
//	@Description	What the release needs of processors, memory, heap and disk in each way to run it that the documents tell apart. What is minimum, required, recommended or said to be sufficient is kept apart, and each amount stands with the text as printed.
//	@Description
//	@Description	`instances` asks for several instances on one machine. Where a document gives a rule for that, the amount is computed by it and the arithmetic is shown.
//	@Tags			release
//	@ID				getRequirements
//	@Produce		json
//	@Param			product		path		string	true	"The product: id, name or alias."	example(ei) minlength(1) maxlength(200)
//	@Param			release		path		string	true	"The release: version or alias."	example(6.3.0) minlength(1) maxlength(200)
//	@Param			deployment	query		string	false	"A way to run it: id, name or alias. Without it, all of them."	example(physical) minlength(1) maxlength(200)
//	@Param			instances	query		int		false	"How many instances run on one machine."	example(3) default(1) minimum(1) maximum(1000)
//	@Param			resource	query		[]string	false	"Only those of this resource: `cores`, `clock`, `memory`, `heap`, `disk` or `machine`."	collectionFormat(multi) minlength(1) maxlength(200)
//	@Param			level		query		[]string	false	"Only those stated like this: `minimum`, `required`, `recommended` or `sufficient`."	collectionFormat(multi) minlength(1) maxlength(200)
//	@Param			sort	query		string	false	"The order. A hyphen before it turns it round."	Enums(deployment, -deployment, resource, -resource, level, -level) default(deployment)
//	@Param			limit	query		int		false	"How many items a page has at most; without it, there is one page with all of them."	minimum(1) maximum(1000)
//	@Param			cursor	query		string	false	"Where the page begins. Do not make one up: take it from the `Link` header, which has the whole address of the next page."	minlength(1) maxlength(8192)
//	@Success		200			{object}	Requirements	"A page of the requirements"
//	@Header			200			{string}	ETag	"Changes with the catalogue and the build"
//	@Header			200	{string}	Link	"Leads to the next page (`rel=\"next\"`), the one before (`prev`) and the first (`first`), where there are any, and to the contract"
//	@Success		304			"The client has this answer already"
//	@Failure		400			{object}	wire.Problem	"There is no such deployment, that many instances cannot be asked about, a name cannot be read, or a parameter is unknown or has a value that it does not take; the problem names it"
//	@Failure		404			{object}	wire.Problem	"No such product or release; the problem offers the nearest ones"
//	@Failure		500			{object}	wire.Problem	"A fault of the server"
//	@Failure		503			{object}	wire.Problem	"Not available"
//	@Router			/v1/products/{product}/releases/{release}/requirements [get]
func getRequirements(v *view, in wire.Input) (any, error) {
	r, err := v.ReleaseOf(in)
	if err != nil {
		return nil, err
	}
	instances, err := in.Integers("instances", 1, requirement.MaxInstances)
	if err != nil {
		return nil, err
	}
	stated := r.Stated()
	found, err := stated.Requirements(in.One("deployment"), append(instances, 1)[0]) // one, where none are asked about
	if err != nil {
		return nil, err
	}
	page, err := requirementList.Page(v, in, places(found))
	if err != nil {
		return nil, err
	}
	return Requirements{
		Product: r.Product, Release: r.Version, Summary: found.Summary, Instances: found.Instances, Catalogue: v.Catalogue,
		Deployments: wire.Each(found.Deployments, deployment),
		Page:        page.Page,
		Items:       wire.Each(page.Items, func(n needAt) Requirement { return v.requirement(n.Need) }),
	}, nil
}

// places numbers requirements and their deployments.
func places(found *requirement.Requirements) []needAt {
	all := make([]needAt, len(found.Needs))
	for i, n := range found.Needs {
		all[i] = needAt{n, slices.Index(found.Deployments, n.Of), i}
	}
	return all
}

func (v *View) requirement(n requirement.Need) Requirement {
	q := n.Requirement
	return Requirement{
		ID: q.ID, Deployment: q.Deployment, Resource: string(q.Resource), Level: string(q.Level),
		Amount: quantity(n.Needed), Basis: string(n.Basis), Arithmetic: n.Arithmetic,
		Printed: q.Printed, Stated: quantity(q.Amount), Instances: max(1, q.Instances), Example: v.example(n.Example),
		Approximate: q.Approximate, Each: q.Each, Shares: wire.Each(q.Shares, share), Type: q.Type, Of: q.Of, When: q.When, Note: q.Note,
		Inherited: q.Platform, Source: cite(q.Citation, n.Source),
	}
}

// example gives what is stated for several instances; nil where nothing is.
func (v *View) example(q *fact.Requirement) *Example {
	if q == nil {
		return nil
	}
	return &Example{Amount: quantity(q.Amount), Instances: q.Instances, Printed: q.Printed, Source: v.cite(q.Citation)}
}

func share(s fact.Share) Share {
	return Share{Amount: quantity(s.Amount), For: s.For, Each: s.Each}
}

func quantity(q fact.Quantity) Quantity {
	made := Quantity{Value: fact.Number(q.Low), Unit: q.Unit, Text: q.String()}
	if q.High != q.Low {
		made.To = fact.Number(q.High)
	}
	return made
}

func deployment(d *fact.Deployment) Deployment {
	return Deployment{ID: d.ID, Name: d.Name, Aliases: wire.List(d.Aliases)}
}
