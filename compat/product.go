package compat

import (
	"slices"
	"strconv"
	"strings"

	"github.com/testedon/testedon/compat/fact"
)

// Product is a product of the dataset with its releases.
type Product struct {
	*fact.Product
	m        *Matrix
	platform *fact.Platform      // nil where it stands on its own
	releases map[string]*Release // by key of version and alias
	ordered  []*Release          // newest first
}

// Latest is the highest release that is out: one known from more than copies of a
// page, which may speak of what is not, and no pre-release. Where there is none,
// it is the highest of those that come closest.
func (p *Product) Latest() *Release {
	best, least := p.ordered[0], 4
	for _, r := range p.ordered {
		doubt := 0
		if r.provisional {
			doubt++
		}
		if isPreRelease(r.Version) {
			doubt += 2
		}
		if doubt < least {
			best, least = r, doubt
		}
	}
	return best
}

// Short is the shortest name of the product, without that of its vendor before it where nothing
// else goes by the rest; of several, one as people write it.
func (p *Product) Short() string {
	short := p.Name
	for _, name := range append(slices.Clone(p.Names()[1:]), p.ID) {
		if bare := strings.TrimPrefix(name, p.Vendor+" "); p.m.products[fact.Key(bare)] == p {
			name = bare
		}
		if len(name) < len(short) {
			short = name
		}
	}
	return short
}

// Product finds a product by ID, name or alias. The error is an *Error of code
// unknown_product.
func (m *Matrix) Product(name string) (*Product, error) {
	var buf [fact.UsualName]byte
	if len(name) <= fact.MaxName {
		if p := m.products[string(fact.AppendKey(buf[:0], name))]; p != nil {
			return p, nil
		}
	}
	return nil, m.unknownProduct(name)
}

// bar is the worst verdict that passes where a caller says nothing, and who says so.
func (p *Product) bar() (worst fact.Verdict, by string) {
	if p.Require == "" {
		return fact.Tested, "default"
	}
	return p.Require, "product"
}

// States reports whether some release of a product states something about a technology.
func (p *Product) States(t *Technology) bool {
	return slices.ContainsFunc(p.ordered, func(r *Release) bool { return len(r.group(t)) > 0 })
}

// Select gives the products of some names, each once, and every product for none. An empty name
// is none. The error is an *Error of code unknown_product.
func (m *Matrix) Select(names ...string) (all []*Product, err error) {
	for _, name := range names {
		if name == "" {
			continue
		}
		p, err := m.Product(name)
		if err != nil {
			return nil, err
		}
		all = fact.AppendNew(all, p)
	}
	if len(all) == 0 {
		return m.ordered, nil
	}
	return all, nil
}

// Products lists the products in the order of their IDs.
func (m *Matrix) Products() []*Product { return slices.Clone(m.ordered) }

func (m *Matrix) unknownProduct(name string) error {
	var names []string
	ids := map[string]string{}
	for _, p := range m.ordered {
		for _, n := range p.Names() {
			names, ids[n] = append(names, n), p.ID
		}
	}
	var near []string
	for _, n := range fact.Closest(name, names) {
		near = fact.AppendNew(near, ids[n])
	}
	e := fact.Refuse("product", "product.unknown", strconv.Quote(name))
	e.Code, e.Candidates, e.See = fact.CodeUnknownProduct, near, fact.AllProducts
	return e.Suggest()
}

// Base is the platform that the product is built on; nil where it stands on its own.
func (p *Product) Base() *fact.Platform { return p.platform }

func (b *builder) products() {
	for i := range b.m.ds.Products {
		p := &Product{Product: &b.m.ds.Products[i], m: b.m, releases: map[string]*Release{}}
		b.m.ordered = append(b.m.ordered, p)
		p.platform = b.platform("product "+p.ID, p.Platform)
		switch {
		case (p.PublishedBy == "") != (len(p.Published) == 0):
			b.fault("product "+p.ID, "published and published_by belong together; give the releases and the source that lists them")
		case p.PublishedBy != "":
			b.source("product "+p.ID, p.PublishedBy)
		}
		if r := p.Require; r != "" && r != fact.Tested && r != fact.Compatible && r != fact.Conditional {
			b.fault("product "+p.ID+" require", "require cannot be %q; use tested, compatible or conditional", r)
		}
		if p.Word != "" && !slices.Contains(fact.Vouching, p.Word) {
			b.fault("product "+p.ID+" word", "word cannot be %q; use one of %s", p.Word, fact.Members(fact.Vouching))
		}
		if p.Support != "" && !p.CanSupport() {
			b.fault("product "+p.ID+" support", "support cannot be %q; write an address with https, http or mailto, of at most %d characters, "+
				"in which {title} and {body} stand once each and behind the question mark", p.Support, fact.MaxSupport)
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
	b.vendors()
}

// vendors makes the name of a vendor one of its only product, where the name of that begins with
// it and nothing else goes by it: "Camunda" is Camunda Platform.
func (b *builder) vendors() {
	only := map[string]*Product{}
	for _, p := range b.m.ordered {
		k := fact.Key(p.Vendor)
		if _, several := only[k]; several || !strings.HasPrefix(p.Name, p.Vendor+" ") {
			only[k] = nil
		} else {
			only[k] = p
		}
	}
	for k, p := range only {
		if p != nil && b.m.products[k] == nil && len(b.m.aliases[k]) == 0 {
			b.m.products[k] = p
		}
	}
}

func (b *builder) ofProduct(where, id string) []*Release {
	p := b.m.products[fact.Key(id)]
	if p == nil || p.ID != id {
		b.fault(where, "names product %q, which is not there%s", id, didYouMean(id, b.m.products))
		return nil
	}
	return p.ordered
}
