package compat

import (
	"fmt"
	"slices"
	"strings"

	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/compat/requirement"
	"github.com/testedon/testedon/version"
)

// Dataset gives the dataset behind the matrix, which must not be changed.
func (m *Matrix) Dataset() *fact.Dataset { return m.ds }

// product finds a product by ID, name or alias.
func (m *Matrix) product(name string) (*product, error) {
	var buf [fact.UsualName]byte
	if len(name) <= fact.MaxName {
		if p := m.products[string(fact.AppendKey(buf[:0], name))]; p != nil {
			return p, nil
		}
	}
	return nil, m.unknownProduct(name)
}

func (m *Matrix) unknownProduct(name string) error {
	var names []string
	ids := map[string]string{}
	for i := range m.ds.Products {
		p := &m.ds.Products[i]
		for _, n := range p.Names() {
			names, ids[n] = append(names, n), p.ID
		}
	}
	var near []string
	for _, n := range fact.Closest(name, names) {
		near = appendNew(near, ids[n])
	}
	e := &fact.Error{Code: fact.CodeUnknownProduct, Field: "product", Candidates: near,
		Message: fmt.Sprintf("no product is called %q", name), See: fact.AllProducts}
	if len(near) > 0 {
		e.Hint, e.See = "Did you mean "+strings.Join(near, " or ")+"?", ""
	}
	return e
}

// appendNew appends s unless the list has it.
func appendNew(list []string, s string) []string {
	if slices.Contains(list, s) {
		return list
	}
	return append(list, s)
}

// release finds a release of a product by its version, an alias or what people
// write for them; see [product.named].
func (m *Matrix) release(productName, name string) (*release, error) {
	p, err := m.product(productName)
	if err != nil {
		return nil, err
	}
	var buf [fact.UsualName]byte
	if len(name) <= fact.MaxName {
		if r := p.releases[string(fact.AppendReleaseKey(buf[:0], name))]; r != nil {
			return r, nil
		}
	}
	if len(name) > fact.MaxName {
		return nil, p.unknownRelease(name, nil)
	}
	found := p.named(name)
	if len(found) == 0 {
		found = p.named(p.short(name))
	}
	if len(found) == 1 {
		return found[0], nil
	}
	return nil, p.unknownRelease(name, found)
}

// unknownRelease offers the releases that begin as asked for, or else those next
// to it.
func (p *product) unknownRelease(name string, begin []*release) error {
	if len(begin) > 1 {
		e := &fact.Error{Code: fact.CodeUnknownRelease, Field: "release", Message: fmt.Sprintf("%s has several releases that begin with %q", p.Name, name)}
		for _, r := range begin[:min(len(begin), fact.MaxCandidates)] {
			e.Candidates = append(e.Candidates, r.Version)
		}
		e.Hint = "Name one of them: " + strings.Join(e.Candidates, ", ")
		return e
	}
	near := p.nearestReleases(name)
	e := &fact.Error{Code: fact.CodeUnknownRelease, Field: "release", Candidates: near,
		Message: fmt.Sprintf("%s has no release %q here", p.Name, name)}
	e.Hint = "No release of it is recorded"
	if len(near) > 0 {
		e.Hint = "The nearest: " + strings.Join(near, ", ")
	}
	return e
}

// nearestReleases gives the releases just above and below the wanted one, or
// the newest ones where it is no version.
func (p *product) nearestReleases(name string) []string {
	plain := strings.TrimLeft(releaseKey(name), "<>=≥≤~")
	wanted, err := version.Parse(plain[:len(plain)-len(strings.TrimLeft(plain, "0123456789."))])
	at := 0
	if err == nil {
		for at < len(p.ordered) {
			have, err := version.Parse(p.ordered[at].Version)
			if err != nil || have.Compare(wanted) <= 0 {
				break
			}
			at++
		}
	}
	var near []string
	for i := range p.ordered { // outward from the place where it would stand
		for _, j := range []int{at + i, at - 1 - i} {
			if j >= 0 && j < len(p.ordered) && len(near) < fact.MaxCandidates {
				near = append(near, p.ordered[j].Version)
			}
		}
	}
	if near == nil {
		near = []string{}
	}
	return near
}

