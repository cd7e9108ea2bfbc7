package plain

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/compat/wording"
)

// maxNear bounds how often one text is searched for names that come close.
const maxNear = 5

// denied takes what a word such as "without" keeps out; false where it keeps
// nothing out. What is not there cannot be asked about.
func (r *reader) denied(end int) bool {
	from, at := r.pos, wording.SkipSoft(r.text, end)
	for range maxFillers {
		at = r.filler(nil, at)
	}
	n, ok := r.named(at, "")
	if !ok || len(n.senses) > 0 && n.isProduct() {
		return false
	}
	r.emit(end, RoleWord)
	r.fill(at)
	before := len(r.said)
	r.name()
	for i := range r.said[before:] {
		s := &r.said[before+i]
		s.from, s.denied = from, r.text[from:end]
		s.reason = leftOut(s.denied)
	}
	return true
}

// leftOut tells that what a word keeps out cannot be asked about.
func leftOut(word string) string {
	return fmt.Sprintf("what %q leaves out cannot be asked about; leave it out of the question, or take the word away", word)
}

// newest takes "the latest release of" a product; false where none follows.
func (r *reader) newest(end int) bool {
	from, at := r.pos, wording.SkipSoft(r.text, end)
	for range maxFillers {
		at = r.filler(nil, at)
	}
	n, ok := r.named(at, "")
	if !ok || !n.version.isEmpty() || !n.isProduct() || len(n.what.Product.Releases()) == 0 {
		return false
	}
	r.emit(end, RoleRelease)
	n.senses[0].release = n.what.Product.Latest()
	r.take(n)
	s := &r.said[len(r.said)-1]
	s.from, s.version = from, span{from, end}
	return true
}

// unknown takes a word before a version that nothing is called by, with the
// names that come close; false for a word that no version stands after.
func (r *reader) unknown(end int) bool {
	word := span{r.pos, end}
	at := wording.SkipSoft(r.text, end)
	for range maxFillers {
		at = r.filler(nil, at)
	}
	if !wording.IsVersionStart(r.text, at) {
		return r.unknownGlued(word)
	}
	if r.amount(at) > at {
		return false
	}
	version := span{at, r.versionEnd(nil, wording.SkipOperators(r.text, at))}
	name, senses := r.closest(word, version)
	r.takeUnknown(name, word.to, version, senses)
	return true
}

// unknownGlued takes a word that ends in a version, "postgers17.2", where names
// come close.
func (r *reader) unknownGlued(word span) bool {
	letters := strings.TrimRight(word.of(r.text), "0123456789.")
	at := word.from + len(letters)
	if letters == "" || at == word.to || !unicode.IsDigit(rune(r.text[at])) {
		return false
	}
	name, senses := r.closest(span{word.from, at}, span{at, word.to})
	if len(senses) == 0 {
		return false
	}
	r.takeUnknown(name, at, span{at, word.to}, senses)
	return true
}

// takeUnknown makes tokens of an unknown name, of which words may be tokens
// already, and its version.
func (r *reader) takeUnknown(name, nameEnd int, version span, senses []sense) {
	for i := len(r.u.Tokens) - 1; i >= 0 && r.u.Tokens[i].Start >= name; i-- {
		r.u.Tokens[i].As = RoleUnknown
	}
	s := said{from: name, to: version.to, senses: senses, nameless: true, first: len(r.u.Tokens)}
	s.reason = fmt.Sprintf("no technology and no product is called %q", r.text[name:nameEnd])
	if _, what := r.m.NameAt(r.text, r.pos, nameEnd+1); what != nil && what.Kind() != nil {
		s.reason = "it does not say which " + what.Kind().Name + " is meant"
	}
	r.emit(nameEnd, RoleUnknown)
	r.fill(version.from)
	r.emit(version.to, RoleVersion)
	s.past = len(r.u.Tokens)
	r.say(s)
	r.last = sense{}
}

// closest finds the names that come close to an unknown one, with ignored words
// before it where those make it closer, and read the version.
func (r *reader) closest(word, version span) (int, []sense) {
	starts := []int{word.from}
	for i := len(r.u.Tokens) - 1; i >= 0 && len(starts) < 3; i-- {
		t := r.u.Tokens[i]
		if t.As != RoleIgnored || strings.TrimSpace(r.text[t.End:starts[0]]) != "" {
			break
		}
		starts = append([]int{t.Start}, starts...)
	}
	for _, from := range starts {
		if r.near++; r.near > maxNear {
			break
		}
		if senses := r.close(r.text[from:word.to], version.of(r.text)); len(senses) > 0 {
			return from, senses
		}
	}
	return word.from, nil
}

// close gives what has a name that comes close and a series of the version.
func (r *reader) close(name, text string) []sense {
	var all []sense
	for _, what := range r.m.Near(name) {
		for _, t := range what.Technologies {
			if versions, err := t.Versions(text); err == nil && t.Knows(versions) {
				all = appendSense(all, sense{component: t.Component(versions)})
			}
		}
		if what.Product != nil {
			for _, release := range what.Product.Beginning(text) {
				all = appendSense(all, sense{product: what.Product, release: release})
			}
		}
	}
	return all[:min(len(all), fact.MaxCandidates)]
}

func appendSense(all []sense, s sense) []sense {
	for _, one := range all {
		if one.component.Technology == s.component.Technology && one.release == s.release {
			return all
		}
	}
	return append(all, s)
}
