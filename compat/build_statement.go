package compat

import (
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/compat/requirement"
)

func (b *builder) requirements() {
	unique(b, "requirement", b.m.ds.Requirements, func(r *fact.Requirement) string { return r.ID })
	for i := range b.m.ds.Requirements {
		q := &b.m.ds.Requirements[i]
		where := "requirement " + q.ID
		b.cite(where, q.Citation)
		requirement.Check(q, b.m.platforms[q.Platform], b.fault)
		for _, r := range b.reach(where, q.Scope, true) {
			r.stated.Add(q, b.fault)
		}
	}
	b.eachRelease(func(r *release) { r.stated.Settle(b.fault) })
}

func (b *builder) ports() {
	unique(b, "port", b.m.ds.Ports, func(p *fact.Port) string { return p.ID })
	for i := range b.m.ds.Ports {
		p := &b.m.ds.Ports[i]
		where := "port " + p.ID
		b.cite(where, p.Citation)
		requirement.CheckPort(p, b.fault)
		for _, r := range b.reach(where, p.Scope, true) {
			r.stated.AddPort(p, b.fault)
		}
	}
}

func (b *builder) notes() {
	unique(b, "note", b.m.ds.Notes, func(n *fact.Note) string { return n.ID })
	for i := range b.m.ds.Notes {
		n := &b.m.ds.Notes[i]
		where := "note " + n.ID
		b.cite(where, n.Citation)
		for _, r := range b.reach(where, n.Scope, true) {
			r.notes = append(r.notes, n)
		}
	}
}
