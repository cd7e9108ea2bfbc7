package compat

// Listing reads a claim of the dataset by itself, as [Matrix.Listings] gives it for each
// release that it counts for.
func (m *Matrix) Listing(c *Claim) *Listing {
	t := m.technologies[c.Technology]
	read := &reading{}
	read.versions, _ = t.parseLabel(c.Version) // Build has read it
	read.display, read.printed = t.display(read.versions)
	return &Listing{Claim: c, Tech: t.Technology, Range: read.versions, Source: m.sources[c.Citation.Source],
		Inherited: m.platforms[c.Platform], tech: t, reading: read}
}
