package api

import (
	"io"

	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/export"
)

// CatalogueExport is every fact of a catalogue. The schema that it names says what
// each list has.
type CatalogueExport struct {
	// Schema is the address of the JSON Schema of this file.
	Schema string `json:"$schema" example:"/v1/schema/export.schema.json"`
	// Revision counts the changes to the record.
	Revision int64 `json:"revision" example:"1" minimum:"0"`
	// Digest identifies the facts, whatever their revision.
	Digest string `json:"digest" example:"sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"`
	// Kinds are the dimensions of an environment.
	Kinds []map[string]any `json:"kinds" validate:"max=1000"`
	// Technologies are what releases run on or with.
	Technologies []map[string]any `json:"technologies" validate:"max=100000"`
	// Platforms are what several products are built on.
	Platforms []map[string]any `json:"platforms" validate:"max=10000"`
	// Products have releases.
	Products []map[string]any `json:"products" validate:"max=100000"`
	// Releases are the published versions of the products.
	Releases []map[string]any `json:"releases" validate:"max=1000000"`
	// Sources are the documents that the facts are taken from.
	Sources []map[string]any `json:"sources" validate:"max=100000"`
	// Claims are what the sources say of releases and technologies.
	Claims []map[string]any `json:"claims" validate:"max=10000000"`
	// Requirements are what releases need of a machine.
	Requirements []map[string]any `json:"requirements" validate:"max=1000000"`
	// Ports are what releases listen on.
	Ports []map[string]any `json:"ports" validate:"max=1000000"`
	// Notes are what is said of running releases.
	Notes []map[string]any `json:"notes" validate:"max=1000000"`
	// Advisories are caveats, and what does not work together.
	Advisories []map[string]any `json:"advisories" validate:"max=1000000"`
	// Configurations are recorded test runs of whole environments.
	Configurations []map[string]any `json:"configurations" validate:"max=1000000"`
	// Images are container images that vendors ship of releases.
	Images []map[string]any `json:"images" validate:"max=1000000"`
	// Lifecycles are how long the vendors of technologies maintain each series.
	Lifecycles []map[string]any `json:"lifecycles" validate:"max=1000000"`
} // @name CatalogueExport

// exportCatalogue gives every fact in one file.
//
//	@Summary		Export the catalogue
//	@Description	Every fact of the catalogue in one file, a fact on each line, from which the same catalogue can be built again: its digest is that of the content. `/v1/schema/export.schema.json` says what each list has.
//	@Tags			catalogue
//	@ID				exportCatalogue
//	@Produce		json
//	@Success		200	{object}	CatalogueExport	"The catalogue"
//	@Header			200	{string}	ETag	"Changes with the catalogue and the build"
//	@Header			200	{string}	Content-Disposition	"The name of a file to keep it in"
//	@Success		304	"The client has this answer already"
//	@Failure		400	{object}	wire.Problem	"There is an unknown parameter"
//	@Failure		500	{object}	wire.Problem	"A fault of the server"
//	@Failure		503	{object}	wire.Problem	"Not available"
//	@Router			/v1/export [get]
func exportCatalogue(v *view, in wire.Input) (any, error) {
	in.Response().Header().Set("Content-Disposition", `attachment; filename="testedon.json"`)
	return wire.File{Media: wire.TypeJSON, Stream: func(w io.Writer) error {
		return export.WriteCatalogue(w, v.Dataset(), schemaPath+export.SchemaName)
	}}, nil
}
