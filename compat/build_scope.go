package compat

import (
	"slices"

	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/compat/requirement"
)

// platforms indexes the platforms.
func (b *builder) platforms() {
	unique(b, "platform", b.m.ds.Platforms, func(p *fact.Platform) string { return p.ID })
	for i := range b.m.ds.Platforms {
		p := &b.m.ds.Platforms[i]
		b.m.platforms[p.ID] = p
		b.distinct("platform "+p.ID, "deployment", deploymentNames(p.Deployments))
	}
}

// platform finds a platform by ID; nil for none.
func (b *builder) platform(where, id string) *fact.Platform {
	p := b.m.platforms[id]
	if p == nil && id != "" {
		b.fault(where, "names platform %q, which is not there%s", id, didYouMean(id, b.m.platforms))
	}
	return p
}

// deployments checks those of a release, with its platform's.
func (b *builder) deployments(where string, r *release) {
	names := deploymentNames(r.Deployments)
	if p := r.product.platform; p != nil {
		names = append(names, deploymentNames(p.Deployments)...)
	}
	b.distinct(where, "deployment", names)
}

// profiles checks the profiles of a release.
func (b *builder) profiles(where string, r *release) {
	var names [][]string
	for i := range r.Profiles {
		p := &r.Profiles[i]
		names = append(names, p.Names())
		b.cite(where, p.Citation)
		if p.Offset < 0 || p.Offset > requirement.MaxPort {
			b.fault(where, "profile %s moves ports by %d; an offset is 0 to %d", p.ID, p.Offset, requirement.MaxPort)
		}
	}
	b.distinct(where, "profile", names)
}

func deploymentNames(all []fact.Deployment) [][]string {
	names := make([][]string, len(all))
	for i := range all {
		names[i] = all[i].Names()
	}
	return names
}

// distinct reports a name that two of several things are found by.
func (b *builder) distinct(where, noun string, names [][]string) {
	owner := map[string]int{}
	for i, all := range names {
		for _, name := range all {
			if first, taken := owner[fact.Key(name)]; taken && first != i {
				b.fault(where, "%s %q and %s %q share the name %q", noun, names[first][0], noun, all[0], name)
			}
			owner[fact.Key(name)] = i
		}
	}
}

// reach gives the releases that a statement is about. It reports a scope that
// names nothing known or, where one is needed, nothing at all.
func (b *builder) reach(where string, s fact.Scope, needed bool) []*release {
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
		return []*release{r}
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
func (b *builder) onPlatform(where string, s fact.Scope) []*release {
	if s.Product != "" || s.Release != "" || s.Profile != "" {
		b.fault(where, "is about a platform, and so about no single product, release or profile; drop one")
	}
	p := b.platform(where, s.Platform)
	var all []*release
	for i := range b.m.ds.Products {
		product := b.m.products[fact.Key(b.m.ds.Products[i].ID)]
		if p != nil && product.platform == p {
			all = append(all, product.ordered...)
		}
	}
	return all
}

func (b *builder) ofProduct(where, id string) []*release {
	p := b.m.products[fact.Key(id)]
	if p == nil || p.ID != id {
		b.fault(where, "names product %q, which is not there%s", id, didYouMean(id, b.m.products))
		return nil
	}
	return p.ordered
}

func (b *builder) hasProfile(where string, r *release, id string) bool {
	known := slices.ContainsFunc(r.Profiles, func(p fact.Profile) bool { return p.ID == id })
	if id != "" && !known {
		b.fault(where, "names profile %q, which %s does not have%s", id, r.ID(), fact.ItHas(r.Profiles, func(p fact.Profile) string { return p.ID }))
	}
	return id == "" || known
}

// reaches reports whether a statement is about a release.
func reaches(s *fact.Scope, r *release) bool {
	switch {
	case s.Platform != "":
		return s.Platform == r.product.Platform
	case s.Product != "":
		return s.Product == r.product.ID && (s.Release == "" || s.Release == r.Version)
	}
	return true
}
