package plain

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/wording"
)

// reader is a text on its way to an understanding.
type reader struct {
	m        *compat.Matrix
	text     string
	pos      int // all before it stands in tokens
	u        *Understanding
	mentions []mention // in the order of the text
	// What was read last, and whether a separator stands after it: a list of
	// versions goes on from there.
	last           meaning
	afterSeparator bool
	kinds          []named       // names of kinds that nothing of the kind stands beside
	cues           wording.Class // what the words ask for
	times          []int         // the tokens that say a time
	latest         bool          // no release is named
	searches       int           // how often names were searched for that come close
}

// span is a part of the text, in bytes.
type span struct{ from, to int }

func (s span) isEmpty() bool { return s.from == s.to }

// of is the text of a span.
func (s span) of(text string) string { return text[s.from:s.to] }

// part is a part of the text and what it was taken for.
type part struct {
	span
	as Role
}

// mention is a part of the text that names something.
type mention struct {
	span
	meanings []meaning
	reason   string // why it cannot be taken as it stands
	version  span   // of it; empty where there is none
	denied   string // the word that keeps it out; empty where none does
	left     bool   // it is left out for sure
	orphan   bool   // a version that no name stands beside
	nameless bool   // a name that nothing has; the meanings come close
	strange  bool   // words that are not understood belong to it
	// Its tokens: from the first on, before the past.
	first, past int
}

// meaning is one thing a part of the text may mean: a component, or a product and
// perhaps a release of it.
type meaning struct {
	component compat.Component
	product   *compat.Product
	release   *compat.Release
}

func (m meaning) isProduct() bool   { return m.product != nil }
func (m meaning) isComponent() bool { return m.product == nil }

// isUnknown reports whether its versions are of no series that is known.
func (m meaning) isUnknown() bool {
	return m.isComponent() && !m.component.Technology.Knows(m.component.Range)
}

// versionsOf is what a text may mean as versions of technologies.
func versionsOf(text string, technologies ...*compat.Technology) (all []meaning) {
	for _, t := range technologies {
		if versions, err := t.Versions(text); err == nil {
			all = append(all, meaning{component: t.Component(versions)})
		}
	}
	return all
}

// releasesOf is what releases of a product mean.
func releasesOf(p *compat.Product, releases []*compat.Release) (all []meaning) {
	for _, release := range releases {
		all = append(all, meaning{product: p, release: release})
	}
	return all
}

