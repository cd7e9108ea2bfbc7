package api

import "github.com/testedon/testedon/compat/fact"

// Kinds is a page of kinds.
type Kinds struct {
	Page
	Items []Kind `json:"items" validate:"max=1000"`
} // @name Kinds

// kindList is the list of kinds.
var kindList = &collection[*fact.Kind]{
	all:   func(v *view) []*fact.Kind { return pointers(v.Dataset().Kinds) },
	key:   func(k *fact.Kind) string { return k.ID },
	usual: "order", limit: usualPage,
	orders: []order[*fact.Kind]{
		{"order", func(_ *view, k *fact.Kind) string { return ranked(k.Order) }},
		byKey[*fact.Kind]("id"),
		{"name", func(_ *view, k *fact.Kind) string { return folded(k.Name) }},
	},
	filters: []filter[*fact.Kind]{
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
//	@Failure		400	{object}	Problem	"A parameter is unknown or has a value that it does not take; the problem names it"
//	@Failure		500	{object}	Problem	"A fault of the server"
//	@Failure		503	{object}	Problem	"Not available"
//	@Router			/v1/kinds [get]
func listKinds(v *view, in input) (any, error) {
	page, err := kindList.whole(v, in)
	if err != nil {
		return nil, err
	}
	return Kinds{page.Page, each(page.items, func(k *fact.Kind) Kind { return v.kind(k.ID) })}, nil
}
