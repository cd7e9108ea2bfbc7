package compat

import (
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/compat/lifecycle"
	"github.com/testedon/testedon/compat/requirement"
	"github.com/testedon/testedon/version"
)

// Matrix is the immutable index of one dataset. It is safe for concurrent use.
type Matrix struct {
	ds           *fact.Dataset
	kinds        map[string]*fact.Kind            // by ID and alias
	technologies map[string]*technology           // by ID
	aliases      map[string][]*technology         // by key of ID, name and alias
	labels       map[string][]*technology         // by key of the names of cycles: "noble"
	platforms    map[string]*fact.Platform        // by ID
	products     map[string]*product              // by key of ID, name and alias
	sources      map[string]*fact.Source          // by ID
	byID         []*technology                    // in the order of the dataset
	marked       map[fact.Mark][]*fact.Technology // by place and text in lower case
	marks        map[fact.Place][]mark            // the longest first
	vocabulary   *vocabulary                      // everything that has a name
	made         []*fact.Claim                    // that images and test runs state
	makers       map[*fact.Claim]maker            // of those
}

// Listing is a claim ready for matching: its technology and source found, its
// label read.
type Listing struct {
	*fact.Claim
	Tech   *fact.Technology
	Range  version.Range
	Source *fact.Source
	// Inherited is the platform the claim is about; nil where it is about the
	// release itself.
	Inherited *fact.Platform
	tech      *technology
	*reading
	maker
	with    []condition     // what Claim.With asks for
	verdict fact.Verdict    // of the release for just the versions of the claim
	day     fact.Day        // on which it was stated; 0 where that is not known
	days                    // of its source
	sure    version.Range   // versions that it surely means; see unsure
	units   []version.Range // sets of them that it means as a whole, and not each version of
}

// maker is what a claim stands for that no source states in words; most have none.
type maker struct {
	Image *Shipment
	Run   *fact.Configuration
}

// Paged reports whether the claim stands on a page, and is not made of an image or a run.
func (l *Listing) Paged() bool { return l.Image == nil && l.Run == nil }

// worth is what the claim supports by itself when the asked versions lie within its own:
// where it has a condition, it may or may not count.
func (l *Listing) worth() fact.Verdict {
	v := verdictOf(l.Status)
	switch {
	case l.When == "" || v == fact.NotListed:
		return v
	}
	return fact.Conditional
}

// Provisional reports whether all that is known of a release stands on other
// accounts' copies of the vendor's pages; false for a release that is not known.
func (m *Matrix) Provisional(r *fact.Release) bool {
	known, err := m.release(r.Product, r.Version)
	return err == nil && known.provisional
}

// Unpaged reports whether no page about a release is known, only images and test runs;
// false for a release that is not known.
func (m *Matrix) Unpaged(r *fact.Release) bool {
	known, err := m.release(r.Product, r.Version)
	return err == nil && known.unpaged
}

// Provisional reports whether the claim stands on another account's copy of the
// vendor's page, which may speak of what is not yet out.
func (l *Listing) Provisional() bool { return l.Source.Authority == fact.Fork }

// VersionText prints the listed versions in the technology's own notation;
// empty for every version.
func (l *Listing) VersionText() string { return l.printed }

// Display names the technology and versions of a claim: "PostgreSQL 17.2".
func (l *Listing) Display() string { return l.display }

// reading is what a label of a technology means. Those of one label are shared.
type reading struct {
	versions version.Range
	cycle    version.Range   // the widest that holds them; see cycleOf
	reach    []version.Range // by policy of the technology: those above in the cycle that it covers
	printed  string          // the versions in the technology's notation
	display  string          // with its name before: "PostgreSQL 17.2"

	impossible bool // there are no such versions, whatever a page prints; see technology.never
}

// technology is a Technology with everything of it read and found.
type technology struct {
	*fact.Technology
	kind     *fact.Kind
	baseline bool     // of its kind
	whole    *Listing // of a baseline: every version of it, which no source states
	scheme   *version.Scheme
	words    string // of its own name, which may stand beside its versions
	// asPrinted are the labels of pages and of lifecycles, by key, with remarks that
	// are understood only because one of them prints them.
	asPrinted map[string]version.Range
	counted   *fact.Technology // whose cycles count: itself or, where it has none and is run as another, that one
	cycles    []version.Range  // of counted
	never     version.Range    // the versions that cannot be; see Technology.Complete
	beyond    version.Range    // those above all cycles, where some may come
	head      *technology      // of its family; itself when it has none
	members   []*technology    // of the family it heads, itself among them
	meant     []*technology    // what a name of it may be about: itself, and the other members where it or they are generic
	edges     []edge           // to older and newer names of it
	derived   *edge            // to what it is made from; nil for most
	managed   *edge            // to what it is run as; nil for most
	policies  []policy
	life      lifecycle.Technology // how long its series are maintained
}

