package api

import (
	"slices"

	"github.com/testedon/testedon/api/answers"
	"github.com/testedon/testedon/api/question"
	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/compat"
)

// Release is one published version of a product.
type Release struct {
	Product string   `json:"product" example:"mi"`
	Version string   `json:"version" example:"4.4.0"`
	Aliases []string `json:"aliases" validate:"max=1000"`
	// Provisional says that all that is known of it stands on another account's copy of the vendor's page; missing where it does not.
	Provisional bool `json:"provisional,omitempty" example:"false"`
	// NoPage says that no page about it is known, only images of the vendor and recorded test runs; missing where one is.
	NoPage bool `json:"no_page,omitempty" example:"false"`
} // @name Release

// ReleaseName is the release that an answer is about.
type ReleaseName struct {
	// Product is the id of the product.
	Product string `json:"product" example:"mi"`
	// Release is the version of the release.
	Release string `json:"release" example:"4.4.0"`
}

// Releases is a page of releases.
type Releases struct {
	wire.Page
	Items []Release `json:"items" validate:"max=1000"`
} // @name Releases

// ReleaseMatrix is everything stated about a release.
type ReleaseMatrix struct {
	Product string   `json:"product" example:"mi"`
	Name    string   `json:"name" example:"WSO2 Micro Integrator"`
	Version string   `json:"version" example:"4.4.0"`
	Aliases []string `json:"aliases" validate:"max=1000"`
	// Provisional says that all that is known of it stands on another account's copy of the vendor's page; missing where it does not.
	Provisional bool `json:"provisional,omitempty" example:"false"`
	// NoPage says that no page about it is known, only images of the vendor and recorded test runs; missing where one is.
	NoPage bool `json:"no_page,omitempty" example:"false"`
	// Platform is the id of what the product is built on; missing where it stands on its own.
	Platform string `json:"platform,omitempty" example:"carbon"`
	// Deployments are all the ways to run it that the documents tell apart.
	Deployments []answers.Deployment `json:"deployments" validate:"max=1000"`
	// Profiles are the runtimes that it has besides its default one.
	Profiles []Profile `json:"profiles" validate:"max=1000"`
	// Kinds are the dimensions that the release lists, in order.
	Kinds []KindListings `json:"kinds" validate:"max=1000"`
	// Advisories are the caveats that concern it.
	Advisories []answers.Advisory `json:"advisories" validate:"max=10000"`
	// Configurations are the recorded test runs of whole environments.
	Configurations []answers.Configuration `json:"configurations" validate:"max=10000"`
	// Images are the container images that the vendor ships of it, the newest first.
	Images    []answers.Pair       `json:"images" validate:"max=10000"`
	Catalogue answers.CatalogueRef `json:"catalogue"`
} // @name ReleaseMatrix

// KindListings is what a release lists of one kind.
type KindListings struct {
	Kind   string            `json:"kind" example:"os"`
	Name   string            `json:"name" example:"operating system"`
	Listed []answers.Listing `json:"listed" validate:"max=10000"`
} // @name KindListings

// releaseList is the list of all releases: those of a product stand together, the newest
// first.
var releaseList = &collection[*compat.Release]{
	All:   func(v *view) []*compat.Release { return v.Releases() },
	Key:   func(r *compat.Release) string { return r.Product + "/" + r.Version },
	Usual: "product", Limit: wire.UsualPage,
	Orders: []order[*compat.Release]{
		wire.By("product", func(_ *view, r *compat.Release) string {
			return r.Product + "\x00" + wire.Backward(wire.Natural(r.Version))
		}),
		byVersion,
	},
	Filters: []filter[*compat.Release]{
		ofProduct("Only those of this product: id, name or alias.", func(_ *view, r *compat.Release, meant []string) bool {
			return slices.Contains(meant, r.Product)
		}).Shown("mi"),
		question.Like("Only those like this, a product and how a version begins; typing slips are forgiven.", releaseNames),
	},
}

