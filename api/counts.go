package api

import (
	"reflect"

	"github.com/testedon/testedon/compat/fact"
)

// The counters have the names of the lists that facts stand in.

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

// States counts the facts that are taken from a source.
type States struct {
	Claims         int `json:"claims" example:"22" minimum:"0"`
	Requirements   int `json:"requirements" example:"9" minimum:"0"`
	Ports          int `json:"ports" example:"0" minimum:"0"`
	Notes          int `json:"notes" example:"2" minimum:"0"`
	Advisories     int `json:"advisories" example:"1" minimum:"0"`
	Profiles       int `json:"profiles" example:"0" minimum:"0"`
	Configurations int `json:"configurations" example:"0" minimum:"0"`
	Images         int `json:"images" example:"0" minimum:"0"`
	// Successors are the technologies it says live on under another name.
	Successors int `json:"successors" example:"0" minimum:"0"`
	// Relatives are the technologies it says are made from another, or are its releases run by a provider.
	Relatives int `json:"relatives" example:"0" minimum:"0"`
	// Policies are the promises of upward compatibility it makes.
	Policies int `json:"policies" example:"0" minimum:"0"`
} // @name States

// counts gives how many facts there are in the lists of a dataset, which have the names of
// the counters.
func counts(ds *fact.Dataset) (c Counts) {
	for counter, n := range reflect.ValueOf(&c).Elem().Fields() {
		n.SetInt(int64(reflect.ValueOf(ds).Elem().FieldByName(counter.Name).Len()))
	}
	return c
}

// stated gives how many facts there are of each list, which have the names of the counters.
func stated(lists map[string]int) (s States) {
	for list, n := range lists {
		reflect.ValueOf(&s).Elem().FieldByName(list).SetInt(int64(n))
	}
	return s
}
