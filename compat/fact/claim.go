package fact

// Claim is one statement of a source about a release and a technology, or about
// a platform and a technology.
type Claim struct {
	ID         string `json:"id"`                 // unique; "mi/4.4.0/rhel/9"
	Platform   string `json:"platform,omitempty"` // instead of a product and a release
	Product    string `json:"product,omitempty"`
	Release    string `json:"release,omitempty"`
	Technology string `json:"technology"`
	Label      string `json:"label"`             // the item as printed, "Red Hat Enterprise Linux 9"
	Version    string `json:"version,omitempty"` // its version as printed, "9"; empty means every version
	When       string `json:"when,omitempty"`    // what else has to be true, in words: "latest releases", "on Ubuntu 24.04"
	// With is When where versions tell it: of each kind that is named here, all
	// components have to lie within one of the technologies named of it.
	With   []Target `json:"with,omitempty"`
	Status Status   `json:"status"`
	// Exclusive says that the page names everything of this kind that counts, so
	// that what it leaves out is left out on purpose, the kind's baseline as well.
	Exclusive bool `json:"exclusive,omitempty"`
	Term
	// Earlier are the times before it in which the source stated the same, in their order;
	// each has ended.
	Earlier []Term `json:"earlier,omitempty"`
	// Position orders the claims of one release as their pages print them.
	Position int      `json:"position,omitempty"`
	Citation Citation `json:"citation"`
}

func (c *Claim) statements(visit func(Statement)) {
	visit(Statement{List: "Claims", Citation: c.Citation, Scope: c.Scope()})
}

// Scope says what the claim is about.
func (c *Claim) Scope() Scope {
	return Scope{Platform: c.Platform, Product: c.Product, Release: c.Release}
}

// Status is what a claim says about a release and a technology.
type Status string

// The statuses, as the pages state them.
const (
	StatusTested         Status = "tested"
	StatusSupported      Status = "supported"
	StatusRequired       Status = "required" // "needs JDK 21"
	StatusCompatible     Status = "compatible"
	StatusRecommended    Status = "recommended"
	StatusShipped        Status = "shipped"    // the vendor's own image of the release runs on it; see [Image]
	StatusDeprecated     Status = "deprecated" // it still works, and will go
	StatusNotRecommended Status = "not_recommended"
	StatusNotTested      Status = "not_tested"
	StatusOutOfSupport   Status = "out_of_support"
	StatusIncompatible   Status = "incompatible"
	StatusPlanned        Status = "planned" // for later, so that it counts for nothing
)

// Statuses lists every status.
var Statuses = []Status{
	StatusTested, StatusSupported, StatusRequired, StatusCompatible, StatusRecommended, StatusShipped, StatusDeprecated,
	StatusNotRecommended, StatusNotTested, StatusOutOfSupport, StatusIncompatible, StatusPlanned,
}

// Dissuades reports whether a status speaks against something, and does not say that it
// does not work.
func (s Status) Dissuades() bool {
	return s == StatusNotRecommended || s == StatusNotTested || s == StatusOutOfSupport
}
