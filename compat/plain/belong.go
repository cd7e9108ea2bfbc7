package plain

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/testedon/testedon/compat/wording"
)

// maxBeside bounds, in bytes, what words beside a name make of it.
const maxBeside = 200

// belong gives words that are not understood to the names they stand beside: of
// "Aurora PostgreSQL 17", all is one name, which may be that of another thing.
// What then is meant, [compat.Matrix.Resolve] says, as it does for every other door.
//
//  1. A word before a name belongs to it, also before a name of its kind or
//     "for": "Cloud SQL for PostgreSQL".
//  2. So does a word between a name and its version: "PostgreSQL Aurora 17".
//  3. So does a word behind them that belongs to no other name.
func (r *reader) belong() {
	r.relate()
	for i := range r.mentions {
		if s := &r.mentions[i]; s.isNamed() {
			s.extend(r, r.before(s), s.to)
		}
	}
	for i := range r.mentions {
		if s := &r.mentions[i]; s.isNamed() {
			for range 2 { // what stands behind a word that belongs to it may do so too
				if i+1 < len(r.mentions) && r.isWithin(s, &r.mentions[i+1]) {
					s.extend(r, s.from, r.mentions[i+1].to)
					r.mentions[i+1].meanings, r.mentions[i+1].reason = nil, ""
				}
				s.extend(r, s.from, r.behind(s))
			}
			r.file(i)
		}
	}
}

// file gives a driver all of the name of its file: "mysql-connector-java-5.1.34.bin.jar".
func (r *reader) file(i int) {
	s := &r.mentions[i]
	if !s.strange || i+1 == len(r.mentions) || r.mentions[i+1].from != s.to+1 || r.text[s.to] != '-' {
		return
	}
	next := &r.mentions[i+1]
	if _, client, _ := strings.Cut(r.text[s.from:s.to], "-"); wording.Is(client, wording.Clients) != 0 {
		s.extend(r, s.from, r.versionEnd(nil, next.from))
		next.meanings, next.reason = nil, ""
	}
}

// isNamed reports whether a part of the text is surely the name of a technology.
func (s *mention) isNamed() bool { return s.reason == "" && !s.orphan && s.isComponent() }

// extend makes a name of more of the text.
func (s *mention) extend(r *reader, from, to int) {
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
func (r *reader) before(s *mention) int {
	from, chip := s.from, wording.Is(r.text[s.from:s.to], wording.Silicon) != 0
	for _, t := range slices.Backward(r.u.Tokens) {
		switch {
		case t.Start >= s.from:
		case chip && wording.Is(t.Text, wording.Chips) != 0:
		case t.isStrange() && !strings.Contains(r.text[t.End:s.from], "\n"):
			from = t.Start
		case !t.isSoft() && t.As != RoleKind && t.Text != "for" && wording.ClassOf(t.Text)&wording.Fills == 0 || strings.Contains(r.text[t.End:s.from], "\n"):
			return from
		}
	}
	return from
}

// behind is where a name ends with the words behind it that belong to it.
func (r *reader) behind(s *mention) int {
	to := s.to
	for _, t := range r.u.Tokens {
		switch {
		case t.Start < s.to:
		case t.isStrange() && !strings.Contains(r.text[s.to:t.Start], "\n"):
			to = t.End
		case !t.isSoft() && t.As != RoleKind || strings.Contains(r.text[s.to:t.Start], "\n"):
			return to
		}
	}
	return to
}

// isStrange reports whether a token is a word of which nothing is known.
func (t Token) isStrange() bool {
	c, _ := utf8.DecodeRuneInString(t.Text)
	return t.As == RoleIgnored && wording.IsWord(c) && (c < '0' || c > '9') && wording.ClassOf(t.Text)&^(wording.Relates|wording.Relation) == 0
}

// isSoft reports whether a token is a sign that parts nothing.
func (t Token) isSoft() bool {
	c, size := utf8.DecodeRuneInString(t.Text)
	return t.As == RoleSeparator && size == len(t.Text) && wording.IsSoft(c)
}

// isWithin reports whether what follows a name without a version is a word that
// nothing is called by, and a version.
func (r *reader) isWithin(s, next *mention) bool {
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
		var before, after *mention // the names around it
		for i := range r.mentions {
			switch s := &r.mentions[i]; {
			case len(s.meanings) == 0:
			case s.to <= t.Start:
				before = s
			case s.from >= t.End && after == nil:
				after = s
			}
		}
		if before != nil && after != nil && before.isComponent() != after.isComponent() {
			t.As = RoleWord
		}
	}
}
