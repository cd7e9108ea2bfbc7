package fact

// Release is one published version of a product.
type Release struct {
	Product string   `json:"product"`
	Version string   `json:"version"`
	Aliases []string `json:"aliases,omitempty"`
	// Deployments are the ways to run it that its requirements tell apart.
	Deployments []Deployment `json:"deployments,omitempty"`
	Profiles    []Profile    `json:"profiles,omitempty"`
}

func (r *Release) statements(visit func(Statement)) {
	for i := range r.Profiles {
		visit(Statement{List: "Profiles", Citation: r.Profiles[i].Citation, Scope: Scope{Product: r.Product, Release: r.Version}})
	}
}

// Profile is a runtime that a release has besides its default one.
type Profile struct {
	ID       string   `json:"id"`   // "micro-integrator"
	Name     string   `json:"name"` // "Micro Integrator"
	Aliases  []string `json:"aliases,omitempty"`
	Offset   int      `json:"offset,omitempty"` // by which it moves every port unless told otherwise
	Citation Citation `json:"citation"`
}

// Names are the names a profile is found by.
func (p *Profile) Names() []string { return append([]string{p.ID, p.Name}, p.Aliases...) }

// ID identifies a release in a dataset.
func (r *Release) ID() string { return r.Product + "/" + r.Version }
