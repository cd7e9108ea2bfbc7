package question

import (
	"slices"
	"strconv"

	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/compat/fact"
)

// The readers of filters: each gives the ID of what a value names.

// ProductNamed reads an id, name or alias of a product.
func (v *View) ProductNamed(_ wire.Input, name string) (string, error) {
	p, err := v.Product(name)
	if err != nil {
		return "", err
	}
	return p.ID, nil
}

// ReleaseNamed reads a release of the one product that is asked for beside it: a version
// by itself names no release.
func (v *View) ReleaseNamed(in wire.Input, name string) (string, error) {
	products := in.Query["product"]
	if len(products) != 1 {
		e := fact.Refuse("release", "release.alone", strconv.Quote(wire.Quotable(name)), v.ExampleQuestion().Product)
		e.See = fact.AllReleases
		return "", e
	}
	r, err := v.Release(products[0], name)
	if err != nil {
		return "", err
	}
	return r.Version, nil
}

// TechnologyNamed reads an id, name or alias of a technology.
func (v *View) TechnologyNamed(_ wire.Input, name string) (string, error) {
	t, err := v.Technology(name)
	if err != nil {
		return "", err
	}
	return t.ID, nil
}

// KindNamed reads an id or another name of a kind.
func (v *View) KindNamed(_ wire.Input, name string) (string, error) {
	k := v.Kind(name)
	if k == nil {
		return "", wire.NotAmong("kind", name, v.KindIDs)
	}
	return k.ID, nil
}

// SourceNamed reads the id of a source.
func (v *View) SourceNamed(_ wire.Input, id string) (string, error) {
	if v.Source(id) == nil {
		return "", v.UnknownSource(id)
	}
	return id, nil
}

// UnknownSource offers the sources whose id or title comes close.
func (v *View) UnknownSource(id string) error {
	e := fact.Refuse("source", "source.unknown", wire.Quotable(id))
	e.Code, e.See = fact.CodeNotFound, fact.AllSources
	names, ids := []string{}, map[string]string{}
	for _, s := range v.Dataset().Sources {
		names = append(names, s.ID, s.Title)
		ids[s.ID], ids[s.Title] = s.ID, s.ID
	}
	for _, name := range fact.Closest(id, names) {
		if !slices.Contains(e.Candidates, ids[name]) {
			e.Candidates = append(e.Candidates, ids[name])
		}
	}
	if len(e.Candidates) > 0 {
		e.See = ""
		e = e.Advise("hint.did_you_mean", e.Candidates[0])
	}
	return e
}

// About reports whether a statement about a product or a platform counts for one of the
// products of some ids.
func (v *View) About(product, platform string, ids []string) bool {
	if platform == "" {
		return slices.Contains(ids, product)
	}
	return slices.ContainsFunc(ids, func(id string) bool {
		p, err := v.Product(id)
		return err == nil && p.Platform == platform
	})
}
