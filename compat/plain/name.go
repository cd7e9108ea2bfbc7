package plain

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/compat/wording"
)

// span is a part of the text, in bytes.
type span struct{ from, to int }

func (s span) isEmpty() bool { return s.from == s.to }

// of is the text of a span.
func (s span) of(text string) string { return text[s.from:s.to] }

// named is a name in the text, with the version or release beside it.
type named struct {
	what    *compat.Name
	name    span
	version span // empty where none is
	senses  []sense
	fault   string  // why what stands beside it is no version of it; empty where all is well
	near    []sense // what comes close then
}

// end is where the name and its version end.
func (n *named) end() int { return max(n.name.to, n.version.to) }

// named reads the name at a place: the longest one, of a kind (nil for any),
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
		n := r.reading(what, span{at, end}, kind)
		switch {
		case kind != "" && len(n.senses) == 0:
			continue
		case !n.version.isEmpty() && len(n.senses) > 0 && (longest.what == nil || n.version.from < longest.name.to):
			return n, true
		case longest.what == nil && (wording.ClassOf(n.name.of(r.text)) == 0 || r.isWritten(&n)):
			longest = n
		}
	}
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

// reading reads what stands beside a name, as each of those called so does. The
// ones that read the most may be meant.
func (r *reader) reading(what *compat.Name, name span, kind string) named {
	n := named{what: what, name: name, version: span{name.to, name.to}}
	for _, t := range what.Technologies {
		if kind != "" && t.Kind != kind {
			continue
		}
		versions, at, ok := r.beside(t, name.to)
		if !ok {
			n.refuse(t, at, r.text)
			continue
		}
		n.add(sense{component: t.Component(versions)}, at)
	}
	for _, t := range what.Series {
		if versions, end := r.extent(t, name.from); end >= name.to && (kind == "" || t.Kind == kind) {
			n.add(sense{component: t.Component(versions)}, span{min(wording.SkipSoft(r.text, name.to), end), end})
		}
	}
	if what.Product != nil && kind == "" {
		r.readingProduct(&n)
	}
	return n
}

// readingProduct adds the releases that may be meant.
func (r *reader) readingProduct(n *named) {
	p := n.what.Product
	found, at := r.release(p, n.name.to)
	if word := n.name.of(r.text); wording.ClassOf(word) != 0 && !wording.IsCapitals(word) && wording.ClassOf(at.of(r.text))&wording.Newest != 0 {
		at = span{n.name.to, n.name.to} // "is the latest" names no product
	}
	switch {
	case at.isEmpty():
		n.add(sense{product: p}, at)
	case len(found) == 0 && len(n.senses) == 0:
		n.fault, n.version = fmt.Sprintf("%s has no release %q here", p.Name, at.of(r.text)), at
		for _, near := range p.Nearest(at.of(r.text)) {
			n.near = append(n.near, sense{product: p, release: near})
		}
		if len(n.near) == 0 {
			n.near = []sense{{product: p}}
		}
	}
	for _, release := range found {
		if at.isEmpty() {
			break
		}
		n.add(sense{product: p, release: release}, at)
	}
}

// add adds one thing that is meant if the version beside it ends at a place.
func (n *named) add(s sense, at span) {
	if at.to > n.version.to || n.fault != "" {
		n.senses, n.version, n.fault = nil, at, ""
	}
	if at.to == n.version.to {
		n.senses = append(n.senses, s)
	}
}

