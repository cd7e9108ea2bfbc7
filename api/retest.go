package api

import (
	"github.com/testedon/testedon/api/answers"
	"github.com/testedon/testedon/api/question"
	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/compat/survey"
)

// Retest is what the owner of a matrix may want to test again, or for the first
// time.
type Retest struct {
	// Summary says in a sentence or two how much there is.
	Summary string `json:"summary" example:"One claim stands on versions past their vendor's end of life, and 2 claims stand on versions that will be by 2027-05-21."`
	// Today is the day of the answer, in UTC.
	Today string `json:"today" example:"2026-11-21" format:"date"`
	// Until is the last day that was looked at.
	Until string `json:"until" example:"2027-05-21" format:"date"`
	wire.Page
	// Items are the claims of which every series is past its vendor's end of life, or will be; the first to end comes first unless another order is asked for.
	Items []RetestItem `json:"items" validate:"max=1000"`
	// Newer are the series that no release of a product lists yet, whatever the page.
	Newer []NewerCycle `json:"newer" validate:"max=100000"`
	// Skipped are the claims that were not looked at, counted by reason.
	Skipped   []SkippedClaims      `json:"skipped" validate:"max=4"`
	Catalogue answers.CatalogueRef `json:"catalogue"`
} // @name Retest

// RetestItem is a claim on versions that are or will be past their end.
type RetestItem struct {
	ReleaseName
	// Kind is that of the technology.
	Kind string `json:"kind" example:"dbms"`
	// Name is that of the technology.
	Name string `json:"name" example:"PostgreSQL"`
	answers.Listing
	// State is ended, or ending_soon where the end is within the time asked for.
	State string `json:"state" example:"ended" enums:"ending_soon,ended"`
	// Lifecycle is that of the series of the claim that is maintained longest; its state is that of today.
	Lifecycle answers.Lifecycle `json:"lifecycle"`
	// Suggestion is the newest series of the technology that is maintained beyond the time asked for, and for six months at least; missing where there is none.
	Suggestion *answers.Lifecycle `json:"suggestion,omitempty"`
} // @name RetestItem

// NewerCycle is a series that came out after the newest one that any release of a
// product lists, is maintained as a suggestion is, and is not listed yet.
type NewerCycle struct {
	// Product is the id of the product.
	Product string `json:"product" example:"mi"`
	// Kind is that of the technology.
	Kind string `json:"kind" example:"dbms"`
	// Technology is its id.
	Technology string `json:"technology" example:"postgresql"`
	// Name is that of the technology.
	Name string `json:"name" example:"PostgreSQL"`
	// Listed is the newest series that a release lists.
	Listed    string            `json:"listed" example:"17"`
	Lifecycle answers.Lifecycle `json:"lifecycle"`
} // @name NewerCycle

// SkippedClaims is how many claims were not looked at for one reason.
type SkippedClaims struct {
	// Reason is says_no, where the claim says that the technology is not to be used; any_vendor, where it names no vendor; every_version, where it names no version; or no_lifecycle, where nothing is on record of its versions.
	Reason string `json:"reason" example:"every_version" enums:"says_no,any_vendor,every_version,no_lifecycle"`
	Claims int    `json:"claims" example:"3" minimum:"1"`
} // @name SkippedClaims

// @Summary		What should be tested again?
// @Description	For the owner of a matrix: the claims whose versions are past their vendor's end of life, or will be within a time, with the newest series of the technology that is maintained beyond it; and the series that came out after the newest one that any release of a product lists, and that none lists yet. A claim on several series counts where all of them end.
// @Description
// @Description	Claims that name no version or no vendor, that say no, or of whose versions nothing is on record, are counted in `skipped`.
// @Tags			catalogue
// @ID				listRetests
// @Success		200			{object}	Retest	"What to test again"
// @Router			/v1/retest [get]
func retest(v *view, in wire.Input, p question.RetestParams) (*wire.File, error) {
	found, err := v.Retest(p)
	if err != nil {
		return nil, err
	}
	page, err := question.RetestList.Page(v.View.View, in, wire.Pointers(found.Items))
	if err != nil {
		return nil, err
	}
	return wire.JSON(Retest{
		Summary: found.Summary(), Today: found.Today.String(), Until: found.Until.String(),
		Page: page.Page, Items: wire.Each(page.Items, v.retestItem), Newer: wire.Each(found.Newer, func(n survey.NewerCycle) NewerCycle {
			tech := n.Period.Tech
			return NewerCycle{Product: n.Product.ID, Kind: tech.Kind, Technology: tech.ID, Name: tech.Name, Listed: n.Listed.Cycle(), Lifecycle: v.Period(n.Period)}
		}),
		Skipped: wire.Each(found.Skipped, func(s survey.SkippedClaims) SkippedClaims {
			return SkippedClaims{string(s.Reason), s.Claims}
		}),
		Catalogue: v.Catalogue,
	}), nil
}

func (v *view) retestItem(i *survey.RetestItem) RetestItem {
	item := RetestItem{
		ReleaseName: ReleaseName{i.Product.ID, i.Release.Version}, Kind: i.Tech.Kind, Name: i.Tech.Name,
		Listing: v.ListingOf(i.Listing), State: string(i.State), Lifecycle: v.Period(i.Period),
	}
	if i.Suggestion != nil {
		suggestion := v.Period(i.Suggestion)
		item.Suggestion = &suggestion
	}
	return item
}
