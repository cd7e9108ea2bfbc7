package api

import (
	"cmp"
	"crypto/sha256"
	"encoding/base64"
	"io"
	"slices"

	"github.com/testedon/testedon/api/answers"
	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/compat/requirement"
	"github.com/testedon/testedon/export"
	"github.com/testedon/testedon/internal/str"
)

// ReleaseExport is everything that is stated of a release, in the order of the
// pages it was taken from.
type ReleaseExport struct {
	Product string   `json:"product" example:"mi"`
	Name    string   `json:"name" example:"WSO2 Micro Integrator"`
	Version string   `json:"version" example:"4.4.0"`
	Aliases []string `json:"aliases" validate:"max=1000"`
	// Platform is the id of what the product is built on; missing where it stands on its own.
	Platform string `json:"platform,omitempty" example:"carbon"`
	// Deployments are all the ways to run it that the documents tell apart.
	Deployments []answers.Deployment `json:"deployments" validate:"max=1000"`
	// Profiles are the runtimes that it has besides its default one.
	Profiles []Profile `json:"profiles" validate:"max=1000"`
	// Sections are the tables of the documents, those about the platform last.
	Sections []ExportSection `json:"sections" validate:"max=10000"`
	// Requirements are all that are stated, as they are stated.
	Requirements []answers.Requirement `json:"requirements" validate:"max=10000"`
	Ports        []Port                `json:"ports" validate:"max=10000"`
	// Advisories are the caveats that concern it.
	Advisories []answers.Advisory `json:"advisories" validate:"max=10000"`
	Notes      []Note             `json:"notes" validate:"max=10000"`
	// Configurations are the recorded test runs of whole environments.
	Configurations []answers.Configuration `json:"configurations" validate:"max=10000"`
	// Images are the container images that the vendor ships of it.
	Images []answers.Pair `json:"images" validate:"max=10000"`
	// Sources are the documents that all of this is taken from, in the order in which it names them.
	Sources []Source `json:"sources" validate:"max=10000"`
	// AsOf is the past day that was asked about; missing for today.
	AsOf      string               `json:"as_of,omitempty" example:"2026-09-01" format:"date"`
	Catalogue answers.CatalogueRef `json:"catalogue"`
} // @name ReleaseExport

// ExportSection is one table of a document: what it says of one kind, with one
// status.
type ExportSection struct {
	Kind string `json:"kind" example:"dbms"`
	Name string `json:"name" example:"database"`
	// Status is what the document says of all rows.
	Status string `json:"status" example:"tested" enums:"tested,supported,required,compatible,recommended,shipped,deprecated,not_recommended,not_tested,out_of_support,incompatible,planned"`
	// Inherited is the id of the platform that it is stated about; missing where it is stated about the release itself.
	Inherited string `json:"inherited,omitempty" example:"carbon"`
	// Exclusive says that, by the document, nothing counts that the table leaves out; missing where it does not say so.
	Exclusive bool `json:"exclusive,omitempty" example:"false"`
	// Source has the heading as its section. The quotes are those of the rows.
	Source answers.Citation `json:"source"`
	Rows   []ExportRow      `json:"rows" validate:"max=10000"`
} // @name ExportSection

// ExportRow is one technology with the versions beside it.
type ExportRow struct {
	// Technology is the id of what the row names.
	Technology string `json:"technology" example:"oracle-database"`
	// Printed is its name as printed.
	Printed string `json:"printed" example:"Oracle"`
	// Versions are as printed, in the order of the document; none stands for every one.
	Versions []string `json:"versions" example:"12c release 2,19c" validate:"max=1000"`
	// When is what else has to be true, where no version tells.
	When string `json:"when,omitempty" example:"latest releases"`
	// With is the same where versions tell it; see Listing.
	With []answers.Target `json:"with,omitempty" validate:"max=100"`
	// Quote gives the words as printed.
	Quote string `json:"quote,omitempty" example:"Oracle | 12c release 2, 19c"`
} // @name ExportRow

// exportParams say how a release is written.
type exportParams struct {
	// How to write it; without it, what `Accept` prefers.
	Format exportFormat `query:"format"`
}

// exportFormat names a format of a release.
type exportFormat string

// Words are the names of all formats.
func (exportFormat) Words() []string {
	return append([]string{formatJSON}, wire.Each(export.Formats, func(f export.Format) string { return f.Name })...)
}

