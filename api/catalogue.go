package api

import (
	"reflect"

	"github.com/testedon/testedon/api/answers"
	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/compat/fact"
)

// CatalogueInfo says which facts the server answers from.
type CatalogueInfo struct {
	answers.CatalogueRef
	Counts Counts `json:"counts"`
	// Kinds are the dimensions of an environment, each a parameter of /v1/check.
	Kinds []Kind `json:"kinds" validate:"max=1000"`
	// Platforms are what several products are built on.
	Platforms []Platform `json:"platforms" validate:"max=10000"`
	// Sources are the documents that the facts are taken from.
	Sources []Source `json:"sources" validate:"max=100000"`
} // @name Catalogue

// Counts says how much is known.
type Counts struct {
	Platforms      int `json:"platforms" example:"1" minimum:"0"`
	Products       int `json:"products" example:"1" minimum:"0"`
	Releases       int `json:"releases" example:"1" minimum:"0"`
	Technologies   int `json:"technologies" example:"40" minimum:"0"`
	Claims         int `json:"claims" example:"30" minimum:"0"`
	Requirements   int `json:"requirements" example:"20" minimum:"0"`
	Ports          int `json:"ports" example:"7" minimum:"0"`
	Notes          int `json:"notes" example:"30" minimum:"0"`
	Advisories     int `json:"advisories" example:"1" minimum:"0"`
	Lifecycles     int `json:"lifecycles" example:"950" minimum:"0"`
	Configurations int `json:"configurations" example:"0" minimum:"0"`
	Images         int `json:"images" example:"0" minimum:"0"`
	Sources        int `json:"sources" example:"5" minimum:"0"`
} // @name Counts

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
// @Description	The revision and digest that every answer repeats, how much is known, the kinds of components, the platforms that products are built on, and the documents that the facts are taken from.
// @Tags			catalogue
// @ID				getCatalogue
// @Success		200	{object}	CatalogueInfo	"The catalogue"
// @Router			/v1/catalogue [get]
func getCatalogue(v *view, _ wire.Input, _ none) (*wire.File, error) {
	ds := v.Dataset()
	return wire.JSON(CatalogueInfo{
		CatalogueRef: v.Catalogue,
		Counts:       counts(ds),
		Kinds:        wire.Each(v.KindIDs, v.kind),
		Platforms:    wire.Each(ds.Platforms, v.platform),
		Sources:      wire.Each(ds.Sources, source),
	}), nil
}

// counts gives how many facts there are in the lists of a dataset, which have the names of
// the counters.
func counts(ds *fact.Dataset) (c Counts) {
	for counter, n := range reflect.ValueOf(&c).Elem().Fields() {
		n.SetInt(int64(reflect.ValueOf(ds).Elem().FieldByName(counter.Name).Len()))
	}
	return c
}

func (v *view) kind(id string) Kind {
	k := v.Kind(id)
	return Kind{ID: k.ID, Name: k.Name, Plural: k.Plural, Aliases: wire.List(k.Aliases), Baseline: k.Baseline}
}
