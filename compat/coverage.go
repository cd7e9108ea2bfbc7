package compat

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/testedon/testedon/compat/fact"
)

// Coverage is what the record lacks, for whoever keeps it: what was not looked at for too
// long, what has no day, what says yes and no, what is not here, and what no test run
// exercised.
type Coverage struct {
	Today          fact.Day
	Sources        SourceCounts
	Overdue        []Stale         // documents past the day of the next look, the longest first
	Undated        []Undated       // documents whose statements have no day, by ID
	Contradictions []Contradiction // by product and release
	Missing        []Missing       // by product
	Exercised      []Exercised     // by product and release, the newest first; those that list nothing as tested are left out
	Unpaged        []Unpaged       // so, too
}

// SourceCounts says of how many documents an address and a day are known.
type SourceCounts struct {
	Total     int
	Addressed int // that have an address
	Dated     int // of which some day is known
	Overdue   int // as in [Coverage.Overdue]
}

// Undated is a document of which no day is known, and how many statements stand on it that
// have none of their own. [fact.Source.Undated] says why.
type Undated struct {
	Source *fact.Source
	Claims int
}

// Contradiction is two statements of which one says yes and one no to some version, about
// the same release or platform and under the same condition.
type Contradiction struct {
	Product  *Product
	Release  *Release // of several that inherit both, the first
	Versions string   // that both speak of, in the technology's notation; empty for every one
	Yes, No  *Listing
	Decides  *Listing // what counts for these versions: one of the two, or a third
}

// Missing is the releases that a vendor has published and that are not here.
type Missing struct {
	Product  *Product
	Source   *fact.Source // that lists them
	Versions []string
}

// Exercised is what the pages list as tested for a release, and what of it lies in no
// recorded test run that passed.
type Exercised struct {
	Product *Product
	Release *Release
	Listed  int // statements
	Never   []*Listing
}

// Unpaged is a release that is known by images and test runs alone.
type Unpaged struct {
	Product      *Product
	Release      *Release
	Images, Runs int
}

// coverage is a Coverage on its way.
type coverage struct {
	*Coverage
	claims map[*fact.Claim]bool    // that were looked at; a platform's are listed by several releases
	pairs  map[[2]*fact.Claim]bool // so, too
	days   map[*fact.Source]int    // statements without one
}

// Coverage tells what the record lacks on a day; with a product, by ID, name or alias, what
// is known of that one alone. Where there is no day nothing is overdue. The error is an
// *Error of code unknown_product.
func (m *Matrix) Coverage(today fact.Day, product string) (*Coverage, error) {
	products, err := m.chosen(product)
	if err != nil {
		return nil, err
	}
	c := coverage{&Coverage{Today: today}, map[*fact.Claim]bool{}, map[[2]*fact.Claim]bool{}, map[*fact.Source]int{}}
	cited := map[string]bool{}
	for _, p := range products {
		p.citing(cited)
		c.missing(p, m.sources[p.PublishedBy])
		for _, r := range p.ordered {
			c.release(r)
		}
	}
	for i := range m.ds.Sources {
		if s := &m.ds.Sources[i]; product == "" || cited[s.ID] {
			c.source(s)
		}
	}
	slices.SortStableFunc(c.Overdue, func(a, b Stale) int { return cmp.Compare(a.Source.Due(), b.Source.Due()) })
	c.Sources.Overdue = len(c.Overdue)
	return c.Coverage, nil
}

// chosen gives the product of a name, and every product for none.
func (m *Matrix) chosen(name string) ([]*Product, error) {
	if name == "" {
		return m.ordered, nil
	}
	p, err := m.Product(name)
	return []*Product{p}, err
}

// missing compares releases as a question finds them.
func (c *coverage) missing(p *Product, by *fact.Source) {
	lacks := Missing{Product: p, Source: by}
	for _, version := range p.Published {
		if p.releases[string(fact.AppendReleaseKey(nil, version))] == nil && p.releases[p.plain(version)] == nil {
			lacks.Versions = append(lacks.Versions, version)
		}
	}
	if len(lacks.Versions) > 0 {
		c.Missing = append(c.Missing, lacks)
	}
}

// release looks through the statements about a release.
func (c *coverage) release(r *Release) {
	tested := Exercised{Product: r.product, Release: r}
	for i := range r.listings {
		l := &r.listings[i]
		if l.day == 0 && !c.claims[l.Claim] {
			c.days[l.Source]++
		}
		c.claims[l.Claim] = true
		if !l.Paged() || l.Status != fact.StatusTested {
			continue
		}
		if tested.Listed++; !r.exercised(l) {
			tested.Never = append(tested.Never, l)
		}
	}
	if tested.Listed > 0 {
		c.Exercised = append(c.Exercised, tested)
	}
	if r.unpaged {
		c.Unpaged = append(c.Unpaged, Unpaged{r.product, r, len(r.images), len(r.configurations)})
	}
	for _, g := range r.groups {
		c.contradictions(r, g.listings)
	}
}

