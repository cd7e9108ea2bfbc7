package survey

import (
	"cmp"
	"slices"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/internal/order"
	"github.com/testedon/testedon/message"
)

// Gaps is what the record lacks, for whoever keeps it: what was not looked at for too
// long, what has no day, what says yes and no, what is not here, and what no test run
// exercised.
type Gaps struct {
	Today          fact.Day
	Sources        SourceCounts
	Claims         ClaimCounts
	Unsaid         []Undated       // documents that do not say why their statements have no since, by ID
	Overdue        []compat.Stale  // documents past the day of the next look, the longest first
	Undated        []Undated       // documents whose statements have no day, by ID
	Contradictions []Contradiction // by product and release
	Missing        []Missing       // by product
	Exercised      []Exercised     // by product and release, the newest first; those that list nothing as tested are left out
	Unpaged        []Unpaged       // so, too
	words          *message.Language
}

// SourceCounts says of how many documents an address and a day are known.
type SourceCounts struct {
	Total     int
	Addressed int // that have an address
	Dated     int // of which some day is known
	Overdue   int // as in [Gaps.Overdue]
}

// ClaimCounts says of how many statements it is known since when they stand.
type ClaimCounts struct {
	Total   int
	Since   int // that have a day of their own
	Brought int // of these, those of which the change is known that brought them
	Unknown int // of the others, those whose document says why it cannot be known
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
	Product  *compat.Product
	Release  *compat.Release // of several that inherit both, the first
	Versions string          // that both speak of, in the technology's notation; empty for every one
	Yes, No  *compat.Listing
	Decides  *compat.Listing // what counts for these versions: one of the two, or a third
}

// Missing is the releases that a vendor has published and that are not here.
type Missing struct {
	Product  *compat.Product
	Source   *fact.Source // that lists them
	Versions []string
}

// Exercised is what the pages list as tested for a release, and what of it lies in no
// recorded test run that passed.
type Exercised struct {
	Product *compat.Product
	Release *compat.Release
	Listed  int // statements
	Never   []*compat.Listing
}

// Unpaged is a release that is known by images and test runs alone.
type Unpaged struct {
	Product      *compat.Product
	Release      *compat.Release
	Images, Runs int
}

// coverage is Gaps on its way.
type coverage struct {
	*Gaps
	claims map[*fact.Claim]bool    // that were looked at; a platform's are listed by several releases
	pairs  map[[2]*fact.Claim]bool // so, too
	days   map[*fact.Source]int    // statements without one
}

// Coverage tells what the record of a matrix lacks on a day; with a product, what is
// known of that one alone. Where there is no day nothing is overdue.
func Coverage(m *compat.Matrix, today fact.Day, product *compat.Product) *Gaps {
	products := []*compat.Product{product}
	if product == nil {
		products = m.Products()
	}
	c := coverage{&Gaps{Today: today, words: m.Words()}, map[*fact.Claim]bool{}, map[[2]*fact.Claim]bool{}, map[*fact.Source]int{}}
	var cited map[string]bool
	if product != nil {
		cited = product.Cited()
	}
	for _, p := range products {
		c.missing(p, m.Source(p.PublishedBy))
		for _, r := range p.Releases() {
			c.release(r)
		}
	}
	unsaid := c.since(m, product)
	sources := m.Dataset().Sources
	for i := range sources {
		if s := &sources[i]; product == nil || cited[s.ID] {
			c.source(s)
			if n := unsaid[s.ID]; n > 0 {
				c.Unsaid = append(c.Unsaid, Undated{s, n})
			}
		}
	}
	order.Stable(c.Overdue, func(a, b compat.Stale) int { return cmp.Compare(a.Source.Due(), b.Source.Due()) })
	c.Sources.Overdue = len(c.Overdue)
	return c.Gaps
}

// since counts the statements, about a product where there is one, and gives by documents of
// how many nothing tells since when they stand.
func (c *coverage) since(m *compat.Matrix, product *compat.Product) map[string]int {
	unsaid := map[string]int{}
	claims := m.Dataset().Claims
	for i := range claims {
		one := &claims[i]
		if product != nil && one.Product != product.ID {
			continue
		}
		c.Claims.Total++
		switch s := m.Source(one.Citation.Source); {
		case one.Since != "":
			c.Claims.Since++
			c.Claims.Brought += min(1, len(one.BroughtBy))
		case s.SinceUnknown+s.Undated != "":
			c.Claims.Unknown++
		default:
			unsaid[s.ID]++
		}
	}
	return unsaid
}

// missing compares releases as a question finds them.
func (c *coverage) missing(p *compat.Product, by *fact.Source) {
	lacks := Missing{Product: p, Source: by}
	for _, version := range p.Published {
		if !p.Has(version) {
			lacks.Versions = append(lacks.Versions, version)
		}
	}
	if len(lacks.Versions) > 0 {
		c.Missing = append(c.Missing, lacks)
	}
}

// release looks through the statements about a release.
func (c *coverage) release(r *compat.Release) {
	tested := Exercised{Product: r.Of(), Release: r}
	var same []*compat.Listing // on one technology
	for _, l := range r.Listings() {
		if l.Day() == 0 && !c.claims[l.Claim] {
			c.days[l.Source]++
		}
		c.claims[l.Claim] = true
		if len(same) > 0 && same[0].Tech != l.Tech {
			same = same[:0]
		}
		c.contradictions(r, l, same)
		same = append(same, l)
		if !l.Paged() || l.Status != fact.StatusTested {
			continue
		}
		if tested.Listed++; !r.Exercised(l) {
			tested.Never = append(tested.Never, l)
		}
	}
	if tested.Listed > 0 {
		c.Exercised = append(c.Exercised, tested)
	}
	if r.Unpaged() {
		c.Unpaged = append(c.Unpaged, Unpaged{r.Of(), r, len(r.Shipments()), len(r.Runs())})
	}
}

// contradictions finds those of a claim and others on its technology.
func (c *coverage) contradictions(r *compat.Release, yes *compat.Listing, others []*compat.Listing) {
	for _, no := range others {
		if !contradict(yes, no) || c.pairs[[2]*fact.Claim{yes.Claim, no.Claim}] {
			continue
		}
		c.pairs[[2]*fact.Claim{yes.Claim, no.Claim}] = true
		found := Contradiction{Product: r.Of(), Release: r, Yes: yes, No: no}
		if yes.SaysNo() {
			found.Yes, found.No = no, yes
		}
		both := yes.Tech.Component(yes.Range.Intersect(no.Range))
		found.Versions, found.Decides = both.VersionText(), r.Deciding(&both, yes.Inherited)
		c.Contradictions = append(c.Contradictions, found)
	}
}

// contradict reports whether one of two claims says yes and one no to some version, about
// the same and under the same condition.
func contradict(l, o *compat.Listing) bool {
	return l.SaysNo() != o.SaysNo() && l.Inherited == o.Inherited && l.When == o.When && slices.Equal(l.With, o.With) && l.Range.Overlaps(o.Range)
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
		c.Overdue = append(c.Overdue, compat.Stale{Source: s, Last: s.Last()})
	}
	if n := c.days[s]; n > 0 {
		c.Undated = append(c.Undated, Undated{s, n})
	}
}

// Summary says how much there is, and how much is lacking.
func (c *Gaps) Summary() string {
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
	return c.words.Say(message.Of("coverage", c.Sources.Total, c.Sources.Addressed, c.Sources.Dated, c.Sources.Overdue,
		c.Claims.Total, c.Claims.Since, c.Claims.Unknown, undated, len(c.Contradictions), missing, len(c.Unpaged), listed, never))
}
