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
	if end := r.date(r.pos); end > r.pos {
		r.emitTime(end)
		return true
	}
	if end, role := r.prose(); end > r.pos {
		r.emit(end, role)
		return true
	}
	at := span{r.pos, r.versionEnd(nil, wording.SkipOperators(r.text, r.pos))}
	before := r.listed(at)
	next, after := r.backwards(at)
	switch {
	case len(before.meanings) > 0 && len(after) > 0:
		r.bare(mention{span: at, meanings: append(before.meanings, after...), reason: r.m.Words().Text("ask.between")})
	case len(after) > 0:
		next.meanings = after
		name, version := rolesOf(next.isProduct())
		r.record(mention{span: span{at.from, next.name.to}, meanings: after, reason: r.several(after), version: at}, part{at, version}, part{next.name, name})
		r.last = meaning{} // who writes the version first goes on so
	case len(before.meanings) > 0:
		r.bare(before)
	default:
		if s := r.orphan(at); len(s.meanings) > 0 || !isCount(at.of(r.text)) {
			r.bare(s)
		} else {
			r.emit(at.to, RoleIgnored)
		}
	}
	return true
}

// isCount reports whether a number that is no version of anything here is too long for one:
// "90204", or a year.
func isCount(text string) bool {
	const digits = 4
	return len(text) >= digits && strings.Trim(text, "0123456789") == ""
}

// bare records a version by itself.
func (r *reader) bare(s mention) {
	last := r.last
	_, role := rolesOf(len(s.meanings) > 0 && s.meanings[0].isProduct())
	r.record(s, part{s.span, role})
	if len(s.meanings) != 1 || s.reason != "" {
		r.last = last
	}
}

// amount gives the end of a number with its unit, "8 GB"; its beginning where
// it is none.
func (r *reader) amount(at int) int {
	end := r.versionEnd(nil, at)
	glued := strings.TrimLeft(r.text[at:end], "0123456789.-")
	if glued != "" && isUnit(glued) {
		return end
	}
	next := wording.SkipSoft(r.text, end)
	if word := wording.WordEnd(r.text, next); glued == "" && word > next && isUnit(r.text[next:word]) {
		return word
	}
	return at
}

// isUnit reports whether the number before a word is no version.
func isUnit(word string) bool {
	return wording.ClassOf(word)&wording.Counts != 0 || wording.Is(word, wording.Tallies) != 0
}

// listed reads a version as one more of what was read last.
func (r *reader) listed(at span) mention {
	s := mention{span: at, version: at}
	switch t := r.last.component.Technology; {
	case !r.afterSeparator:
	case r.last.isProduct():
		found, end := r.releaseAt(r.last.product, at.from)
		if s.meanings = releasesOf(r.last.product, found); len(found) > 0 {
			s.to = end
		}
		s.reason = r.several(s.meanings)
	case t != nil:
		if versions, end := r.extent(t, at.from); end > at.from && t.Knows(versions) {
			s.meanings, s.to = []meaning{{component: t.Component(versions)}}, end
		}
	}
	return s
}

// backwards reads a version before a name that has none after it: "4.4.0 of MI",
// "21 Corretto".
func (r *reader) backwards(at span) (named, []meaning) {
	n, ok := r.named(wording.SkipSoft(r.text, at.to), "")
	if !ok || !n.version.isEmpty() || n.fault != "" {
		return n, nil
	}
	versioned := slices.DeleteFunc(slices.Clone(n.what.Technologies), func(t *compat.Technology) bool { return t.Scheme == "none" })
	all := append(versionsOf(at.of(r.text), versioned...), versionsOf(r.text[at.from:n.name.to], n.what.Series...)...)
	if p := n.what.Product; p != nil {
		if found, end := r.releaseAt(p, at.from); end == at.to {
			all = append(all, releasesOf(p, found)...)
		}
	}
	return n, all
}

// orphan is a version that belongs to no name. It may have a name within:
// "10.5.27-MariaDB"; else it may mean what stands for any technology of a kind, or what
// was read last.
func (r *reader) orphan(at span) mention {
	text := at.of(r.text)
	if i := strings.IndexByte(text, '-'); i >= 0 {
		if _, what := r.m.NameAt(r.text, at.from+i+1, at.to+1); what != nil {
			if all := versionsOf(text, what.Technologies...); len(all) > 0 {
				return mention{span: at, meanings: all, reason: r.several(all)}
			}
		}
	}
	var may []*compat.Technology
	for _, t := range r.m.Technologies("", "") {
		if t.Generic {
			may = append(may, t)
		}
	}
	all := versionsOf(text, may...)
	if p := r.last.product; p != nil && p.Exact(text) != nil {
		all = []meaning{{product: p, release: p.Exact(text)}}
	}
	if t := r.last.component.Technology; t != nil && !t.Generic {
		all = append(all, versionsOf(text, t)...)
	}
	return mention{span: at, orphan: true, meanings: slices.DeleteFunc(all, meaning.isUnknown), reason: r.m.Words().Text("ask.alone")}
}

// release finds the releases of a product that are meant after its name, and
// where that stands. None, with a span that is not empty, is a release that the
// product does not have.
func (r *reader) release(p *compat.Product, name int) ([]*compat.Release, span) {
	at := wording.SkipSoft(r.text, name)
	for range maxFillers + 1 {
		if found, end := r.releaseAt(p, at); end > at {
			return found, span{at, end}
		}
		at = r.filler(nil, at)
	}
	return nil, span{name, name}
}

// releaseAt reads a release at a place, in up to five words: "4.2.0 at update
// level 95". It is the longest text that names one, else the first word.
func (r *reader) releaseAt(p *compat.Product, at int) ([]*compat.Release, int) {
	const words = 5
	var ends []int
	for next := at; next < len(r.text) && len(ends) < words; {
		end := r.versionEnd(nil, next)
		if end == next {
			break
		}
		end = next + len(strings.TrimRight(r.text[next:end], "+"))
		if cut, _ := r.strange(nil, next, end); cut > next && cut < end { // a tag: "4.5.0-alpine"
			ends = append(ends, wording.TrimSigns(r.text, next, cut))
			break
		}
		ends = append(ends, end)
		next = wording.SkipBlanks(r.text, end)
		next += len(r.text[next:]) - len(strings.TrimPrefix(r.text[next:], "("))
	}
	isVersion := wording.IsVersionStart(r.text, at)
	for _, end := range slices.Backward(ends) {
		text := r.text[at:end]
		if isVersion || p.Exact(text) != nil || wording.ClassOf(text)&wording.Newest != 0 {
			if found := p.Named(text); len(found) == 1 {
				return found, end
			}
		}
	}
	if !isVersion || len(ends) == 0 {
		return nil, at
	}
	end := max(ends[0], wording.SkipOperators(r.text, at))
	if end > ends[0] { // an operator by itself
		end = r.versionEnd(nil, end)
	}
	return p.Named(r.text[at:end]), end
}
