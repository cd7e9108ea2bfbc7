package api

import (
	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/compat/fact"
)

// Kinds is a page of kinds.
type Kinds struct {
	wire.Page
	Items []Kind `json:"items" validate:"max=1000"`
} // @name Kinds

// kindList is the list of kinds.
var kindList = &collection[*fact.Kind]{
	All:   func(v *view) []*fact.Kind { return wire.Pointers(v.Dataset().Kinds) },
	Key:   func(k *fact.Kind) string { return k.ID },
	Usual: "order", Limit: wire.UsualPage,
	Orders: []order[*fact.Kind]{
		wire.By("order", func(_ *view, k *fact.Kind) string { return wire.Ranked(k.Order) }),
		wire.ByKey[*view, *fact.Kind]("id"),
		wire.By("name", func(_ *view, k *fact.Kind) string { return wire.Folded(k.Name) }),
	},
	Filters: []filter[*fact.Kind]{
		like(func(_ *view, k *fact.Kind) []string { return append([]string{k.ID, k.Name, k.Plural}, k.Aliases...) }),
	},
}

// listKinds lists the kinds.
//
//	@Summary		List the kinds of components
//	@Description	The dimensions of an environment, each of which is a parameter of `/v1/check`.
//	@Tags			catalogue
//	@ID				listKinds
//	@Produce		json
//	@Param			q		query		string	false	"Only those of which a name is like this; typing slips are forgiven."	minlength(1) maxlength(200)
//	@Param			sort	query		string	false	"The order. A hyphen before it turns it round."	Enums(order, -order, id, -id, name, -name) default(order)
//	@Param			limit	query		int		false	"How many items a page has at most."	default(100) minimum(1) maximum(1000)
//	@Param			cursor	query		string	false	"Where the page begins. Do not make one up: take it from the `Link` header, which has the whole address of the next page."	minlength(1) maxlength(8192)
//	@Success		200	{object}	Kinds	"A page of the kinds"
//	@Header			200	{string}	ETag	"Changes with the catalogue and the build"
//	@Header			200	{string}	Link	"Leads to the next page (`rel=\"next\"`), the one before (`prev`) and the first (`first`), where there are any, and to the contract"
//	@Success		304	"The client has this answer already"
//	@Failure		400	{object}	wire.Problem	"A parameter is unknown or has a value that it does not take; the problem names it"
//	@Failure		500	{object}	wire.Problem	"A fault of the server"
//	@Failure		503	{object}	wire.Problem	"Not available"
//	@Router			/v1/kinds [get]
func listKinds(v *view, in wire.Input) (any, error) {
	page, err := kindList.Whole(v, in)
	if err != nil {
		return nil, err
	}
	return Kinds{page.Page, wire.Each(page.Items, func(k *fact.Kind) Kind { return v.kind(k.ID) })}, nil
}
