package proposal

import "github.com/testedon/testedon/compat/fact"

// Finding is a statement whose technology, or resource, is known.
type Finding struct {
	Kind string `json:"kind"`
	// Technology is its ID; for a requirement the resource.
	Technology string      `json:"technology"`
	Label      string      `json:"label"`
	Version    string      `json:"version"`
	Status     fact.Status `json:"status"`
	Section    string      `json:"section"`
	Line       int         `json:"line"`
	Page       string      `json:"page"`
	When       string      `json:"when,omitempty"`
	With       string      `json:"with,omitempty"` // the other side of an incompatibility, as printed
	Product    string      `json:"product,omitempty"`
	Release    string      `json:"release,omitempty"` // where several are proposed
	Quote      string      `json:"quote,omitempty"`

	// Together is what When asks for, where technologies and versions tell it.
	Together []fact.Target `json:"together,omitempty"`

	one   target            // the technology and its versions
	other target            // what an incompatibility is with
	need  *fact.Requirement // for a requirement
	in    string            // the deployment of it, as printed
}

// Unresolved is a statement that nothing is made of.
type Unresolved struct {
	Text       string   `json:"text"`
	Section    string   `json:"section"`
	Line       int      `json:"line"`
	Reason     string   `json:"reason"`
	Page       string   `json:"page"`
	Kind       string   `json:"kind,omitempty"`       // what the page lists there
	Candidates []string `json:"candidates,omitempty"` // what may be meant
	Name       string   `json:"name,omitempty"`       // of the technology that the catalogue does not have

	version string // as printed
}

// LeftOut is a statement about another product or release; a remark, where neither is named.
type LeftOut struct {
	Text    string `json:"text"`
	Product string `json:"product,omitempty"` // as printed
	Release string `json:"release,omitempty"` // as printed
	Line    int    `json:"line"`
	Page    string `json:"page"`
}

// The ways in which a catalogue may change.
const (
	Added     = "added"
	Changed   = "changed"
	Withdrawn = "withdrawn"
)

// Change is one thing that a catalogue would state differently.
type Change struct {
	Change     string      `json:"change"`
	Kind       string      `json:"kind"`
	Technology string      `json:"technology"`
	Label      string      `json:"label"`
	Status     fact.Status `json:"status"`        // the one to come; of what is withdrawn, the one it had
	Was        string      `json:"was,omitempty"` // what changes: a status, an amount
	With       string      `json:"with,omitempty"`
	Section    string      `json:"section,omitempty"`
	Page       string      `json:"page,omitempty"`    // empty where no page states it any longer
	Line       int         `json:"line"`              // 0 where no page states it
	Release    string      `json:"release,omitempty"` // where several are proposed

	now  *Finding          // nil for what is withdrawn
	was  *fact.Claim       // nil for what is added
	need *fact.Requirement // that changes
	pair *pair             // of an incompatibility that is withdrawn
}

// Held is a claim that stays, though no page states it in words that are
// understood.
type Held struct {
	Label   string `json:"label"`
	Because string `json:"because"` // what may be meant by it, with its place
}
