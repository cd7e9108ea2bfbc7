package compat

import (
	"maps"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/compat/requirement"
	"github.com/testedon/testedon/internal/order"
	"github.com/testedon/testedon/version"
)

// Release is a release of the dataset with what is listed for it.
type Release struct {
	*fact.Release
	product        *Product
	title          string       // "WSO2 Micro Integrator 4.4.0"
	listings       []*Listing   // in the order of kinds, technologies and versions
	groups         []group      // of listings, one per technology
	kinds          []*fact.Kind // in which it lists environments, in order
	conditional    bool         // some claim holds only with other components
	paired         bool         // two components are stated not to work together
	exclusive      []*fact.Kind // of which some page names everything that counts
	configurations []*Run
	images         []*Shipment
	uncounted      []*Listing           // that the vendor withdrew, or plans: they count for nothing
	pages          []*Listing           // of each source and kind that it lists environments of, the first
	unpaged        bool                 // no page about it is known, only images and test runs
	stated         *requirement.Release // what it needs, and where it listens
	notes          []*fact.Note
	advisories     map[*Technology][]advised // advisories that reach it, by what they speak of
	provisional    bool                      // everything listed stands on forks
}

// group is what a release lists of one technology, lowest version first.
type group struct {
	tech     *Technology
	listings []*Listing
}

// Title is "WSO2 Micro Integrator 4.4.0".
func (r *Release) Title() string { return r.title }

// group finds what the release lists of a technology.
func (r *Release) group(t *Technology) []*Listing {
	for i := range r.groups {
		if r.groups[i].tech == t {
			return r.groups[i].listings
		}
	}
	return nil
}

// Release finds a release of a product by version, by alias, or by what people
// write for them: "4.4", "v4.4.0", "4.4.0.95", "latest". The error is an *Error of
// code unknown_product or unknown_release.
func (m *Matrix) Release(product, name string) (*Release, error) {
	p, err := m.Product(product)
	if err != nil {
		return nil, err
	}
	return p.Release(name)
}

// Releases lists the releases of a product, newest first.
func (p *Product) Releases() []*Release { return slices.Clone(p.ordered) }

// Release finds a release of a product as [Matrix.Release] does; see [Product.Named].
func (p *Product) Release(name string) (*Release, error) {
	var buf [fact.UsualName]byte
	if len(name) <= fact.MaxName {
		if r := p.releases[string(fact.AppendReleaseKey(buf[:0], name))]; r != nil {
			return r, nil
		}
	}
	if len(name) > fact.MaxName {
		return nil, p.unknownRelease(name, nil)
	}
	found := p.Named(name)
	if len(found) == 0 {
		found = p.Named(p.short(name))
	}
	if len(found) == 1 {
		return found[0], nil
	}
	return nil, p.unknownRelease(name, found)
}

// unknownRelease offers the releases that begin as asked for, or else those next
// to it.
func (p *Product) unknownRelease(name string, begin []*Release) error {
	id, hint, near := "release.several", "hint.name_one", begin[:min(len(begin), fact.MaxCandidates)]
	if len(begin) < 2 {
		id, hint, near = "release.unknown", "hint.nearest", p.Nearest(name)
	}
	e := fact.Refuse("release", id, p.Name, strconv.Quote(name))
	e.Code, e.Candidates = fact.CodeUnknownRelease, []string{}
	for _, r := range near {
		e.Candidates = append(e.Candidates, r.Version)
	}
	if len(e.Candidates) > 0 {
		e = e.Advise(hint, strings.Join(e.Candidates, ", "))
	}
	return e
}

// Nearest gives the releases just above and below the wanted one, or
// the newest ones where it is no version.
func (p *Product) Nearest(name string) []*Release {
	plain := strings.TrimLeft(releaseKey(name), "<>=≥≤~")
	wanted, err := version.Parse(plain[:len(plain)-len(strings.TrimLeft(plain, "0123456789."))])
	at := 0
	if err == nil {
		for at < len(p.ordered) {
			have, err := version.Parse(p.ordered[at].Version)
			if err != nil || have.Compare(wanted) <= 0 {
				break
			}
			at++
		}
	}
	var near []*Release
	for i := range p.ordered { // outward from the place where it would stand
		for _, j := range []int{at + i, at - 1 - i} {
			if j >= 0 && j < len(p.ordered) && len(near) < fact.MaxCandidates {
				near = append(near, p.ordered[j])
			}
		}
	}
	return near
}

// Exact finds a release by version or alias as they are written, but for the letter that
// may stand before a number; nil where there is none.
func (p *Product) Exact(name string) *Release { return p.releases[releaseKey(name)] }

// Has reports whether a product has a release of just this version or alias, but for what
// people write around it.
func (p *Product) Has(version string) bool {
	return p.releases[string(fact.AppendReleaseKey(nil, version))] != nil || p.releases[p.plain(version)] != nil
}

// Kinds are those in which a release lists environments, in order.
func (r *Release) Kinds() []*fact.Kind { return r.kinds }

// Of is the product that it is a release of.
func (r *Release) Of() *Product { return r.product }

// Its gives a technology of a matrix as that of the release has it, which is of another day
// of the same catalogue; nil for nil.
func (r *Release) Its(t *Technology) *Technology {
	if t == nil {
		return nil
	}
	return r.product.m.technologies[t.ID]
}

// Provisional reports whether all that is known of a release stands on other
// accounts' copies of the vendor's pages.
func (r *Release) Provisional() bool { return r.provisional }

// copied reports whether all pages that list environments of a kind are such copies.
func (r *Release) copied(k *fact.Kind) bool {
	some := false
	for _, l := range r.pages {
		if l.Tech.kind == k && !l.Provisional() {
			return false
		}
		some = some || l.Tech.kind == k
	}
	return some
}

