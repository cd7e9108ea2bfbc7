package portal

import (
	"github.com/testedon/testedon/api/question"
	"github.com/testedon/testedon/compat"
)

// Products is the page of all products.
type Products struct {
	Frame
	Items []*compat.Product
}

var productsRoute = route{"/products", "products", pageParams{}, func(_ *Site, v *question.View, in address) (Page, error) {
	return &Products{Frame: frameOf(v, in, "Products", "Every product and release of the catalogue."), Items: v.Products()}, nil
}}