// Product finds a product by ID, name or alias. The error is an *Error of code
// unknown_product.
func (m *Matrix) Product(name string) (*fact.Product, error) {
	p, err := m.product(name)
	if err != nil {
		return nil, err
	}
	return p.Product, nil
}

// Release finds a release of a product by version, by alias, or by what people
// write for them: "4.4", "v4.4.0", "4.4.0.95", "latest". The error is an *Error of
// code unknown_product or unknown_release.
func (m *Matrix) Release(product, name string) (*fact.Product, *fact.Release, error) {
	r, err := m.release(product, name)
	if err != nil {
		return nil, nil, err
	}
	return r.product.Product, r.Release, nil
}

// Releases lists a product's releases, newest first.
func (m *Matrix) Releases(product string) []*fact.Release {
	p, err := m.product(product)
	if err != nil {
		return nil
	}
	all := make([]*fact.Release, len(p.ordered))
	for i, r := range p.ordered {
		all[i] = r.Release
	}
	return all
}

// Listings lists what a release states, in the order of kinds, technologies and
// versions.
func (m *Matrix) Listings(product, name string) []*Listing {
	r, err := m.release(product, name)
	if err != nil {
		return nil
	}
	all := make([]*Listing, len(r.listings))
	for i := range r.listings {
		all[i] = &r.listings[i]
	}
	return all
}

// Head gives the head of a technology's family: itself where it has none.
func (m *Matrix) Head(t *fact.Technology) *fact.Technology {
	return m.technologies[t.ID].head.Technology
}

// Technology finds a technology by ID, name or alias. Where several share the
// name, the one with that ID counts, else it is an error naming them. The error
// is an *Error of code not_found.
func (m *Matrix) Technology(name string) (*fact.Technology, error) {
	if t := m.technologies[name]; t != nil {
		return t.Technology, nil
	}
	found := m.aliases[fact.Key(name)]
	if len(found) == 1 {
		return found[0].Technology, nil
	}
	e := &fact.Error{Code: fact.CodeNotFound, Field: "technology", Message: fmt.Sprintf("no technology is called %q", name)}
	for _, t := range found {
		e.Message = fmt.Sprintf("%q may mean more than one technology", name)
		e.Candidates = append(e.Candidates, t.ID)
	}
	if len(found) == 0 {
		e.Candidates = m.closestTechnologies(name)
	}
	e.See = fact.AllTechnologies
	if len(e.Candidates) > 0 {
		e.Hint, e.See = "Did you mean "+strings.Join(e.Candidates, " or ")+"?", ""
	}
	return nil, e
}

// closestTechnologies gives the IDs of those whose names come close.
func (m *Matrix) closestTechnologies(name string) []string {
	var names []string
	for _, t := range m.byID {
		names = append(names, t.Names()...)
	}
	ids := []string{}
	for _, n := range fact.Closest(name, names) {
		for _, t := range m.aliases[fact.Key(n)] {
			ids = appendNew(ids, t.ID)
		}
	}
	return ids
}

// Technologies lists the technologies of a kind ("" for all) whose ID, name or
// alias contains search ("" for all), in the order of their IDs.
func (m *Matrix) Technologies(kind, search string) []*fact.Technology {
	all := []*fact.Technology{}
	wanted := fact.Key(search)
	for _, t := range m.byID {
		if (kind == "" || t.Kind == kind) && t.matches(wanted) {
			all = append(all, t.Technology)
		}
	}
	return all
}

func (t *technology) matches(wanted string) bool {
	for _, name := range t.Names() {
		if strings.Contains(fact.Key(name), wanted) {
			return true
		}
	}
	return false
}

// Source finds a source by ID; nil when there is none.
func (m *Matrix) Source(id string) *fact.Source { return m.sources[id] }

// Kind finds a kind by ID or alias; nil when there is none.
func (m *Matrix) Kind(name string) *fact.Kind { return m.kinds[name] }

// Stated gives a release as far as documents state what it needs and where it listens.
// The error is a *[fact.Error] of code unknown_product, unknown_release or invalid.
func (m *Matrix) Stated(product, release string) (*requirement.Release, error) {
	r, err := m.release(product, release)
	if err != nil {
		return nil, err
	}
	return r.stated, nil
}

// name is "WSO2 Micro Integrator 4.4.0".
func (r *release) name() string { return r.title }
