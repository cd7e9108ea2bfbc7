package compat

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

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
	what    *called
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
func (r *reader) named(at int, kind *fact.Kind) (named, bool) {
	var longest named
	for before := len(r.text) + 1; ; {
		end, what := r.m.vocabulary.at(r.text, at, before)
		if what == nil {
			return longest, longest.what != nil
		}
		before = end
		n := r.reading(what, span{at, end}, kind)
		switch {
		case kind != nil && len(n.senses) == 0:
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
	if n.what.product == nil || word != strings.ToUpper(word) {
		return false
	}
	before := strings.TrimRightFunc(r.text[:n.name.from], func(c rune) bool { return !wording.IsWord(c) })
	last, _ := utf8.DecodeLastRuneInString(before)
	return !n.version.isEmpty() || unicode.IsLower(last)
}

// reading reads what stands beside a name, as each of those called so does. The
// ones that read the most may be meant.
func (r *reader) reading(what *called, name span, kind *fact.Kind) named {
	n := named{what: what, name: name, version: span{name.to, name.to}}
	for _, t := range what.techs {
		if kind != nil && t.kind != kind {
			continue
		}
		versions, at, ok := r.beside(t, name.to)
		if !ok {
			n.refuse(t, at, r.text)
			continue
		}
		n.add(sense{component: component(t, versions)}, at)
	}
	for _, t := range what.series {
		if versions, end := r.extent(t, name.from); end >= name.to && (kind == nil || t.kind == kind) {
			n.add(sense{component: component(t, versions)}, span{min(wording.SkipSoft(r.text, name.to), end), end})
		}
	}
	if what.product != nil && kind == nil {
		r.readingProduct(&n)
	}
	return n
}

// readingProduct adds the releases that may be meant.
func (r *reader) readingProduct(n *named) {
	p := n.what.product
	found, at := r.release(p, n.name.to)
	if word := n.name.of(r.text); wording.ClassOf(word) != 0 && !wording.IsCapitals(word) && wording.ClassOf(at.of(r.text))&wording.Newest != 0 {
		at = span{n.name.to, n.name.to} // "is the latest" names no product
	}
	switch {
	case at.isEmpty():
		n.add(sense{product: p}, at)
	case len(found) == 0 && len(n.senses) == 0:
		n.fault, n.version = fmt.Sprintf("%s has no release %q here", p.Name, at.of(r.text)), at
		for _, near := range p.nearestReleases(releaseKey(at.of(r.text))) {
			n.near = append(n.near, sense{product: p, release: p.releases[string(fact.AppendReleaseKey(nil, near))]})
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
func (n *named) refuse(t *Technology, at span, text string) {
	if n.fault == "" && len(n.senses) == 0 {
		_, err := t.parse(at.of(text))
		n.fault, n.version = (&resolver{text: text, failed: t, err: err}).reason(), at
	}
}
