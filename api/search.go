package api

import (
	"net/url"

	"github.com/testedon/testedon/api/answers"
	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/compat/search"
)

// Hits is a page of what a search found.
type Hits struct {
	wire.Page
	// Items are the best answers first, unless another order is asked for.
	Items     []Hit                `json:"items" validate:"max=1000"`
	Catalogue answers.CatalogueRef `json:"catalogue"`
} // @name Hits

// Hit is one thing that a search found.
type Hit struct {
	// Type says what it is.
	Type string `json:"type" example:"technology" enums:"product,technology,release,series"`
	// ID is that of the product or technology.
	ID string `json:"id" example:"postgresql"`
	// Version is that of the release, or the series of the technology; missing where the hit is neither.
	Version string `json:"version,omitempty" example:"17"`
	// Name is the product or technology with the version, as a person would write it.
	Name string `json:"name" example:"PostgreSQL 17"`
	// Kind is that of the technology; missing for products and their releases.
	Kind string `json:"kind,omitempty" example:"dbms"`
	// Score says how well it answers: 100 for the very name, less for the beginning of one, less for a part, and less for each typing slip.
	Score int `json:"score" example:"55" minimum:"1" maximum:"100"`
	// Match says how: it goes by that name (same), a name begins with it (begins) or contains it or all of its words (contains), or does one of these but for typing slips (slips); or it answers to a part of the text only (part).
	Match string `json:"match" example:"slips" enums:"same,begins,contains,slips,part"`
	// Why explains it in one sentence.
	Why string `json:"why" example:"It is 1 typing slip away from the name Postgres."`
	// Path is the address of all about it.
	Path string `json:"path" example:"/v1/technologies/postgresql" format:"uri-reference"`
} // @name Hit

// hitList is the list of what was found. The best comes first; of equals, a product
// before a technology.
var hitList = &collection[search.Hit]{
	Key: func(h search.Hit) string {
		key := string(h.Noun()) + "/" + h.ID() + "/" + h.Version()
		if h.Cycle != nil {
			key += "/" + h.Cycle.Version // as two series may be written alike
		}
		return key
	},
	Usual: "rank", Limit: wire.UsualPage,
	Orders: []order[search.Hit]{
		wire.By("rank", func(_ *view, h search.Hit) string {
			return wire.Ranked(compat.BestScore-h.Score) + wire.Among(search.Nouns, h.Noun()) + h.ID() + "\x00" + wire.Backward(wire.Natural(h.Version()))
		}),
		wire.By("name", func(_ *view, h search.Hit) string { return wire.Folded(h.Title()) }),
	},
	Filters: []filter[search.Hit]{
		wire.OneOf("type", "Only these.", search.Nouns, func(_ *view, h search.Hit) string { return string(h.Noun()) }),
		ofKind("Only technologies of this kind and their series: id or another name of it.", func(_ *view, h search.Hit) string { return h.Kind() }),
	},
}

// searchParams say what to look for.
type searchParams struct {
	// What to look for.
	Q string `query:"q" required:"true" example:"postgers"`
}

// @Summary		Search products, technologies and their releases
// @Description	Finds products and technologies by id, name or alias, and forgives typing slips. With a version behind the name, as in `windows server 2022`, it finds releases of the product and release series of the technology; so does the name of a series, such as `noble`.
// @Description
// @Description	The best answer comes first: the very name, then names that begin with the text, then those that contain it or all of its words, then those a few slips away.
// @Tags			catalogue
// @ID				searchNames
// @Success		200	{object}	Hits	"A page of what was found"
// @Router			/v1/search [get]
func searchNames(v *view, in wire.Input, p searchParams) (*wire.File, error) {
	if p.Q == "" {
		return nil, fact.Refuse("q", "parameter.missing", "q").Advise("search.hint")
	}
	page, err := hitList.Page(v, in, search.Find(v.Matrix, p.Q))
	if err != nil {
		return nil, err
	}
	return wire.JSON(Hits{page.Page, wire.Each(page.Items, func(h search.Hit) Hit {
		return Hit{
			Type: string(h.Noun()), ID: h.ID(), Version: h.Version(), Name: h.Title(), Kind: h.Kind(),
			Score: h.Score, Match: string(h.Fit), Why: h.Why(), Path: path(h),
		}
	}), v.Catalogue}), nil
}

// path is the address of what was found. A series is told with its technology.
func path(h search.Hit) string {
	switch h.Noun() {
	case search.NounProduct:
		return "/v1/products/" + url.PathEscape(h.ID())
	case search.NounRelease:
		return "/v1/products/" + url.PathEscape(h.ID()) + "/releases/" + url.PathEscape(h.Version())
	}
	return "/v1/technologies/" + url.PathEscape(h.ID())
}