// refuse tells that what stands beside the name is no version of t.
func (n *named) refuse(t *compat.Technology, at span, text string) {
	if n.fault == "" && len(n.senses) == 0 {
		_, err := t.Versions(at.of(text))
		n.fault, n.version = t.Misread(err), at
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
		r.nameless(kind, n)
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
	at := wording.SkipSoft(r.text, n.name.to)
	for range maxFillers {
		at = r.filler(nil, at)
	}
	next, ok := r.named(at, kind.ID)
	if !ok || next.what.Kind() != nil {
		return false
	}
	r.fill(n.name.from)
	r.emit(n.name.to, RoleKind)
	r.take(next)
	return true
}

// describes takes the name of a family's head together with the member of it
// that is meant: "OpenJDK Temurin 21".
func (r *reader) describes(n named) bool {
	if !n.version.isEmpty() || n.fault != "" || len(n.senses) != 1 || n.senses[0].isProduct() {
		return false
	}
	head := n.senses[0].component.Technology
	next, ok := r.named(wording.SkipSoft(r.text, n.name.to), head.Kind)
	if !ok || len(next.senses) == 0 {
		return false
	}
	for _, s := range next.senses {
		if t := s.component.Technology; t == head || t.Head() != head || t.Generic {
			return false
		}
	}
	r.fill(n.name.from)
	r.emit(n.name.to, RoleKind)
	r.take(next)
	return true
}

// follows takes a version that stands before the name it belongs to, with the
// name of a kind before both: "Java 21 (Temurin)".
func (r *reader) follows(kind *fact.Kind, n named) bool {
	next, ok := r.named(wording.SkipSoft(r.text, n.end()), kind.ID)
	if !ok || next.what.Kind() != nil || next.fault != "" || !next.version.isEmpty() || next.what.Product != nil {
		return false
	}
	var senses []sense
	for _, t := range next.what.Technologies {
		if t.Kind != kind.ID {
			return false
		}
		if versions, err := t.Versions(n.version.of(r.text)); err == nil {
			senses = append(senses, sense{component: t.Component(versions)})
		}
	}
	if len(senses) == 0 {
		return false
	}
	from := n.name.from
	r.fill(from)
	r.emit(n.name.to, RoleKind)
	r.fill(n.version.from)
	r.emit(n.version.to, RoleVersion)
	r.fill(next.name.from)
	r.emit(next.name.to, RoleTechnology)
	r.say(said{from: from, to: next.name.to, senses: senses, reason: several(senses)})
	return true
}

// nameless takes the name of a kind that no technology's name stands beside.
func (r *reader) nameless(kind *fact.Kind, n named) {
	at := wording.SkipSoft(r.text, n.name.to)
	r.emit(n.name.to, RoleKind)
	if !wording.IsVersionStart(r.text, at) {
		return
	}
	if amount := r.amount(at); amount > at {
		return
	}
	end := r.versionEnd(nil, at)
	r.fill(at)
	r.emit(end, RoleVersion)
	r.say(said{from: n.name.from, to: end, reason: "it does not say which " + kind.Name + " is meant"})
}

// take makes tokens of a name and its version, and keeps what they name.
func (r *reader) take(n named) {
	tail := r.tail(&n)
	s := said{from: n.name.from, to: n.end(), senses: n.senses, reason: n.fault, version: n.version}
	if n.fault != "" {
		s.senses = n.near
	}
	if s.reason == "" {
		s.reason = r.openEnd(&s, n.version)
	}
	if s.reason == "" {
		s.senses = likely(s.senses)
		s.reason = several(s.senses)
	}
	r.fill(n.name.from)
	s.first = len(r.u.Tokens)
	name, version := RoleTechnology, RoleVersion
	if n.isProduct() {
		name, version = RoleProduct, RoleRelease
	}
	r.emit(n.name.to, name)
	if !n.version.isEmpty() && n.version.from >= n.name.to {
		r.fill(n.version.from)
		r.emit(n.version.to, version)
	}
	s.past = len(r.u.Tokens)
	r.say(s)
	if !tail.isEmpty() {
		r.fill(tail.from)
		r.emit(tail.to, RoleKind)
	}
}

// isProduct reports whether the name can only be that of a product.
func (n *named) isProduct() bool {
	for _, s := range n.senses {
		if s.product == nil {
			return false
		}
	}
	return n.what.Product != nil
}

// tail finds the name of a kind after a name and its version, and drops the
// senses of other kinds: "Oracle 21 as database".
func (r *reader) tail(n *named) span {
	at := wording.SkipSoft(r.text, n.end())
	for range maxFillers {
		at = r.filler(nil, at)
	}
	next, ok := r.named(at, "")
	if !ok || !next.version.isEmpty() || wording.IsVersionStart(r.text, wording.SkipSoft(r.text, next.name.to)) {
		return span{}
	}
	kind := next.what.Kind()
	var meant []sense
	for _, s := range n.senses {
		if kind != nil && s.product == nil && s.component.Technology.Kind == kind.ID {
			meant = append(meant, s)
		}
	}
	if len(meant) == 0 || len(next.senses) > 0 && r.leadsOn(kind, next) {
		return span{}
	}
	n.senses = meant
	return next.name
}

// leadsOn reports whether the name of a kind belongs to a name after it.
func (r *reader) leadsOn(kind *fact.Kind, n named) bool {
	next, ok := r.named(wording.SkipSoft(r.text, n.name.to), kind.ID)
	return ok && next.what.Kind() == nil
}

// likely drops the senses whose versions are of no series that is known, where
// several are left without them.
func likely(senses []sense) []sense {
	var known []sense
	for _, s := range senses {
		if s.isProduct() || s.component.Technology.Knows(s.component.Range) {
			known = append(known, s)
		}
	}
	if len(known) > 1 {
		return known
	}
	return senses
}

// several tells why more than one sense cannot be taken; empty for one.
func several(senses []sense) string {
	technologies, products := 0, 0
	for _, s := range senses {
		if s.product == nil {
			technologies++
		} else {
			products++
		}
	}
	switch {
	case len(senses) < 2 || products > 0 && technologies > 0:
		return "" // a product or a technology: the whole text decides
	case products > 1:
		return "several releases begin so"
	}
	return "it may mean more than one technology"
}

// openEnd tells why a plus between a version and a name cannot be taken: "RHEL 9+
// Corretto 21" may list both, or mean RHEL 9 and later. It adds the other sense.
func (r *reader) openEnd(s *said, version span) string {
	at := wording.SkipBlanks(r.text, version.to)
	if version.isEmpty() || r.text[version.to-1] != '+' || at == version.to || !r.isName(at) {
		return ""
	}
	for _, one := range s.senses {
		t := one.component.Technology
		if t == nil {
			continue
		}
		if versions, err := t.Versions(r.text[version.from : version.to-1]); err == nil {
			s.senses = append(s.senses, sense{component: t.Component(versions)})
		}
	}
	return `the "+" may mean "and later", or part it from what follows`
}
