package fact

// Requirement is what a release needs of one resource in one way to run it.
type Requirement struct {
	ID string `json:"id"` // unique; "mi/4.4.0/centralized/memory/required"
	Scope
	Deployment  string   `json:"deployment"` // a Deployment's ID
	Resource    Resource `json:"resource"`
	Level       Level    `json:"level"`
	Amount      Quantity `json:"amount"`
	Approximate bool     `json:"approximate,omitempty"` // "~512 MB"
	Printed     string   `json:"printed"`               // the item as printed, "2 GB RAM."
	// Instances is how many instances the amount is stated for, where that is
	// not one: a document's example for three. It is held against Shares.
	Instances int `json:"instances,omitempty"`
	// Each says that every instance needs the amount.
	Each bool `json:"each,omitempty"`
	// Shares are the parts of the amount that the document tells apart. They are
	// its rule for several instances: see [Share].
	Shares   []Share  `json:"shares,omitempty"`
	Type     string   `json:"type,omitempty"` // of a machine, "c5.large"
	Of       string   `json:"of,omitempty"`   // whose it is, where the document says: "the container or pod"
	When     string   `json:"when,omitempty"` // for which use; empty for every one
	Note     string   `json:"note,omitempty"` // what the document adds
	Citation Citation `json:"citation"`
}

func (r *Requirement) statements(visit func(Statement)) {
	visit(Statement{List: "Requirements", Citation: r.Citation, Scope: r.Scope})
}

// Resource is what a requirement is about. The set is closed: each has units of
// its own (see [Quantity]).
type Resource string

// The resources, in the order of answers.
const (
	ResourceCores   Resource = "cores"   // processors; in cores
	ResourceClock   Resource = "clock"   // speed of a processor; in hertz
	ResourceMemory  Resource = "memory"  // of the machine, container or pod; in bytes
	ResourceHeap    Resource = "heap"    // of the Java virtual machine; in bytes
	ResourceDisk    Resource = "disk"    // free space; in bytes
	ResourceMachine Resource = "machine" // of a type that the requirement names; counted
)

// Resources lists every resource, in the order of answers.
var Resources = []Resource{ResourceCores, ResourceClock, ResourceMemory, ResourceHeap, ResourceDisk, ResourceMachine}

// Level says how a document states a requirement.
type Level string

// The levels, strictest first.
const (
	LevelMinimum     Level = "minimum"     // no less will do
	LevelRequired    Level = "required"    // listed as a requirement, without the word minimum
	LevelRecommended Level = "recommended" // advised
	LevelSufficient  Level = "sufficient"  // said to be enough
)

// Levels lists every level, strictest first.
var Levels = []Level{LevelMinimum, LevelRequired, LevelRecommended, LevelSufficient}

// Share is a part of a required amount.
type Share struct {
	Amount Quantity `json:"amount"`
	For    string   `json:"for"`            // "the operating system"
	Each   bool     `json:"each,omitempty"` // needed once for each instance, not once for the machine
}
