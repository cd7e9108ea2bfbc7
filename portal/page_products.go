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

var productsRoute = route{path: "/products", name: "products", takes: pageParams{}, draw: func(s *Site, v *question.View, in address) (Page, error) {
	return &Products{Frame: s.frameOf(v, in, "Products", "Every product and release of the catalogue."), Items: v.Products()}, nil
}}
