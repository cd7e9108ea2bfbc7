package portal

// ProblemKind is the page that explains a kind of problem.
type ProblemKind struct {
	Frame
	Heading string // "Unknown release"
	Meaning string // when it arises
	Mend    string // what to do
	Type    string // its address, as problems name it
	HTTP    string // the status, "404 Not Found"
	Example string // such a problem as JSON
}

func (*ProblemKind) name() string { return "kind" }
