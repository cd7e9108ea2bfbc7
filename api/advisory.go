package api

import (
	"strings"

	"github.com/testedon/testedon/compat"
)

// Advisories is the caveats that concern a release.
type Advisories struct {
	// Product is the id of the product.
	Product string `json:"product" example:"ei"`
	// Release is the version of the release.
	Release string `json:"release" example:"6.3.0"`
	// Summary names them; it says so where there are none.
	Summary string `json:"summary" example:"Mind with WSO2 Enterprise Integrator 6.3.0: Apache DS is not recommended in production."`
	// Items are in the order of ids.
	Items     []Advisory   `json:"items" validate:"max=10000"`
	Catalogue CatalogueRef `json:"catalogue"`
} // @name Advisories

// Advisory is a caveat.
type Advisory struct {
	ID         string `json:"id" example:"apache-ds-user-store"`
	Severity   string `json:"severity" example:"warning" enums:"info,warning,error"`
	Title      string `json:"title" example:"Apache DS is not recommended in production"`
	Text       string `json:"text" example:"Apache DS as a user store is not recommended in production."`
	Workaround string `json:"workaround,omitempty" example:"Use OpenLDAP."`
	// Settings are what the workaround sets.
	Settings []Setting `json:"settings" validate:"max=1000"`
	// Applies is the technologies that it touches.
	Applies []Target `json:"applies" validate:"max=1000"`
	// Profile is the id of the runtime it is about; missing where it is about every one.
	Profile string `json:"profile,omitempty" example:"micro-integrator"`
	// Inherited is the id of the platform that it is stated about.
	Inherited string   `json:"inherited,omitempty" example:"carbon"`
	Source    Citation `json:"source"`
} // @name Advisory

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
//	@Success		200		{object}	Advisories	"The caveats, in the order of ids"
//	@Header			200		{string}	ETag	"Changes with the catalogue and the build"
//	@Success		304		"The client has this answer already"
//	@Failure		400		{object}	Problem	"There is no such profile, a name cannot be read, or there is an unknown parameter"
//	@Failure		404		{object}	Problem	"No such product or release; the problem offers the nearest ones"
//	@Failure		500		{object}	Problem	"A fault of the server"
//	@Failure		503		{object}	Problem	"Not available"
//	@Router			/v1/products/{product}/releases/{release}/advisories [get]
func getAdvisories(v *view, in input) (any, error) {
	p, r, err := releaseOf(v, in)
	if err != nil {
		return nil, err
	}
	profile := in.one("profile")
	found, err := v.Advisories(p.ID, r.Version, profile)
	if err != nil {
		return nil, err
	}
	return Advisories{
		Product: p.ID, Release: r.Version, Catalogue: v.catalogue,
		Summary: summarizeAdvisories(subject(p, r, profile), found),
		Items:   each(found, v.advisory),
	}, nil
}

// subject names what is asked about, for a person.
func subject(p *compat.Product, r *compat.Release, profile string) string {
	if profile != "" {
		return p.Name + " " + r.Version + " (" + quotable(profile) + ")"
	}
	return p.Name + " " + r.Version
}

func summarizeAdvisories(of string, found []*compat.Advisory) string {
	if len(found) == 0 {
		return "The documents say nothing about known issues of " + of + "."
	}
	titles := each(found, func(a *compat.Advisory) string { return a.Title })
	return "Mind with " + of + ": " + strings.Join(titles, "; ") + "."
}

func (v *view) advisory(a *compat.Advisory) Advisory {
	return Advisory{
		ID: a.ID, Severity: string(a.Severity), Title: a.Title, Text: a.Text, Workaround: a.Workaround,
		Settings: settings(a.Settings), Applies: targets(a.Applies), Profile: a.Profile, Inherited: a.Platform,
		Source: v.cite(a.Citation),
	}
}

func settings(all []compat.Setting) []Setting {
	return each(all, func(s compat.Setting) Setting { return Setting(s) })
}

func targets(all []compat.Target) []Target {
	return each(all, func(t compat.Target) Target { return Target(t) })
}
