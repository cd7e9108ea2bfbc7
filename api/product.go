package api

import (
	"github.com/testedon/testedon/api/answers"
	"github.com/testedon/testedon/api/question"
	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
)

// Product is something with releases.
type Product struct {
	ID      string   `json:"id" example:"mi"`
	Name    string   `json:"name" example:"WSO2 Micro Integrator"`
	Vendor  string   `json:"vendor" example:"WSO2"`
	Aliases []string `json:"aliases" example:"Micro Integrator" validate:"max=1000"`
	// Platform is the id of what it is built on; missing where it stands on its own.
	Platform string `json:"platform,omitempty" example:"carbon"`
	// Support is where to ask about an environment that does not pass, as the catalogue has it: {title} and {body} stand for the question; missing where it names none.
	Support string `json:"support,omitempty" example:"https://support.example.com/new?subject={title}&body={body}"`
	// Releases are the versions, newest first.
	Releases []string `json:"releases" example:"4.4.0" validate:"max=10000"`
} // @name Product

// Products is a page of products.
type Products struct {
	wire.Page
	Items []Product `json:"items" validate:"max=1000"`
} // @name Products

// productList is the list of products.
var productList = &collection[*compat.Product]{
	All:   func(v *view) []*compat.Product { return v.Products() },
	Key:   func(p *compat.Product) string { return p.ID },
	Usual: "id", Limit: wire.UsualPage,
	Orders: []order[*compat.Product]{
		wire.ByKey[*view, *compat.Product]("id"),
		wire.By("name", func(_ *view, p *compat.Product) string { return wire.Folded(p.Name) }),
		wire.By("vendor", func(_ *view, p *compat.Product) string { return wire.Folded(p.Vendor) }),
	},
	Filters: []filter[*compat.Product]{
		wire.Word("vendor", "Only those of this vendor.", func(v *view) []string {
			return wire.Distinct(v.Dataset().Products, func(p *fact.Product) string { return p.Vendor })
		}, func(_ *view, p *compat.Product) string { return p.Vendor }),
		wire.Word("platform", "Only those built on the platform of this id.", platformIDs, func(_ *view, p *compat.Product) string { return p.Platform }),
		question.Like("Only those of which the id, the name or an alias is like this; typing slips are forgiven.", func(_ *view, p *compat.Product) []string { return append([]string{p.ID, p.Name}, p.Aliases...) }),
	},
}

func platformIDs(v *view) []string {
	return wire.Each(v.Dataset().Platforms, func(p fact.Platform) string { return p.ID })
}

// @Summary		List the products
// @Description	The products with their aliases and the versions of their releases.
// @Tags			catalogue
// @ID				listProducts
// @Success		200	{object}	Products	"A page of the products"
// @Router			/v1/products [get]
func listProducts(v *view, page wire.Page, items []*compat.Product) any {
	return Products{page, wire.Each(items, v.product)}
}

// @Summary		Get a product
// @Description	The product with its aliases and the versions of its releases, newest first.
// @Tags			catalogue
// @ID				getProduct
// @Success		200		{object}	Product	"The product"
// @Router			/v1/products/{product} [get]
func getProduct(v *view, _ wire.Input, p productPath) (*wire.File, error) {
	product, err := v.Product(p.Product)
	if err != nil {
		return nil, err
	}
	return wire.JSON(v.product(product)), nil
}

// productPath names a product.
type productPath struct {
	// The product: id, name or alias.
	Product string `path:"product" example:"mi"`
}

func (v *view) product(p *compat.Product) Product {
	return Product{
		ID: p.ID, Name: p.Name, Vendor: p.Vendor, Aliases: wire.List(p.Aliases), Platform: p.Platform, Support: p.Support,
		Releases: question.Versions(p.Releases()),
	}
}

// Platform is what several products are built on. What is stated about it counts
// for every release of theirs.
type Platform struct {
	ID      string   `json:"id" example:"carbon"`
	Name    string   `json:"name" example:"WSO2 Carbon"`
	Vendor  string   `json:"vendor" example:"WSO2"`
	Aliases []string `json:"aliases" example:"Carbon" validate:"max=1000"`
	// Deployments are the ways to run it that its requirements tell apart.
	Deployments []answers.Deployment `json:"deployments" validate:"max=1000"`
	// Products are the ids of those that are built on it.
	Products []string `json:"products" example:"ei" validate:"max=100000"`
} // @name Platform

func (v *view) platform(p fact.Platform) Platform {
	products := []string{}
	for i := range v.Dataset().Products {
		if product := &v.Dataset().Products[i]; product.Platform == p.ID {
			products = append(products, product.ID)
		}
	}
	deployments := wire.Each(p.Deployments, func(d fact.Deployment) answers.Deployment { return answers.DeploymentOf(&d) })
	return Platform{ID: p.ID, Name: p.Name, Vendor: p.Vendor, Aliases: wire.List(p.Aliases), Deployments: deployments, Products: products}
}
