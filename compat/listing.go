package compat

import (
	"cmp"
	"slices"
	"strings"

	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/version"
)

// Listing is a claim ready for matching: its technology and source found, its
// label read.
type Listing struct {
	*fact.Claim
	Tech *Technology
	*cited
	// Inherited is the platform the claim is about; nil where it is about the
	// release itself.
	Inherited *fact.Platform
	*reading
	*sense
	verdict fact.Verdict // of the release for just the versions of the claim
	day     fact.Day     // on which it was stated; 0 where that is not known
	now     *Listing     // under the name that its versions have now; nil where that is its own
	doubted bool         // on the past day that is asked about it is not known to have been stated yet
}

// sense is what a claim stands for and means beyond its label. There are many listings: those
// that have nothing of their own share that of the label.
type sense struct {
	maker
	with  []condition     // what Claim.With asks for
	sure  version.Range   // versions that it surely means; see unsure
	units []version.Range // sets of them that it means as a whole, and not each version of
}

// maker is what a claim stands for that no source states in words; most have none.
type maker struct {
	Image *Shipment
	Run   *fact.Configuration
}

// Paged reports whether the claim stands on a page, and is not made of an image or a run.
func (l *Listing) Paged() bool { return l.Image == nil && l.Run == nil }

// from tells what makes a claim that stands on no page: "run" or "image"; empty of others.
func (l *Listing) from() string {
	switch {
	case l.Run != nil:
		return "run"
	case l.Image != nil:
		return "image"
	}
	return ""
}

// stands says that the claim is listed, or where else it stands.
func (l *Listing) stands() string { return l.Tech.Words().Text("why.stands", l.from()) }

// basis is the status of the claim, or "run" where a run made it.
func (l *Listing) basis() string {
	if l.Run != nil {
		return "run"
	}
	return string(l.Status)
}

// onPage reports whether another claim, on a page, says yes to the same versions.
func (l *Listing) onPage(o *Listing) bool {
	return o.Paged() && !o.SaysNo() && o.display == l.display
}

// Provisional reports whether the claim stands on another account's copy of the
// vendor's page, which may speak of what is not yet out.
func (l *Listing) Provisional() bool { return l.Source.Authority == fact.Fork }

// VersionText prints the listed versions in the technology's own notation;
// empty for every version.
func (l *Listing) VersionText() string { return l.printed }

// Display names the technology and versions of a claim: "PostgreSQL 17.2".
func (l *Listing) Display() string { return l.display }

// Versions names the listed versions as people do: "12c", "17.5 or later"; empty for every
// version.
func (l *Listing) Versions() string {
	return strings.TrimPrefix(strings.TrimPrefix(l.display, l.Tech.Name), " ")
}

// VERS is the versions of the claim as a version range specifier. It is empty where none says
// just that, where there are no such versions, and where the claim stands on the vendor's own
// image, which is one of them.
func (l *Listing) VERS() string {
	if l.shipped() || l.impossible {
		return ""
	}
	return l.Tech.VERS(l.Range)
}

// Verdict is that of the release for just the versions of the claim, which other claims
// decide about as well.
func (l *Listing) Verdict() fact.Verdict { return l.verdict }

// Series is the widest series that holds all versions of the claim; empty where none does.
func (l *Listing) Series() version.Range { return l.cycle }

// Day is that on which the claim was stated; 0 where it is not known.
func (l *Listing) Day() fact.Day { return l.day }

// Doubted reports whether the claim is not known to have been stated yet on the past day that
// is asked about.
func (l *Listing) Doubted() bool { return l.doubted }

// Environments are those that a claim speaks of: its own component first, then one of
// each kind that its condition names. Each technology of a condition is in one of them.
func (l *Listing) Environments() [][]Component {
	first := []Component{component(l.Tech, l.Range)}
	for i := range l.with {
		first = append(first, l.with[i].targets[0].component())
	}
	all := [][]Component{first}
	for i := range l.with {
		for _, other := range l.with[i].targets[1:] {
			changed := slices.Clone(first)
			changed[i+1] = other.component()
			all = append(all, changed)
		}
	}
	return all
}

// ToTest is what a release lists environments of a kind with that reaches a bar: of claims
// on the same versions the first, and what the vendor ships where nothing else is listed.
// What cannot be is nothing to test with. What the release takes for granted of the kind and
// does not list comes first.
func (r *Release) ToTest(k *fact.Kind, bar fact.Verdict) []*Listing {
	var all, shipped, granted []*Listing
	add := func(to *[]*Listing, l *Listing) {
		if !slices.ContainsFunc(*to, func(o *Listing) bool { return o.display == l.display }) {
			*to = append(*to, l)
		}
	}
	for _, l := range r.listings {
		switch l = l.current(); {
		case l.Tech.kind != k || !l.environment() || l.impossible:
		case l.shipped():
			add(&shipped, l)
		case l.reaches(bar):
			add(&all, l)
		}
	}
	if len(all) == 0 {
		all = shipped
	}
	if t := r.product.m.technologies[k.Baseline]; t != nil && r.Grants(t) && len(r.group(t)) == 0 && !r.states(t, nil) {
		granted = append(granted, t.whole)
	}
	return append(granted, all...)
}

