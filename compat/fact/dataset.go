package fact

// Dataset is everything known, as plain values: what seed produces, store
// keeps and [Build] reads. Lists are in the order of their identifiers once
// [Dataset.Sort] has run; every reference is by identifier.
type Dataset struct {
	// Revision counts the changes to the record this dataset was read at. A
	// catalogue that is read from its files is at revision 1, as a new record of
	// it is; 0 is that of an empty record.
	Revision int64
	// Digest identifies the content, as "sha256:" and 64 hex digits. See
	// [Dataset.ContentDigest].
	Digest string

	Kinds          []Kind
	Technologies   []Technology
	Platforms      []Platform
	Products       []Product
	Releases       []Release
	Sources        []Source
	Claims         []Claim
	Requirements   []Requirement
	Ports          []Port
	Notes          []Note
	Advisories     []Advisory
	Lifecycles     []Lifecycle
	Configurations []Configuration
	Images         []Image
}

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
	// Complete says that Cycles are all there are from the lowest on: a version
	// between two of them cannot be.
	Complete bool `json:"complete,omitempty"`
	// Ended says that nothing comes after the last of Cycles: no version above it can be.
	Ended bool `json:"ended,omitempty"`
	// Successors are the names under which this technology lives on.
	Successors []Successor `json:"successors,omitempty"`
	// Policies are the vendor's written promises of upward compatibility.
	Policies []Policy `json:"policies,omitempty"`
	// Marks are the words by which machines name it.
	Marks []Mark `json:"marks,omitempty"`
}

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

// Platform is what several products are built on. What is stated about it is
// inherited by every release of the products that name it.
type Platform struct {
	ID      string   `json:"id"`   // "carbon"
	Name    string   `json:"name"` // "WSO2 Carbon"
	Vendor  string   `json:"vendor"`
	Aliases []string `json:"aliases,omitempty"`
	// Deployments are the ways to run it that its requirements tell apart.
	Deployments []Deployment `json:"deployments,omitempty"`
}

// Product is something with releases.
type Product struct {
	ID       string   `json:"id"`
	Name     string   `json:"name"`
	Vendor   string   `json:"vendor"`
	Aliases  []string `json:"aliases,omitempty"`
	Platform string   `json:"platform,omitempty"` // a Platform's ID; empty where it stands on its own
	// Published are the releases that the vendor has published, as far as a source
	// tells, whether or not anything is known of them.
	Published   []string `json:"published,omitempty"`
	PublishedBy string   `json:"published_by,omitempty"` // that source's ID
}

// Release is one published version of a product.
type Release struct {
	Product string   `json:"product"`
	Version string   `json:"version"`
	Aliases []string `json:"aliases,omitempty"`
	// Deployments are the ways to run it that its requirements tell apart.
	Deployments []Deployment `json:"deployments,omitempty"`
	Profiles    []Profile    `json:"profiles,omitempty"`
}

// Deployment is a way to run a release: on a virtual machine, centralized.
type Deployment struct {
	ID      string   `json:"id"`   // "centralized"
	Name    string   `json:"name"` // "Centralized (ESB style)"
	Aliases []string `json:"aliases,omitempty"`
}

// Profile is a runtime that a release has besides its default one.
type Profile struct {
	ID       string   `json:"id"`   // "micro-integrator"
	Name     string   `json:"name"` // "Micro Integrator"
	Aliases  []string `json:"aliases,omitempty"`
	Offset   int      `json:"offset,omitempty"` // by which it moves every port unless told otherwise
	Citation Citation `json:"citation"`
}

// Scope says what a statement is about: a platform, or else a product and
// perhaps one release and one profile of it. An advisory may be about
// everything; then all are empty.
type Scope struct {
	Platform string `json:"platform,omitempty"`
	Product  string `json:"product,omitempty"`
	Release  string `json:"release,omitempty"` // empty means every release
	Profile  string `json:"profile,omitempty"` // a Profile's ID; empty means whichever runs
}

// Authority grades who published a source.
type Authority string

// The authorities, strongest first.
const (
	Official    Authority = "official"    // the vendor's own repository or document
	Site        Authority = "site"        // the vendor's site; nothing to check it against
	Unconfirmed Authority = "unconfirmed" // the same page by content, its place not established
	Fork        Authority = "fork"        // another account's copy; provisional
)

