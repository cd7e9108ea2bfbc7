package plain

import (
	"strings"
	"unicode/utf8"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/wording"
)

// reader is a text on its way to an understanding.
type reader struct {
	m    *compat.Matrix
	text string
	pos  int // all before it stands in tokens
	u    *Understanding
	said []said // in the order of the text
	// What was read last, and whether a separator stands after it: a list of
	// versions goes on from there.
	last  sense
	apart bool
	near  int // how often names were searched for that come close
}

// said is a part of the text that names something.
type said struct {
	from, to int
	senses   []sense // what it may mean
	reason   string  // why it cannot be taken as it stands
	stray    bool    // a version that no name stands beside
	nameless bool    // a name that nothing has; the senses come close
	denied   string  // the word that keeps it out; empty where none does
	strange  bool    // words that are not understood belong to it
	version  span    // of it; empty where there is none
	// Its tokens: from the first on, before the past.
	first, past int
}

// sense is one thing a part of the text may mean: a component, or a product and
// perhaps a release of it.
type sense struct {
	component compat.Component
	product   *compat.Product
	release   *compat.Release
}

// read goes through the text.
func (r *reader) read() {
	for r.pos < len(r.text) {
		if r.skip(); r.pos == len(r.text) || r.phrase() || r.name() || r.number() {
			continue
		}
		r.word()
	}
}

// phrase takes words that belong together and change nothing.
func (r *reader) phrase() bool {
	end := wording.PhraseEnd(r.text, r.pos)
	found := end > r.pos
	r.emit(end, RoleWord)
	return found
}

// say keeps what a part of the text names, and remembers it for a list of
// versions after it.
func (r *reader) say(s said) {
	r.said = append(r.said, s)
	r.apart = false
	if r.last = (sense{}); len(s.senses) == 1 {
		r.last = s.senses[0]
	}
}

// emit ends a token at a place, which takes all up to it.
func (r *reader) emit(to int, as Role) {
	if to > r.pos {
		r.u.Tokens = append(r.u.Tokens, Token{Text: r.text[r.pos:to], Start: r.pos, End: to, As: as})
		r.pos = to
	}
}

// skip goes over blanks. A new line parts what stands around it.
func (r *reader) skip() {
	for r.pos < len(r.text) {
		c, size := utf8.DecodeRuneInString(r.text[r.pos:])
		if !wording.IsBlank(c) {
			return
		}
		r.apart = r.apart || c == '\n'
		r.pos += size
	}
}

// isName reports whether a name begins at a place.
func (r *reader) isName(at int) bool {
	_, what := r.m.NameAt(r.text, at, len(r.text)+1)
	return what != nil
}

// fill makes tokens of what stands before a place, which belongs to names but is
// none.
func (r *reader) fill(to int) {
	for r.skip(); r.pos < to; r.skip() {
		if end := min(wording.WordEnd(r.text, r.pos), to); end > r.pos {
			r.emit(end, gapRole(r.text[r.pos:end]))
			continue
		}
		r.mark()
	}
}

// gapRole is the role of a word between a name and its version: where it is none
// of the question, it names the kind.
func gapRole(word string) Role {
	switch class := wording.ClassOf(word); {
	case class&wording.Parts != 0:
		return RoleSeparator
	case class&wording.Asks != 0:
		return RoleWord
	}
	return RoleKind
}

// mark makes a token of one sign. One that is no sign of a sentence or a list is
// not understood, as it may deny what stands beside it.
func (r *reader) mark() {
	c, size := utf8.DecodeRuneInString(r.text[r.pos:])
	r.apart = r.apart || !wording.IsSoft(c)
	if r.isHarmlessSign(c, r.pos+size) {
		r.emit(r.pos+size, RoleSeparator)
		return
	}
	r.emit(r.pos+size, RoleIgnored)
}

// word takes a word that is no name: of the question, or none that means
// anything here.
func (r *reader) word() {
	end := wording.WordEnd(r.text, r.pos)
	if end == r.pos {
		r.mark()
		return
	}
	switch class := wording.ClassOf(r.text[r.pos:end]); {
	case class&wording.Denies != 0 && r.denied(end), class&wording.Newest != 0 && r.newest(end):
	case class&wording.Parts != 0:
		r.apart = true
		r.emit(end, RoleSeparator)
	case class&wording.Asks != 0:
		r.emit(end, RoleWord)
	case class != 0 || !r.unknown(end):
		r.emit(end, RoleIgnored)
	}
}

// isHarmlessSign reports whether a sign that ends at a place parts or ends what
// stands around it and says nothing else: no "!" but at the end of a word, no "+"
// that means "and later", and no hyphen that only what follows it touches.
func (r *reader) isHarmlessSign(c rune, end int) bool {
	before, _ := utf8.DecodeLastRuneInString(r.text[:end-utf8.RuneLen(c)])
	after := wording.First(r.text, end)
	begins := (before == utf8.RuneError || wording.IsBlank(before)) && wording.IsWord(after)
	switch c {
	case '!':
		return (wording.IsWord(before) || before == '?' || before == '!') && !wording.IsWord(after) && !wording.IsOperator(after) && after != '='
	case '+':
		return !wording.IsWord(before) || !wording.IsBlank(after)
	case '-', '−', '–':
		return !begins
	case '=':
		return wording.IsWord(before) || wording.IsWord(after)
	}
	return wording.IsSoft(c) || strings.ContainsRune(".,;:?&|/\\*#•·…¿¡、。，；：？（）_", c)
}

// versionEnd is where a word of a version ends. It may hold signs that part
// other words, and a plus before what is no name but t's own (t may be nil). A
// plus at its end means "and later".
func (r *reader) versionEnd(t *compat.Technology, at int) int {
	end := at
	for end < len(r.text) {
		c, size := utf8.DecodeRuneInString(r.text[end:])
		if c == '+' {
			if end == at || !wording.IsWord(wording.First(r.text, end+1)) || r.isName(end+1) && !r.owns(t, end+1) {
				return r.plusEnd(at, end)
			}
		} else if !wording.IsWord(c) && !strings.ContainsRune(".-_~^:@*<>=≥≤", c) {
			break
		}
		end += size
	}
	return wording.TrimSigns(r.text, at, end)
}

// plusEnd is where a word of a version ends that stands before a plus: after it
// where nothing follows closely.
func (r *reader) plusEnd(at, plus int) int {
	if plus > at && (wording.IsWord(wording.First(r.text, plus-1)) || r.text[plus-1] == '*') && !wording.IsWord(wording.First(r.text, plus+1)) {
		return plus + 1
	}
	return wording.TrimSigns(r.text, at, plus)
}