// Interacts reports whether components of an environment bear on each other: by what a
// statement holds with, by two that do not work together, or by a run that failed.
func (r *Release) Interacts() bool { return r.conditional || r.paired || r.failed() }

// Deciding gives the claim that counts for the versions of a component, of those about a
// platform or, for nil, about the release itself.
func (r *Release) Deciding(versions *Component, about *fact.Platform) *Listing {
	c := ComponentAnswer{Component: versions, release: r}
	all := slices.DeleteFunc(c.gather(nil, c.Technology.named), func(s statement) bool {
		return s.edge != nil || s.Inherited != about
	})
	return c.decided(all, versions.Range).by[0].Listing
}

// worth is what the claim supports by itself when the asked versions lie within its own:
// where it has a condition, it may or may not count.
func (l *Listing) worth() fact.Verdict {
	v := verdictOf(l.Status)
	if l.When == "" && !l.doubted || v == fact.NotListed {
		return v
	}
	return fact.Conditional
}

// environment reports whether a claim lists something a release runs with; a
// mere recommendation does not.
func (l *Listing) environment() bool {
	switch l.Status {
	case fact.StatusTested, fact.StatusSupported, fact.StatusRequired, fact.StatusCompatible, fact.StatusShipped, fact.StatusDeprecated:
		return true
	}
	return false
}

// Listings lists what a release states, in the order of kinds, technologies and
// versions.
func (r *Release) Listings() []*Listing { return slices.Clone(r.listings) }

// Listing reads a claim of [Matrix.Claims] by itself, as [Release.Listings] gives it for each
// release that it counts for.
func (m *Matrix) Listing(c *fact.Claim) *Listing {
	t := m.technologies[c.Technology]
	read := &reading{}
	read.Range, _ = t.ParsePrinted(c.Version) // Build has read it
	read.display, read.printed = t.display(read.Range)
	read.impossible = !t.possible(read.Range)
	source := m.sources[c.Citation.Source]
	return &Listing{Claim: c, Tech: t, cited: &cited{Source: source}, Inherited: m.platforms[c.Platform],
		reading: read, sense: &sense{maker: m.makers[c]}, day: c.Begins(source.Stated())}
}

// listing reads a claim, and what makes it; the boolean tells whether what it names is there.
func (b *builder) listing(where string, l *Listing, by maker) bool {
	source := b.cite(where, l.Citation)
	l.Tech = b.technology(where, l.Technology)
	if l.Term != (fact.Term{}) || l.Earlier != nil {
		b.held(where, l.Claim)
	}
	if l.Tech == nil || source == nil {
		return false
	}
	l.Inherited, l.cited = b.m.platforms[l.Platform], b.dated[source]
	l.reading = b.reading(where, l.Tech, l.Version)
	l.day = l.Begins(cmp.Or(l.date, l.last))
	l.doubted = b.m.doubts && (l.day == 0 || l.day > b.m.past)
	l.sense = &l.usual
	if with := b.conditions(where, l.Tech, l.Claim); with != nil || by != (maker{}) || l.shipped() || l.Version == "" {
		l.sense = &sense{maker: by, with: with, sure: l.Range}
		l.unsure()
	}
	return true
}

// computeVerdicts finds the verdict for just the versions of each claim: other claims of
// the release may say less, or no. What cannot be is nothing to move to.
func (b *builder) computeVerdicts() {
	b.eachRelease(func(_ *builder, r *Release) {
		var used scratch
		for _, g := range r.groups {
			alone := len(g.tech.edges) == 0 && !crossing(g.listings)
			for _, l := range g.listings {
				l.verdict = l.worth()
				l.now = l.underItsName()
				switch now := l.current(); {
				case now.impossible:
					l.verdict = fact.NotListed
				case !alone:
					own := now.Component()
					l.verdict = r.judge(&own, nil, &used).Verdict
					used.clear()
				}
				if l.now != nil {
					l.now.verdict = l.verdict
				}
			}
		}
	})
}

// crossing reports whether any two claims on a technology speak of the same
// version.
func crossing(listings []*Listing) bool {
	for i, l := range listings {
		if slices.ContainsFunc(listings[:i], func(o *Listing) bool { return o.Range.Overlaps(l.Range) }) {
			return true
		}
	}
	return false
}

func compareListings(a, b *Listing) int {
	if a.Tech != b.Tech {
		return a.Tech.Compare(b.Tech)
	}
	return cmp.Or(a.Range.Compare(b.Range), compareBool(!a.Paged(), !b.Paged()))
}

// verdictOf is what a claim of status s supports when the asked versions lie
// within the listed ones.
func verdictOf(s fact.Status) fact.Verdict {
	switch s {
	case fact.StatusTested:
		return fact.Tested
	case fact.StatusSupported, fact.StatusRequired, fact.StatusCompatible, fact.StatusRecommended, fact.StatusShipped, fact.StatusDeprecated:
		return fact.Compatible
	case fact.StatusIncompatible:
		return fact.Incompatible
	}
	return fact.NotListed // a statement that speaks against it, but none that it does not work
}

// SinceText is the first day on which the claim is known to be stated; empty where none is.
func (l *Listing) SinceText() string { return cmp.Or(l.Since, l.day.Text()) }
