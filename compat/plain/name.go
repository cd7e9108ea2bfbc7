package plain

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/compat/wording"
)

// named is a name in the text, with the version or release beside it.
type named struct {
	what     *compat.Name
	name     span
	version  span // empty where none is
	meanings []meaning
	fault    string    // why what stands beside it is no version of it; empty where all is well
	near     []meaning // what comes close then
}

// end is where the name and its version end.
func (n *named) end() int { return max(n.name.to, n.version.to) }

// isProduct reports whether the name can only be that of a product.
func (n *named) isProduct() bool {
	return n.what.Product != nil && !slices.ContainsFunc(n.meanings, meaning.isComponent)
}

// named reads the name at a place: the longest one, of a kind ("" for any),
// that reads what stands beside it; else the longest one. A shorter name reads
// what the longest took for a part of itself. A word of the question is a name
// only with a version, or where it is written as one (see isWritten).
func (r *reader) named(at int, kind string) (named, bool) {
	var longest named
	for before := len(r.text) + 1; ; {
		end, what := r.m.NameAt(r.text, at, before)
		if what == nil {
			return longest, longest.what != nil
		}
		before = end
		if wording.Is(r.text[at:end], wording.Silicon) != 0 && !r.isChip(at, end) {
			continue
		}
		n := r.beside(what, span{at, end}, kind)
		switch {
		case kind != "" && len(n.meanings) == 0:
			continue
		case !n.version.isEmpty() && len(n.meanings) > 0 && (longest.what == nil || n.version.from < longest.name.to):
			return n, true
		case longest.what == nil && (wording.ClassOf(n.name.of(r.text)) == 0 || r.isWritten(&n)):
			longest = n
		}
	}
}

// isChip reports whether a word that may be a processor or a milestone, "M1", stands beside
// one that tells: "MacBook M1", "M1 chip".
func (r *reader) isChip(at, end int) bool {
	const before = 4 // words
	said := strings.FieldsFunc(r.text[:at], func(c rune) bool { return !wording.IsWord(c) && c != '.' && c != ',' })
	said = said[max(0, len(said)-before):]
	next := wording.SkipSoft(r.text, end)
	return slices.ContainsFunc(append(said, r.text[next:wording.WordEnd(r.text, next)]), func(word string) bool { return wording.Is(word, wording.Chips) != 0 })
}

// isWritten reports whether a word of the question is written as the name of a
// product: in capitals, before a release ("IS 9") or after a word that is not in
// capitals ("is IS tested").
func (r *reader) isWritten(n *named) bool {
	word := n.name.of(r.text)
	if n.what.Product == nil || word != strings.ToUpper(word) {
		return false
	}
	before := strings.TrimRightFunc(r.text[:n.name.from], func(c rune) bool { return !wording.IsWord(c) })
	last, _ := utf8.DecodeLastRuneInString(before)
	return !n.version.isEmpty() || unicode.IsLower(last)
}

// beside reads what stands beside a name, as each of those called so does. The
// ones that read the most may be meant.
func (r *reader) beside(what *compat.Name, name span, kind string) named {
	n := named{what: what, name: name, version: span{name.to, name.to}}
	for _, t := range what.Technologies {
		if kind != "" && t.Kind != kind {
			continue
		}
		versions, at, ok := r.versionOf(t, name.to)
		switch {
		case ok:
			n.add(meaning{component: t.Component(versions)}, at)
		case n.fault == "" && len(n.meanings) == 0:
			_, err := t.Versions(at.of(r.text))
			n.fault, n.version = t.Misread(err), at
		}
	}
	for _, t := range what.Series {
		if versions, end := r.extent(t, name.from); end >= name.to && (kind == "" || t.Kind == kind) {
			n.add(meaning{component: t.Component(versions)}, span{min(wording.SkipSoft(r.text, name.to), end), end})
		}
	}
	if what.Product != nil && kind == "" {
		r.besideProduct(&n)
	}
	return n
}

