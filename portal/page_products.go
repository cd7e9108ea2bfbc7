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

func (*Products) name() string { return "products" }

var productsRoute = route{"/products", pageParams{}, (*Site).productsPage}

// productsPage is the page of all products.
func (*Site) productsPage(v *question.View, in address) (Page, error) {
	return &Products{Frame: frameOf(v, in, "Products", "Every product and release of the catalogue."), Items: v.Products()}, nil
}
