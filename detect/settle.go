package detect

import (
	"slices"
	"strconv"
	"strings"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
)

// settle weighs the evidence and gives what it finds:
//
//  1. What may mean several technologies counts for none by itself. Other
//     evidence of a version they share decides, or the name that stands for any of
//     them does, or it is named as unrecognised.
//  2. What names its technology less well yields to evidence of the same version
//     that names a relative, which takes the version where it is run as just that; and
//     is not told beside a relative of which no more is known.
//  3. Of two versions of one technology, the less precise one yields.
func (r *reader) settle() []Found {
	found := []Found{}
	for i := range r.evidence {
		r.generic(&r.evidence[i])
		r.versioned(&r.evidence[i])
	}
	for i := range r.evidence {
		e := &r.evidence[i]
		switch {
		case len(e.may) > 1:
			if !r.decided(e) {
				r.unread(e.text, "detect.several", r.names(e))
			}
		case e.strength < named && slices.Contains(r.strangers, e.may[0].Technology.Head()):
			r.unread(e.text, "detect.beside")
		case r.yields(i):
		case len(found) == MaxFound:
			r.miss(e.text, "detect.many", strconv.Itoa(MaxFound))
		default:
			found = append(found, e.found())
		}
	}
	return found
}

// decided reports whether other evidence names one of those that e may mean.
func (r *reader) decided(e *evidence) bool {
	return slices.ContainsFunc(r.evidence, func(other evidence) bool {
		return len(other.may) == 1 && other.version != "" && slices.ContainsFunc(e.may, func(c compat.Component) bool {
			return c.Technology == other.may[0].Technology && related(&c, &other.may[0])
		})
	})
}

// yields reports whether a piece of evidence says nothing beside another.
func (r *reader) yields(i int) bool {
	e := &r.evidence[i]
	for j := range r.evidence {
		other := &r.evidence[j]
		if i != j && (r.weaker(e, other) || len(other.may) == 1 && e.broader(other, i < j)) {
			return true
		}
	}
	return false
}

// weaker reports whether other names a relative of the same version better, or several
// of which it is one.
func (r *reader) weaker(e, other *evidence) bool {
	mine := &e.may[0]
	return e.strength < other.strength && !slices.ContainsFunc(other.may, func(its compat.Component) bool {
		return mine.Technology == its.Technology || mine.Technology.Head() != its.Technology.Head() || !related(mine, &its)
	})
}

// generic takes what may mean any vendor's Java, OpenJDK itself among them, for Java with
// no vendor named.
func (r *reader) generic(e *evidence) {
	for _, t := range r.m.Marked(fact.InJavaRelease, "JAVA_VERSION") {
		if len(e.may) < 2 || !slices.ContainsFunc(e.may, func(c compat.Component) bool { return c.Technology == t.Head() }) || r.decided(e) {
			continue
		}
		if c, version, err := r.shortest(t, e.version); err == nil {
			e.may, e.version, e.strength = []compat.Component{c}, version, unnamed
		}
	}
}

// versioned gives what a provider runs the version that its server tells elsewhere.
func (r *reader) versioned(e *evidence) {
	t := e.may[0].Technology
	if len(e.may) > 1 || t.Managed == nil || e.version != "" {
		return
	}
	for i := range r.evidence {
		other := &r.evidence[i]
		if c, version, err := r.shortest(t, other.version); err == nil && len(other.may) == 1 && r.weaker(other, e) {
			e.may[0], e.version = c, version
			return
		}
	}
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
func (r *reader) names(e *evidence) string {
	all := make([]string, len(e.may))
	for i := range e.may {
		all[i] = strings.TrimSpace(e.may[i].Technology.Name + " " + e.version)
	}
	return r.m.Words().Or(all)
}
