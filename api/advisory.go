package api

import (
	"slices"
	"strings"

	"github.com/testedon/testedon/api/answers"
	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
)

// Advisories is the caveats that concern a release.
type Advisories struct {
	// Product is the id of the product.
	Product string `json:"product" example:"ei"`
	// Release is the version of the release.
	Release string `json:"release" example:"6.3.0"`
	// Summary names them, on whichever page they are; it says so where there are none.
	Summary string `json:"summary" example:"Mind with WSO2 Enterprise Integrator 6.3.0: Apache DS is not recommended in production."`
	wire.Page
	Items     []answers.Advisory   `json:"items" validate:"max=10000"`
	Catalogue answers.CatalogueRef `json:"catalogue"`
} // @name Advisories

// AdvisoryList is a page of all caveats.
type AdvisoryList struct {
	wire.Page
	Items []StatedAdvisory `json:"items" validate:"max=1000"`
} // @name AdvisoryList

// StatedAdvisory is a caveat and what it is stated about.
type StatedAdvisory struct {
	// Product is the id of the product it is about; missing where it is about a platform or about everything.
	Product string `json:"product,omitempty" example:"ei"`
	// Release is the version of the release it is about; missing where it is about every one.
	Release string `json:"release,omitempty" example:"6.3.0"`
	answers.Advisory
} // @name StatedAdvisory

// advisoryList is the list of all caveats.
var advisoryList = &collection[*fact.Advisory]{
	All:   func(v *view) []*fact.Advisory { return wire.Pointers(v.Dataset().Advisories) },
	Key:   advisoryID,
	Usual: "id", Limit: wire.UsualPage,
	Orders: advisoryOrders,
	Filters: append([]filter[*fact.Advisory]{
		ofProduct(func(v *view, a *fact.Advisory, meant []string) bool { return v.about(a.Product, a.Platform, meant) }),
	}, advisoryFilters...),
}

// advisoriesOfRelease is the list of the caveats that concern a release.
var advisoriesOfRelease = &collection[*fact.Advisory]{
	Key:     advisoryID,
	Usual:   "id",
	Orders:  advisoryOrders,
	Filters: advisoryFilters,
	Beside:  []wire.Param{wire.Once("profile")},
}

func advisoryID(a *fact.Advisory) string { return a.ID }

var advisoryOrders = []order[*fact.Advisory]{
	wire.ByKey[*view, *fact.Advisory]("id"),
	wire.By("severity", func(_ *view, a *fact.Advisory) string { return wire.Among(severities, a.Severity) }),
	wire.By("title", func(_ *view, a *fact.Advisory) string { return wire.Folded(a.Title) }),
}

var advisoryFilters = []filter[*fact.Advisory]{
	wire.Word("severity", fixed(severities), func(_ *view, a *fact.Advisory) string { return string(a.Severity) }),
	ofTechnology(func(_ *view, a *fact.Advisory, meant []string) bool {
		return touches(a.Applies, meant) || touches(a.With, meant)
	}),
	like(func(_ *view, a *fact.Advisory) []string { return []string{a.ID, a.Title} }),
}

// touches reports whether one of the targets is of a technology that is meant.
func touches(targets []fact.Target, meant []string) bool {
	return slices.ContainsFunc(targets, func(t fact.Target) bool { return slices.Contains(meant, t.Technology) })
}

// listAdvisories lists all caveats.
//
//	@Summary		List the known issues of all products
//	@Description	The caveats that are stated about releases, products, platforms and technologies: what they touch, and what to do.
//	@Tags			catalogue
//	@ID				listAdvisories
//	@Produce		json
//	@Param			product		query		[]string	false	"Only those about this product, its releases or the platform it is built on: id, name or alias."	collectionFormat(multi) minlength(1) maxlength(200)
//	@Param			severity	query		[]string	false	"Only those of this severity: `info`, `warning` or `error`."	collectionFormat(multi) minlength(1) maxlength(200)
//	@Param			technology	query		[]string	false	"Only those that touch this technology: id, name or alias."	collectionFormat(multi) minlength(1) maxlength(200)
//	@Param			q		query		string	false	"Only those of which the id or the title is like this; typing slips are forgiven."	minlength(1) maxlength(200)
//	@Param			sort	query		string	false	"The order. A hyphen before it turns it round."	Enums(id, -id, severity, -severity, title, -title) default(id)
//	@Param			limit	query		int		false	"How many items a page has at most."	default(100) minimum(1) maximum(1000)
//	@Param			cursor	query		string	false	"Where the page begins. Do not make one up: take it from the `Link` header, which has the whole address of the next page."	minlength(1) maxlength(8192)
//	@Success		200	{object}	AdvisoryList	"A page of the caveats"
//	@Header			200	{string}	ETag	"Changes with the catalogue and the build"
//	@Header			200	{string}	Link	"Leads to the next page (`rel=\"next\"`), the one before (`prev`) and the first (`first`), where there are any, and to the contract"
//	@Success		304	"The client has this answer already"
//	@Failure		400	{object}	wire.Problem	"A parameter is unknown or has a value that it does not take; the problem names it"
//	@Failure		500	{object}	wire.Problem	"A fault of the server"
//	@Failure		503	{object}	wire.Problem	"Not available"
//	@Router			/v1/advisories [get]
func listAdvisories(v *view, in wire.Input) (any, error) {
	page, err := advisoryList.Whole(v, in)
	if err != nil {
		return nil, err
	}
	return AdvisoryList{page.Page, wire.Each(page.Items, func(a *fact.Advisory) StatedAdvisory {
		return StatedAdvisory{a.Product, a.Release, v.AdvisoryOf(a)}
	})}, nil
}

