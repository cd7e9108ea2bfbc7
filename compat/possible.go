package compat

import (
	"strings"

	"github.com/testedon/testedon/message"
	"github.com/testedon/testedon/version"
)

// bound finds the versions that cannot be: pre-releases; where the cycles are all there are,
// what is in none of them; and what is above those of a technology that has ended.
func (b *builder) bound(where string, t *Technology) {
	if (t.Complete || t.Ended) && len(t.Cycles) == 0 {
		b.fault(where, "is complete or ended and has no cycles; name all of them")
	}
	for _, c := range t.cycles {
		t.parts = append(t.parts, !t.cycleOf(c).Equal(c))
	}
	t.never = t.scheme.Unreleased()
	var known version.Range
	for i, c := range t.counted.Cycles {
		known = known.Union(t.cycles[i])
		t.never = t.never.Union(t.early(i))
		if c.First != "" && t.early(i).IsEmpty() {
			b.fault(where, "first of cycle %s is %q, which is no version of it above others", c.Version, c.First)
		}
	}
	if known.IsEmpty() {
		return
	}
	if t.counted.Complete {
		t.never = t.never.Union(version.All().Minus(known).Minus(known.Above()))
	}
	if t.counted.Ended {
		t.never = t.never.Union(known.Above())
	}
	t.beyond = known.Above().Minus(t.never)
}

// early is the versions of a cycle before its first release; none where that is not told.
func (t *Technology) early(cycle int) version.Range {
	text := t.counted.Cycles[cycle].First
	if text == "" {
		return version.Range{}
	}
	first, err := t.scheme.Parse(text)
	if err != nil {
		return version.Range{}
	}
	return t.cycles[cycle].Minus(first).Minus(first.Above())
}

// newest adds what is above the latest version of a cycle to what is newer than any known.
func (b *builder) newest(t *Technology) {
	var each []version.Range
	for _, p := range b.m.technologies[t.counted.ID].life.Periods {
		each = append(each, p.Known)
		for i, cycle := range t.cycles {
			if p.Range.Within(cycle) && (t.latest[i] == nil || p.Range.Compare(t.latest[i].Range) > 0) {
				t.latest[i] = p
			}
		}
	}
	known := version.Unite(each)
	each = each[:0]
	for i := range t.cycles {
		each = append(each, t.above(i).Minus(known).Minus(t.never))
	}
	t.beyond = t.beyond.Union(version.Unite(each))
}

// above is the versions of a cycle above the latest of it; none where that is not known.
func (t *Technology) above(cycle int) version.Range {
	if t.latest[cycle] == nil {
		return version.Range{}
	}
	return t.cycles[cycle].Intersect(t.latest[cycle].Known.Above())
}

// possible reports whether some of the versions may exist.
func (t *Technology) possible(r version.Range) bool { return r.IsEmpty() || !r.Within(t.never) }

// checkParts refuses versions of more numbers than those of the technology have, or of one
// that counts more releases than anything has had.
func (t *Technology) checkParts(text string, r version.Range) error {
	const mostReleases = 9999
	longest, largest := r.Longest()
	if t.counted.Parts == 0 || r.IsAll() || longest <= t.counted.Parts+1 && largest <= mostReleases {
		return nil
	}
	place, most := -1, 0 // the longest cycle that the versions are of, else the newest
	for i, c := range t.cycles {
		if !r.Overlaps(c) {
			continue
		}
		if n := c.Shared(); n == 0 {
			return nil // of such older ones nothing is known
		} else if n > most {
			place, most = i, n
		}
	}
	series := t.newestSeries()
	if place >= 0 {
		series = t.cycles[place]
	}
	most = series.Shared()
	if most += t.counted.Parts; longest <= most && largest <= mostReleases {
		return nil
	}
	example := t.scheme.Print(series) + strings.Repeat(".2", t.counted.Parts)
	return &version.Error{Text: text, Scheme: t.Scheme, Reason: message.Of("unread.parts", most, example)}
}

// newestSeries is the last of the technology's cycles that are no part of another; none where
// it has none.
func (t *Technology) newestSeries() (newest version.Range) {
	for i, c := range t.cycles {
		if !t.parts[i] && (newest.IsEmpty() || c.Compare(newest) > 0) {
			newest = c
		}
	}
	return newest
}

