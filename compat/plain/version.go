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

// versionOf finds the version of a technology after its name, and where it stands:
// an empty span where none does. False tells that what stands there is none of
// its versions.
func (r *reader) versionOf(t *compat.Technology, name int) (version.Range, span, bool) {
	if t.Scheme == "none" {
		return version.All(), span{name, name}, true
	}
	at := wording.SkipSoft(r.text, name)
	for range maxFillers + 1 {
		if phrase := wording.PhraseEnd(r.text, at); phrase > at {
			at = wording.SkipSoft(r.text, phrase)
		}
		if versions, end := r.extent(t, at); end > at {
			if isKernel(r.text[at:end]) && !t.Knows(versions) {
				break
			}
			return versions, span{at, end}, true
		}
		next := r.filler(t, at)
		if wording.IsVersionStart(r.text, at) || next == at {
			break
		}
		at = next
	}
	if wording.IsVersionStart(r.text, at) && !isKernel(r.text[at:]) {
		wrong := span{at, r.versionEnd(nil, at)}
		if _, err := t.Versions(wrong.of(r.text)); err != nil {
			return version.Range{}, wrong, false
		}
	}
	return version.All(), span{name, name}, true
}

// filler goes over a word that may stand between the name of a technology and
// its version: "version", an edition, or a name of its kind. It stays where none stands.
func (r *reader) filler(t *compat.Technology, at int) int {
	end := wording.WordEnd(r.text, at)
	word := r.text[at:end]
	if end > at && wording.ClassOf(word)&wording.Fills != 0 && !r.isReleased(at, end) {
		return wording.SkipSoft(r.text, end)
	}
	end, what := r.nameAt(at)
	if what == nil && t != nil && word != "" && word[0] > '9' && t.IsHarmless(word) {
		return wording.SkipSoft(r.text, at+len(word))
	}
	if what != nil && t != nil && what.Kind() != nil && what.Kind().ID == t.Kind && !what.Is(t) {
		return wording.SkipSoft(r.text, end)
	}
	return at
}

// isReleased reports whether a word that says nothing elsewhere is a product before a release
// of it: "IS 7.1.0".
func (r *reader) isReleased(at, end int) bool {
	if !wording.IsCapitals(r.text[at:end]) {
		return false
	}
	next := wording.SkipSoft(r.text, end)
	to, what := r.nameAt(at)
	return to == end && what.Product != nil && wording.IsVersionStart(r.text, next) && len(what.Product.Named(r.text[next:r.versionEnd(nil, next)])) > 0
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

// ends gives the places where a version of t may end, in order, and how many of them
// stand before the first name of something else and the first bracket: what follows is
// in doubt. Within a version may stand a dash between two ends, a comma before a
// comparison, and brackets with what is in them.
func (r *reader) ends(t *compat.Technology, at int, buf []int) (ends []int, solid int) {
	ends, solid = buf, -1
	doubt := func() {
		if solid < 0 {
			solid = len(ends)
		}
	}
	for more := true; more && len(ends) < maxWords && at < len(r.text); at = wording.SkipBlanks(r.text, at) {
		rest := r.text[at:]
		switch end := r.versionEnd(t, at); {
		case end > at && breaksOff(t, r.text[at:end]), rest[0] == '(' && bracket(rest) == 0:
			more = false
		case end > at:
			cut, stop := r.strange(t, at, end)
			if cut < end {
				ends = r.appendGlued(ends, at, cut)
				doubt()
			}
			if !stop && wording.ClassOf(r.text[at:end])&wording.Joins == 0 {
				ends = append(ends, end)
			}
			at, more = end, !stop && r.text[end-1] != '+'
		case rest[0] == '(':
			if !r.owns(t, at+1) {
				doubt()
			}
			at += bracket(rest)
			ends = append(ends, at)
		case rest[0] == ',':
			at = wording.SkipBlanks(r.text, at+1)
			more = wording.IsOperator(wording.First(r.text, at))
		default:
			rest = strings.TrimPrefix(strings.TrimPrefix(strings.TrimPrefix(rest, "- "), "–"), "—")
			more = len(rest) < len(r.text)-at
			at = len(r.text) - len(rest)
		}
	}
	doubt()
	return ends, solid
}

// appendGlued appends where the version within a word ends that a name follows directly.
func (r *reader) appendGlued(ends []int, at, name int) []int {
	if end := wording.TrimSigns(r.text, at, name); end > at {
		return append(ends, end)
	}
	return ends
}

// bracket is the length of what stands in brackets at the beginning of a text, with them; 0
// where that is long or has no end in its line.
func bracket(text string) int {
	const longest = 40
	if i := strings.IndexAny(text, ")\n"); i >= 0 && i <= longest && text[i] == ')' {
		return i + 1
	}
	return 0
}

// breaksOff reports whether a word is one of questions that no version of t has in it.
func breaksOff(t *compat.Technology, word string) bool {
	class := wording.ClassOf(word)
	return class != 0 && class&wording.Within == 0 && (t == nil || !t.IsHarmless(word))
}

// owns reports whether a name of t's own begins at a place.
func (r *reader) owns(t *compat.Technology, at int) bool {
	_, what := r.nameAt(at)
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
		to, what := r.nameAt(i)
		switch {
		case wording.Is(r.text[i:to], wording.Silicon) != 0: // "2.0.0-M4"
		case what == nil || what.Is(t) && !t.Generic:
		case what.Product != nil && len(what.Technologies) == 0 || what.Kind() != nil:
			return i, true
		default:
			return i, false
		}
	}
	return end, false
}
