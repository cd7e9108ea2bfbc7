package plain

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/testedon/testedon/compat/wording"
)

// maxBeside bounds, in bytes, what words beside a name make of it.
const maxBeside = 200

// belong gives words that are not understood to the names they stand beside: of
// "Aurora PostgreSQL 17", all is one name, which may be that of another thing.
// What then is meant, [Matrix.Resolve] says, as it does for every other door.
//
//  1. A word before a name belongs to it, also before a name of its kind or
//     "for": "Cloud SQL for PostgreSQL".
//  2. So does a word between a name and its version: "PostgreSQL Aurora 17".
//  3. So does a word behind them that belongs to no other name.
func (r *reader) belong() {
	r.relate()
	for i := range r.said {
		if s := &r.said[i]; s.isNamed() {
			s.take(r, r.before(s), s.to)
		}
	}
	for i := range r.said {
		if s := &r.said[i]; s.isNamed() {
			if i+1 < len(r.said) && r.isWithin(s, &r.said[i+1]) {
				s.take(r, s.from, r.said[i+1].to)
				r.said[i+1].senses, r.said[i+1].reason = nil, ""
			}
			s.take(r, s.from, r.behind(s))
		}
	}
}

// isNamed reports whether a part of the text is surely the name of a technology.
func (s *said) isNamed() bool { return s.reason == "" && !s.stray && s.isComponent() }

// take makes a name of more of the text.
func (s *said) take(r *reader, from, to int) {
	if from == s.from && to == s.to || to-from > maxBeside {
		return
	}
	s.from, s.to, s.strange = from, to, true
	for i := range r.u.Tokens {
		if t := &r.u.Tokens[i]; t.As == RoleIgnored && t.Start >= from && t.End <= to {
			t.As = RoleUnknown
		}
	}
}

// before is where a name begins with the words before it that belong to it.
func (r *reader) before(s *said) int {
	from := s.from
	for i := r.tokenAt(s.from) - 1; i >= 0 && r.isJoined(r.u.Tokens[i].End, s.from); i-- {
		switch t := &r.u.Tokens[i]; {
		case r.isStrange(t):
			from = t.Start
		case !isSoftToken(t) && !isBridge(t):
			return from
		}
	}
	return from
}

// behind is where a name ends with the words behind it that belong to it.
func (r *reader) behind(s *said) int {
	to := s.to
	for i := r.tokenAt(s.to); i < len(r.u.Tokens) && r.isJoined(s.to, r.u.Tokens[i].Start); i++ {
		switch t := &r.u.Tokens[i]; {
		case r.isStrange(t):
			to = t.End
		case !isSoftToken(t) && t.As != RoleKind:
			return to
		}
	}
	return to
}

// tokenAt is the place of the first token that begins at a place of the text or
// after it.
func (r *reader) tokenAt(at int) int {
	i, _ := slices.BinarySearchFunc(r.u.Tokens, at, func(t Token, at int) int { return cmp.Compare(t.Start, at) })
	return i
}

// isJoined reports whether two places stand on one line.
func (r *reader) isJoined(from, to int) bool {
	return !strings.Contains(r.text[from:to], "\n")
}

// isStrange reports whether a token is a word of which nothing is known.
func (r *reader) isStrange(t *Token) bool {
	c, _ := utf8.DecodeRuneInString(t.Text)
	return t.As == RoleIgnored && wording.IsWord(c) && (c < '0' || c > '9') && wording.ClassOf(t.Text)&^(wording.Relates|wording.Relation) == 0
}

// isSoftToken reports whether a token is a sign that parts nothing.
func isSoftToken(t *Token) bool {
	c, size := utf8.DecodeRuneInString(t.Text)
	return t.As == RoleSeparator && size == len(t.Text) && wording.IsSoft(c)
}

// isBridge reports whether a token may stand between a word and the name it
// belongs to.
func isBridge(t *Token) bool {
	return t.As == RoleKind || wording.ClassOf(t.Text)&wording.Fills != 0 || t.Text == "for"
}

// isWithin reports whether what follows a name without a version is a word that
// nothing is called by, and a version.
func (r *reader) isWithin(s, next *said) bool {
	return s.version.isEmpty() && next.nameless && wording.SkipSoft(r.text, s.to) == next.from
}

// relate finds the verb of a question, "compatible with", which stands between a
// technology and a product. Anywhere else it says that a thing is like another.
func (r *reader) relate() {
	for i := range r.u.Tokens {
		t := &r.u.Tokens[i]
		if wording.ClassOf(t.Text)&wording.Relates == 0 || i+1 == len(r.u.Tokens) || wording.ClassOf(r.u.Tokens[i+1].Text)&wording.Relation == 0 {
			continue
		}
		before, after := r.saidBefore(t.Start), r.saidAfter(t.End)
		if before != nil && after != nil && before.isComponent() != after.isComponent() {
			t.As = RoleWord
		}
	}
}

// saidBefore is the last name that ends before a place, nil where there is none.
func (r *reader) saidBefore(at int) *said {
	for i := len(r.said) - 1; i >= 0; i-- {
		if s := &r.said[i]; s.to <= at && len(s.senses) > 0 {
			return s
		}
	}
	return nil
}

// saidAfter is the first name that begins after a place, nil where there is none.
func (r *reader) saidAfter(at int) *said {
	for i := range r.said {
		if s := &r.said[i]; s.from >= at && len(s.senses) > 0 {
			return s
		}
	}
	return nil
}
