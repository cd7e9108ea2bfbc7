package api

import (
	"slices"

	"github.com/testedon/testedon/api/answers"
	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/compat/fact"
)

// CatalogueInfo says which facts the server answers from.
type CatalogueInfo struct {
	answers.CatalogueRef
	Counts Counts `json:"counts"`
	// Vendors are those whose products are served, of one catalogue or of several.
	Vendors []Vendor `json:"vendors" validate:"max=10000"`
	// Kinds are the dimensions of an environment, each a parameter of /v1/check.
	Kinds []Kind `json:"kinds" validate:"max=1000"`
	// Platforms are what several products are built on.
	Platforms []Platform `json:"platforms" validate:"max=10000"`
	// Sources are the documents that the facts are taken from.
	Sources []Source `json:"sources" validate:"max=100000"`
} // @name Catalogue

// Vendor is who publishes products, and which of them are served.
type Vendor struct {
	Name string `json:"name" example:"WSO2"`
	// Products are their ids.
	Products []string `json:"products" example:"mi" validate:"max=10000"`
} // @name Vendor

// Kind is one dimension of an environment.
type Kind struct {
	ID     string `json:"id" example:"dbms"`
	Name   string `json:"name" example:"database"`
	Plural string `json:"plural" example:"databases"`
	// Aliases are further names of the parameter.
	Aliases []string `json:"aliases" example:"database" validate:"max=100"`
	// Baseline is the id of the technology that every page takes for granted; missing where there is none.
	Baseline string `json:"baseline,omitempty" example:"amd64"`
} // @name Kind

// @Summary		Get the state of the catalogue
// @Description	The revision and digest that every answer repeats, how much is known, whose products they are about, the kinds of components, the platforms that products are built on, and the documents that the facts are taken from.
// @Tags			catalogue
// @ID				getCatalogue
// @Success		200	{object}	CatalogueInfo	"The catalogue"
// @Router			/v1/catalogue [get]
func getCatalogue(v *view, _ wire.Input, _ none) (*wire.File, error) {
	ds := v.Dataset()
	return wire.JSON(CatalogueInfo{
		CatalogueRef: v.Catalogue,
		Counts:       counts(ds),
		Vendors:      vendors(ds.Products),
		Kinds:        wire.Each(v.KindIDs, v.kind),
		Platforms:    wire.Each(ds.Platforms, v.platform),
		Sources:      wire.Each(wire.Pointers(ds.Sources), v.source),
	}), nil
}

// vendors gives those of products, in the order of their first ones.
func vendors(products []fact.Product) []Vendor {
	all := []Vendor{}
	for i := range products {
		p := &products[i]
		at := slices.IndexFunc(all, func(v Vendor) bool { return v.Name == p.Vendor })
		if at < 0 {
			at, all = len(all), append(all, Vendor{Name: p.Vendor})
		}
		all[at].Products = append(all[at].Products, p.ID)
	}
	return all
}

func (v *view) kind(id string) Kind {
	k := v.Kind(id)
	return Kind{ID: k.ID, Name: k.Name, Plural: k.Plural, Aliases: wire.List(k.Aliases), Baseline: k.Baseline}
}
