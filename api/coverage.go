package api

import (
	"github.com/testedon/testedon/api/answers"
	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/survey"
)

// Coverage is what the record lacks.
type Coverage struct {
	// Summary says how much there is, and how much is lacking.
	Summary string `json:"summary" example:"Sources: 52, of which 52 have an address and 50 a day; overdue: 3. Statements: 965; since when they stand is told of 310, and of 600 why not; without a day: 12. Contradictions: 0. Releases that the vendor has published and that are not here: 30; here without a page: 2. Listed as tested: 900; of these exercised by no recorded test run: 880."`
	// Today is the day of the answer, in UTC.
	Today   string       `json:"today" example:"2026-11-21" format:"date"`
	Sources SourceCounts `json:"sources"`
	Claims  ClaimCounts  `json:"claims"`
	// Overdue are the documents that nobody has looked at for longer than they may be relied on, the longest first.
	Overdue []Source `json:"overdue" validate:"max=100000"`
	// Undated are the documents whose statements have no day.
	Undated []UndatedSource `json:"undated" validate:"max=100000"`
	// Contradictions are pairs of statements of which one says yes and one no to some version, about the same release or platform and under the same condition.
	Contradictions []Contradiction `json:"contradictions" validate:"max=100000"`
	// Missing are the releases that a vendor has published and that are not here, by product.
	Missing []MissingReleases `json:"missing" validate:"max=10000"`
	// Exercised says of each release that pages list something as tested for what of it no recorded test run exercised.
	Exercised []ExercisedRelease `json:"exercised" validate:"max=100000"`
	// Unpaged are the releases that are known by images and test runs alone.
	Unpaged   []UnpagedRelease     `json:"unpaged" validate:"max=100000"`
	Catalogue answers.CatalogueRef `json:"catalogue"`
} // @name Coverage

// SourceCounts says of how many documents an address and a day are known.
type SourceCounts struct {
	Total int `json:"total" example:"52" minimum:"0"`
	// Addressed is how many have an address.
	Addressed int `json:"addressed" example:"52" minimum:"0"`
	// Dated is of how many some day is known.
	Dated   int `json:"dated" example:"50" minimum:"0"`
	Overdue int `json:"overdue" example:"3" minimum:"0"`
} // @name SourceCounts

// ClaimCounts says of how many statements it is known since when they stand.
type ClaimCounts struct {
	Total int `json:"total" example:"965" minimum:"0"`
	// Since is how many have a day of their own since when they stand.
	Since int `json:"since" example:"310" minimum:"0"`
	// Brought is of how many of these the change is known that brought them.
	Brought int `json:"brought" example:"280" minimum:"0"`
	// Unknown is of how many of the others the document says why it cannot be known.
	Unknown int `json:"unknown" example:"600" minimum:"0"`
} // @name ClaimCounts

// UndatedSource is a document whose statements have no day.
type UndatedSource struct {
	Source Source `json:"source"`
	// Reason says why no day can be established; empty where nobody says.
	Reason string `json:"reason" example:"The page has no history."`
	// Claims is how many statements stand on it and have no day of their own.
	Claims int `json:"claims" example:"12" minimum:"1"`
} // @name UndatedSource

// Contradiction is two statements that do not go together.
type Contradiction struct {
	// Versions are those that both speak of, in the notation of the technology; missing for every one.
	Versions string `json:"versions,omitempty" example:"8.2"`
	Yes      Claim  `json:"yes"`
	No       Claim  `json:"no"`
	// Decides is the id of the statement that counts for these versions: one of the two, or a third.
	Decides string `json:"decides" example:"mi/4.4.0/rhel/8.2"`
} // @name Contradiction

// MissingReleases are the releases of a product that are not here.
type MissingReleases struct {
	Product string `json:"product" example:"mi"`
	// Versions are those of the releases, as the source writes them.
	Versions []string `json:"versions" example:"4.1.0" validate:"max=10000"`
	// PublishedBy is the document that lists them.
	PublishedBy Source `json:"published_by"`
} // @name MissingReleases

// ExercisedRelease is what pages list as tested for a release, and what of it lies in no recorded test run that passed.
type ExercisedRelease struct {
	Product string `json:"product" example:"mi"`
	Release string `json:"release" example:"4.4.0"`
	// Listed is how many statements say that something was tested.
	Listed int `json:"listed" example:"22" minimum:"1"`
	// Exercised is how many of them a test run that passed bears out.
	Exercised int `json:"exercised" example:"2" minimum:"0"`
	// Never are the others.
	Never []Claim `json:"never" validate:"max=10000"`
} // @name ExercisedRelease

// UnpagedRelease is a release that no page is known of.
type UnpagedRelease struct {
	Product string `json:"product" example:"mi"`
	Release string `json:"release" example:"4.1.0"`
	// Images is how many container images of it are on record.
	Images int `json:"images" example:"3" minimum:"0"`
	// Configurations is how many test runs of it are on record.
	Configurations int `json:"configurations" example:"0" minimum:"0"`
} // @name UnpagedRelease

// @Summary		What does the record lack?
// @Description	For the owner of a matrix: the documents that nobody has looked at for too long, the statements without a day, those that contradict each other and which of them counts today, the releases of the vendor that are not here, what pages list as tested and no recorded test run exercised, and the releases that no page is known of.
// @Tags			catalogue
// @ID				getCoverage
// @Success		200		{object}	Coverage	"What the record lacks"
// @Router			/v1/coverage [get]
func getCoverage(v *view, _ wire.Input, p coverageParams) (*wire.File, error) {
	var product *compat.Product
	if p.Product != "" {
		var err error
		if product, err = v.Product(p.Product); err != nil {
			return nil, err
		}
	}
	c := survey.Coverage(v.Matrix, v.Today, product)
	return wire.JSON(Coverage{
		Summary: c.Summary(), Today: c.Today.String(), Sources: SourceCounts(c.Sources), Claims: ClaimCounts(c.Claims), Catalogue: v.Catalogue,
		Overdue: wire.Each(c.Overdue, func(s compat.Stale) Source { return v.source(s.Source) }),
		Undated: wire.Each(c.Undated, func(u survey.Undated) UndatedSource {
			return UndatedSource{v.source(u.Source), u.Source.Undated, u.Claims}
		}),
		Contradictions: wire.Each(c.Contradictions, func(c survey.Contradiction) Contradiction {
			return Contradiction{c.Versions, v.claim(c.Yes), v.claim(c.No), c.Decides.ID}
		}),
		Missing: wire.Each(c.Missing, func(m survey.Missing) MissingReleases {
			return MissingReleases{m.Product.ID, m.Versions, v.source(m.Source)}
		}),
		Exercised: wire.Each(c.Exercised, func(e survey.Exercised) ExercisedRelease {
			return ExercisedRelease{e.Product.ID, e.Release.Version, e.Listed, e.Listed - len(e.Never), wire.Each(e.Never, v.claim)}
		}),
		Unpaged: wire.Each(c.Unpaged, func(u survey.Unpaged) UnpagedRelease {
			return UnpagedRelease{u.Product.ID, u.Release.Version, u.Images, u.Runs}
		}),
	}), nil
}

// coverageParams say what is looked at.
type coverageParams struct {
	// Only what is known of this product: id, name or alias.
	Product string `query:"product" example:"mi"`
}

// claim is a statement as it is listed, and what it is stated about.
func (v *view) claim(l *compat.Listing) Claim {
	return Claim{Product: l.Product, Release: l.Release, Kind: l.Tech.Kind, Listing: v.ListingOf(l)}
}
