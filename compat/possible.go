package compat

import (
	"strings"

	"github.com/testedon/testedon/version"
)

// bound finds the versions that cannot be, and those that are newer than any known.
func (b *builder) bound(where string, t *Technology) {
	complete, ended := t.counted.Complete, t.counted.Ended
	if (t.Complete || t.Ended) && len(t.Cycles) == 0 {
		b.fault(where, "is complete or ended and has no cycles; name all of them")
	}
	var known version.Range
	for _, c := range t.cycles {
		known = known.Union(c)
	}
	for _, c := range t.cycles {
		t.parts = append(t.parts, !t.cycleOf(c).Equal(c))
	}
	t.never = t.scheme.Unreleased()
	spans := known.Spans()
	for i := range spans {
		if above := spans[i].Above(); i+1 < len(spans) {
			if next := spans[i+1]; complete {
				t.never = t.never.Union(above.Minus(next).Minus(next.Above()))
			}
		} else if ended {
			t.never = t.never.Union(above)
		} else {
			t.beyond = above.Minus(t.never)
		}
	}
}

// possible reports whether some of the versions may exist.
func (t *Technology) possible(r version.Range) bool { return r.IsEmpty() || !r.Within(t.never) }

// beside gives the series next to versions that cannot be: the one below and the one
// above, where there are such. Years are compared as years.
func (t *Technology) beside(r version.Range) []version.Range {
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

// renamed is the statement under the name that its versions have now; nil where that is its
// own.
func (l *Listing) renamed() *Listing {
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
	reason = "There is no " + whole
	if now := t.lives(r); now != t {
		c := component(now, r)
		return reason + "; what is called so can only be " + c.display, []Component{c}
	}
	for _, series := range t.beside(r) {
		meant = append(meant, component(t, series))
	}
	switch len(meant) {
	case 1:
		reason += "; the last was " + meant[0].printed
	case 2:
		reason += "; its neighbours are " + meant[0].printed + " and " + meant[1].printed
	}
	return reason, meant
}

// Refuse makes a component of which there are no such versions unresolved, and gives what may
// be meant.
func (c *Component) Refuse() (meant []Component) {
	if !c.Technology.possible(c.Range) {
		c.Reason, meant = c.Technology.absent(c.Range)
	}
	return meant
}

// Remark says of versions that are newer than any known that they are; "" of others.
func (c *Component) Remark() string {
	if c.Technology == nil || c.Range.IsEmpty() || !c.Range.Within(c.Technology.beyond) {
		return ""
	}
	newest := c.Technology.beside(c.Technology.beyond)
	return c.display + " is newer than the newest that is known, " + component(c.Technology, newest[0]).printed + "."
}

// Remark says of a statement about versions that there are none; "" of others.
func (l *Listing) Remark() string {
	if !l.impossible {
		return ""
	}
	reason, _ := l.Tech.absent(l.Range)
	return reason + "."
}