// @Summary		Export a release
// @Description	Everything that the documents state of the release, in the tables and the order of their pages, as they print it: environments, requirements, ports, caveats, notes, recorded test runs and sources. What is stated about the platform it is built on is among it, marked as inherited.
// @Description
// @Description	As CSV it is a row for each statement about a technology. Markdown and HTML are pages to read and to print; `testedon import` reads both again. XLSX is a workbook with a sheet for each part. The parameter goes before the `Accept` header. The same facts give the same bytes.
// @Tags			release
// @ID				exportRelease
// @Produce		json
// @Success		200		{object}	ReleaseExport	"The release"
// @Header			200		{string}	Content-Disposition	"The name of a file to keep it in"
// @Router			/v1/products/{product}/releases/{release}/export [get]
func exportRelease(v *view, in wire.Input, r *compat.Release, p exportParams) (*wire.File, error) {
	in.Response().Header().Add("Vary", "Accept")
	release, err := export.Of(v.Matrix, r, v.Moment.AsOfText())
	if err != nil {
		return nil, err
	}
	name := cmp.Or(string(p.Format), preferredFormat(in, formatJSON, export.Formats))
	at := slices.IndexFunc(export.Formats, func(f export.Format) bool { return f.Name == name })
	if at < 0 {
		nameFile(in, export.FileName(release, formatJSON), false)
		return wire.JSON(v.export(release)), nil
	}
	format := &export.Formats[at]
	nameFile(in, export.FileName(release, format.Extension), format.Download)
	pack(in, format)
	if format.Style != "" { // which a page lets be, and nothing else, by its hash
		hash := sha256.Sum256([]byte(format.Style))
		in.Response().Header().Set("Content-Security-Policy", wire.ContentPolicy[0]+"; style-src 'sha256-"+base64.StdEncoding.EncodeToString(hash[:])+"'")
	}
	return &wire.File{Media: []string{format.Media}, Append: func(dst []byte) ([]byte, error) {
		err := format.Write(wire.Writer{To: &dst}, release)
		return dst, err
	}}, nil
}

// pack keeps from being compressed what is so already.
func pack(in wire.Input, format *export.Format) {
	if format.Packed {
		keepPacked(in)
	}
}

// preferredFormat is what the client likes best, by its Accept header; the first, which is of no
// other list, where it likes none better. Of those it likes as well it is what it names more
// precisely, then the first.
func preferredFormat(in wire.Input, first string, formats []export.Format) string {
	accept := in.Request().Header.Values("Accept")
	name := first
	best, precise := wire.Quality(accept, wire.MediaJSON)
	for _, f := range formats {
		if q, by := wire.Quality(accept, f.Type()); q > best || q == best && q > 0 && by > precise {
			best, precise, name = q, by, f.Name
		}
	}
	return name
}

// nameFile says what to call a file, and whether to keep it as one.
func nameFile(in wire.Input, name string, download bool) {
	how := "inline"
	if download {
		how = "attachment"
	}
	in.Response().Header().Set("Content-Disposition", how+`; filename="`+name+`"`)
}

// matrixParams name a product, and say how its matrix is written.
type matrixParams struct {
	productPath
	// How to write it; without it, what `Accept` prefers, and else CSV.
	Format matrixFormat `query:"format"`
}

// matrixFormat names a format of the matrix of a product.
type matrixFormat string

// Words are the names of the formats that can hold one.
func (matrixFormat) Words() []string {
	return wire.Each(matrixFormats, func(f export.Format) string { return f.Name })
}

// matrixFormats can hold the matrix of a product.
var matrixFormats = slices.DeleteFunc(slices.Clone(export.Formats), func(f export.Format) bool { return !f.Holds() })

// @Summary		Export the matrix of a product
// @Description	What is stated of all releases of the product in one table: a row for each technology and versions, a column for each release, and the status in words where they meet. XLSX is a workbook with that, and a sheet with a row for each statement and its source. The parameter goes before the `Accept` header. The same facts give the same bytes.
// @Tags			catalogue
// @ID				exportProduct
// @Produce		text/csv
// @Success		200	{string}	string	"The table"
// @Header			200	{string}	Content-Disposition	"The name of a file to keep it in"
// @Router			/v1/products/{product}/export [get]
func exportProduct(v *view, in wire.Input, p matrixParams) (*wire.File, error) {
	in.Response().Header().Add("Vary", "Accept")
	product, err := v.Product(p.Product)
	if err != nil {
		return nil, err
	}
	matrix, err := export.OfProduct(v.Matrix, product, v.Moment.AsOfText())
	if err != nil {
		return nil, err
	}
	format := export.Find(cmp.Or(string(p.Format), preferredFormat(in, matrixFormats[0].Name, matrixFormats)))
	nameFile(in, matrix.FileName(format.Extension), format.Download)
	pack(in, format)
	return &wire.File{Media: []string{format.Media}, Stream: func(w io.Writer) error { return format.WriteMatrix(w, matrix) }}, nil
}

