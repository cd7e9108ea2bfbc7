package seed

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/internal/order"
	"github.com/testedon/testedon/version"
)

// series is a cycle of a technology with its versions read.
type series struct {
	label    string // as people write it
	versions version.Range
}

// seriesOf gives the series of a technology, the lowest first.
func (r *reality) seriesOf(t *compat.Technology) []series {
	if all, read := r.series[t.ID]; read {
		return all
	}
	var all []series
	scheme, _ := version.NewScheme(t.Scheme) // the loader has made it before, and read all cycles by it
	for _, c := range t.Cycles {
		if versions, err := scheme.Parse(c.Version); err == nil {
			all = append(all, series{cmp.Or(c.Label, c.Version), versions})
		}
	}
	order.Stable(all, func(a, b series) int { return a.versions.Compare(b.versions) })
	r.series[t.ID] = all
	return all
}

// knows reports whether some of the versions are of a series of t, or of the
// technology that t lives on as.
func (r *reality) knows(t *compat.Technology, versions version.Range) bool {
	all := r.seriesOf(t)
	if len(all) == 0 || slices.ContainsFunc(all, func(s series) bool { return s.versions.Overlaps(versions) }) {
		return true
	}
	for _, s := range t.Successors {
		next, err := r.m.Technology(s.Technology)
		if err == nil && slices.ContainsFunc(r.seriesOf(next), func(s series) bool { return s.versions.Overlaps(versions) }) {
			return true
		}
	}
	return false
}

// outside warns about versions of no series that is known: "RHEL 15". The number
// may be one of another technology of the page that got into the wrong row.
func (r *reality) outside(c *compat.Listing, page []*compat.Listing) {
	if r.knows(c.Tech, c.Range) {
		return
	}
	text := fmt.Sprintf("%s: no version %s of %s is known; the nearest: %s", c.Label, c.Version, c.Tech.Name, strings.Join(r.nearest(c), ", "))
	for _, other := range page {
		if other.Version == c.Version && other.Tech.Kind == c.Tech.Kind && other.Tech != c.Tech && r.knows(other.Tech, other.Range) {
			text += fmt.Sprintf("; %s stands at %s", other.Label, r.place(other))
			break
		}
	}
	r.doubt(c, "%s; look it up, keep what is printed, and if there is such a version, add its series to technologies/%s/%s.yaml",
		text, c.Tech.Kind, c.Tech.ID)
}

// nearest gives the series just below and just above the versions of a claim;
// where one side has none, two of the other. Years are compared as years.
func (r *reality) nearest(c *compat.Listing) []string {
	all := r.seriesOf(c.Tech)
	var at int // how many lie below
	if year, isYear := yearOf(c.Version); isYear && slices.ContainsFunc(all, series.isYear) {
		all = slices.DeleteFunc(slices.Clone(all), func(s series) bool { return !s.isYear() })
		order.Stable(all, func(a, b series) int { return strings.Compare(a.label, b.label) })
		at, _ = slices.BinarySearchFunc(all, year, func(s series, year int) int { return cmp.Compare(s.year(), year) })
	} else {
		at, _ = slices.BinarySearchFunc(all, c.Range, func(s series, v version.Range) int { return s.versions.Compare(v) })
	}
	from, to := max(at-1, 0), min(at+1, len(all))
	if at == len(all) {
		from = max(at-2, 0)
	}
	var labels []string
	for _, s := range all[from:to] {
		labels = append(labels, s.label)
	}
	return labels
}

func (s series) isYear() bool {
	_, ok := yearOf(s.label)
	return ok
}

func (s series) year() int {
	year, _ := yearOf(s.label)
	return year
}

// yearOf reads four digits.
func yearOf(text string) (int, bool) {
	year, err := strconv.Atoi(text)
	return year, err == nil && len(text) == 4 && year > 0
}
