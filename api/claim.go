package api

import (
	"slices"
	"strconv"

	"github.com/testedon/testedon/api/answers"
	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/compat/fact"
)

// Claims is a page of statements.
type Claims struct {
	wire.Page
	Items []Claim `json:"items" validate:"max=1000"`
} // @name Claims

// Claim is one statement of a source, and what it is stated about.
type Claim struct {
	ID string `json:"id" example:"mi/4.4.0/rhel/9"`
	// Product is the id of the product; missing where it is stated about a platform, which `inherited` names.
	Product string `json:"product,omitempty" example:"mi"`
	// Release is the version of the release; missing where it is stated about every one.
	Release string `json:"release,omitempty" example:"4.4.0"`
	// Kind is the dimension of what the label names.
	Kind string `json:"kind" example:"os"`
	// Since is the first day on which the source is known to state it, where that is not the source's own.
	Since string `json:"since,omitempty" example:"2026-03-24" format:"date"`
	// Until is the day on which the vendor withdrew it: it no longer counts. Missing while it holds.
	Until string `json:"until,omitempty" example:"2026-09-04" format:"date"`
	// EndedBy is the id of the source that withdrew it.
	EndedBy string `json:"ended_by,omitempty" example:"wso2-docs-apim-11856"`
	answers.Listing
} // @name Claim

// claimList is the list of all statements.
var claimList = &collection[*fact.Claim]{
	All:   func(v *view) []*fact.Claim { return v.Claims() },
	Key:   func(c *fact.Claim) string { return c.ID },
	Usual: "id", Limit: wire.UsualPage,
	Orders: []order[*fact.Claim]{
		wire.ByKey[*view, *fact.Claim]("id"),
		wire.By("technology", func(_ *view, c *fact.Claim) string { return c.Technology + "\x00" + wire.Natural(c.Version) }),
		wire.By("label", func(_ *view, c *fact.Claim) string { return wire.Folded(c.Label) }),
		wire.By("status", func(_ *view, c *fact.Claim) string { return wire.Among(fact.Statuses, c.Status) }),
		wire.By("source", func(_ *view, c *fact.Claim) string { return c.Citation.Source }),
	},
	Filters: []filter[*fact.Claim]{
		ofProduct(func(v *view, c *fact.Claim, meant []string) bool { return v.about(c.Product, c.Platform, meant) }),
		wire.AnyOf("release", releaseNamed, func(_ *view, c *fact.Claim, meant []string) bool {
			return c.Release == "" || slices.Contains(meant, c.Release)
		}),
		wire.Word("platform", platformIDs, func(_ *view, c *fact.Claim) string { return c.Platform }),
		ofTechnology(func(_ *view, c *fact.Claim, meant []string) bool { return slices.Contains(meant, c.Technology) }),
		ofKind((*view).kindOf),
		wire.Word("status", fixed(fact.Statuses), func(_ *view, c *fact.Claim) string { return string(c.Status) }),
		ofAuthority(func(v *view, c *fact.Claim) string { return string(v.Source(c.Citation.Source).Authority) }),
		wire.AnyOf("source", sourceNamed, func(_ *view, c *fact.Claim, meant []string) bool { return slices.Contains(meant, c.Citation.Source) }),
		wire.Word("inherited", fixed([]string{"true", "false"}), func(_ *view, c *fact.Claim) string { return strconv.FormatBool(c.Platform != "") }),
	},
}

// about reports whether a statement about a product or a platform counts for one of the
// products of some ids.
func (v *view) about(product, platform string, ids []string) bool {
	if platform == "" {
		return slices.Contains(ids, product)
	}
	return slices.ContainsFunc(ids, func(id string) bool {
		p, err := v.Product(id)
		return err == nil && p.Platform == platform
	})
}

// kindOf is the kind of what a statement names.
func (v *view) kindOf(c *fact.Claim) string {
	return v.Target(fact.Target{Technology: c.Technology}).Kind
}

