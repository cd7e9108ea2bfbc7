package detect

import (
	"slices"
	"strings"

	"github.com/testedon/testedon/compat"
)

// settle weighs the evidence and gives what it finds:
//
//  1. What may mean several technologies counts for none by itself. Other
//     evidence of a version they share decides, or it is named as unrecognised.
//  2. What names its technology less well yields to evidence of the same version
//     that names a relative.
//  3. Of two versions of one technology, the less precise one yields.
func (r *reader) settle() []Found {
	found := []Found{}
	for i := range r.evidence {
		e := &r.evidence[i]
		switch {
		case len(e.may) > 1:
			if !r.decided(e) {
				r.unread(e.text, "%s: it may mean %s", e.from, e.names())
			}
		case r.yields(i):
		case len(found) == MaxFound:
			r.miss(e.text, "%s: there are more than %d components", e.from, MaxFound)
		default:
			found = append(found, e.found())
		}
	}
	return found
}

// decided reports whether other evidence names one of those that e may mean.
func (r *reader) decided(e *evidence) bool {
	return slices.ContainsFunc(r.evidence, func(other evidence) bool {
		return len(other.may) == 1 && slices.ContainsFunc(e.may, func(c compat.Component) bool {
			return c.Technology == other.may[0].Technology && related(&c, &other.may[0])
		})
	})
}

// yields reports whether a piece of evidence says nothing beside another.
func (r *reader) yields(i int) bool {
	e := &r.evidence[i]
	for j := range r.evidence {
		other := &r.evidence[j]
		if i == j || len(other.may) != 1 {
			continue
		}
		if r.weaker(e, other) || e.broader(other, i < j) {
			return true
		}
	}
	return false
}

// weaker reports whether other names a relative of the same version better.
func (r *reader) weaker(e, other *evidence) bool {
	mine, its := &e.may[0], &other.may[0]
	return e.strength < other.strength && mine.Technology.Head() == its.Technology.Head() && related(mine, its)
}

// broader reports whether other is of the same technology and more precise; of
// two that say the same, the first stays.
func (e *evidence) broader(other *evidence, first bool) bool {
	mine, its := &e.may[0], &other.may[0]
	if mine.Technology != its.Technology || !its.Range.Within(mine.Range) {
		return false
	}
	return !first || !mine.Range.Equal(its.Range)
}

// related reports whether one of two components holds the versions of the other.
func related(a, b *compat.Component) bool {
	return a.Range.Within(b.Range) || b.Range.Within(a.Range)
}

func (e *evidence) found() Found {
	c := &e.may[0]
	return Found{
		Kind: c.Technology.Kind, Technology: c.Technology.ID, Version: e.version,
		Asked: compat.Asked{Kind: c.Kind, Text: c.Text}, From: e.from, Text: e.text,
	}
}

// names lists what e may mean.
func (e *evidence) names() string {
	all := make([]string, len(e.may))
	for i := range e.may {
		all[i] = strings.TrimSpace(e.may[i].Technology.Name + " " + e.version)
	}
	return strings.Join(all, " or ")
}
