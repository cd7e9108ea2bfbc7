package compat

import (
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/compat/wording"
)

// name takes a name and what belongs to it; false where none begins here.
func (r *reader) name() bool {
	n, ok := r.named(r.pos, nil)
	if !ok {
		return false
	}
	kind := n.what.general()
	switch {
	case r.isUnversioned(n):
		return false
	case kind == nil && r.describes(n):
	case kind == nil:
		r.take(n)
	case n.version.isEmpty() && r.leads(kind, n):
	case !n.version.isEmpty() && r.follows(kind, n):
	case len(n.what.techs) > 0:
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
	return len(n.what.techs) > 0 && n.what.general() != nil && n.what.techs[0].scheme.Name() == "none" &&
		wording.IsVersionStart(r.text, at) && r.amount(at) == at
}

// leads takes a name of a kind together with the name after it that is of this
// kind: "database Oracle 21".
func (r *reader) leads(kind *fact.Kind, n named) bool {
	at := wording.SkipSoft(r.text, n.name.to)
	for range maxFillers {
		at = r.filler(nil, at)
	}
	next, ok := r.named(at, kind)
	if !ok || next.what.general() != nil {
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
	next, ok := r.named(wording.SkipSoft(r.text, n.name.to), head.kind)
	if !ok || len(next.senses) == 0 {
		return false
	}
	for _, s := range next.senses {
		if t := s.component.Technology; t == head || t.head != head || t.Generic {
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
	next, ok := r.named(wording.SkipSoft(r.text, n.end()), kind)
	if !ok || next.what.general() != nil || next.fault != "" || !next.version.isEmpty() || next.what.product != nil {
		return false
	}
	var senses []sense
	for _, t := range next.what.techs {
		if t.kind != kind {
			return false
		}
		if versions, err := t.parse(n.version.of(r.text)); err == nil {
			senses = append(senses, sense{component: component(t, versions)})
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
	return n.what.product != nil
}

// tail finds the name of a kind after a name and its version, and drops the
// senses of other kinds: "Oracle 21 as database".
func (r *reader) tail(n *named) span {
	at := wording.SkipSoft(r.text, n.end())
	for range maxFillers {
		at = r.filler(nil, at)
	}
	next, ok := r.named(at, nil)
	if !ok || !next.version.isEmpty() || wording.IsVersionStart(r.text, wording.SkipSoft(r.text, next.name.to)) {
		return span{}
	}
	kind := next.what.general()
	var meant []sense
	for _, s := range n.senses {
		if kind != nil && s.product == nil && s.component.Technology.kind == kind {
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
	next, ok := r.named(wording.SkipSoft(r.text, n.name.to), kind)
	return ok && next.what.general() == nil
}

// likely drops the senses whose versions are of no series that is known, where
// several are left without them.
func likely(senses []sense) []sense {
	var known []sense
	for _, s := range senses {
		if s.isProduct() || s.component.Technology.knows(s.component.Range) {
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
		if versions, err := t.parse(r.text[version.from : version.to-1]); err == nil {
			s.senses = append(s.senses, sense{component: component(t, versions)})
		}
	}
	return `the "+" may mean "and later", or part it from what follows`
}
