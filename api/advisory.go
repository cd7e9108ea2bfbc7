package api

import (
	"slices"
	"strings"

	"github.com/testedon/testedon/api/answers"
	"github.com/testedon/testedon/api/question"
	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/message"
)

// Advisories is the caveats that concern a release.
type Advisories struct {
	ReleaseName
	// Summary names them, on whichever page they are; it says so where there are none.
	Summary string `json:"summary" example:"Mind with WSO2 Enterprise Integrator 6.3.0: Apache DS is not recommended in production."`
	wire.Page
	Items     []answers.Advisory   `json:"items" validate:"max=10000"`
	Catalogue answers.CatalogueRef `json:"catalogue"`
} // @name ReleaseAdvisories

// AdvisoryList is a page of all caveats.
type AdvisoryList struct {
	wire.Page
	Items []StatedAdvisory `json:"items" validate:"max=1000"`
} // @name Advisories

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
		ofProduct("Only those about this product, its releases or the platform it is built on: id, name or alias.", func(v *view, a *fact.Advisory, meant []string) bool { return v.About(a.Product, a.Platform, meant) }),
	}, advisoryFilters...),
}

// advisoriesOfRelease is the list of the caveats that concern a release.
var advisoriesOfRelease = &collection[*fact.Advisory]{
	Key:     advisoryID,
	Usual:   "id",
	Orders:  advisoryOrders,
	Filters: advisoryFilters,
}

// advisoryParams choose from the caveats that concern a release.
type advisoryParams struct {
	// A runtime of the release: id, name or alias. Leaves out what is stated of others.
	Profile string `query:"profile"`
}

func advisoryID(a *fact.Advisory) string { return a.ID }

var advisoryOrders = []order[*fact.Advisory]{
	wire.ByKey[*view, *fact.Advisory]("id"),
	wire.By("severity", func(_ *view, a *fact.Advisory) string { return wire.Among(severities, a.Severity) }),
	wire.By("title", func(_ *view, a *fact.Advisory) string { return wire.Folded(a.Title) }),
}

var advisoryFilters = []filter[*fact.Advisory]{
	wire.OneOf("severity", "Only those of this severity.", severities, func(_ *view, a *fact.Advisory) string { return string(a.Severity) }),
	ofTechnology("Only those that touch this technology: id, name or alias.", func(_ *view, a *fact.Advisory, meant []string) bool {
		return touches(a.Applies, meant) || touches(a.With, meant)
	}),
	question.Like("Only those of which the id or the title is like this; typing slips are forgiven.", func(_ *view, a *fact.Advisory) []string { return []string{a.ID, a.Title} }),
}

// touches reports whether one of the targets is of a technology that is meant.
func touches(targets []fact.Target, meant []string) bool {
	return slices.ContainsFunc(targets, func(t fact.Target) bool { return slices.Contains(meant, t.Technology) })
}

// @Summary		List the known issues of all products
// @Description	The caveats that are stated about releases, products, platforms and technologies: what they touch, and what to do.
// @Tags			catalogue
// @ID				listAdvisories
// @Success		200	{object}	AdvisoryList	"A page of the caveats"
// @Router			/v1/advisories [get]
func listAdvisories(v *view, page wire.Page, items []*fact.Advisory) any {
	return AdvisoryList{page, wire.Each(items, func(a *fact.Advisory) StatedAdvisory {
		return StatedAdvisory{a.Product, a.Release, v.AdvisoryOf(a)}
	})}
}

// @Summary		Get the known issues of a release
// @Description	The caveats that are stated about the release, its product or the platform it is built on, and those about a technology that it lists: what they touch, and what to do. An answer of `/v1/check` brings those that touch the environment asked about.
// @Tags			release
// @ID				listReleaseAdvisories
// @Success		200		{object}	Advisories	"A page of the caveats"
// @Router			/v1/products/{product}/releases/{release}/advisories [get]
func listReleaseAdvisories(v *view, in wire.Input, r *compat.Release, p advisoryParams) (*wire.File, error) {
	found, err := r.Advisories(p.Profile)
	if err != nil {
		return nil, err
	}
	page, err := advisoriesOfRelease.Page(v, in, found)
	if err != nil {
		return nil, err
	}
	return wire.JSON(Advisories{
		ReleaseName: ReleaseName{r.Product, r.Version}, Catalogue: v.Catalogue,
		Summary: summarizeAdvisories(v.Matrix.Words(), subject(r, p.Profile), found),
		Page:    page.Page, Items: wire.Each(page.Items, v.AdvisoryOf),
	}), nil
}

// subject names what is asked about, for a person.
func subject(r *compat.Release, profile string) string {
	if profile != "" {
		return r.Title() + " (" + wire.Quotable(profile) + ")"
	}
	return r.Title()
}

func summarizeAdvisories(l *message.Language, of string, found []*fact.Advisory) string {
	titles := wire.Each(found, func(a *fact.Advisory) string { return a.Title })
	return l.Text("advisories", of, strings.Join(titles, "; "))
}
