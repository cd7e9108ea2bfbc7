package fact

// Advisory is a caveat that touches some technologies, and perhaps only one
// platform, product or release. It applies where one of Applies is part of an
// environment and, where With names any, one of those is as well.
type Advisory struct {
	ID         string   `json:"id"`
	Severity   Severity `json:"severity"`
	Title      string   `json:"title"`
	Text       string   `json:"text"`
	Workaround string   `json:"workaround,omitempty"`
	// Settings are what the workaround sets.
	Settings []Setting `json:"settings,omitempty"`
	Scope
	Applies []Target `json:"applies"`
	With    []Target `json:"with,omitempty"`
	// Incompatible says that the two sides do not work together: an environment
	// of both is incompatible. It needs With; that one technology does not work
	// is a claim.
	Incompatible bool     `json:"incompatible,omitempty"`
	Citation     Citation `json:"citation"`
}

func (a *Advisory) statements(visit func(Statement)) {
	visit(Statement{List: "Advisories", Citation: a.Citation, Scope: a.Scope, Touched: a.Applies})
}

// Severity grades an advisory.
type Severity string

// The severities, mildest first.
const (
	SeverityInfo    Severity = "info"
	SeverityWarning Severity = "warning"
	SeverityError   Severity = "error"
)

// Setting is a value to set in a file.
type Setting struct {
	File  string `json:"file"`           // "<PRODUCT_HOME>/repository/conf/carbon.xml"
	Name  string `json:"name,omitempty"` // of the property; empty for a line of the file
	Value string `json:"value"`
}

// Target is a technology and a range of its versions.
type Target struct {
	Technology string `json:"technology"`
	Version    string `json:"version,omitempty"` // empty means every version
}