// besideProduct adds the releases that may be meant.
func (r *reader) besideProduct(n *named) {
	p := n.what.Product
	found, at := r.release(p, n.name.to)
	if word := n.name.of(r.text); wording.ClassOf(word) != 0 && !wording.IsCapitals(word) && wording.ClassOf(at.of(r.text))&wording.Newest != 0 {
		at = span{n.name.to, n.name.to} // "is the latest" names no product
	}
	switch {
	case at.isEmpty():
		n.add(meaning{product: p}, at)
	case len(found) == 0 && len(n.meanings) == 0:
		n.fault, n.version = r.m.Words().Text("release.unknown", p.Name, strconv.Quote(at.of(r.text))), at
		if published := p.IsPublished(at.of(r.text)); published != "" {
			n.fault = r.m.Words().Text("ask.published", p.Name, published)
		}
		if n.near = releasesOf(p, p.Nearest(at.of(r.text))); len(n.near) == 0 {
			n.near = []meaning{{product: p}}
		}
	default:
		for _, one := range releasesOf(p, found) {
			n.add(one, at)
		}
	}
}

// add adds one thing that is meant if the version beside it ends at a place.
func (n *named) add(one meaning, at span) {
	if at.to > n.version.to || n.fault != "" {
		n.meanings, n.version, n.fault = nil, at, ""
	}
	if at.to == n.version.to {
		n.meanings = append(n.meanings, one)
	}
}

// name takes a name and what belongs to it; false where none begins here.
func (r *reader) name() bool {
	n, ok := r.named(r.pos, "")
	if !ok {
		return false
	}
	kind := n.what.Kind()
	switch {
	case r.isUnversioned(n):
		return false
	case kind == nil && r.describes(n):
	case kind == nil:
		r.take(n)
	case n.version.isEmpty() && r.leads(kind, n):
	case !n.version.isEmpty() && r.follows(kind, n):
	case len(n.what.Technologies) > 0:
		r.take(n)
	default:
		r.anyOf(kind, n)
	}
	return true
}

// isUnversioned reports whether a version stands after a name that stands for
// any of a kind, and has none: "Linux 9". Which one is meant is then not said.
func (r *reader) isUnversioned(n named) bool {
	at := wording.SkipSoft(r.text, n.name.to)
	return len(n.what.Technologies) > 0 && n.what.Kind() != nil && n.what.Technologies[0].Scheme == "none" &&
		wording.IsVersionStart(r.text, at) && r.amount(at) == at
}

// leads takes a name of a kind together with the name after it that is of this
// kind: "database Oracle 21".
func (r *reader) leads(kind *fact.Kind, n named) bool {
	next, ok := r.named(r.skipFillers(n.name.to), kind.ID)
	if !ok || next.what.Kind() != nil {
		return false
	}
	r.emit(n.name.to, RoleKind)
	r.take(next)
	return true
}

// describes takes the name of a family's head together with the member of it
// that is meant: "OpenJDK Temurin 21".
func (r *reader) describes(n named) bool {
	if !n.version.isEmpty() || n.fault != "" || len(n.meanings) != 1 || n.meanings[0].isProduct() {
		return false
	}
	head := n.meanings[0].component.Technology
	next, ok := r.named(wording.SkipSoft(r.text, n.name.to), head.Kind)
	if !ok || len(next.meanings) == 0 || slices.ContainsFunc(next.meanings, func(one meaning) bool {
		t := one.component.Technology
		return t == head || t.Head() != head || t.Generic
	}) {
		return false
	}
	r.emit(n.name.to, RoleKind)
	r.take(next)
	return true
}

