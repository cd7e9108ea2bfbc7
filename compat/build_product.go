package compat

import (
	"slices"
	"strings"

	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/compat/requirement"
	"github.com/testedon/testedon/version"
)

func (b *builder) products() {
	unique(b, "product", b.m.ds.Products, func(p *fact.Product) string { return p.ID })
	for i := range b.m.ds.Products {
		p := &product{Product: &b.m.ds.Products[i], releases: map[string]*release{}}
		p.platform = b.platform("product "+p.ID, p.Platform)
		switch {
		case (p.PublishedBy == "") != (len(p.Published) == 0):
			b.fault("product "+p.ID, "published and published_by belong together; give the releases and the source that lists them")
		case p.PublishedBy != "":
			b.source("product "+p.ID, p.PublishedBy)
		}
		for _, name := range p.Names() {
			k := fact.Key(name)
			if other, taken := b.m.products[k]; taken && other != p {
				b.fault("product "+p.ID, "alias %q is taken by product %s", name, other.ID)
				continue
			}
			b.m.products[k] = p
		}
	}
}

func (b *builder) releases() {
	unique(b, "release", b.m.ds.Releases, (*fact.Release).ID)
	for i := range b.m.ds.Releases {
		r := &b.m.ds.Releases[i]
		where := "release " + r.ID()
		p := b.m.products[fact.Key(r.Product)]
		if p == nil || p.ID != r.Product {
			b.fault(where, "names product %q, which is not there%s", r.Product, didYouMean(r.Product, b.m.products))
			continue
		}
		b.addRelease(where, p, r)
	}
	for _, p := range b.m.products {
		slices.SortStableFunc(p.ordered, newestFirst)
	}
}

func (b *builder) addRelease(where string, p *product, source *fact.Release) {
	r := &release{Release: source, product: p, title: p.Name + " " + source.Version, stated: requirement.New(p.Product, source, b.origins)}
	for _, name := range append([]string{r.Version}, r.Aliases...) {
		k := string(fact.AppendReleaseKey(nil, name))
		if other, taken := p.releases[k]; taken && other != r {
			b.fault(where, "alias %q is taken by release %s", name, other.Version)
			continue
		}
		p.releases[k] = r
	}
	p.ordered = append(p.ordered, r)
	b.deployments(where, r)
	b.profiles(where, r)
}

// newestFirst orders releases by version; those that are no number come last.
func newestFirst(a, b *release) int {
	x, errX := version.Parse(a.Version)
	y, errY := version.Parse(b.Version)
	switch {
	case errX == nil && errY == nil:
		return y.Compare(x)
	case errX == nil:
		return -1
	case errY == nil:
		return 1
	}
	return strings.Compare(b.Version, a.Version)
}

func (b *builder) advisories() {
	unique(b, "advisory", b.m.ds.Advisories, func(a *fact.Advisory) string { return a.ID })
	for i := range b.m.ds.Advisories {
		a := &b.m.ds.Advisories[i]
		where := "advisory " + a.ID
		b.cite(where, a.Citation)
		if !slices.Contains([]fact.Severity{fact.SeverityInfo, fact.SeverityWarning, fact.SeverityError}, a.Severity) {
			b.fault(where, "severity %q is none of info, warning, error", a.Severity)
		}
		reached := b.reach(where, a.Scope, false)
		if a.Scope == (fact.Scope{}) {
			reached = b.everyRelease()
		}
		if a.Incompatible && len(a.With) == 0 {
			b.fault(where, "is incompatible with nothing; name the other side under with, or state a claim of status incompatible")
		}
		b.touch(where, a, a.Applies, false, reached)
		b.touch(where, a, a.With, true, reached)
	}
}

// everyRelease gives the releases of all products.
func (b *builder) everyRelease() []*release {
	var all []*release
	for i := range b.m.ds.Products {
		all = append(all, b.m.products[fact.Key(b.m.ds.Products[i].ID)].ordered...)
	}
	return all
}

// touch makes an advisory found, for the releases that it reaches, by the technologies
// of one of its sides.
func (b *builder) touch(where string, a *fact.Advisory, targets []fact.Target, with bool, reached []*release) {
	for _, target := range targets {
		t := b.technology(where, target.Technology)
		if t == nil {
			continue
		}
		one := touch{a, b.read(where, t, target.Version), with}
		for _, r := range reached {
			if r.touches == nil {
				r.touches = map[*technology][]touch{}
			}
			r.touches[t] = append(r.touches[t], one)
			r.paired = r.paired || a.Incompatible
		}
	}
}