// Source is a document that facts are taken from.
type Source struct {
	ID       string `json:"id"`
	Title    string `json:"title"`
	URL      string `json:"url,omitempty"`      // of the text that was read
	Page     string `json:"page,omitempty"`     // address at which the vendor publishes it; what stands there may be newer
	Document string `json:"document,omitempty"` // repository and path, or file name
	Branch   string `json:"branch,omitempty"`   // of the repository; empty for its default one
	Revision string `json:"revision,omitempty"` // commit or other name of the text read
	Date     string `json:"date,omitempty"`     // day of that revision, 2026-01-31, where it is known
	Checked  string `json:"checked,omitempty"`  // last day on which the document is known to have said the same; never before Date
	// Cadence is how long the document may be relied on without another look at
	// it: "90 days", or "none" for what changes no more. Empty means
	// [DefaultCadence].
	Cadence   string    `json:"cadence,omitempty"`
	Undated   string    `json:"undated,omitempty"` // why no day can be established, where there is no Date
	Authority Authority `json:"authority"`
}

// Citation is the place in a source that a fact stands on.
type Citation struct {
	Source  string `json:"source"`            // a Source's ID
	Section string `json:"section,omitempty"` // the heading it stands under
	Quote   string `json:"quote,omitempty"`   // the words as printed
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
	StatusShipped        Status = "shipped" // the vendor's own image of the release runs on it; see [Image]
	StatusNotRecommended Status = "not_recommended"
	StatusIncompatible   Status = "incompatible"
)

// Statuses lists every status.
var Statuses = []Status{
	StatusTested, StatusSupported, StatusRequired, StatusCompatible, StatusRecommended, StatusShipped, StatusNotRecommended, StatusIncompatible,
}

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
	Exclusive bool   `json:"exclusive,omitempty"`
	Since     string `json:"since,omitempty"` // first day on which the source is known to state it, where that is not the source's own
	// Until is the day on which the vendor withdrew it. It is kept, and no longer
	// counts.
	Until   string `json:"until,omitempty"`
	EndedBy string `json:"ended_by,omitempty"` // the Source that withdrew it
	// Position orders the claims of one release as their pages print them.
	Position int      `json:"position,omitempty"`
	Citation Citation `json:"citation"`
}

// Severity grades an advisory.
type Severity string

// The severities, mildest first.
const (
	SeverityInfo    Severity = "info"
	SeverityWarning Severity = "warning"
	SeverityError   Severity = "error"
)

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

// Result is how a recorded test run ended.
type Result string

// The results of a test run.
const (
	Passed Result = "passed"
	Failed Result = "failed"
)

// Configuration is a recorded test run of one whole environment. One that passed
// states besides that each of its components was tested; one that failed says nothing
// of its parts.
type Configuration struct {
	ID      string `json:"id"`
	Product string `json:"product"`
	Release string `json:"release"`
	// Build is what ran, where that was not the release itself but a pre-release of
	// it: "7.1.0-m8". Then the run is told, and states nothing about the release.
	Build string `json:"build,omitempty"`
	// Update is the update of the release that ran, where it was not the release as it
	// came out: "4.1.0.90". Then a run that passed is told, and states nothing.
	Update     string   `json:"update,omitempty"`
	Components []Target `json:"components"`
	Result     Result   `json:"result"` // as reported
	// Culprit is what failed in place of the release: "the network of the runner".
	// Then the run is no failure of the environment.
	Culprit  string   `json:"culprit,omitempty"`
	Date     string   `json:"date"` // day of the run, 2026-01-31
	Note     string   `json:"note,omitempty"`
	Citation Citation `json:"citation"`
}

// Counts reports whether the run says something of the environment: it ran the release
// itself as it came out, and nothing else failed in its place.
func (c *Configuration) Counts() bool { return c.Build == "" && c.Update == "" && c.Culprit == "" }

// Fails reports whether the release failed, be it with an update.
func (c *Configuration) Fails() bool { return c.Result == Failed && c.Build == "" && c.Culprit == "" }

// Image is a container image that the vendor ships of a release: an operating system
// and a JDK that run together. It states that each of them was shipped.
type Image struct {
	ID         string   `json:"id"`
	Product    string   `json:"product"`
	Release    string   `json:"release"`
	Components []Target `json:"components"`
	Path       string   `json:"path"` // of its Dockerfile in the repository that Citation names
	Tag        string   `json:"tag"`  // of the repository: the first that has these components
	Date       string   `json:"date"` // day of the tag, 2026-01-31
	Citation   Citation `json:"citation"`
}
