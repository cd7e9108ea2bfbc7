package compat

import "github.com/testedon/testedon/compat/requirement"

func (b *builder) ports() {
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
