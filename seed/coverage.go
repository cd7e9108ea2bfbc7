package seed

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/compat/survey"
	"github.com/testedon/testedon/internal/str"
)

// lacking warns about what the record lacks on a day, as [survey.Coverage] tells it.
func (r *reality) lacking(today fact.Day) {
	c := survey.Coverage(r.m, today, nil)
	for _, s := range c.Overdue {
		r.warn("source "+s.Source.ID, fmt.Sprintf("is known to have said so on %s, and was to be relied on until %s; look at it again, and give the day as checked where it says the same",
			s.Last, s.Source.Due()))
	}
	for _, u := range c.Undated {
		if u.Source.Undated != "" { // else that is refused
			r.warn("source "+u.Source.ID, fmt.Sprintf("statements that stand on it and have no day: %d; %s", u.Claims, u.Source.Undated))
		}
	}
	for _, u := range c.Unsaid {
		if u.Source.Date != "" { // else that is refused
			r.warn("source "+u.Source.ID, fmt.Sprintf("statements that stand on it and do not say since when: %d; give them since and brought_by (testedon import --history finds them), "+
				"or the source since_unknown, with why nobody knows", u.Claims))
		}
	}
	for i := range c.Contradictions {
		r.contradicted(&c.Contradictions[i])
	}
	for _, p := range r.m.Products() {
		r.uncovered(p, c)
	}
}

// contradicted warns about claims of which one says yes and one says no to the same
// versions, at the one that is written later.
func (r *reality) contradicted(c *survey.Contradiction) {
	first, later := c.Yes, c.No
	p, q := r.places[first.Fact()], r.places[later.Fact()]
	if cmp.Or(cmp.Compare(p.File, q.File), cmp.Compare(p.Line, q.Line), cmp.Compare(first.Position, later.Position)) > 0 {
		first, later = later, first
	}
	r.doubt(later, "%s is stated as %s here and %s as %s at %s, and today %s counts; if both are printed, keep both, and say by \"when\" where each holds",
		later.Label, str.Words(later.Status), first.Label, str.Words(first.Status), r.place(first), str.Words(c.Decides.Status))
}

// uncovered warns about a product of which the vendor has published releases that are not
// here or, in a catalogue that records test runs, of which something is listed as tested
// that none of them exercised.
func (r *reality) uncovered(p *compat.Product, c *survey.Gaps) {
	var lacks []string
	for _, m := range c.Missing {
		if m.Product == p {
			lacks = append(lacks, fmt.Sprintf("releases that the vendor has published and that are not here: %s (%s)", strings.Join(m.Versions, ", "), m.Source.ID))
		}
	}
	listed, never := 0, 0
	for _, e := range c.Exercised {
		if e.Product == p {
			listed, never = listed+e.Listed, never+len(e.Never)
		}
	}
	if never > 0 && len(r.ds.Configurations) > 0 {
		lacks = append(lacks, fmt.Sprintf("listed as tested and exercised by no recorded test run that passed: %d of %d", never, listed))
	}
	if len(lacks) > 0 {
		r.warn("product "+p.ID, strings.Join(lacks, "; "))
	}
}
