package fact

// Port is a network port that a release listens on unless told otherwise.
type Port struct {
	ID string `json:"id"` // unique; "carbon/servlet-https"
	Scope
	// Name is the same for one port wherever it is stated: the port of a profile
	// stands for that of its release, and a release's for that of its platform.
	Name     string   `json:"name"`               // "servlet-https"
	Number   int      `json:"number"`             // as printed
	Offset   int      `json:"offset,omitempty"`   // that the number as printed includes
	Protocol string   `json:"protocol,omitempty"` // "https"
	Purpose  string   `json:"purpose"`
	File     string   `json:"file,omitempty"` // the configuration file that defines it
	Citation Citation `json:"citation"`
}

func (p *Port) statements(visit func(Statement)) {
	visit(Statement{List: "Ports", Citation: p.Citation, Scope: p.Scope})
}
