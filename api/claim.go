package api

import (
	"slices"
	"strconv"

	"github.com/testedon/testedon/api/answers"
	"github.com/testedon/testedon/api/question"
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
	// Product is the id of the product; missing where it is stated about a platform, which `inherited` names.
	Product string `json:"product,omitempty" example:"mi"`
	// Release is the version of the release; missing where it is stated about every one.
	Release string `json:"release,omitempty" example:"4.4.0"`
	// Kind is the dimension of what the label names.
	Kind string `json:"kind" example:"os"`
	answers.Listing
	// VERS is the version range as a specifier of https://github.com/package-url/vers-spec; only where statements are listed, and missing where the label names no range that one can say: see `docs/standards.md`.
	VERS string `json:"vers,omitempty" example:"vers:intdot/>=9|<10"`
	// ReportURL leads to the form for a report about the statement, filled in; only where statements are listed, and the catalogue has a form.
	ReportURL string `json:"report_url,omitempty" example:"https://github.com/testedon/testedon/issues/new?title=Correction&body=Statement"`
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
		ofProduct("Only those that count for this product: id, name or alias.", func(v *view, c *fact.Claim, meant []string) bool {
			return v.About(c.Product, c.Platform, meant)
		}).Shown("mi"),
		wire.AnyOf("release", "Only those that count for this release of the one product named beside it: version or alias.", (*view).ReleaseNamed, func(_ *view, c *fact.Claim, meant []string) bool {
			return c.Release == "" || slices.Contains(meant, c.Release)
		}).Shown("4.4.0"),
		wire.Word("platform", "Only those stated about the platform of this id.", platformIDs, func(_ *view, c *fact.Claim) string { return c.Platform }),
		ofTechnology("Only those about this technology: id, name or alias.", func(_ *view, c *fact.Claim, meant []string) bool { return slices.Contains(meant, c.Technology) }),
		ofKind("Only those about technologies of this kind: id or another name of it.", func(v *view, c *fact.Claim) string {
			return v.Target(fact.Target{Technology: c.Technology}).Kind
		}),
		wire.OneOf("status", "Only those that say this.", fact.Statuses, func(_ *view, c *fact.Claim) string { return string(c.Status) }),
		question.OfAuthority("Only those from sources published by this authority", func(v *view, c *fact.Claim) string { return string(v.Source(c.Citation.Source).Authority) }),
		wire.AnyOf("source", "Only those from the source of this id.", (*view).SourceNamed, func(_ *view, c *fact.Claim, meant []string) bool { return slices.Contains(meant, c.Citation.Source) }),
		wire.OneOf("inherited", "Only those stated about a platform (`true`), or only those stated about a product or release itself (`false`).", []string{"true", "false"}, func(_ *view, c *fact.Claim) string { return strconv.FormatBool(c.Platform != "") }),
	},
}

// @Summary		List all statements
// @Description	What the sources state about releases and technologies, one by one. A statement about the platform that a product is built on counts for every release of the product: asked for the product or the release, it is among the others, and `inherited=false` leaves it out.
// @Tags			catalogue
// @ID				listClaims
// @Success		200	{object}	Claims	"A page of the statements"
// @Router			/v1/claims [get]
func listClaims(v *view, page wire.Page, items []*fact.Claim) any {
	asOf := v.Matrix.Words().Text("report.day", v.Moment.AsOfText())
	return Claims{page, wire.Each(items, func(c *fact.Claim) Claim {
		l := v.Listing(c)
		told := v.claim(l)
		told.VERS = l.VERS()
		told.ReportURL = l.Correction(asOf).ReportURL()
		return told
	})}
}