// Unpaged reports whether no page about a release is known, only images and test runs.
func (r *Release) Unpaged() bool { return r.unpaged }

func (b *builder) releases() {
	for i := range b.m.ds.Releases {
		r := &b.m.ds.Releases[i]
		where := "release " + r.ID()
		p := b.m.products[fact.Key(r.Product)]
		if p == nil || p.ID != r.Product {
			b.fault(where, "names product %q, which is not there%s", r.Product, didYouMean(r.Product, b.m.products))
			continue
		}
		b.addRelease(where, p, r)
	}
	for _, p := range b.m.products {
		order.Stable(p.ordered, newestFirst)
	}
}

func (b *builder) addRelease(where string, p *Product, source *fact.Release) {
	r := &Release{Release: source, product: p, title: p.Name + " " + source.Version, stated: requirement.New(p.Product, source, b.origins)}
	for _, name := range append([]string{r.Version}, r.Aliases...) {
		k := string(fact.AppendReleaseKey(nil, name))
		if other, taken := p.releases[k]; taken && other != r {
			b.fault(where, "alias %q is taken by release %s", name, other.Version)
			continue
		}
		p.releases[k] = r
	}
	p.ordered = append(p.ordered, r)
	b.deployments(where, r)
	b.profiles(where, r)
}

// deployments checks those of a release, with its platform's.
func (b *builder) deployments(where string, r *Release) {
	names := deploymentNames(r.Deployments)
	if p := r.product.platform; p != nil {
		names = append(names, deploymentNames(p.Deployments)...)
	}
	b.distinct(where, "deployment", names)
}

// profiles checks the profiles of a release.
func (b *builder) profiles(where string, r *Release) {
	var names [][]string
	for i := range r.Profiles {
		p := &r.Profiles[i]
		names = append(names, p.Names())
		b.cite(where, p.Citation)
		if p.Offset < 0 || p.Offset > requirement.MaxPort {
			b.fault(where, "profile %s moves ports by %d; an offset is 0 to %d", p.ID, p.Offset, requirement.MaxPort)
		}
	}
	b.distinct(where, "profile", names)
}

// newestFirst orders releases by version; those that are no number come last.
func newestFirst(a, b *Release) int {
	x, errX := version.Parse(a.Version)
	y, errY := version.Parse(b.Version)
	switch {
	case errX == nil && errY == nil:
		return y.Compare(x)
	case errX == nil:
		return -1
	case errY == nil:
		return 1
	}
	return strings.Compare(b.Version, a.Version)
}

// release finds a release by product ID and version.
func (b *builder) release(where, product, version string) *Release {
	p := b.m.products[fact.Key(product)]
	if p == nil || p.ID != product {
		b.fault(where, "names product %q, which is not there%s", product, didYouMean(product, b.m.products))
		return nil
	}
	r := p.releases[string(fact.AppendReleaseKey(nil, version))]
	if r == nil || r.Version != version {
		b.fault(where, "names release %q of %s, which is not there%s", version, product, didYouMean(version, p.releases))
		return nil
	}
	return r
}

// Releases lists the releases of all products, the newest of each first.
func (m *Matrix) Releases() []*Release {
	var all []*Release
	for _, p := range m.ordered {
		all = append(all, p.ordered...)
	}
	return all
}

// fewReleases are not worth a processor of their own.
const fewReleases = 256

// eachRelease visits every release, on all processors where there are many. Each processor
// has a builder of its own, which has read what b has and collects for itself.
func (b *builder) eachRelease(visit func(*builder, *Release)) {
	var visits sync.WaitGroup
	var own []*builder
	all := b.m.Releases()
	for releases := range slices.Chunk(all, max(fewReleases, len(all)/runtime.GOMAXPROCS(0)+1)) {
		one := *b
		one.problems, one.ranges = nil, maps.Clone(b.ranges)
		own = append(own, &one)
		visits.Go(func() {
			for _, r := range releases {
				visit(&one, r)
			}
		})
	}
	visits.Wait()
	for _, one := range own {
		b.problems = append(b.problems, one.problems...)
		maps.Copy(b.ranges, one.ranges)
	}
}

// paged reports whether some page states something of the release itself.
func (r *Release) paged() bool {
	return len(r.Profiles) > 0 ||
		slices.ContainsFunc(r.listings, func(l *Listing) bool { return l.Paged() && l.Release != "" }) ||
		r.stated.IsPaged() ||
		slices.ContainsFunc(r.notes, func(n *fact.Note) bool { return n.Release != "" })
}

// index groups the listings of a release by technology.
func (r *Release) index() {
	order.Stable(r.listings, compareListings)
	r.provisional = len(r.listings) > 0 && !slices.ContainsFunc(r.listings, func(l *Listing) bool { return !l.Provisional() })
	for i, l := range r.listings {
		n := len(r.groups)
		if n == 0 || r.groups[n-1].tech != l.Tech {
			r.groups = append(r.groups, group{tech: l.Tech})
			n++
		}
		g := &r.groups[n-1]
		g.listings = r.listings[i-len(g.listings) : i+1 : i+1]
		if !l.environment() {
			continue
		}
		if !slices.Contains(r.kinds, l.Tech.kind) {
			r.kinds = append(r.kinds, l.Tech.kind)
		}
		if l.Paged() && !slices.ContainsFunc(r.pages, func(o *Listing) bool { return o.Source == l.Source && o.Tech.kind == l.Tech.kind }) {
			r.pages = append(r.pages, l)
		}
	}
}
