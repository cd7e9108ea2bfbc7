package compat

import (
	"cmp"
	"slices"
	"strings"

	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/version"
)

// technologies indexes technologies: first each by itself, then their edges.
func (b *builder) technologies() {
	unique(b, "technology", b.m.ds.Technologies, func(t *fact.Technology) string { return t.ID })
	for i := range b.m.ds.Technologies {
		b.addTechnology(&b.m.ds.Technologies[i])
	}
	for _, t := range b.m.byID {
		b.relate(t)
	}
	for _, t := range b.m.byID {
		t.meant = t.meanings()
	}
}

// meanings gives what a name of a technology may be about: the technology, and
// besides any other member of the family where it is generic, else the generic
// ones.
func (t *technology) meanings() []*technology {
	all := []*technology{t}
	for _, member := range t.head.members {
		if member != t && (t.Generic || member.Generic) {
			all = append(all, member)
		}
	}
	return all
}

func (b *builder) addTechnology(source *fact.Technology) {
	t := &technology{Technology: source, kind: b.m.kinds[source.Kind], words: source.Name + " " + source.ID, asPrinted: map[string]version.Range{}}
	where := "technology " + t.ID
	if t.kind == nil || t.kind.ID != t.Kind {
		b.fault(where, "kind %q is not there%s", t.Kind, didYouMean(t.Kind, b.m.kinds))
		t.kind = &fact.Kind{}
	}
	t.counted = b.counted(where, source)
	scheme, err := version.NewScheme(t.Scheme, labelsOf(t.counted.Cycles)...)
	if err != nil {
		b.fault(where, "%v", err)
	} else {
		t.scheme = scheme
		b.cycles(where, t)
		b.bound(where, t)
	}
	for _, name := range t.Names() {
		b.alias(name, t)
	}
	b.m.technologies[t.ID] = t
	b.m.byID = append(b.m.byID, t)
}

// counted gives the technology whose cycles count for another. What a provider runs
// has those of the technology that it is, in the same notation.
func (b *builder) counted(where string, t *fact.Technology) *fact.Technology {
	at := slices.IndexFunc(b.m.ds.Technologies, func(o fact.Technology) bool { return t.Managed != nil && o.ID == t.Managed.Technology })
	if len(t.Cycles) > 0 || at < 0 {
		return t
	}
	base := &b.m.ds.Technologies[at]
	if base.Scheme != t.Scheme {
		b.fault(where, "has the scheme %q, and what it is run as, %s, the scheme %q; the releases are the same", t.Scheme, base.ID, base.Scheme)
	}
	return base
}

func (b *builder) cycles(where string, t *technology) {
	for _, c := range t.counted.Cycles {
		versions, err := t.scheme.Parse(c.Version)
		if err != nil {
			b.fault(where, "cycle: %v", err)
		}
		t.cycles = append(t.cycles, versions)
	}
}

// alias makes a technology found by a name. Several may share one; the version
// then decides.
func (b *builder) alias(name string, t *technology) {
	k := fact.Key(name)
	if k == "" {
		b.fault("technology "+t.ID, "alias %q has neither letter nor digit", name)
		return
	}
	if !slices.Contains(b.m.aliases[k], t) {
		b.m.aliases[k] = append(b.m.aliases[k], t)
	}
}

// labelsOf gives the labels and names of cycles for the scheme.
func labelsOf(cycles []fact.Cycle) []version.Label {
	var all []version.Label
	for _, c := range cycles {
		if c.Label != "" {
			all = append(all, version.Label{Text: c.Label, Version: c.Version, Printed: true})
		}
		for _, name := range c.Names {
			all = append(all, version.Label{Text: name, Version: c.Version})
		}
	}
	return all
}

// relate finds a technology's family, the names of its cycles, and the edges and
// policies that lead from its claims.
func (b *builder) relate(t *technology) {
	where := "technology " + t.ID
	b.join(where, t)
	t.derived, t.managed = b.relative(where, "derived", t, t.Derived), b.relative(where, "managed", t, t.Managed)
	if t.managed != nil && t.managed.other.Managed != nil {
		b.fault(where, "%q is itself managed; name what it is run as", t.Managed.Technology)
	}
	t.head.members = append(t.head.members, t)
	b.labels(t)
	b.policies(where, t)
	for _, s := range t.Successors {
		b.succeed(where, t, s)
	}
}

