package fact

// Kind is one dimension of an environment, such as the operating system.
type Kind struct {
	ID      string   `json:"id"`                // "os"
	Name    string   `json:"name"`              // "operating system"
	Plural  string   `json:"plural"`            // "operating systems"
	Order   int      `json:"order"`             // position in answers, from 1
	Aliases []string `json:"aliases,omitempty"` // other names a caller may use: "database" for dbms
	Example string   `json:"example,omitempty"` // what a caller may ask, as the first thing shown: "RHEL 9"
	// Baseline is the ID of the technology that pages take for granted: x86-64. It is
	// not weighed where a release says nothing of it; see [Answer.Assumed].
	Baseline string `json:"baseline,omitempty"`
}