// neighbours gives the series next to versions that cannot be: the one below and the one
// above, where there are such. Years are compared as years.
func (t *Technology) neighbours(r version.Range) []version.Range {
	var all [2]struct{ series, place version.Range }
	years := r.Within(t.scheme.Unreleased())
	for i, series := range t.cycles {
		place := series
		if years {
			year, _, _ := strings.Cut(t.counted.Cycles[i].Label, " ")
			place, _ = version.Parse(year)
		}
		if t.parts[i] { // of another
			continue
		}
		above, relation := 0, r.Relate(place)
		switch relation {
		case version.Above:
		case version.Below:
			above = 1
		default:
			continue
		}
		best := &all[above]
		nearer := place.Compare(best.place)
		if nearer == 0 {
			nearer = series.Compare(best.series)
		}
		if best.series.IsEmpty() || (nearer > 0) != (above == 1) {
			best.series, best.place = series, place
		}
	}
	var found []version.Range
	for _, one := range all {
		if !one.series.IsEmpty() {
			found = append(found, one.series)
		}
	}
	return found
}

// lives gives the technology that a name means in these versions: the successor where
// the older name can only mean that.
func (t *Technology) lives(r version.Range) *Technology {
	for _, e := range t.edges {
		if !e.forward && r.Within(e.same) {
			return e.other
		}
	}
	return t
}

// current is the statement under the name that its versions can be asked by: "AdoptOpenJDK
// 21" is one on Eclipse Temurin 21.
func (l *Listing) current() *Listing {
	if l.now != nil {
		return l.now
	}
	return l
}

// underItsName is the statement under the name that its versions have now; nil where that is its
// own.
func (l *Listing) underItsName() *Listing {
	now := l.Tech.lives(l.Range)
	if now == l.Tech {
		return nil
	}
	renamed, read := *l, *l.reading
	read.display, read.printed = now.display(l.Range)
	read.impossible = !now.possible(l.Range)
	renamed.Tech, renamed.reading = now, &read
	return &renamed
}

// absent says of versions that cannot be that there are none, and what may be meant.
func (t *Technology) absent(r version.Range) (reason string, meant []Component) {
	whole, _ := t.display(r)
	if now := t.lives(r); now != t {
		c := component(now, r)
		return t.m.words.Text("absent.renamed", whole, c.display), []Component{c}
	}
	for i := range t.cycles {
		if r.Within(t.early(i)) {
			series := component(t, t.cycles[i])
			return t.m.words.Text("absent.early", whole, series.printed, t.counted.Cycles[i].First), []Component{series}
		}
	}
	for _, series := range t.neighbours(r) {
		meant = append(meant, component(t, series))
	}
	near, printed := "", [2]string{}
	for i := range meant {
		printed[i] = meant[i].printed
	}
	switch {
	case len(meant) == 2:
		near = "both"
	case len(meant) == 1 && r.Compare(meant[0].Range) > 0:
		near = "last"
	case len(meant) == 1:
		near = "first"
	}
	return t.m.words.Text("absent.none", whole, near, printed[0], printed[1]), meant
}

// Refuse makes a component of which there are no such versions unresolved, and gives what may
// be meant.
func (c *Component) Refuse() (meant []Component) {
	if !c.Technology.possible(c.Range) {
		c.Reason, meant = c.Technology.absent(c.Range)
	}
	return meant
}

// isUpdateAbove reports whether versions are an update without a number to compare, "2022 CU99",
// that counts more than the latest version of a cycle, "16.0.4265.3 CU26".
func (t *Technology) isUpdateAbove(cycle int, r version.Range) bool {
	p := t.latest[cycle]
	return r.IsMember() && p != nil && r.Within(t.cycles[cycle]) && t.scheme.IsLaterUpdate(t.scheme.Print(r), p.Latest)
}

// Remark says of versions that are newer than any known that they are; "" of others.
func (c *Component) Remark() string {
	t := c.Technology
	if !c.newer {
		return ""
	}
	for i, p := range t.latest {
		if p != nil && c.Range.Within(t.cycles[i]) && c.Range.Within(p.Known.Above()) || t.isUpdateAbove(i, c.Range) {
			newest, day := p.Newest()
			return t.m.words.Text("newer", c.display, t.scheme.Series(t.cycles[i]), newest, day)
		}
	}
	return t.m.words.Text("newer", c.display, "", component(t, t.newestSeries()).printed, "")
}

// Remark says of a statement about versions that there are none; "" of others.
func (l *Listing) Remark() string {
	if !l.impossible {
		return ""
	}
	reason, _ := l.Tech.absent(l.Range)
	return reason + "."
}
