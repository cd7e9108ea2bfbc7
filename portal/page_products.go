package portal

import (
	"cmp"
	"slices"
	"strings"

	"github.com/testedon/testedon/api/question"
	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/internal/order"
)

// Products is the page of all products, or of those whose names hold some words.
type Products struct {
	Frame
	Words string
	Items []ProductItem // by name
	All   int           // how many there are
}

// ProductItem is a product with the releases that people look for first.
type ProductItem struct {
	*compat.Product
	First []Standing // the latest, and the newest where that is another one
	Count int        // of its releases
}

var productsRoute = route{path: "/products", name: "products", takes: pageParams{names: []string{"q"}}, draw: func(s *Site, v *question.View, in address) (Page, error) {
	if err := in.CheckTexts(); err != nil {
		return nil, err
	}
	all := v.Products()
	page := &Products{Frame: s.frameOf(v, in, "portal.products"), Words: in.One("q"), All: len(all)}
	wanted := fact.Key(page.Words)
	all = slices.DeleteFunc(all, func(p *compat.Product) bool {
		return !slices.ContainsFunc(append(p.Names(), p.Vendor), func(name string) bool { return strings.Contains(fact.Key(name), wanted) })
	})
	order.Stable(all, func(a, b *compat.Product) int { return cmp.Compare(fact.Key(a.Name), fact.Key(b.Name)) })
	page.Items = wire.Each(all, func(p *compat.Product) ProductItem {
		releases := p.Releases()
		item := ProductItem{p, []Standing{standingOf(p.Latest(), v.Today)}, len(releases)}
		if releases[0] != p.Latest() {
			item.First = append(item.First, standingOf(releases[0], v.Today))
		}
		return item
	})
	return page, nil
}}
