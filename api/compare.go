package api

import (
	"github.com/labstack/echo/v4"

	"github.com/testedon/testedon/api/answers"
	"github.com/testedon/testedon/api/question"
	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/compat/survey"
)

// Comparison is what changes from one release to another: what
// [appendComparison] writes.
type Comparison struct {
	// Product is the id of the product.
	Product string `json:"product" example:"mi"`
	// From is the version of the release compared with.
	From string `json:"from" example:"4.3.0"`
	// To is the version of the release that is looked at.
	To string `json:"to" example:"4.4.0"`
	// FromAsOf is the past day on which from is looked at; missing for today.
	FromAsOf string `json:"from_as_of,omitempty" example:"2026-09-01" format:"date"`
	// ToAsOf is the same of to.
	ToAsOf string `json:"to_as_of,omitempty" example:"2026-09-05" format:"date"`
	// Summary says what changes and, given an environment, what that does to it.
	Summary string `json:"summary" example:"WSO2 Micro Integrator 4.4.0, after 4.3.0, adds Rocky Linux, changes PostgreSQL. The environment was tested and is not listed; what breaks it: PostgreSQL 15."`
	// Kinds are the dimensions in which something changes, in order.
	Kinds []KindChanges `json:"kinds" validate:"max=1000"`
	// Before is the answer for the older release; missing where no environment is given.
	Before *answers.Answer `json:"before,omitempty"`
	// After is the answer for the newer release, and its moves are what mends it; missing where no environment is given.
	After *answers.Answer `json:"after,omitempty"`
	// Breaks are the components of after whose verdict is worse than before; missing where no environment is given.
	Breaks    []answers.Component  `json:"breaks,omitzero" validate:"optional,max=32"`
	Catalogue answers.CatalogueRef `json:"catalogue"`
} // @name Comparison

// KindChanges is what changes in one dimension.
type KindChanges struct {
	Kind string `json:"kind" example:"dbms"`
	Name string `json:"name" example:"database"`
	// Changes are in the order of technologies.
	Changes []Difference `json:"changes" validate:"max=10000"`
} // @name KindChanges

// Difference is what changes for one technology.
type Difference struct {
	Technology string `json:"technology" example:"postgresql"`
	Name       string `json:"name" example:"PostgreSQL"`
	// Way says whether the technology is listed from here on (adds) or no more (drops), some versions are listed no more (narrows), further ones are (widens), or both (changes); or whether versions count as before and are called otherwise (restates).
	Way string `json:"way" example:"changes" enums:"adds,drops,narrows,widens,changes,restates"`
	// Gained are the statements of the newer release that say more than the older one.
	Gained []Shift `json:"gained" validate:"max=10000"`
	// Lost are the statements of the older release of which the newer one says less.
	Lost []Shift `json:"lost" validate:"max=10000"`
	// Restated are the statements that count as before and have another status, that speak against something as the first, or that do so no more.
	Restated []Restatement `json:"restated" validate:"max=10000"`
} // @name Difference

// Shift is a statement and what both releases make of just its versions.
type Shift struct {
	answers.Listing
	// Before is the verdict of the older release.
	Before string `json:"before" example:"tested" enums:"tested,compatible,conditional,not_listed,unresolved,incompatible"`
	// After is the verdict of the newer release.
	After string `json:"after" example:"not_listed" enums:"tested,compatible,conditional,not_listed,unresolved,incompatible"`
	// Why explains what is lost; missing for what is gained.
	Why string `json:"why,omitempty" example:"PostgreSQL 15 is not listed for WSO2 Micro Integrator 4.4.0. The nearest listed version is PostgreSQL 17.2."`
} // @name Shift

// Restatement is a statement and what the pages about both releases call its versions.
type Restatement struct {
	answers.Listing
	// Before is the status for the older release; missing where nothing is stated of these versions.
	Before string `json:"before,omitempty" example:"supported" enums:"tested,supported,required,compatible,recommended,shipped,deprecated,not_recommended,not_tested,out_of_support,incompatible,planned"`
	// After is the same for the newer release.
	After string `json:"after,omitempty" example:"not_recommended" enums:"tested,supported,required,compatible,recommended,shipped,deprecated,not_recommended,not_tested,out_of_support,incompatible,planned"`
} // @name Restatement

// compareParams name two releases and an environment.
type compareParams struct {
	// The product: id, name or alias.
	Product string `query:"product" required:"true" example:"mi"`
	// The release that runs now: version or alias.
	From string `query:"from" required:"true" example:"4.3.0"`
	// The release to go to: version or alias.
	To string `query:"to" required:"true" example:"4.4.0"`
	// The day on which `from` is looked at, as `asOf` is written; without it, that of `asOf`.
	FromAsOf string `query:"fromAsOf"`
	// The day on which `to` is looked at; without it, that of `asOf`.
	ToAsOf string `query:"toAsOf"`
	question.Kinds
	question.Bar
}

