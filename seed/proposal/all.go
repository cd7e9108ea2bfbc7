package proposal

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/internal/order"
	"github.com/testedon/testedon/internal/str"
	"github.com/testedon/testedon/version"
)

// AllReleases asks for every release that the pages name or the catalogue has, and of which
// the pages state something.
const AllReleases = "all"

// all proposes for each release of which the pages state something. What none of them is
// about, and what is not resolved, is told once.
func (r *reader) all(pages []Document) ([]*Proposal, error) {
	pages = slices.Clone(pages)
	for i := range pages {
		pages[i].read = pages[i].page(r.pageNames)
	}
	var all []*Proposal
	for _, release := range r.releasesOf(pages) {
		about := r.asked
		about.Release, about.named = release, true
		next, err := Propose(r.m, about, pages...)
		if err != nil {
			return nil, err
		}
		for _, p := range next {
			for i := range p.Found {
				p.Found[i].Release = p.Release
			}
			for i := range p.Changes {
				p.Changes[i].Release = p.Release
			}
		}
		all = append(all, next...)
	}
	for i, d := range pages {
		if len(all) == 0 && len(d.read.Statements) == 0 && len(d.read.Unread) > 0 {
			u := &pages[i].read.Unread[0]
			return nil, fact.Invalid("release", "With --release VERSION, all that could not be read is listed.", "nothing was read from %s, so that there is no release: line %d: %s", d.Name, u.Line, str.Join(": ", u.Text, u.Reason))
		}
	}
	if len(all) == 0 {
		return nil, fact.Invalid("release", "Name the one that they are about: --release VERSION.", "the pages name no release of %s", r.product)
	}
	tellOnce(all)
	return all, nil
}

// tellOnce leaves what several proposals tell with the first of them: what is not resolved,
// and what is left out of all.
func tellOnce(all []*Proposal) {
	left, told := map[LeftOut]int{}, map[string]bool{}
	for _, p := range all {
		for _, l := range p.LeftOut {
			left[l]++
		}
	}
	for _, p := range all {
		p.LeftOut = slices.DeleteFunc(p.LeftOut, func(l LeftOut) bool {
			n := left[l]
			left[l] = 0
			return n < len(all)
		})
		p.Unresolved = slices.DeleteFunc(p.Unresolved, func(u Unresolved) bool {
			key := fmt.Sprint(u.Page, u.Line, u.Text, u.Reason)
			was := told[key]
			told[key] = true
			return was
		})
		for i := range p.Pages {
			p.Pages[i].Others = []Other{}
		}
	}
}

// aNumber is the number of a release, and what marks it as a series.
var aNumber = str.Regexp(`\d+(?:\.\d+)*(\.[xz*])?`)

// releasesOf gives the releases that pages state something of, in their order: those of the
// catalogue, and those that are named. A series that holds one of them is none by itself.
func (r *reader) releasesOf(pages []Document) []string {
	var all []string
	if p, err := r.m.Product(r.product); err == nil {
		for _, release := range p.Releases() {
			all = append(all, release.Version)
		}
		all = append(all, p.Published...)
	}
	numbers, series, printed := r.printedReleases(pages)
	all = append(all, numbers...)
	one := *r
	var kept []string
	for i, release := range append(all, series...) {
		one.release, one.names = release, []string{release}
		taken := slices.ContainsFunc(kept, func(k string) bool {
			return padded(k) == padded(release) || i >= len(all) && strings.HasPrefix(k, release+".")
		})
		if !taken && slices.ContainsFunc(printed, one.isRelease) {
			kept = append(kept, release)
		}
	}
	order.Stable(kept, func(a, b string) int {
		one, err := version.Parse(a)
		other, failed := version.Parse(b)
		if err != nil || failed != nil {
			return cmp.Compare(a, b)
		}
		return one.Compare(other)
	})
	return kept
}

// printedReleases gives the releases of the product as pages print them, and the numbers
// and series in them.
func (r *reader) printedReleases(pages []Document) (numbers, series, printed []string) {
	for _, d := range pages {
		for _, s := range d.read.Statements {
			if s.Release == "" || slices.Contains(printed, s.Release) || !r.isProduct(s.Product) {
				continue
			}
			printed = append(printed, s.Release)
			for _, m := range aNumber().FindAllStringSubmatch(r.withoutName(s.Release), -1) {
				if number := strings.TrimSuffix(m[0], m[1]); m[1] == "" {
					numbers = append(numbers, number)
				} else {
					series = append(series, number)
				}
			}
		}
	}
	return numbers, series, printed
}
