package proposal

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/page"
)

// pair is two targets that do not work together.
type pair struct {
	one, other target
	section    string
}

// meaning is one text for all pairs that mean the same.
func (p pair) meaning() string { return p.one.meaning + " with " + p.other.meaning }

// resolvePair resolves a statement about two technologies, each of any kind; it
// gives why that cannot be done.
func (p *draft) resolvePair(f *Finding, s *page.Statement) *compat.Component {
	if s.With == "" {
		return &compat.Component{Reason: "the page does not say what it does not work with"}
	}
	one, other := p.anyKind(f.Label), p.anyKind(s.With)
	if failed := cmp.Or(unknown(&one, f.Label), unknown(&other, s.With)); failed != nil {
		return failed
	}
	name, version := nameAndVersion(s.With)
	var okOne, okOther bool
	f.one, okOne = split(&one, s.Name, s.Version)
	f.other, okOther = split(&other, name, version)
	if !okOne || !okOther {
		return &compat.Component{Reason: "its name and its version cannot be told apart"}
	}
	f.Technology = one.Technology.ID
	return nil
}

// unknown says which side was not resolved; nil where it was.
func unknown(c *compat.Component, text string) *compat.Component {
	if c.Technology != nil {
		return nil
	}
	return &compat.Component{Reason: fmt.Sprintf("%q: %s", text, c.Reason), Candidates: c.Candidates}
}

// nameAndVersion parts a label at its first digit: "JDK1.8.0_20".
func nameAndVersion(label string) (name, version string) {
	i := strings.IndexFunc(label, func(c rune) bool { return c >= '0' && c <= '9' })
	if i <= 0 {
		return label, ""
	}
	return strings.TrimSpace(label[:i]), label[i:]
}

// incompatibilities compares the pairs that the page lists with those that the
// catalogue has of the source.
func (p *draft) incompatibilities() {
	existing := p.pairs()
	met := map[string]bool{}
	spoken := false
	for i := range p.Found {
		f := &p.Found[i]
		if f.Kind != kindIncompatibility {
			continue
		}
		spoken = true
		now := pair{f.one, f.other, f.Section}
		if _, known := existing[now.meaning()]; known {
			p.Unchanged++
		} else if !met[now.meaning()] {
			p.Changes = append(p.Changes, now.change(Added, f))
		}
		met[now.meaning()] = true
	}
	if !spoken || p.cut || slices.ContainsFunc(p.Unresolved, func(u Unresolved) bool { return u.Kind == kindIncompatibility || u.Kind == "" }) {
		return
	}
	for _, meaning := range slices.Sorted(maps.Keys(existing)) {
		if !met[meaning] {
			gone := existing[meaning]
			change := gone.change(Withdrawn, nil)
			change.pair = &gone
			p.Changes = append(p.Changes, change)
		}
	}
}

// change is a change of a pair; f is the statement about it, if any.
func (p pair) change(way string, f *Finding) Change {
	c := Change{
		Change: way, Kind: kindIncompatibility, Technology: p.one.technology.ID, Section: p.section, now: f,
		Label:  strings.TrimSpace(p.one.printed + " " + p.one.version),
		With:   strings.TrimSpace(p.other.printed + " " + p.other.version),
		Status: fact.StatusIncompatible,
	}
	if f != nil {
		c.Page, c.Line = f.Page, f.Line
	}
	return c
}

// pairs lists what the catalogue has of the release from the source, by meaning.
func (p *draft) pairs() map[string]pair {
	all := map[string]pair{}
	for _, a := range p.m.Dataset().Advisories {
		if !a.Incompatible || a.Product != p.Product || a.Release != p.Release || p.Source != "" && a.Citation.Source != p.Source {
			continue
		}
		for _, one := range a.Applies {
			for _, other := range a.With {
				next := pair{p.target(one), p.target(other), a.Citation.Section}
				all[next.meaning()] = next
			}
		}
	}
	return all
}

// target is one of the catalogue.
func (r *reader) target(t fact.Target) target {
	c := r.m.Target(t)
	return target{c.Technology, c.Technology.Name, t.Version, meaningOf(&c)}
}