// @Summary		What changes from one release to another, or from one day to another?
// @Description	Tells what the release `to` adds, drops, narrows or widens in comparison with `from`, by kind and technology. A statement counts by the verdict that both releases give for just its versions, so that a written policy or another name of a technology is no change.
// @Description
// @Description	With `fromAsOf` and `toAsOf` each release is looked at as it was on a day; with the same release as `from` and `to`, that is what changed of it between. `/v1/changes` has the vendor's own changes.
// @Description
// @Description	Given an environment, it is checked for both releases. `breaks` are its components that are worse off, and the `moves` of `after` are the ways to mend it. Components are written as in `/v1/check`.
// @Tags			check
// @ID				compare
// @Success		200			{object}	Comparison	"What changes"
// @Router			/v1/compare [get]
func (s *Server) compare(v *view, q *question.Question, c echo.Context, p compareParams) (*wire.File, error) {
	if err := bothNamed(v, p); err != nil {
		return nil, err
	}
	require, err := q.Weigh(p.Bar)
	if err != nil {
		return nil, err
	}
	before, err := s.onDay(c, v, "fromAsOf", p.FromAsOf)
	if err != nil {
		return nil, err
	}
	after, err := s.onDay(c, v, "toAsOf", p.ToAsOf)
	if err != nil {
		return nil, err
	}
	compared, err := q.Compare(p.Product, p.From, p.To, before.View.View, after.View.View, require)
	if err != nil {
		return nil, err
	}
	return wire.Written(wire.TypeJSON, func(dst []byte) []byte { return appendComparison(dst, before, after, compared) }), nil
}

// bothNamed reports a product or release that is not named.
func bothNamed(v *view, p compareParams) error {
	missing := "to"
	switch {
	case p.Product == "":
		return question.Missing("product", fact.AllProducts, v.ProductIDs())
	case p.From == "":
		missing = "from"
	case p.To != "":
		return nil
	}
	product, err := v.Product(p.Product)
	if err != nil {
		return err
	}
	return question.Missing(missing, fact.AllReleases, question.Versions(product.Releases()))
}

// appendComparison appends a comparison of what two views tell, and a line break.
func appendComparison(dst []byte, before, v *view, c *survey.Comparison) []byte {
	dst = wire.AppendField(dst, `{"product":`, c.Product.ID)
	dst = wire.AppendField(dst, `,"from":`, c.From.Version)
	dst = wire.AppendField(dst, `,"to":`, c.To.Version)
	if c.FromAsOf != 0 {
		dst = wire.AppendField(dst, `,"from_as_of":`, c.FromAsOf.String())
	}
	if c.ToAsOf != 0 {
		dst = wire.AppendField(dst, `,"to_as_of":`, c.ToAsOf.String())
	}
	dst = wire.AppendField(dst, `,"summary":`, c.Summary())
	dst = wire.AppendValue(append(dst, `,"kinds":`...), v.changes(c.Changes))
	if c.After != nil {
		dst = before.AppendAnswer(append(dst, `,"before":`...), c.Before)
		dst = v.AppendAnswer(append(dst, `,"after":`...), c.After)
		dst = append(dst, `,"breaks":[`...)
		for i, broken := range c.Breaks {
			dst = v.AppendComponent(wire.Comma(dst, i), broken)
		}
		dst = append(dst, ']')
	}
	dst = wire.AppendValue(append(dst, `,"catalogue":`...), v.Catalogue)
	return append(dst, "}\n"...)
}

// changes groups differences, which are in the order of kinds.
func (v *view) changes(all []survey.Difference) []KindChanges {
	return wire.Groups(all, func(d survey.Difference) string { return d.Technology.Kind }, func(kind string, changes []survey.Difference) KindChanges {
		return KindChanges{Kind: kind, Name: v.Kind(kind).Name, Changes: wire.Each(changes, func(d survey.Difference) Difference {
			return Difference{
				Technology: d.Technology.ID, Name: d.Technology.Name, Way: string(d.Way),
				Gained: wire.Each(d.Gained, func(s survey.Shift) Shift { return v.shift(s, "") }),
				Lost:   wire.Each(d.Lost, func(s survey.Shift) Shift { return v.shift(s, s.Why) }),
				Restated: wire.Each(d.Restated, func(r survey.Restatement) Restatement {
					return Restatement{v.ListingOf(r.Listing), string(r.Before), string(r.After)}
				}),
			}
		})}
	})
}

func (v *view) shift(s survey.Shift, why string) Shift {
	return Shift{Listing: v.ListingOf(s.Listing), Before: string(s.Before), After: string(s.After), Why: why}
}