// rolesOf are those of the tokens of a name and its version.
func rolesOf(product bool) (name, version Role) {
	if product {
		return RoleProduct, RoleRelease
	}
	return RoleTechnology, RoleVersion
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

// phrase takes words that belong together. They change nothing, or tell what is asked for.
func (r *reader) phrase() bool {
	end := wording.PhraseEnd(r.text, r.pos)
	found := end > r.pos
	if class := wording.Is(r.text[r.pos:end], cues|wording.Asks); class != 0 && class&wording.Asks == 0 {
		r.emit(end, RoleIgnored)
	}
	r.emitWord(end)
	return found
}

// record makes tokens of the parts of a mention that are not empty, and keeps it for the
// end and for a list of versions after it.
func (r *reader) record(s mention, parts ...part) {
	r.fill(parts[0].from)
	s.first = len(r.u.Tokens)
	for _, p := range parts {
		if !p.isEmpty() {
			r.fill(p.from)
			r.emit(p.to, p.as)
		}
	}
	s.past = len(r.u.Tokens)
	r.mentions = append(r.mentions, s)
	r.afterSeparator = false
	if r.last = (meaning{}); len(s.meanings) == 1 {
		r.last = s.meanings[0]
	}
}

// emit ends a token at a place, which takes all up to it.
func (r *reader) emit(to int, as Role) {
	if to > r.pos {
		r.u.Tokens = append(r.u.Tokens, Token{Text: r.text[r.pos:to], Start: r.pos, End: to, As: as})
		r.pos = to
	}
}

// emitWord ends a token of the question, which may say a time.
func (r *reader) emitWord(to int) {
	if wording.Is(r.text[r.pos:to], wording.Times) != 0 {
		r.emitTime(to)
	}
	r.emit(to, RoleWord)
}

// emitTime ends a token that says a time. It belongs to no name; see [Understanding.Times].
func (r *reader) emitTime(to int) {
	r.times = append(r.times, len(r.u.Tokens))
	r.emit(to, RoleWord)
}

// skip goes over blanks. A new line parts what stands around it.
func (r *reader) skip() {
	for r.pos < len(r.text) {
		c, size := utf8.DecodeRuneInString(r.text[r.pos:])
		if !wording.IsBlank(c) {
			return
		}
		r.afterSeparator = r.afterSeparator || c == '\n'
		r.pos += size
	}
}

// fill makes tokens of what stands before a place, which belongs to names but is
// none. A word there that is none of the question names the kind.
func (r *reader) fill(to int) {
	for r.skip(); r.pos < to; r.skip() {
		end := min(wording.WordEnd(r.text, r.pos), to)
		switch class := wording.ClassOf(r.text[r.pos:end]); {
		case end == r.pos:
			r.sign()
		case class&wording.Parts != 0:
			r.emit(end, RoleSeparator)
		case class&wording.Asks != 0:
			r.emitWord(end)
		default:
			r.emit(end, RoleKind)
		}
	}
}

// skipFillers goes over the soft signs at a place and the words that may stand between a
// name and what is said of it.
func (r *reader) skipFillers(at int) int {
	at = wording.SkipSoft(r.text, at)
	for range maxFillers {
		at = r.filler(nil, at)
	}
	return at
}

// nameAt finds the longest name at a place; nil where there is none.
func (r *reader) nameAt(at int) (int, *compat.Name) { return r.m.NameAt(r.text, at, len(r.text)+1) }

// word takes a word that is no name: of the question, or none that means
// anything here.
func (r *reader) word() {
	end := wording.WordEnd(r.text, r.pos)
	switch class := wording.ClassOf(r.text[r.pos:end]); {
	case end == r.pos:
		r.sign()
	case r.dated(end), class&wording.Denies != 0 && r.denied(end), class&wording.Newest != 0 && (r.newest(end) || r.apposes(end)):
	case class&wording.Parts != 0:
		r.afterSeparator = true
		r.emit(end, RoleSeparator)
	case class&wording.Asks != 0:
		r.emitWord(end)
	case class != 0 || !r.unknown(end):
		r.emit(end, RoleIgnored)
	}
}

// sign makes a token of one sign. One that is no sign of a sentence or a list is
// not understood, as it may deny what stands beside it.
func (r *reader) sign() {
	c, size := utf8.DecodeRuneInString(r.text[r.pos:])
	r.afterSeparator = r.afterSeparator || !wording.IsSoft(c)
	as := RoleIgnored
	if r.isHarmlessSign(c, r.pos+size) {
		as = RoleSeparator
	}
	r.emit(r.pos+size, as)
}

// isHarmlessSign reports whether a sign that ends at a place parts or ends what
// stands around it and says nothing else: no "!" but at the end of a word or a question, no "+"
// that means "and later", and no hyphen that only what follows it touches.
func (r *reader) isHarmlessSign(c rune, end int) bool {
	before, _ := utf8.DecodeLastRuneInString(r.text[:end-utf8.RuneLen(c)])
	after := wording.First(r.text, end)
	switch c {
	case '!':
		if said := strings.TrimRight(r.text[:end-1], " "); strings.HasSuffix(said, "?") && strings.Trim(r.text[end:], " !?.") == "" {
			return true // it ends a text that is a question
		}
		return (wording.IsWord(before) || before == '?' || before == '!') && !wording.IsWord(after) && !wording.IsOperator(after) && after != '='
	case '+':
		return !wording.IsWord(before) || !wording.IsBlank(after)
	case '-', '−', '–':
		return before != utf8.RuneError && !wording.IsBlank(before) || !wording.IsWord(after)
	case '=':
		return wording.IsWord(before) || wording.IsWord(after)
	}
	return wording.IsSoft(c) || strings.ContainsRune(".,;:?&|/\\*#•·…¿¡、。，；：？（）_", c)
}

// versionEnd is where a word of a version ends. It may hold signs that part
// other words, and a plus before what is no name but t's own (t may be nil). A
// plus at its end, where nothing follows closely, means "and later".
func (r *reader) versionEnd(t *compat.Technology, at int) int {
	end := at
	for end < len(r.text) {
		c, size := utf8.DecodeRuneInString(r.text[end:])
		if c == '+' {
			_, named := r.nameAt(end + 1)
			follows := wording.IsWord(wording.First(r.text, end+1))
			if end == at || !follows || named != nil && !r.owns(t, end+1) {
				if end > at && !follows && (wording.IsWord(wording.First(r.text, end-1)) || r.text[end-1] == '*') {
					return end + 1
				}
				break
			}
		} else if !wording.IsWord(c) && !strings.ContainsRune(".-_~^:@*<>=≥≤", c) || wording.IsGlued(c) {
			break
		}
		end += size
	}
	return wording.TrimSigns(r.text, at, end)
}

// several tells why more than one meaning cannot be taken; empty for one.
func (r *reader) several(meanings []meaning) string {
	products := len(slices.DeleteFunc(slices.Clone(meanings), meaning.isComponent))
	switch {
	case len(meanings) < 2 || products > 0 && products < len(meanings):
		return "" // a product or a technology: the whole text decides
	case products > 1:
		return r.m.Words().Text("ask.releases")
	}
	return r.m.Words().Text("unread.several")
}