// follows takes a version that stands before the name it belongs to, with the
// name of a kind before both: "Java 21 (Temurin)".
func (r *reader) follows(kind *fact.Kind, n named) bool {
	next, ok := r.named(wording.SkipSoft(r.text, n.end()), kind.ID)
	if !ok || next.what.Kind() != nil || next.fault != "" || !next.version.isEmpty() || next.what.Product != nil ||
		slices.ContainsFunc(next.what.Technologies, func(t *compat.Technology) bool { return t.Kind != kind.ID }) {
		return false
	}
	meanings := versionsOf(n.version.of(r.text), next.what.Technologies...)
	if len(meanings) > 0 {
		r.record(mention{span: span{n.name.from, next.name.to}, meanings: meanings, reason: r.several(meanings)},
			part{n.name, RoleKind}, part{n.version, RoleVersion}, part{next.name, RoleTechnology})
	}
	return len(meanings) > 0
}

// anyOf takes the name of a kind that no technology's name stands beside.
func (r *reader) anyOf(kind *fact.Kind, n named) {
	at := wording.SkipSoft(r.text, n.name.to)
	r.emit(n.name.to, RoleKind)
	if wording.IsVersionStart(r.text, at) && r.amount(at) == at {
		version := span{at, r.versionEnd(nil, at)}
		r.record(mention{span: span{n.name.from, version.to}, reason: r.whichOf(kind)}, part{version, RoleVersion})
		return
	}
	r.kinds = append(r.kinds, n)
}

// whichOf tells that a kind is named and no technology of it.
func (r *reader) whichOf(kind *fact.Kind) string {
	return r.m.Words().Text("ask.which_of", kind.Name)
}

// take makes tokens of a name and its version, and keeps what they name.
func (r *reader) take(n named) {
	tail := r.tail(&n)
	s := mention{span: span{n.name.from, n.end()}, meanings: n.meanings, reason: n.fault, version: n.version}
	if n.fault != "" {
		s.meanings = n.near
	} else if s.reason = r.openEnd(&s); s.reason == "" {
		if known := slices.DeleteFunc(slices.Clone(s.meanings), meaning.isUnknown); len(known) > 1 {
			s.meanings = known
		}
		s.reason = r.several(s.meanings)
	}
	name, version := rolesOf(n.isProduct())
	if n.version.from < n.name.to {
		n.version = span{}
	}
	r.record(s, part{n.name, name}, part{n.version, version})
	if !tail.isEmpty() {
		r.fill(tail.from)
		r.emit(tail.to, RoleKind)
	}
}

// tail finds the name of a kind after a name and its version, and drops the
// meanings of other kinds: "Oracle 21 as database".
func (r *reader) tail(n *named) span {
	next, ok := r.named(r.skipFillers(n.end()), "")
	if !ok || next.what.Kind() == nil || !next.version.isEmpty() || wording.IsVersionStart(r.text, wording.SkipSoft(r.text, next.name.to)) {
		return span{}
	}
	kind := next.what.Kind().ID
	meant := slices.DeleteFunc(slices.Clone(n.meanings), func(one meaning) bool { return one.isProduct() || one.component.Technology.Kind != kind })
	if len(meant) == 0 {
		return span{}
	}
	if len(next.meanings) > 0 { // it may belong to a name after it
		if after, ok := r.named(wording.SkipSoft(r.text, next.name.to), kind); ok && after.what.Kind() == nil {
			return span{}
		}
	}
	n.meanings = meant
	return next.name
}

// openEnd tells why a plus between a version and a name cannot be taken: "RHEL 9+
// Corretto 21" may list both, or mean RHEL 9 and later. It adds the other meaning.
func (r *reader) openEnd(s *mention) string {
	at := wording.SkipBlanks(r.text, s.version.to)
	if s.version.isEmpty() || r.text[s.version.to-1] != '+' || at == s.version.to {
		return ""
	}
	if _, what := r.nameAt(at); what == nil {
		return ""
	}
	for _, one := range s.meanings {
		if one.isComponent() {
			s.meanings = append(s.meanings, versionsOf(r.text[s.version.from:s.version.to-1], one.component.Technology)...)
		}
	}
	return r.m.Words().Text("ask.plus")
}
