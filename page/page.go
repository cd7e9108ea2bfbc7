package page

// Page is what a documentation page says about environments.
type Page struct {
	Title      string      // the first heading, or that of the front matter
	Statements []Statement // in the order of lines
	Unread     []Unread    // in the order of lines
	Tables     int         // that were met, whatever they say
}

// Statement is one item that a page states, with one version of it at most.
type Statement struct {
	// Kind is what the page speaks of where it stands: one of Kinds, or that of its
	// name.
	Kind string
	// Name is the thing as printed: "CorrettoJDK"; for a requirement the resource,
	// after the deployment where one is named: "Centralized / Memory".
	Name string
	// Version is its version as printed, "12c release 2"; for a requirement the
	// amount as printed. Empty where none is printed.
	Version string
	// With is, for an incompatibility, the other side as printed: "JDK1.8.0_151"
	// where Name and Version are "Ubuntu" and "16.04".
	With string
	// Under is the head of the column that the item stands in, where it says more than
	// the kind of what is in it: "WSO2 IS-KM" above "WSO2 IS-5.11.0".
	Under string
	// Status is what the page says: tested, supported, compatible, recommended,
	// required, minimum, not_recommended or incompatible.
	Status string
	// When is what else has to be true, where the page says so beside it.
	When string
	// Product and Release are those the section names, as printed; empty where it
	// names none.
	Product, Release string
	Section          string // the nearest heading
	Line             int    // where the item stands, from 1
	Quote            string // the words without markup: cells of a row with " | " between
}

// Label is the item as printed: name and version with a blank between.
func (s *Statement) Label() string {
	if s.Version == "" {
		return s.Name
	}
	return s.Name + " " + s.Version
}

// Unread is something that stands where a statement would, and is none that
// could be read.
type Unread struct {
	Text    string // as printed, cut where it is long
	Section string
	Line    int
	Reason  string // why, and what to do about it
}
