package answers

// Resources says whether an environment offers what the release needs.
type Resources struct {
	// Deployment is the id of the one asked about; missing where none was.
	Deployment string `json:"deployment,omitempty" from:"Deployment.ID" example:"centralized"`
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
	Asked string `json:"asked" from:"Text" example:"4GB"`
	// Amount is what was understood.
	Amount Quantity `json:"amount"`
	// Deployment is the id of the way to run the release; missing where the documents tell none apart.
	Deployment string `json:"deployment,omitempty" from:"Of.ID" example:"centralized"`
	// Status says whether it is all that is stated of the resource (met), what is required but not what is recommended (below_recommended), or less than required (not_met), or that the documents say nothing of it (not_stated).
	Status string `json:"status" example:"met" enums:"met,below_recommended,not_met,not_stated"`
	// Why explains the status.
	Why string `json:"why" example:"4 GB of memory: enough for the required 2 GB."`
	// Needs are the requirements that it was held against.
	Needs []Requirement `json:"needs" validate:"max=1000"`
} // @name Resource
