package fact

import "strings"

// Technology is something a release runs on or with.
type Technology struct {
	ID      string   `json:"id"`   // "rhel"
	Name    string   `json:"name"` // "Red Hat Enterprise Linux"
	Kind    string   `json:"kind"` // a Kind's ID
	Aliases []string `json:"aliases,omitempty"`
	// Scheme names the dialect its versions are written in; see version.Schemes.
	Scheme string `json:"scheme"`
	// Family is the ID of the technology this one descends from or is a build
	// of ("rhel" for AlmaLinux). The head of a family needs none.
	Family string `json:"family,omitempty"`
	// Derived leads to the technology that this is another product made from: from
	// Aurora to PostgreSQL. Managed leads to the one whose own releases a provider
	// runs or packs under this name: from RDS, from UBI. Each stands in place of
	// Family: it makes this a member of the family of the technology it leads to.
	Derived *Relative `json:"derived,omitempty"`
	Managed *Relative `json:"managed,omitempty"`
	// Generic says that the name stands for any member of its family: "Java"
	// where the vendor is not named.
	Generic bool `json:"generic,omitempty"`
	// Cycles are the release series the vendor maintains, in any order.
	Cycles []Cycle `json:"cycles,omitempty"`
	// Complete says that Cycles are all there are: a version of none of them cannot be,
	// unless it is above the last. One such as "<6.3" may stand for all that is older.
	Complete bool `json:"complete,omitempty"`
	// Parts is how many numbers a version has beyond those of its cycle: 1 of PostgreSQL,
	// whose 17.2 is one of 17, and 9.6.24 one of 9.6. 0 is any number of them.
	Parts int `json:"parts,omitempty"`
	// Ended says that nothing comes after the last of Cycles: no version above it can be.
	Ended bool `json:"ended,omitempty"`
	// Successors are the names under which this technology lives on.
	Successors []Successor `json:"successors,omitempty"`
	// Policies are the vendor's written promises of upward compatibility.
	Policies []Policy `json:"policies,omitempty"`
	// Marks are the words by which machines name it.
	Marks []Mark `json:"marks,omitempty"`
}

func (t *Technology) statements(visit func(Statement)) {
	self := []Target{{Technology: t.ID}}
	for _, r := range t.Relatives() {
		visit(Statement{List: "Relatives", Citation: r.Citation, Touched: self})
	}
	for i := range t.Successors {
		visit(Statement{List: "Successors", Citation: t.Successors[i].Citation, Touched: self})
	}
	for i := range t.Policies {
		visit(Statement{List: "Policies", Citation: t.Policies[i].Citation, Touched: self})
	}
}

// Names are the names a technology is found by.
func (t *Technology) Names() []string { return append([]string{t.ID, t.Name}, t.Aliases...) }

// Cycle is one release series of a technology: RHEL 9, Ubuntu 24.04.
type Cycle struct {
	// Version is the series in the technology's scheme, "24.04". It may be any
	// range the scheme reads: Windows 11 is ">=10.0.22000 <10.1".
	Version string `json:"version"`
	// Label is how people write the series where that differs: "2022" for SQL
	// Server 16. It is read, and printed, in place of Version.
	Label string `json:"label,omitempty"`
	// Names are further words that mean the series: "noble", "Noble Numbat".
	Names []string `json:"names,omitempty"`
	// First is the first release of the series, where what has numbers below it was a
	// pre-release: "16.0.1000" of SQL Server 2022.
	First string `json:"first,omitempty"`
}

// Relative is an edge from a technology to the one it is made from or is run as.
type Relative struct {
	Technology string `json:"technology"`
	// Within is the range of versions that a provider says it runs; empty means
	// whichever there are.
	Within   string   `json:"within,omitempty"`
	Note     string   `json:"note"` // one sentence that explains the edge
	Citation Citation `json:"citation"`
}

// Relatives are what Derived and Managed lead to.
func (t *Technology) Relatives() []Relative {
	var all []Relative
	for _, r := range []*Relative{t.Derived, t.Managed} {
		if r != nil {
			all = append(all, *r)
		}
	}
	return all
}

// Successor is an edge from an older name to the technology it became.
type Successor struct {
	Technology string `json:"technology"`
	// Same is the range of versions in which the old name can only mean the new
	// one: a claim for either is a claim for both. Outside of it both existed,
	// and a claim for the old one only suggests compatibility.
	Same     string   `json:"same"`
	Note     string   `json:"note"` // one sentence that explains the edge
	Citation Citation `json:"citation"`
}

// Policy is a written promise that later versions of a series keep working
// where an earlier one does.
type Policy struct {
	// Within is the range of versions the policy speaks of; empty means all.
	// It leads upward from a listed version to later ones of the same cycle.
	Within string `json:"within,omitempty"`
	// By is who promises it, where that is not the technology's own vendor in its
	// name: "the specification of Java SE".
	By       string   `json:"by,omitempty"`
	Note     string   `json:"note"` // one sentence that states the policy, and who promises it
	Citation Citation `json:"citation"`
}

// PURLs are the package URLs that name it, without a version. One that stands for several, with
// a number in its name, is none of them.
func (t *Technology) PURLs() []string {
	var all []string
	for _, m := range t.Marks {
		if m.In == InPURL && !strings.Contains(m.Text, "#") {
			all = append(all, m.Text)
		}
	}
	return all
}
