package plain

import (
	"slices"
	"strings"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/wording"
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
	if next, ok := r.named(wording.SkipSoft(r.text, at.to), ""); ok {
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
		found, end := r.releasesAt(r.last.product, at.from)
		for _, release := range found {
			s.senses, s.to = append(s.senses, sense{product: r.last.product, release: release}), end
		}
		s.reason = several(s.senses)
	case r.last.component.Technology != nil:
		t := r.last.component.Technology
		if versions, end := r.extent(t, at.from); end > at.from && t.Knows(versions) {
			s.senses, s.to = []sense{{component: t.Component(versions)}}, end
		}
	}
	return s
}

// backwards reads a version before a name that has none after it: "4.4.0 of MI",
// "21 Corretto".
func (r *reader) backwards(at span, n named) named {
	n.senses, n.near = nil, nil
	if !n.version.isEmpty() || n.fault != "" {
		return n
	}
	for _, t := range n.what.Technologies {
		if versions, err := t.Versions(at.of(r.text)); err == nil && t.Scheme != "none" {
			n.senses = append(n.senses, sense{component: t.Component(versions)})
		}
	}
	for _, t := range n.what.Series {
		if versions, err := t.Versions(r.text[at.from:n.name.to]); err == nil {
			n.senses = append(n.senses, sense{component: t.Component(versions)})
		}
	}
	if p := n.what.Product; p != nil {
		found, end := r.releasesAt(p, at.from)
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
	if _, what := r.m.NameAt(r.text, at.from+i+1, at.to+1); what != nil {
		for _, t := range what.Technologies {
			if versions, err := t.Versions(at.of(r.text)); err == nil {
				all = append(all, sense{component: t.Component(versions)})
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
	for _, t := range r.m.Technologies("", "") {
		if versions, err := t.Versions(at.of(r.text)); t.Generic && err == nil && t.Knows(versions) {
			s.senses = append(s.senses, sense{component: t.Component(versions)})
		}
	}
	if p := r.last.product; p != nil && p.Exact(at.of(r.text)) != nil {
		s.senses = append(s.senses, sense{product: p, release: p.Exact(at.of(r.text))})
	}
	if t := r.last.component.Technology; t != nil && !t.Generic {
		if versions, err := t.Versions(at.of(r.text)); err == nil && t.Knows(versions) {
			s.senses = append(s.senses, sense{component: t.Component(versions)})
		}
	}
	return s
}

// release finds the releases of a product that are meant after its name, and
// where that stands. None, with a span that is not empty, is a release that the
// product does not have.
func (r *reader) release(p *compat.Product, name int) ([]*compat.Release, span) {
	at := wording.SkipSoft(r.text, name)
	for range maxFillers + 1 {
		if found, end := r.releasesAt(p, at); end > at {
			return found, span{at, end}
		}
		next := r.filler(nil, at)
		if next == at {
			break
		}
		at = next
	}
	return nil, span{name, name}
}

// releasesAt reads a release at a place, in up to five words: "4.2.0 at update
// level 95". It is the longest text that names one, else the first word.
func (r *reader) releasesAt(p *compat.Product, at int) ([]*compat.Release, int) {
	const words = 5
	var ends []int
	for next := at; next < len(r.text) && len(ends) < words; {
		end := r.versionEnd(nil, next)
		if end == next {
			break
		}
		end = next + len(strings.TrimRight(r.text[next:end], "+"))
		ends = append(ends, end)
		next = wording.SkipBlanks(r.text, end)
	}
	for _, end := range slices.Backward(ends) {
		text := r.text[at:end]
		isName := p.Exact(text) != nil
		if isName || wording.IsVersionStart(text, 0) || wording.ClassOf(text)&wording.Newest != 0 {
			if found := p.Named(text); len(found) == 1 {
				return found, end
			}
		}
	}
	if !wording.IsVersionStart(r.text, at) || len(ends) == 0 {
		return nil, at
	}
	end := max(ends[0], wording.SkipOperators(r.text, at))
	if end > ends[0] { // an operator by itself
		end = r.versionEnd(nil, end)
	}
	return p.Named(r.text[at:end]), end
}
