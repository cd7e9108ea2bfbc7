package compat

import "github.com/testedon/testedon/compat/fact"

// platforms indexes the platforms.
func (b *builder) platforms() {
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

func deploymentNames(all []fact.Deployment) [][]string {
	names := make([][]string, len(all))
	for i := range all {
		names[i] = all[i].Names()
	}
	return names
}
