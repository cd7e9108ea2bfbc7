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
