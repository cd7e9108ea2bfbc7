package compat

import (
	"strings"

	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/version"
)

// edge leads from a technology to another name of it whose claims may count, or to a
// relative (then it leads there in the versions of same).
type edge struct {
	other   *Technology
	same    version.Range // the versions in which both names mean one thing
	forward bool          // other is the older name
	via     *Via
}

// related reports whether a technology is no build of its family's, but made from one
// or run as one: what names any of them does not name it.
func (t *Technology) related() bool { return t.derived != nil || t.managed != nil }

// runs reports whether t is run as another technology.
func (t *Technology) runs(other *Technology) bool {
	return t.managed != nil && t.managed.other == other
}

// Head gives the head of a technology's family: itself where it has none.
func (t *Technology) Head() *Technology { return t.head }

// meanings gives what a name of a technology may be about: the technology, and
// besides any other member of the family where it is generic, else the generic
// ones.
func (t *Technology) meanings() []*Technology {
	all := []*Technology{t}
	for _, member := range t.head.members {
		if member != t && (t.Generic || member.Generic) {
			all = append(all, member)
		}
	}
	return all
}

// relate finds a technology's family, the names of its cycles, and the edges and
// policies that lead from its claims.
func (b *builder) relate(t *Technology) {
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

// join makes a technology a member of the family of the one that it names.
func (b *builder) join(where string, t *Technology) {
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
func (t *Technology) base() string {
	for _, r := range t.Relatives() {
		return r.Technology
	}
	return t.Family
}

// relative reads an edge to what a technology is made from or is run as.
func (b *builder) relative(where, kind string, t *Technology, r *fact.Relative) *edge {
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

// succeed links an older name and its successor, in both directions.
func (b *builder) succeed(where string, old *Technology, s fact.Successor) {
	successor := b.technology(where, s.Technology)
	if successor == nil {
		return
	}
	same := b.read(where, old, s.Same)
	successor.edges = append(successor.edges, edge{old, same, true, b.via(where, "successor", old, s.Note, s.Citation)})
	old.edges = append(old.edges, edge{successor, same, false, b.via(where, "successor", successor, s.Note, s.Citation)})
}

func (b *builder) via(where, kind string, t *Technology, note string, c fact.Citation) *Via {
	return &Via{Kind: kind, Technology: t, Note: note, Citation: c, Source: b.cite(where, c)}
}
