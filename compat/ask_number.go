package compat

import (
	"strings"

	"github.com/testedon/testedon/compat/wording"
	"github.com/testedon/testedon/version"
)

// number takes a version that no name stands before; false where none is. It may
// belong to the name after it, or to the one before it in a list.
func (r *reader) number() bool {
	if !wording.IsVersionStart(r.text, r.pos) {
		return false
	}
	if end := r.amount(r.pos); end > r.pos {
		r.emit(end, RoleIgnored)
		return true
	}
	at := span{r.pos, r.versionEnd(nil, wording.SkipOperators(r.text, r.pos))}
	before, after := r.listed(at), named{}
	if next, ok := r.named(wording.SkipSoft(r.text, at.to), nil); ok {
		after = r.backwards(at, next)
	}
	switch {
	case len(before.senses) > 0 && len(after.senses) > 0:
		s := said{from: at.from, to: at.to, senses: append(before.senses, after.senses...)}
		s.reason = "it may belong to the name before it or to the one after it"
		r.lone(s)
	case len(after.senses) > 0:
		r.takeBackwards(at, after)
	case len(before.senses) > 0:
		r.lone(before)
	default:
		r.lone(r.stray(at))
	}
	return true
}

// lone makes a token of a version by itself.
func (r *reader) lone(s said) {
	role := RoleVersion
	if len(s.senses) > 0 && s.senses[0].product != nil {
		role = RoleRelease
	}
	s.first = len(r.u.Tokens)
	r.emit(s.to, role)
	s.past = len(r.u.Tokens)
	last := r.last
	r.say(s)
	if len(s.senses) != 1 || s.reason != "" {
		r.last = last
	}
}

// amount gives the end of a number with its unit, "8 GB"; its beginning where
// it is none.
func (r *reader) amount(at int) int {
	end := r.versionEnd(nil, at)
	glued := strings.TrimLeft(r.text[at:end], "0123456789.-")
	if glued != "" && wording.ClassOf(glued)&wording.Counts != 0 {
		return end
	}
	next := wording.SkipSoft(r.text, end)
	if word := wording.WordEnd(r.text, next); glued == "" && word > next && wording.ClassOf(r.text[next:word])&wording.Counts != 0 {
		return word
	}
	return at
}

// listed reads a version as one more of what was read last.
func (r *reader) listed(at span) said {
	s := said{from: at.from, to: at.to, version: at}
	switch {
	case !r.apart:
	case r.last.product != nil:
		found, end := r.last.product.releasesAt(r, at.from)
		for _, release := range found {
			s.senses, s.to = append(s.senses, sense{product: r.last.product, release: release}), end
		}
		s.reason = several(s.senses)
	case r.last.component.Technology != nil:
		t := r.last.component.Technology
		if versions, end := r.extent(t, at.from); end > at.from && t.knows(versions) {
			s.senses, s.to = []sense{{component: component(t, versions)}}, end
		}
	}
	return s
}

// knows reports whether versions are of a series that the technology has.
func (t *Technology) knows(versions version.Range) bool {
	for _, c := range t.cycles {
		if older := c.Union(c.Above()).IsAll(); !older && versions.Overlaps(c) { // all that is older suggests nothing
			return true
		}
	}
	return len(t.cycles) == 0
}

// backwards reads a version before a name that has none after it: "4.4.0 of MI",
// "21 Corretto".
func (r *reader) backwards(at span, n named) named {
	n.senses, n.near = nil, nil
	if !n.version.isEmpty() || n.fault != "" {
		return n
	}
	for _, t := range n.what.techs {
		if versions, err := t.parse(at.of(r.text)); err == nil && t.scheme.Name() != "none" {
			n.senses = append(n.senses, sense{component: component(t, versions)})
		}
	}
	for _, t := range n.what.series {
		if versions, err := t.parse(r.text[at.from:n.name.to]); err == nil {
			n.senses = append(n.senses, sense{component: component(t, versions)})
		}
	}
	if p := n.what.product; p != nil {
		found, end := p.releasesAt(r, at.from)
		for _, release := range found {
			if end == at.to {
				n.senses = append(n.senses, sense{product: p, release: release})
			}
		}
	}
	return n
}

// takeBackwards makes tokens of a version and the name after it.
func (r *reader) takeBackwards(at span, n named) {
	version, name := RoleVersion, RoleTechnology
	if n.isProduct() {
		version, name = RoleRelease, RoleProduct
	}
	s := said{from: at.from, to: n.name.to, senses: n.senses, reason: several(n.senses), version: at, first: len(r.u.Tokens)}
	r.emit(at.to, version)
	r.fill(n.name.from)
	r.emit(n.name.to, name)
	s.past = len(r.u.Tokens)
	r.say(s)
	r.last = sense{} // who writes the version first goes on so
}

// nameWithin is what a version with a name within may be: "10.5.27-MariaDB".
func (r *reader) nameWithin(at span) []sense {
	i := strings.IndexByte(at.of(r.text), '-')
	if i < 0 {
		return nil
	}
	var all []sense
	if _, what := r.m.vocabulary.at(r.text, at.from+i+1, at.to+1); what != nil {
		for _, t := range what.techs {
			if versions, err := t.parse(at.of(r.text)); err == nil {
				all = append(all, sense{component: component(t, versions)})
			}
		}
	}
	return all
}

// stray is a version that belongs to no name. It may mean what stands for any
// technology of a kind, or what was read last.
func (r *reader) stray(at span) said {
	s := said{from: at.from, to: at.to, stray: true, reason: "no name stands beside it that it may be a version of"}
	if s.senses = r.nameWithin(at); len(s.senses) > 0 {
		s.stray, s.reason = false, several(s.senses)
		return s
	}
	for _, t := range r.m.byID {
		if versions, err := t.parse(at.of(r.text)); t.Generic && err == nil && t.knows(versions) {
			s.senses = append(s.senses, sense{component: component(t, versions)})
		}
	}
	if p := r.last.product; p != nil && p.releases[releaseKey(at.of(r.text))] != nil {
		s.senses = append(s.senses, sense{product: p, release: p.releases[releaseKey(at.of(r.text))]})
	}
	if t := r.last.component.Technology; t != nil && !t.Generic {
		if versions, err := t.parse(at.of(r.text)); err == nil && t.knows(versions) {
			s.senses = append(s.senses, sense{component: component(t, versions)})
		}
	}
	return s
}