func (v *view) export(r *export.Release) ReleaseExport {
	return ReleaseExport{
		Product: r.Product.ID, Name: r.Product.Name, Version: r.Release.Version, Aliases: wire.List(r.Release.Aliases), Platform: r.Product.Platform,
		Deployments:  wire.Each(r.Deployments, answers.DeploymentOf),
		Profiles:     wire.Each(r.Release.Profiles, v.profile),
		Sections:     wire.Each(r.Sections, v.exportSection),
		Requirements: wire.Each(r.Requirements, v.stated),
		Ports:        wire.Each(r.Ports, v.port),
		Advisories:   wire.Each(r.Advisories, func(a export.Advisory) answers.Advisory { return v.AdvisoryOf(a.Advisory) }),
		Notes:        wire.Each(r.Notes, func(n export.Note) Note { return v.note(n.Note) }),
		Configurations: wire.Each(r.Configurations, func(c export.Configuration) answers.Configuration {
			return v.ConfigurationOf(&compat.Run{Configuration: c.Configuration, Source: c.Source})
		}),
		Images:    wire.Each(r.Images, v.PairOf),
		Sources:   wire.Each(r.Sources, v.source),
		AsOf:      r.AsOf,
		Catalogue: v.Catalogue,
	}
}

func (v *view) exportSection(s export.Section) ExportSection {
	inherited := ""
	if s.Inherited != nil {
		inherited = s.Inherited.ID
	}
	return ExportSection{
		Kind: s.Kind.ID, Name: s.Kind.Name, Status: string(s.Status), Inherited: inherited, Exclusive: s.Exclusive,
		Source: v.CitationOf(answers.CitedIn(fact.Citation{Section: s.Title}, s.Source)),
		Rows: wire.Each(s.Rows, func(r export.Row) ExportRow {
			return ExportRow{Technology: r.Technology.ID, Printed: r.Name, Versions: wire.List(r.Versions), When: r.When, With: wire.Each(r.With, func(t fact.Target) answers.Target { return answers.Target(t) }), Quote: r.Quote}
		}),
	}
}

// stated is a requirement as the document states it.
func (v *view) stated(q export.Requirement) answers.Requirement {
	return v.RequirementOf(&requirement.Need{
		Requirement: q.Requirement, Of: q.Deployment, Needed: q.Amount, Basis: requirement.BasisStated, Source: q.Source, Inherited: q.Inherited,
	})
}

// CatalogueExport is every fact of a catalogue. The schema that it names says what
// each list has.
type CatalogueExport struct {
	// Schema is the address of the JSON Schema of this file.
	Schema string `json:"$schema" example:"/v1/schema/export.schema.json"`
	// Revision counts the changes to the record.
	Revision int64 `json:"revision" example:"1" minimum:"0"`
	// Digest identifies the facts, whatever their revision.
	Digest string `json:"digest" example:"sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"`
	// Recorded is the day of the revision; empty where there is no record.
	Recorded string `json:"recorded" example:"2026-11-30"`
	// AsOf is the past day that was asked about; missing for today.
	AsOf string `json:"as_of,omitempty" example:"2026-09-01" format:"date"`
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
	// Files are where the facts are written, for whoever wants to correct one.
	Files []map[string]any `json:"files" validate:"max=1000000"`
	// Lifecycles are how long the vendors of technologies maintain each series.
	Lifecycles []map[string]any `json:"lifecycles" validate:"max=1000000"`
} // @name CatalogueExport

// @Summary		Export the catalogue
// @Description	Every fact of the catalogue in one file, a fact on each line, from which the same catalogue can be built again: its digest is that of the content. `/v1/schema/export.schema.json` says what each list has.
// @Tags			catalogue
// @ID				exportCatalogue
// @Success		200	{object}	CatalogueExport	"The catalogue"
// @Header			200	{string}	Content-Disposition	"The name of a file to keep it in"
// @Router			/v1/export [get]
func exportCatalogue(v *view, in wire.Input, _ none) (*wire.File, error) {
	in.Response().Header().Set("Content-Disposition", `attachment; filename="testedon`+str.With("-", v.Moment.AsOfText())+`.json"`)
	return &wire.File{Media: wire.TypeJSON, Stream: func(w io.Writer) error {
		return export.WriteCatalogue(w, v.Dataset(), v.Moment.AsOfText(), schemaFolder+export.SchemaName)
	}}, nil
}
