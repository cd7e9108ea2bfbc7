package compat

import (
	"slices"

	"github.com/testedon/testedon/compat/fact"
)

// reach gives the releases that a statement is about. It reports a scope that
// names nothing known or, where one is needed, nothing at all.
func (b *builder) reach(where string, s fact.Scope, needed bool) []*Release {
	switch {
	case s.Platform != "":
		return b.onPlatform(where, s)
	case s.Release != "" && s.Product == "":
		b.fault(where, "names a release but no product")
	case s.Release != "":
		r := b.release(where, s.Product, s.Release)
		if r == nil || !b.hasProfile(where, r, s.Profile) {
			return nil
		}
		return []*Release{r}
	case s.Profile != "":
		b.fault(where, "names a profile but no release")
	case s.Product != "":
		return b.ofProduct(where, s.Product)
	case needed:
		b.fault(where, "names neither a platform nor a product")
	}
	return nil
}

// onPlatform gives the releases of all products on a platform.
func (b *builder) onPlatform(where string, s fact.Scope) []*Release {
	if s.Product != "" || s.Release != "" || s.Profile != "" {
		b.fault(where, "is about a platform, and so about no single product, release or profile; drop one")
	}
	p := b.platform(where, s.Platform)
	var all []*Release
	for _, product := range b.m.ordered {
		if p != nil && product.platform == p {
			all = append(all, product.ordered...)
		}
	}
	return all
}

func (b *builder) hasProfile(where string, r *Release, id string) bool {
	known := slices.ContainsFunc(r.Profiles, func(p fact.Profile) bool { return p.ID == id })
	if id != "" && !known {
		b.fault(where, "names profile %q, which %s does not have%s", id, r.ID(), fact.ItHas(r.Profiles, func(p fact.Profile) string { return p.ID }))
	}
	return id == "" || known
}

// reaches reports whether a statement is about a release.
func reaches(s *fact.Scope, r *Release) bool {
	switch {
	case s.Platform != "":
		return s.Platform == r.product.Platform
	case s.Product != "":
		return s.Product == r.product.ID && (s.Release == "" || s.Release == r.Version)
	}
	return true
}
