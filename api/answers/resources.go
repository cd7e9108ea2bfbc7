package answers

import (
	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/compat/requirement"
)

// Resources says whether an environment offers what the release needs.
type Resources struct {
	// Deployment is the id of the one asked about; missing where none was.
	Deployment string `json:"deployment,omitempty" example:"centralized"`
	// Met says whether nothing is below what is required: in the deployment asked about or, where none was, in all of them.
	Met bool `json:"met" example:"true"`
	// Items are by deployment, in the order of cores, memory and disk.
	Items []Resource `json:"items" validate:"max=10000"`
	// Unchecked are the resources that are needed and were not asked about.
	Unchecked []string `json:"unchecked" example:"disk" validate:"max=100"`
} // @name Resources

// Resource is how the amount of one resource compares with what one deployment
// needs.
type Resource struct {
	Resource string `json:"resource" example:"memory" enums:"cores,memory,disk"`
	// Asked is the text as it was asked.
	Asked string `json:"asked" example:"4GB"`
	// Amount is what was understood.
	Amount Quantity `json:"amount"`
	// Deployment is the id of the way to run the release; missing where the documents tell none apart.
	Deployment string `json:"deployment,omitempty" example:"centralized"`
	// Status says whether it is all that is stated of the resource (met), what is required but not what is recommended (below_recommended), or less than required (not_met), or that the documents say nothing of it (not_stated).
	Status string `json:"status" example:"met" enums:"met,below_recommended,not_met,not_stated"`
	// Why explains the status.
	Why string `json:"why" example:"4 GB of memory: enough for the required 2 GB."`
	// Needs are the requirements that it was held against.
	Needs []Requirement `json:"needs" validate:"max=1000"`
} // @name Resource

func (v *View) resources(a *requirement.ResourcesAnswer) Resources {
	return Resources{
		Deployment: deploymentID(a.Deployment), Met: a.Met,
		Items:     wire.Each(a.Items, v.resource),
		Unchecked: wire.Each(a.Unchecked, func(r fact.Resource) string { return string(r) }),
	}
}

func (v *View) resource(a requirement.ResourceAnswer) Resource {
	return Resource{
		Resource: string(a.Resource), Asked: a.Text, Amount: quantity(a.Amount), Deployment: deploymentID(a.Of),
		Status: string(a.Status), Why: a.Why, Needs: wire.Each(a.Needs, v.Requirement),
	}
}

// deploymentID is that of a way to run a release; empty for none.
func deploymentID(d *fact.Deployment) string {
	if d == nil {
		return ""
	}
	return d.ID
}
