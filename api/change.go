package api

import (
	"github.com/testedon/testedon/api/answers"
	"github.com/testedon/testedon/api/question"
	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/compat/survey"
)

// Changes is a page of changes.
type Changes struct {
	wire.Page
	Items     []VendorChange       `json:"items" validate:"max=1000"`
	Catalogue answers.CatalogueRef `json:"catalogue"`
} // @name Changes

// VendorChange is what a vendor changed on a day of what is stated of one technology.
type VendorChange struct {
	ID string `json:"id" example:"2026-09-04/narrowed/wso2-docs-apim-11856/apim/4.6.0/os/rhel/9.6"`
	// Day is that of the vendor's change.
	Day string `json:"day" example:"2026-09-04" format:"date"`
	// Change says whether statements were added or withdrawn, or others came in their place that speak of fewer versions (narrowed) or of more (widened).
	Change string `json:"change" example:"narrowed" enums:"added,withdrawn,narrowed,widened"`
	// Summary says it in a sentence.
	Summary string `json:"summary" example:"WSO2 API Manager 4.6.0: Red Hat Enterprise Linux (RHEL) 9 was narrowed to Red Hat Enterprise Linux (RHEL) 9.6 (tested)."`
	// Product is the id of the product; missing where a platform is spoken of.
	Product string `json:"product,omitempty" example:"apim"`
	// Release is the version of the release; missing where every one is spoken of.
	Release string `json:"release,omitempty" example:"4.6.0"`
	// Platform is the id of the platform that is spoken of; missing where it is none.
	Platform   string `json:"platform,omitempty" example:"carbon"`
	Kind       string `json:"kind" example:"os"`
	Technology string `json:"technology" example:"rhel"`
	// Before are the statements that the change took, as they stood until then.
	Before []answers.Listing `json:"before" validate:"max=10000"`
	// After are the statements that it brought.
	After []answers.Listing `json:"after" validate:"max=10000"`
	// Source is the change itself, such as a pull request.
	Source answers.Citation `json:"source"`
} // @name VendorChange

// changeParams say how changes are written.
type changeParams struct {
	// How to write them: `json`, or `atom` for a feed.
	Format changeFormat `query:"format" usual:"json"`
}

// changeFormat names a format of changes.
type changeFormat string

const formatAtom = "atom"

// Words are the names of all formats.
func (changeFormat) Words() []string { return []string{formatJSON, formatAtom} }

// @Summary		List what vendors changed
// @Description	What was added to the vendors' pages, withdrawn, narrowed or widened, day by day, the newest first, each with the vendor's own change. Only what a known change brought or took is told: what is listed since a day by no known change may have stood before. Images and recorded test runs are no changes: they say what ran together on a day.
// @Description
// @Description	With `format=atom` the same is an Atom feed (RFC 4287). The address alone chooses, so that a reader of feeds gets it whatever it accepts.
// @Tags			catalogue
// @ID				listChanges
// @Success		200	{object}	Changes	"A page of the changes"
// @Router			/v1/changes [get]
func (s *Server) listChanges(v *view, in wire.Input, p changeParams) (*wire.File, error) {
	found, err := question.ChangeList.Whole(v.View.View, in)
	if err != nil {
		return nil, err
	}
	if p.Format != formatAtom {
		return wire.JSON(Changes{found.Page, wire.Each(found.Items, v.change), v.Catalogue}), nil
	}
	base := s.address.Base(in)
	file := wire.Written([]string{mediaAtom}, func(dst []byte) []byte {
		return appendFeed(dst, feedOf(v.Matrix.Words(), found.Items, in, base, found.Next))
	})
	file.Asked = base + "\x00" + in.Request().URL.RawQuery
	return file, nil
}

func (v *view) change(c *survey.Change) VendorChange {
	l := c.Listing()
	return VendorChange{ID: c.ID, Day: c.Day.String(), Change: string(c.Effect), Summary: c.Summary(), Product: c.Product, Release: c.Release, Platform: c.Platform,
		Kind: l.Tech.Kind, Technology: l.Technology, Before: wire.Each(c.Before, v.ListingOf), After: wire.Each(c.After, v.ListingOf),
		Source: v.CitationOf(answers.CitedIn(fact.Citation{Source: c.By.ID}, c.By))}
}