// releaseNamed reads a release of the one product that is asked for beside it: a version
// by itself names no release.
func releaseNamed(v *view, in wire.Input, name string) (string, error) {
	products := in.Query["product"]
	if len(products) != 1 {
		e := fact.Invalid("release", "Name one product beside it, such as product="+v.ExampleQuestion().Product, "The release %q is that of no one product", wire.Quotable(name))
		e.See = fact.AllReleases
		return "", e
	}
	r, err := v.Release(products[0], name)
	if err != nil {
		return "", err
	}
	return r.Version, nil
}

// sourceNamed reads the id of a source.
func sourceNamed(v *view, _ wire.Input, id string) (string, error) {
	if v.Source(id) == nil {
		return "", unknownSource(v, id)
	}
	return id, nil
}

// listClaims lists all statements.
//
//	@Summary		List all statements
//	@Description	What the sources state about releases and technologies, one by one. A statement about the platform that a product is built on counts for every release of the product: asked for the product or the release, it is among the others, and `inherited=false` leaves it out.
//	@Tags			catalogue
//	@ID				listClaims
//	@Produce		json
//	@Param			product		query		[]string	false	"Only those that count for this product: id, name or alias."	example(mi) collectionFormat(multi) minlength(1) maxlength(200)
//	@Param			release		query		[]string	false	"Only those that count for this release of the one product named beside it: version or alias."	example(4.4.0) collectionFormat(multi) minlength(1) maxlength(200)
//	@Param			platform	query		[]string	false	"Only those stated about the platform of this id."	collectionFormat(multi) minlength(1) maxlength(200)
//	@Param			technology	query		[]string	false	"Only those about this technology: id, name or alias."	collectionFormat(multi) minlength(1) maxlength(200)
//	@Param			kind		query		[]string	false	"Only those about technologies of this kind: id or another name of it."	collectionFormat(multi) minlength(1) maxlength(200)
//	@Param			status		query		[]string	false	"Only those that say this: `tested`, `supported`, `required`, `compatible`, `recommended`, `shipped`, `not_recommended` or `incompatible`."	collectionFormat(multi) minlength(1) maxlength(200)
//	@Param			authority	query		[]string	false	"Only those from sources published by this authority: `official`, `site`, `unconfirmed` or `fork`."	collectionFormat(multi) minlength(1) maxlength(200)
//	@Param			source		query		[]string	false	"Only those from the source of this id."	collectionFormat(multi) minlength(1) maxlength(200)
//	@Param			inherited	query		[]string	false	"Only those stated about a platform (`true`), or only those stated about a product or release itself (`false`)."	collectionFormat(multi) minlength(1) maxlength(200)
//	@Param			sort	query		string	false	"The order. A hyphen before it turns it round."	Enums(id, -id, technology, -technology, label, -label, status, -status, source, -source) default(id)
//	@Param			limit	query		int		false	"How many items a page has at most."	default(100) minimum(1) maximum(1000)
//	@Param			cursor	query		string	false	"Where the page begins. Do not make one up: take it from the `Link` header, which has the whole address of the next page."	minlength(1) maxlength(8192)
//	@Success		200	{object}	Claims	"A page of the statements"
//	@Header			200	{string}	ETag	"Changes with the catalogue and the build"
//	@Header			200	{string}	Link	"Leads to the next page (`rel=\"next\"`), the one before (`prev`) and the first (`first`), where there are any, and to the contract"
//	@Success		304	"The client has this answer already"
//	@Failure		400	{object}	wire.Problem	"A parameter is unknown or has a value that it does not take; the problem names it"
//	@Failure		500	{object}	wire.Problem	"A fault of the server"
//	@Failure		503	{object}	wire.Problem	"Not available"
//	@Router			/v1/claims [get]
func listClaims(v *view, in wire.Input) (any, error) {
	page, err := claimList.Whole(v, in)
	if err != nil {
		return nil, err
	}
	return Claims{page.Page, wire.Each(page.Items, func(c *fact.Claim) Claim { return v.claim(v.Listing(c)) })}, nil
}
