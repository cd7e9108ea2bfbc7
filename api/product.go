package api

import "github.com/testedon/testedon/compat"

// Product is something with releases.
type Product struct {
	ID      string   `json:"id" example:"mi"`
	Name    string   `json:"name" example:"WSO2 Micro Integrator"`
	Vendor  string   `json:"vendor" example:"WSO2"`
	Aliases []string `json:"aliases" example:"Micro Integrator" validate:"max=1000"`
	// Platform is the id of what it is built on; missing where it stands on its own.
	Platform string `json:"platform,omitempty" example:"carbon"`
	// Releases are the versions, newest first.
	Releases []string `json:"releases" example:"4.4.0" validate:"max=10000"`
} // @name Product

// Products is every product.
type Products struct {
	Items []Product `json:"items" validate:"max=100000"`
} // @name Products

// listProducts lists the products.
//
//	@Summary		List the products
//	@Description	Every product with its aliases and the versions of its releases.
//	@Tags			catalogue
//	@ID				listProducts
//	@Produce		json
//	@Success		200	{object}	Products	"Every product, in the order of ids"
//	@Header			200	{string}	ETag	"Changes with the catalogue and the build"
//	@Success		304	"The client has this answer already"
//	@Failure		400	{object}	Problem	"There is an unknown parameter"
//	@Failure		500	{object}	Problem	"A fault of the server"
//	@Failure		503	{object}	Problem	"Not available"
//	@Router			/v1/products [get]
func listProducts(v *view, _ input) (any, error) {
	products := v.Dataset().Products
	items := make([]Product, len(products))
	for i := range products {
		items[i] = v.product(&products[i])
	}
	return Products{items}, nil
}

// getProduct gives one product.
//
//	@Summary		Get a product
//	@Description	The product with its aliases and the versions of its releases, newest first.
//	@Tags			catalogue
//	@ID				getProduct
//	@Produce		json
//	@Param			product	path		string	true	"The product: id, name or alias."	example(mi) minlength(1) maxlength(200)
//	@Success		200		{object}	Product	"The product"
//	@Header			200		{string}	ETag	"Changes with the catalogue and the build"
//	@Success		304		"The client has this answer already"
//	@Failure		400		{object}	Problem	"The name cannot be read, or there is an unknown parameter"
//	@Failure		404		{object}	Problem	"No such product; the problem offers the nearest ones"
//	@Failure		500		{object}	Problem	"A fault of the server"
//	@Failure		503		{object}	Problem	"Not available"
//	@Router			/v1/products/{product} [get]
func getProduct(v *view, in input) (any, error) {
	product, err := productOf(v, in)
	if err != nil {
		return nil, err
	}
	return v.product(product), nil
}

// productOf finds the product that the path names.
func productOf(v *view, in input) (*compat.Product, error) {
	name, err := in.path("product")
	if err != nil {
		return nil, err
	}
	return v.Product(name)
}

func (v *view) product(p *compat.Product) Product {
	return Product{
		ID: p.ID, Name: p.Name, Vendor: p.Vendor, Aliases: list(p.Aliases), Platform: p.Platform,
		Releases: versions(v.Releases(p.ID)),
	}
}

func versions(releases []*compat.Release) []string {
	return each(releases, func(r *compat.Release) string { return r.Version })
}

func productIDs(v *view) []string {
	return each(v.Dataset().Products, func(p compat.Product) string { return p.ID })
}