// policies reads the ranges of policies by themselves: a label that is read is
// kept with what the policies make of it.
func (b *builder) policies(where string, t *technology) {
	for _, p := range t.Policies {
		within := version.All()
		if p.Within != "" && t.scheme != nil {
			var err error
			if within, err = t.scheme.Parse(p.Within); err != nil {
				b.fault(where, "policy: %v", err)
			}
		}
		via := b.via(where, "policy", t, p.Note, p.Citation)
		via.By = cmp.Or(p.By, t.Name)
		t.policies = append(t.policies, policy{within, via})
	}
}

// join makes a technology a member of the family of the one that it names.
func (b *builder) join(where string, t *technology) {
	var named []string
	if t.Family != "" {
		named = append(named, t.Family)
	}
	for _, r := range t.Relatives() {
		named = append(named, r.Technology)
	}
	t.head = t
	switch {
	case len(named) == 0 || b.technology(where, named[0]) == nil:
		return
	case len(named) > 1:
		b.fault(where, "names more than one relative, %s; keep one of family, derived and managed", strings.Join(named, " and "))
	case b.m.technologies[named[0]].Kind != t.Kind:
		b.fault(where, "is a relative of %q, which is of kind %s", named[0], b.m.technologies[named[0]].Kind)
	}
	for range b.m.byID {
		next := b.m.technologies[t.head.base()]
		if next == nil || next == t.head {
			break
		}
		t.head = next
	}
	switch {
	case t.head.base() != "" && t.head.base() != t.head.ID:
		b.fault(where, "is a relative of itself by way of %q; one of the two is the head", named[0])
	case t.Family != "" && t.head.ID != t.Family:
		b.fault(where, "family %q is itself a member of %q; name the head", t.Family, t.head.ID)
	}
}

// base is the ID of the technology that t names as its relative; "" for none.
func (t *technology) base() string {
	for _, r := range t.Relatives() {
		return r.Technology
	}
	return t.Family
}

// relative reads an edge to what a technology is made from or is run as.
func (b *builder) relative(where, kind string, t *technology, r *fact.Relative) *edge {
	if r == nil || b.m.technologies[r.Technology] == nil {
		return nil // which join has told
	}
	if r.Note == "" {
		b.fault(where, "has no note of what it has to do with %q; say it in a sentence", r.Technology)
	}
	other := b.m.technologies[r.Technology]
	if r.Within != "" && r == t.Derived {
		b.fault(where, "is derived from %q within %q; another product is one in every version", r.Technology, r.Within)
	}
	return &edge{other: other, same: b.read(where, t, r.Within), via: b.via(where, kind, other, r.Note, r.Citation)}
}

// labels makes a technology found by the code names of its cycles.
func (b *builder) labels(t *technology) {
	for _, c := range t.Cycles {
		for _, name := range c.Names {
			if k := fact.Key(name); hasLetter(k) && !slices.Contains(b.m.labels[k], t) {
				b.m.labels[k] = append(b.m.labels[k], t)
			}
		}
	}
}

func hasLetter(text string) bool {
	for i := range len(text) {
		if text[i] >= 'a' && text[i] <= 'z' || text[i] >= 0x80 {
			return true
		}
	}
	return false
}

// succeed links an older name and its successor, in both directions.
func (b *builder) succeed(where string, old *technology, s fact.Successor) {
	successor := b.technology(where, s.Technology)
	if successor == nil {
		return
	}
	same := b.read(where, old, s.Same)
	successor.edges = append(successor.edges, edge{old, same, true, b.via(where, "successor", old, s.Note, s.Citation)})
	old.edges = append(old.edges, edge{successor, same, false, b.via(where, "successor", successor, s.Note, s.Citation)})
}

func (b *builder) via(where, kind string, t *technology, note string, c fact.Citation) *Via {
	return &Via{Kind: kind, Technology: t.Technology, Note: note, Citation: c, Source: b.cite(where, c)}
}
