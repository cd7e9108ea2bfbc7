package plain

import (
	"slices"
	"strings"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/wording"
	"github.com/testedon/testedon/version"
)

// maxWords bounds the words of one version: "17763 and later" has three.
const maxWords = 6

// maxFillers bounds the words between a name and its version.
const maxFillers = 3

// beside finds the version of a technology after its name, and where it stands:
// an empty span where none does. False tells that what stands there is none of
// its versions.
func (r *reader) beside(t *compat.Technology, name int) (version.Range, span, bool) {
	if t.Scheme == "none" {
		return version.All(), span{name, name}, true
	}
	at := wording.SkipSoft(r.text, name)
	for range maxFillers + 1 {
		if versions, end := r.extent(t, at); end > at {
			return versions, span{at, end}, true
		}
		next := r.filler(t, at)
		if wording.IsVersionStart(r.text, at) || next == at {
			break
		}
		at = next
	}
	if wording.IsVersionStart(r.text, at) {
		wrong := span{at, r.versionEnd(nil, at)}
		if _, err := t.Versions(wrong.of(r.text)); err != nil {
			return version.Range{}, wrong, false
		}
	}
	return version.All(), span{name, name}, true
}

// filler goes over a word that may stand between the name of a technology and
// its version: "version", or a name of its kind. It stays where none stands.
func (r *reader) filler(t *compat.Technology, at int) int {
	end := wording.WordEnd(r.text, at)
	if end > at && wording.ClassOf(r.text[at:end])&wording.Fills != 0 {
		return wording.SkipSoft(r.text, end)
	}
	end, what := r.m.NameAt(r.text, at, len(r.text)+1)
	if what != nil && t != nil && what.Kind() != nil && what.Kind().ID == t.Kind && !what.Is(t) {
		return wording.SkipSoft(r.text, end)
	}
	return at
}

// extent reads the longest text at a place that is a version of a technology,
// and gives its end. A name of something else, or a remark in brackets, belongs
// to it only where that changes what is read: of "9.4 x86_64", "9.4" does.
func (r *reader) extent(t *compat.Technology, at int) (version.Range, int) {
	var buf [2 * maxWords]int
	ends, solid := r.ends(t, at, buf[:0])
	var base version.Range
	for _, end := range slices.Backward(ends[:solid]) {
		if versions, err := t.Versions(r.text[at:end]); err == nil {
			base, solid = versions, end
			break
		}
	}
	if base.IsEmpty() {
		return base, at
	}
	for _, end := range slices.Backward(ends) {
		if end <= solid {
			break
		}
		if versions, err := t.Versions(r.text[at:end]); err == nil && !versions.Equal(base) {
			return versions, end
		}
	}
	return base, solid
}

// measure goes along what may be a version of t, and notes where it may end.
type measure struct {
	*reader
	t     *compat.Technology
	ends  []int // in order
	solid int   // how many stand before the first name of something else or bracket; -1 where there is none
}

// ends gives the places where a version of t may end, in order, and how many of
// them stand before the first name of something else and the first bracket.
func (r *reader) ends(t *compat.Technology, at int, buf []int) (ends []int, solid int) {
	m := measure{r, t, buf, -1}
	for more := true; more && len(m.ends) < maxWords && at < len(r.text); {
		if end := r.versionEnd(t, at); end > at {
			at, more = m.word(at, end)
		} else {
			at, more = m.sign(at)
		}
	}
	m.doubt()
	return m.ends, m.solid
}

// doubt begins what belongs to the version only where it changes it.
func (m *measure) doubt() {
	if m.solid < 0 {
		m.solid = len(m.ends)
	}
}

// word goes over a word; false where the version cannot go on after it.
func (m *measure) word(at, end int) (int, bool) {
	class := wording.ClassOf(m.text[at:end])
	if class != 0 && class&wording.Within == 0 && (m.t == nil || !m.t.IsHarmless(m.text[at:end])) {
		return at, false
	}
	cut, stop := m.strange(m.t, at, end)
	if cut < end {
		if glued := wording.TrimSigns(m.text, at, cut); glued > at {
			m.ends = append(m.ends, glued)
		}
		m.doubt()
	}
	if stop {
		return at, false
	}
	if class&wording.Joins == 0 {
		m.ends = append(m.ends, end)
	}
	return wording.SkipBlanks(m.text, end), m.text[end-1] != '+'
}

// sign goes over a sign that may stand within a version: a dash between two
// ends, a comma before a comparison, and brackets with what is in them. False
// for any other.
func (m *measure) sign(at int) (int, bool) {
	const longest = 40
	rest := m.text[at:]
	switch rest[0] {
	case '(':
		i := strings.IndexAny(rest, ")\n")
		if i < 0 || i > longest || rest[i] != ')' {
			return at, false
		}
		if !m.owns(m.t, at+1) {
			m.doubt()
		}
		m.ends = append(m.ends, at+i+1)
		return wording.SkipBlanks(m.text, at+i+1), true
	case ',':
		next := wording.SkipBlanks(m.text, at+1)
		return next, wording.IsOperator(wording.First(m.text, next))
	}
	for _, dash := range []string{"- ", "–", "—"} {
		if strings.HasPrefix(rest, dash) {
			return wording.SkipBlanks(m.text, at+len(dash)), true
		}
	}
	return at, false
}

// owns reports whether a name of t's own begins at a place.
func (r *reader) owns(t *compat.Technology, at int) bool {
	_, what := r.m.NameAt(r.text, at, len(r.text)+1)
	return t != nil && what != nil && what.Is(t) && !t.Generic
}

// strange finds the first name within a word of a version of t that is none of
// t's own, where the word then is cut. It stops the version where it is the name
// of a product or stands for a kind.
func (r *reader) strange(t *compat.Technology, at, end int) (cut int, stop bool) {
	for i := at; i < end; i++ {
		if i > at && (!strings.ContainsRune("+-_~:@=", rune(r.text[i-1])) || !wording.IsWord(wording.First(r.text, i))) {
			continue
		}
		_, what := r.m.NameAt(r.text, i, len(r.text)+1)
		switch {
		case what == nil || what.Is(t) && !t.Generic:
		case what.Product != nil && len(what.Technologies) == 0 || what.Kind() != nil:
			return i, true
		default:
			return i, false
		}
	}
	return end, false
}
