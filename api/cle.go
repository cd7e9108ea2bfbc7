package api

import (
	"cmp"
	"slices"
	"strings"

	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/internal/str"
)

// cleSchema is the address of the schema of CLE 1.0.0 beside the text of ECMA-428, which wants
// one and gives none.
const cleSchema = "https://ecma-tc54.github.io/ECMA-428/cle.v1.0.0.schema.json"

// CLE is a document of ECMA-428, Common Lifecycle Enumeration 1.0.0. It is made anew from the facts: an id is that of an event within one document.
type CLE struct {
	// Schema is the address of the JSON Schema of such documents.
	Schema string `json:"$schema" example:"https://ecma-tc54.github.io/ECMA-428/cle.v1.0.0.schema.json" format:"uri"`
	// Identifier is a package URL: that of type `generic` on record, else one of the namespace `testedon`.
	Identifier string `json:"identifier" example:"pkg:generic/postgresql"`
	// UpdatedAt is the newest day of a source.
	UpdatedAt   string         `json:"updatedAt" example:"2026-08-22T00:00:00Z" format:"date-time"`
	Definitions CLEDefinitions `json:"definitions"`
	// Events begin with the highest id.
	Events []CLEEvent `json:"events" validate:"max=100000"`
} // @name CLE

// CLEDefinitions are what events refer to.
type CLEDefinitions struct {
	// Support is what can end.
	Support []CLESupport `json:"support" validate:"max=10000"`
} // @name CLEDefinitions

// CLESupport is what a vendor maintains, or sells maintenance of after the end.
type CLESupport struct {
	// ID is `maintenance` or `extended`, for an edition with its name behind.
	ID string `json:"id" example:"maintenance"`
	// Description says what it is, for people.
	Description string `json:"description" example:"What the vendor of PostgreSQL maintains"`
	// URL is the address at which the vendor tells how long it maintains.
	URL string `json:"url,omitempty" example:"https://www.postgresql.org/support/versioning/" format:"uri"`
} // @name CLESupport

// CLEEvent is an event in the life of a technology.
type CLEEvent struct {
	ID int `json:"id" example:"1" minimum:"1"`
	// Type says what happens: a series or its newest version comes out, or its vendor works no longer on more than faults, or no longer at all.
	Type string `json:"type" example:"endOfSupport" enums:"released,endOfDevelopment,endOfSupport"`
	// Effective is the begin of the day of a release, and the end of the last day of anything else.
	Effective string `json:"effective" example:"2025-11-13T23:59:59Z" format:"date-time"`
	// Published is the day of the source.
	Published string `json:"published" example:"2026-08-22T00:00:00Z" format:"date-time"`
	// Version is what is released; missing of others.
	Version string `json:"version,omitempty" example:"13.23"`
	// Versions are those whose support ends; missing of a release.
	Versions []CLERange `json:"versions,omitempty" validate:"max=1"`
	// SupportID is the support that ends; missing of a release.
	SupportID string `json:"supportId,omitempty" example:"maintenance"`
} // @name CLEEvent

// CLERange is a range of versions.
type CLERange struct {
	// Range is one of VERS.
	Range string `json:"range" example:"vers:intdot/>=13|<14"`
} // @name CLERange

// compare orders events by when they were published, then by when they take effect.
func (e CLEEvent) compare(o CLEEvent) int {
	of := func(e CLEEvent) string {
		return e.Published + e.Effective + "\x00" + e.Type + "\x00" + e.Version + "\x00" + e.SupportID + "\x00" + append(e.Versions, CLERange{})[0].Range
	}
	return cmp.Compare(of(e), of(o))
}

// @Summary		Get the lifecycle events of a technology
// @Description	When the series of the technology came out, and when its vendor ceases to work on them, as a document of ECMA-428 (CLE 1.0.0). An end whose day is not known is left out, and so is a series that no range of versions can name.
// @Tags			catalogue
// @ID				getTechnologyEvents
// @Success		200		{object}	CLE	"The events"
// @Router			/v1/technologies/{technology}/cle [get]
func getTechnologyEvents(v *view, _ wire.Input, p technologyPath) (*wire.File, error) {
	t, err := v.Technology(p.Technology)
	if err != nil {
		return nil, err
	}
	d := &CLE{Schema: cleSchema, Identifier: identifier(t), Definitions: CLEDefinitions{[]CLESupport{}}}
	for _, period := range t.Lifecycles() {
		d.add(series{period, t})
	}
	if len(d.Events) == 0 {
		e := fact.Refuse("technology", "life.unknown", t.Name)
		e.Code = fact.CodeNotFound
		return nil, e
	}
	slices.SortFunc(d.Events, CLEEvent.compare)
	d.Events = slices.CompactFunc(d.Events, func(a, b CLEEvent) bool { return a.compare(b) == 0 }) // of editions
	d.UpdatedAt = d.Events[len(d.Events)-1].Published
	for i := range d.Events {
		d.Events[i].ID = i + 1
	}
	slices.Reverse(d.Events)
	return wire.JSON(d), nil
}

// identifier is the one package URL by which a document calls a technology: those of images and
// packages name what is made of it.
func identifier(t *compat.Technology) string {
	const generic = "pkg:generic/"
	all := t.PURLs()
	if at := slices.IndexFunc(all, func(purl string) bool { return strings.HasPrefix(purl, generic) }); at >= 0 {
		return all[at]
	}
	return generic + "testedon/" + t.ID
}

// add adds the events of a series. What has no day is none.
func (d *CLE) add(s series) {
	published := midnight(s.stated())
	out := func(version, day string) {
		if version != "" && day != "" {
			d.Events = append(d.Events, CLEEvent{Type: "released", Effective: midnightOf(day), Published: published, Version: version})
		}
	}
	out(s.VersionText(), s.Released)
	out(s.Latest, s.LatestReleased)
	end := func(kind, day, support, about string) {
		versions := s.of.VERS(s.Range)
		if versions == "" || day == "" {
			return
		}
		if s.Cycle() != s.VersionText() { // as editions that share versions have ends of their own
			support += "/" + s.Cycle()
		}
		d.Events = append(d.Events, CLEEvent{Type: kind, Effective: endOf(day), Published: published, Versions: []CLERange{{versions}}, SupportID: support})
		if !slices.ContainsFunc(d.Definitions.Support, func(o CLESupport) bool { return o.ID == support }) {
			d.Definitions.Support = append(d.Definitions.Support, CLESupport{support, s.of.Words().Text(about, s.of.Name), str.WebAddress(s.Policy)})
		}
	}
	end("endOfDevelopment", s.Support, "maintenance", "cle.maintenance")
	end("endOfSupport", s.Ends, "maintenance", "cle.maintenance")
	end("endOfSupport", s.Extended, "extended", "cle.extended")
}
