package api

import (
	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/compat/fact"
)

// Platform is what several products are built on. What is stated about it counts
// for every release of theirs.
type Platform struct {
	ID      string   `json:"id" example:"carbon"`
	Name    string   `json:"name" example:"WSO2 Carbon"`
	Vendor  string   `json:"vendor" example:"WSO2"`
	Aliases []string `json:"aliases" example:"Carbon" validate:"max=1000"`
	// Deployments are the ways to run it that its requirements tell apart.
	Deployments []Deployment `json:"deployments" validate:"max=1000"`
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
	return Platform{ID: p.ID, Name: p.Name, Vendor: p.Vendor, Aliases: wire.List(p.Aliases), Deployments: deployments(p.Deployments), Products: products}
}

func deployments(all []fact.Deployment) []Deployment {
	return wire.Each(all, func(d fact.Deployment) Deployment { return deployment(&d) })
}
