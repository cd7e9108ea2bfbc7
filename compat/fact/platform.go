package fact

// Platform is what several products are built on. What is stated about it is
// inherited by every release of the products that name it.
type Platform struct {
	ID      string   `json:"id"`   // "carbon"
	Name    string   `json:"name"` // "WSO2 Carbon"
	Vendor  string   `json:"vendor"`
	Aliases []string `json:"aliases,omitempty"`
	// Deployments are the ways to run it that its requirements tell apart.
	Deployments []Deployment `json:"deployments,omitempty"`
}

// Deployment is a way to run a release: on a virtual machine, centralized.
type Deployment struct {
	ID      string   `json:"id"`   // "centralized"
	Name    string   `json:"name"` // "Centralized (ESB style)"
	Aliases []string `json:"aliases,omitempty"`
}

// Names are the names a deployment is found by.
func (d *Deployment) Names() []string { return append([]string{d.ID, d.Name}, d.Aliases...) }
