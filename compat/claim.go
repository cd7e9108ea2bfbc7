package compat

import "github.com/testedon/testedon/compat/fact"

// Claims lists every statement: those of the dataset, then those that images and test
// runs make.
func (m *Matrix) Claims() []*fact.Claim {
	all := make([]*fact.Claim, 0, len(m.ds.Claims)+len(m.made))
	for i := range m.ds.Claims {
		all = append(all, &m.ds.Claims[i])
	}
	return append(all, m.made...)
}

// Listing reads a claim of [Matrix.Claims] by itself, as [Matrix.Listings] gives it for each
// release that it counts for.
func (m *Matrix) Listing(c *fact.Claim) *Listing {
	t := m.technologies[c.Technology]
	read := &reading{}
	read.versions, _ = t.parseLabel(c.Version) // Build has read it
	read.display, read.printed = t.display(read.versions)
	read.impossible = !t.possible(read.versions)
	return &Listing{Claim: c, Tech: t.Technology, Range: read.versions, Source: m.sources[c.Citation.Source],
		Inherited: m.platforms[c.Platform], tech: t, reading: read, maker: m.makers[c]}
}