// exercised reports whether a test run that counts passed with a version of a claim, and
// with what the claim holds with.
func (r *Release) exercised(l *Listing) bool {
	return slices.ContainsFunc(r.configurations, func(run *Run) bool {
		var all []Component
		within := false
		for _, o := range run.components {
			all = append(all, component(o.tech, o.versions))
			within = within || o.tech == l.Tech && o.versions.Within(l.Range)
		}
		return within && run.Result == fact.Passed && run.Counts() && (len(l.with) == 0 || l.state(r, all) == met)
	})
}

// contradictions finds those among the claims on one technology.
func (c *coverage) contradictions(r *Release, claims []*Listing) {
	for i, yes := range claims {
		for _, no := range claims[:i] {
			if !yes.contradicts(no) || c.pairs[[2]*fact.Claim{yes.Claim, no.Claim}] {
				continue
			}
			c.pairs[[2]*fact.Claim{yes.Claim, no.Claim}] = true
			found := Contradiction{Product: r.product, Release: r, Yes: yes, No: no}
			if yes.saysNo() {
				found.Yes, found.No = no, yes
			}
			both := component(yes.Tech, yes.Range.Intersect(no.Range))
			found.Versions, found.Decides = both.printed, r.decides(&both, yes.Inherited)
			c.Contradictions = append(c.Contradictions, found)
		}
	}
}

// contradicts reports whether one of two claims says yes and one no to some version, about
// the same and under the same condition.
func (l *Listing) contradicts(o *Listing) bool {
	return l.saysNo() != o.saysNo() && l.Inherited == o.Inherited && l.When == o.When && slices.Equal(l.With, o.With) && l.Range.Overlaps(o.Range)
}

// decides gives the claim that counts for the versions of a component, of those about a
// platform, or about the release itself.
func (r *Release) decides(versions *Component, about *fact.Platform) *Listing {
	c := ComponentAnswer{Component: versions, release: r}
	all := slices.DeleteFunc(c.gather(nil, versions.Technology.named), func(s statement) bool {
		return s.edge != nil || s.Inherited != about
	})
	return c.decided(all, versions.Range).by[0].Listing
}

// source counts a document, and tells what it lacks.
func (c *coverage) source(s *fact.Source) {
	c.Sources.Total++
	if s.URL != "" {
		c.Sources.Addressed++
	}
	if s.Last() != 0 {
		c.Sources.Dated++
	}
	if due := s.Due(); due != 0 && due < c.Today {
		c.Overdue = append(c.Overdue, Stale{s, s.Last()})
	}
	if n := c.days[s]; n > 0 {
		c.Undated = append(c.Undated, Undated{s, n})
	}
}

// citing adds the sources that what is stated of a product stands on.
func (p *Product) citing(all map[string]bool) {
	all[p.PublishedBy] = true
	for _, r := range p.ordered {
		for i := range r.listings {
			all[r.listings[i].Citation.Source] = true
		}
		cite(all, r.withdrawn, func(l *Listing) fact.Citation { return l.Citation })
		cite(all, r.withdrawn, func(l *Listing) fact.Citation { return fact.Citation{Source: l.EndedBy} })
		cite(all, r.stated.Citations(), func(c fact.Citation) fact.Citation { return c })
		cite(all, r.notes, func(n *fact.Note) fact.Citation { return n.Citation })
		cite(all, r.Profiles, func(p fact.Profile) fact.Citation { return p.Citation })
		cite(all, r.configurations, func(c *Run) fact.Citation { return c.Citation })
		cite(all, r.images, func(s *Shipment) fact.Citation { return s.Citation })
		for _, touches := range r.touches {
			cite(all, touches, func(t touch) fact.Citation { return t.Citation })
		}
	}
}

// cite adds the sources of facts.
func cite[T any](all map[string]bool, facts []T, of func(T) fact.Citation) {
	for _, one := range facts {
		all[of(one).Source] = true
	}
}

// Summary says how much there is, and how much is lacking.
func (c *Coverage) Summary() string {
	undated, missing, listed, never := 0, 0, 0, 0
	for _, u := range c.Undated {
		undated += u.Claims
	}
	for _, m := range c.Missing {
		missing += len(m.Versions)
	}
	for _, e := range c.Exercised {
		listed, never = listed+e.Listed, never+len(e.Never)
	}
	return fmt.Sprintf("Sources: %d, of which %d have an address and %d a day; overdue: %d. Statements without a day: %d. Contradictions: %d. "+
		"Releases that the vendor has published and that are not here: %d; here without a page: %d. Listed as tested: %d; of these exercised by no recorded test run: %d.",
		c.Sources.Total, c.Sources.Addressed, c.Sources.Dated, c.Sources.Overdue, undated, len(c.Contradictions), missing, len(c.Unpaged), listed, never)
}
