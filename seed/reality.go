package seed

import (
	"cmp"
	"fmt"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/internal/order"
)

// reality holds what a catalogue states against what it knows of the
// technologies. What pages print may be a slip, and is kept as it stands: all that
// comes of it are warnings, each of which says what to look at.
type reality struct {
	*loader
	m      *compat.Matrix
	series map[string][]series // by technology
}

// doubted warns about claims that can hardly be true as they stand, and about what the
// record lacks on a day.
func (l *loader) doubted(today fact.Day) {
	m, err := compat.Build(&l.ds)
	if err != nil {
		return // a catalogue with faults is not looked at
	}
	r := reality{loader: l, m: m, series: map[string][]series{}}
	r.unlikely()
	r.lacking(today)
}

// unlikely warns about claims that can hardly be true as they stand.
func (r *reality) unlikely() {
	for _, page := range r.pages() {
		for _, c := range page {
			r.outside(c, page)
			r.named(c)
			r.quoted(c)
			r.joined(c, page)
		}
		for _, section := range parted(page, func(c *compat.Listing) string {
			return c.Citation.Source + "\n" + c.Citation.Section + "\n" + string(c.Status)
		}) {
			r.foreign(section)
		}
		for _, same := range parted(page, func(c *compat.Listing) string { return c.Technology }) {
			r.repeated(same)
		}
	}
}

// pages gives the claims about each release and each platform, in the order in
// which they are written. What images and test runs state is printed on no page.
func (r *reality) pages() [][]*compat.Listing {
	var all []*compat.Listing
	seen := map[string]bool{}
	for _, release := range r.m.Releases() {
		for _, c := range release.Listings() {
			if c.Paged() && !seen[c.ID] { // what is about a platform is listed for each of its releases
				seen[c.ID] = true
				all = append(all, c)
			}
		}
	}
	order.Stable(all, func(a, b *compat.Listing) int {
		p, q := r.places["claim "+a.ID], r.places["claim "+b.ID]
		return cmp.Or(cmp.Compare(p.File, q.File), cmp.Compare(p.Line, q.Line), cmp.Compare(a.Position, b.Position))
	})
	return parted(all, func(c *compat.Listing) string { return r.places["claim "+c.ID].File })
}

// parted puts claims of one key together, keys in the order of their first claim.
func parted(claims []*compat.Listing, key func(*compat.Listing) string) [][]*compat.Listing {
	at := map[string]int{}
	var all [][]*compat.Listing
	for _, c := range claims {
		i, known := at[key(c)]
		if !known {
			i = len(all)
			at[key(c)], all = i, append(all, nil)
		}
		all[i] = append(all[i], c)
	}
	return all
}

// doubt warns about a claim.
func (r *reality) doubt(c *compat.Listing, format string, args ...any) {
	r.warn(c.Fact(), fmt.Sprintf(format, args...))
}

// place is where a claim is written, for a person.
func (r *reality) place(c *compat.Listing) string {
	p := r.places[c.Fact()]
	return fmt.Sprintf("%s:%d", p.File, p.Line)
}
