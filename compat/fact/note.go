package fact

// Note is a statement about how a release is installed, run or operated that is
// neither a number nor a caveat about a technology.
type Note struct {
	ID string `json:"id"` // unique; "carbon/unprivileged-user"
	Scope
	Topic    string    `json:"topic"` // "security"; topics are data
	Title    string    `json:"title"`
	Text     string    `json:"text"`
	Path     string    `json:"path,omitempty"` // the file or folder it is about
	Settings []Setting `json:"settings,omitempty"`
	Citation Citation  `json:"citation"`
}

func (n *Note) statements(visit func(Statement)) {
	visit(Statement{List: "Notes", Citation: n.Citation, Scope: n.Scope})
}