// getAdvisories gives the caveats that concern a release.
//
//	@Summary		Get the known issues of a release
//	@Description	The caveats that are stated about the release, its product or the platform it is built on, and those about a technology that it lists: what they touch, and what to do. An answer of `/v1/check` brings those that touch the environment asked about.
//	@Tags			release
//	@ID				getAdvisories
//	@Produce		json
//	@Param			product	path		string	true	"The product: id, name or alias."	example(ei) minlength(1) maxlength(200)
//	@Param			release	path		string	true	"The release: version or alias."	example(6.3.0) minlength(1) maxlength(200)
//	@Param			profile	query		string	false	"A runtime of the release: id, name or alias. Leaves out what is stated of others."	minlength(1) maxlength(200)
//	@Param			severity	query		[]string	false	"Only those of this severity: `info`, `warning` or `error`."	collectionFormat(multi) minlength(1) maxlength(200)
//	@Param			technology	query		[]string	false	"Only those that touch this technology: id, name or alias."	collectionFormat(multi) minlength(1) maxlength(200)
//	@Param			q		query		string	false	"Only those of which the id or the title is like this; typing slips are forgiven."	minlength(1) maxlength(200)
//	@Param			sort	query		string	false	"The order. A hyphen before it turns it round."	Enums(id, -id, severity, -severity, title, -title) default(id)
//	@Param			limit	query		int		false	"How many items a page has at most; without it, there is one page with all of them."	minimum(1) maximum(1000)
//	@Param			cursor	query		string	false	"Where the page begins. Do not make one up: take it from the `Link` header, which has the whole address of the next page."	minlength(1) maxlength(8192)
//	@Success		200		{object}	Advisories	"A page of the caveats"
//	@Header			200		{string}	ETag	"Changes with the catalogue and the build"
//	@Header			200	{string}	Link	"Leads to the next page (`rel=\"next\"`), the one before (`prev`) and the first (`first`), where there are any, and to the contract"
//	@Success		304		"The client has this answer already"
//	@Failure		400		{object}	wire.Problem	"There is no such profile, a name cannot be read, or a parameter is unknown or has a value that it does not take; the problem names it"
//	@Failure		404		{object}	wire.Problem	"No such product or release; the problem offers the nearest ones"
//	@Failure		500		{object}	wire.Problem	"A fault of the server"
//	@Failure		503		{object}	wire.Problem	"Not available"
//	@Router			/v1/products/{product}/releases/{release}/advisories [get]
func getAdvisories(v *view, in wire.Input) (any, error) {
	r, err := v.ReleaseOf(in)
	if err != nil {
		return nil, err
	}
	profile := in.One("profile")
	found, err := r.Advisories(profile)
	if err != nil {
		return nil, err
	}
	page, err := advisoriesOfRelease.Page(v, in, found)
	if err != nil {
		return nil, err
	}
	return Advisories{
		Product: r.Product, Release: r.Version, Catalogue: v.Catalogue,
		Summary: summarizeAdvisories(subject(r, profile), found),
		Page:    page.Page, Items: wire.Each(page.Items, v.AdvisoryOf),
	}, nil
}

// subject names what is asked about, for a person.
func subject(r *compat.Release, profile string) string {
	if profile != "" {
		return r.Title() + " (" + wire.Quotable(profile) + ")"
	}
	return r.Title()
}

func summarizeAdvisories(of string, found []*fact.Advisory) string {
	if len(found) == 0 {
		return "The documents say nothing about known issues of " + of + "."
	}
	titles := wire.Each(found, func(a *fact.Advisory) string { return a.Title })
	return "Mind with " + of + ": " + strings.Join(titles, "; ") + "."
}
