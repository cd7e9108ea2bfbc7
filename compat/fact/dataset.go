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
	// Recorded is the day of the revision, 2026-01-31: what has no day of its own is known to
	// have stood since then. It is empty where there is no record.
	Recorded string

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
	Files          []File
	Images         []Image
}

// Nouns are all sorts of facts, in the order in which a digest names them. What comes new
// goes behind the first [founders], in alphabetical order.
var Nouns = []Noun{
	&noun[Kind]{"kind", func(ds *Dataset) *[]Kind { return &ds.Kinds }, func(k *Kind) string { return k.ID }},
	&noun[Technology]{"technology", func(ds *Dataset) *[]Technology { return &ds.Technologies }, func(t *Technology) string { return t.ID }},
	&noun[Platform]{"platform", func(ds *Dataset) *[]Platform { return &ds.Platforms }, func(p *Platform) string { return p.ID }},
	&noun[Product]{"product", func(ds *Dataset) *[]Product { return &ds.Products }, func(p *Product) string { return p.ID }},
	&noun[Release]{"release", func(ds *Dataset) *[]Release { return &ds.Releases }, (*Release).ID},
	&noun[Source]{"source", func(ds *Dataset) *[]Source { return &ds.Sources }, func(s *Source) string { return s.ID }},
	&noun[Claim]{"claim", func(ds *Dataset) *[]Claim { return &ds.Claims }, func(c *Claim) string { return c.ID }},
	&noun[Requirement]{"requirement", func(ds *Dataset) *[]Requirement { return &ds.Requirements }, func(r *Requirement) string { return r.ID }},
	&noun[Port]{"port", func(ds *Dataset) *[]Port { return &ds.Ports }, func(p *Port) string { return p.ID }},
	&noun[Note]{"note", func(ds *Dataset) *[]Note { return &ds.Notes }, func(n *Note) string { return n.ID }},
	&noun[Advisory]{"advisory", func(ds *Dataset) *[]Advisory { return &ds.Advisories }, func(a *Advisory) string { return a.ID }},
	&noun[Lifecycle]{"lifecycle", func(ds *Dataset) *[]Lifecycle { return &ds.Lifecycles }, func(l *Lifecycle) string { return l.ID }},
	&noun[Configuration]{"configuration", func(ds *Dataset) *[]Configuration { return &ds.Configurations }, func(c *Configuration) string { return c.ID }},
	&noun[File]{"file", func(ds *Dataset) *[]File { return &ds.Files }, func(f *File) string { return f.ID }},
	&noun[Image]{"image", func(ds *Dataset) *[]Image { return &ds.Images }, func(i *Image) string { return i.ID }},
}