// related reports whether a technology is no build of its family's, but made from one
// or run as one: what names any of them does not name it.
func (t *technology) related() bool { return t.derived != nil || t.managed != nil }

// edge leads from a technology to another name of it whose claims may count, or to a
// relative (then it leads there in the versions of same).
type edge struct {
	other   *technology
	same    version.Range // the versions in which both names mean one thing
	forward bool          // other is the older name
	via     *Via
}

// policy is a Policy with its range read.
type policy struct {
	within version.Range
	via    *Via
}

// reach is the versions that the policy leads to from those of a label: those
// above them in their cycle.
func (p policy) reach(from *reading) version.Range {
	if !from.versions.Within(p.within) {
		return version.Range{}
	}
	return from.versions.Above().Intersect(from.cycle).Intersect(p.within)
}

// touch is an advisory and the versions it speaks of.
type touch struct {
	*fact.Advisory
	versions version.Range
	with     bool // on the second side of the advisory
}

// product is a Product with its releases.
type product struct {
	*fact.Product
	platform *fact.Platform      // nil where it stands on its own
	releases map[string]*release // by key of version and alias
	ordered  []*release          // newest first
}

// latest is the highest release that is out: one known from more than copies of a
// page, which may speak of what is not, and no pre-release. Where there is none,
// it is the highest of those that come closest.
func (p *product) latest() *release {
	best, least := p.ordered[0], 4
	for _, r := range p.ordered {
		doubt := 0
		if r.provisional {
			doubt++
		}
		if isPreRelease(r.Version) {
			doubt += 2
		}
		if doubt < least {
			best, least = r, doubt
		}
	}
	return best
}

// release is a Release with what is listed for it.
type release struct {
	*fact.Release
	product        *product
	title          string       // "WSO2 Micro Integrator 4.4.0"
	listings       []Listing    // in the order of kinds, technologies and versions
	groups         []group      // of listings, one per technology
	kinds          []*fact.Kind // in which it lists environments, in order
	conditional    bool         // some claim holds only with other components
	paired         bool         // two components are stated not to work together
	exclusive      []*fact.Kind // of which some page names everything that counts
	configurations []*Run
	images         []*Shipment
	withdrawn      []*Listing           // that the vendor withdrew: they count for nothing
	pages          []*Listing           // of each source and kind that it lists environments of, the first
	unpaged        bool                 // no page about it is known, only images and test runs
	stated         *requirement.Release // what it needs, and where it listens
	notes          []*fact.Note
	touches        map[*technology][]touch // advisories that reach it, by what they speak of
	provisional    bool                    // everything listed stands on forks
}

// group is what a release lists of one technology, lowest version first.
type group struct {
	tech     *technology
	listings []*Listing
}

// display names the technology and versions of it as people do: "PostgreSQL 17.2 and
// later". The version by itself is in the notation of the scheme, mostly a part of the
// same text.
func (t *technology) display(r version.Range) (whole, version string) {
	if r.IsAll() {
		return t.Name, ""
	}
	var buf [96]byte
	text := t.scheme.AppendPhrase(append(append(buf[:0], t.Name...), ' '), r)
	at := len(text)
	text = t.scheme.AppendPrint(text, r)
	whole = string(text[:at])
	if version = whole[len(t.Name)+1:]; version != string(text[at:]) {
		version = string(text[at:])
	}
	return whole, version
}

// group finds what the release lists of a technology.
func (r *release) group(t *technology) []*Listing {
	for i := range r.groups {
		if r.groups[i].tech == t {
			return r.groups[i].listings
		}
	}
	return nil
}

// cycleOf gives the widest cycle that holds r; the versions of the same first
// number where no cycle does.
func (t *technology) cycleOf(r version.Range) version.Range {
	var widest version.Range
	for _, c := range t.cycles {
		if r.Within(c) && widest.Within(c) {
			widest = c
		}
	}
	if widest.IsEmpty() && r.SameMajor(r) {
		return r.Major()
	}
	return widest
}