// releasesOfProduct is the list of the releases of one product.
var releasesOfProduct = &collection[*compat.Release]{
	Key:   func(r *compat.Release) string { return r.Version },
	Usual: "-version", Limit: wire.UsualPage,
	Orders:  []order[*compat.Release]{byVersion},
	Filters: []filter[*compat.Release]{question.Like("Only those like this, such as how a version begins; typing slips are forgiven.", releaseNames)},
}

var byVersion = wire.By("version", func(_ *view, r *compat.Release) string { return wire.Natural(r.Version) })

// releaseNames are the names of a release: with and without that of its product.
func releaseNames(_ *view, r *compat.Release) []string {
	names := append([]string{r.Version}, r.Aliases...)
	for _, version := range slices.Clone(names) {
		names = append(names, r.Product+" "+version, r.Of().Name+" "+version)
	}
	return names
}

// @Summary		List the releases of all products
// @Description	The releases with the other names they go by. Those of a product stand together, the newest first.
// @Tags			catalogue
// @ID				listReleases
// @Success		200	{object}	Releases	"A page of the releases"
// @Router			/v1/releases [get]
func listReleases(v *view, page wire.Page, items []*compat.Release) any {
	return Releases{page, wire.Each(items, v.release)}
}

// @Summary		List the releases of a product
// @Description	The releases of the product, newest first, with the other names they go by.
// @Tags			catalogue
// @ID				listProductReleases
// @Success		200		{object}	Releases	"A page of the releases"
// @Router			/v1/products/{product}/releases [get]
func listProductReleases(v *view, in wire.Input, p productPath) (*wire.File, error) {
	product, err := v.Product(p.Product)
	if err != nil {
		return nil, err
	}
	page, err := releasesOfProduct.Page(v, in, product.Releases())
	if err != nil {
		return nil, err
	}
	return wire.JSON(Releases{page.Page, wire.Each(page.Items, v.release)}), nil
}

// @Summary		Get the whole matrix of a release
// @Description	Everything the sources state about the release: each item as printed, its status and where it stands; the ways to run it; the caveats; the recorded test runs. What is stated about the platform it is built on is among it, marked as inherited.
// @Tags			release
// @ID				getRelease
// @Success		200		{object}	ReleaseMatrix	"The matrix"
// @Router			/v1/products/{product}/releases/{release} [get]
func getRelease(v *view, _ wire.Input, r *compat.Release, _ none) (*wire.File, error) {
	stated := r.Stated()
	advisories, err := r.Advisories("")
	if err != nil {
		return nil, err
	}
	return wire.JSON(ReleaseMatrix{
		Product: r.Product, Name: r.Of().Name, Version: r.Version, Aliases: wire.List(r.Aliases), Provisional: r.Provisional(), NoPage: r.Unpaged(), Platform: r.Of().Platform,
		Catalogue:   v.Catalogue,
		Deployments: wire.Each(stated.AllDeployments(), answers.DeploymentOf),
		Profiles:    wire.Each(r.Profiles, v.profile),
		Kinds: wire.Groups(r.Listings(), kindOf, func(kind string, listed []*compat.Listing) KindListings {
			return KindListings{Kind: kind, Name: v.Kind(kind).Name, Listed: wire.Each(listed, v.ListingOf)}
		}),
		Advisories:     wire.Each(advisories, v.AdvisoryOf),
		Configurations: wire.Each(r.Runs(), v.ConfigurationOf),
		Images:         wire.Each(r.Shipments(), v.PairOf),
	}), nil
}

func (v *view) release(r *compat.Release) Release {
	return Release{Product: r.Product, Version: r.Version, Aliases: wire.List(r.Aliases), Provisional: r.Provisional(), NoPage: r.Unpaged()}
}

// kindOf is the kind of a listing; they are in the order of kinds.
func kindOf(l *compat.Listing) string { return l.Tech.Kind }
