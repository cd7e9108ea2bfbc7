package page

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// period is a release that a row holds for, and under what condition.
type period struct {
	subject
	when string
}

// holdsFor takes the product and the release that a head or a cell names.
func (s *scope) holdsFor(one subject, t *tableReader) {
	s.product, s.release = cmp.Or(one.product, s.product), cmp.Or(t.untilNext(one.release), s.release)
}

// releasesOf gives the releases that a row is about, one that is none where it names none, and whether they were read.
func (t *tableReader) releasesOf(cells []*cell) (all []period, ok bool) {
	var found namedReleases
	bounded, empty := false, true
	for i, c := range cells {
		col, text := t.column(i), oneLine(c.words().text)
		if col.role != releasesRole || i > 0 && c == cells[i-1] {
			continue
		}
		bounded, empty = bounded || col.bound != "", empty && text == ""
		if nothing(text) {
			continue
		}
		if !t.addReleases(&found, col, c.words()) {
			return nil, false
		}
	}
	all = found.all
	switch low, high := found.low, found.high; {
	case low != "" && high != "":
		all = []period{{subject: subject{release: ">=" + strings.TrimSuffix(low, "+") + " " + bySigns.Replace(high)}}}
	case low != "" || high != "":
		all = []period{{subject: subject{release: low + high}}}
	case len(all) == 0 && empty && !bounded && t.count(releasesRole) > 0:
		all = t.releases // those of the row above
	case len(all) == 0 && bounded && slices.ContainsFunc(t.cols, func(c column) bool { return c.role == releasesRole && c.bound == "%s+" }):
		return nil, true // "-" below "Since"
	}
	if t.releases = all; len(all) == 0 {
		all = []period{{}}
	}
	return all, t.count(releasesRole) < 2 || !slices.ContainsFunc(all, period.ofAnyRelease)
}

// ofAnyRelease reports whether a product is named and none of its releases: beside other
// columns of releases, nobody can tell which of them are its own.
func (p period) ofAnyRelease() bool { return p.release == "" && p.product != "" }

// namedReleases are the releases that the cells of a row name, and the bounds of a span.
type namedReleases struct {
	all       []period
	low, high string
}

// addReleases adds the releases that a cell names, and reports whether they could be read.
func (t *tableReader) addReleases(found *namedReleases, col column, w words) bool {
	for _, p := range parts(w) {
		one, isRelease := t.names.releaseIn(p.text)
		if first, _, _ := strings.Cut(p.text, " "); !isRelease && (t.names.isProduct(p.text) || t.names(first).Maker) {
			one, isRelease = subject{product: p.text}, true
		}
		if !isRelease && !everyRelease().MatchString(p.text) {
			return false
		}
		one.product = cmp.Or(one.product, col.product)
		if col.bound != "" {
			one.release = fmt.Sprintf(col.bound, strings.TrimSuffix(one.release, "+"))
		}
		switch {
		case col.bound == "" || col.when != "":
			found.all = append(found.all, period{one, col.when})
		case col.bound == "%s+":
			found.low = one.release
		default:
			found.high = one.release
		}
	}
	return true
}

// bySigns gives the bounds of a span by signs.
var bySigns = strings.NewReplacer("up to ", "<=", "before ", "<")

// openRelease is a release and all after it.
var openRelease = compiled(`^v?(\d+(?:\.\d+)*)\+$`)

// untilNext ends what holds from a release on before the next release of the table that
// has its own row or column: "1.3+" beside "2.1+" says nothing of 2.1.
func (t *tableReader) untilNext(release string) string {
	m := openRelease().FindStringSubmatch(release)
	if m == nil {
		return release
	}
	own, next := numbersOf(m[1]), ""
	for _, other := range t.open {
		if slices.Compare(own, numbersOf(other)) < 0 && (next == "" || slices.Compare(numbersOf(other), numbersOf(next)) < 0) {
			next = other
		}
	}
	if next == "" {
		return release
	}
	return ">=" + m[1] + " <" + next
}

// maxLines is how many rows are looked at for lines of releases.
const maxLines = 100

// openReleases gives the releases of a table that begin a line of them.
func (t *tableReader) openReleases(g *grid) []string {
	var all []string
	add := func(text string) {
		one, _ := t.names.releaseIn(text)
		if m := openRelease().FindStringSubmatch(one.release); m != nil {
			all = append(all, m[1])
		}
	}
	for i, c := range t.cols {
		if c.role == releaseRole {
			add(c.release)
		}
		for _, cells := range g.body[:min(len(g.body), maxLines)] {
			if c.role == releasesRole && c.bound == "" && i < len(cells) {
				add(cells[i].words().text)
			}
		}
	}
	return all
}

// numbersOf gives the numbers of a release.
func numbersOf(release string) []int {
	var all []int
	for part := range strings.SplitSeq(release, ".") {
		n, _ := strconv.Atoi(part)
		all = append(all, n)
	}
	return all
}

// everyRelease stands where a release would.
var everyRelease = compiled(`(?i)^(?:all|any|every)(?: (?:supported )?(?:versions?|releases?))?$`)

// holdsReleases reports whether the cells of a column are releases of the product.
func (t *tableReader) holdsReleases(i int, p []sample) bool {
	c := t.cols[i]
	if !t.mayHoldReleases(i, p[i]) {
		return false
	}
	others := func(c column) bool {
		return c.role == kindRole || c.role == thingRole || c.role == versionRole && c.thing.name != ""
	}
	things := slices.ContainsFunc(t.cols, others)
	named := slices.ContainsFunc(t.cols, func(c column) bool { return c.role == nameRole })
	switch m := releasesHead().FindStringSubmatch(c.title); {
	case c.role == kindRole: // "Product"
		return i == 0 && t.count(kindRole) > 1 && p[i].most(p[i].ours) && !named
	case m == nil:
		things = things || t.count(releaseRole) > 0 && c.title != ""
		return (c.role == unknownRole || c.role == answerRole) && i == 0 && things && (c.title == "" || productName().MatchString(c.title)) && !named
	case t.ofProduct(m[1]):
		return i == 0 && (things || t.count(releaseRole) > 0) || (things || named) && t.isSubject(m[1], c.title)
	case m[1] == "" || anyProduct().MatchString(m[1]):
		return i == 0 && things && !named || m[1] != "" && (things || named) && strings.Contains(strings.ToLower(c.title), "release")
	}
	return false
}

// mayHoldReleases reports whether the cells of a column look like releases, and nothing else does.
func (t *tableReader) mayHoldReleases(i int, p sample) bool {
	if !p.most(p.releases) || t.count(releaseRole) > 0 && (i > 0 || t.namedAbove() == "") {
		return false
	}
	c := t.cols[i]
	return len(c.kinds) == 0 || c.kinds[0] == kindProduct || ofDriver().MatchString(c.title)
}

// isSubject reports whether the word before "version" names the product of the page, or the head speaks of releases.
func (t *tableReader) isSubject(word, title string) bool {
	return strings.Contains(t.page.Title+" "+t.scope.section+" "+t.scope.product, word) || strings.Contains(strings.ToLower(title), "release")
}

// ofDriver is the head of the releases of a product that is a driver.
var ofDriver = compiled(`(?i)\b(?:driver|library|framework) (?:version|release)s?$`)

// ofProduct reports whether the word before "version" names a product.
func (t *tableReader) ofProduct(word string) bool {
	kind, _ := t.names.kindOf(word)
	return productName().MatchString(word) && kind == "" && !anyProduct().MatchString(word) && withoutStatus(labelFillers().ReplaceAllString(word, "")) != "" && !othersVersions().MatchString(word)
}
