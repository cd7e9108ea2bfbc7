package api

import (
	"github.com/testedon/testedon/api/question"
	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/compat/fact"
)

// Source is a document that facts are taken from.
type Source struct {
	ID    string `json:"id" example:"mi-4.4.0-installation-prerequisites"`
	Title string `json:"title" example:"Installation Prerequisites"`
	// URL leads to the text that was read.
	URL string `json:"url,omitempty" example:"https://github.com/wso2/docs-mi/blob/4.4.0/en/docs/install-and-setup/install/installation-prerequisites.md"`
	// Page is where the vendor publishes it; what stands there may be newer.
	Page string `json:"page,omitempty" example:"https://mi.docs.wso2.com/en/4.4.0/install-and-setup/install/installation-prerequisites/"`
	// Document is the repository and path, or the file name.
	Document string `json:"document,omitempty" example:"wso2/docs-mi"`
	// Revision is the commit of the text, or another name of it.
	Revision string `json:"revision,omitempty" example:"01f47db5f318692ebbe89139f863b55aa8dc8e9d"`
	// Date is the day of the revision, where it is known.
	Date string `json:"date,omitempty" example:"2024-12-10"`
	// Branch is that of the repository; missing for its default one.
	Branch string `json:"branch,omitempty" example:"4.4.0"`
	// Confirmed is the last day on which the document is known to have said the same; missing where no day is known.
	Confirmed string `json:"confirmed,omitempty" example:"2025-04-07" format:"date"`
	// Due is the last day on which it may be relied on without another look at it; missing for what changes no more, and where no day is known.
	Due string `json:"due,omitempty" example:"2025-10-04" format:"date"`
	// Undated says why no day can be established; missing where there is a date.
	Undated   string `json:"undated,omitempty" example:"The commit of this text is not established."`
	Authority string `json:"authority" example:"official" enums:"official,site,unconfirmed,fork"`
	// EditURL leads to the line of the catalogue that describes it, to suggest a correction; missing where the catalogue does not say where its files are changed.
	EditURL string `json:"edit_url,omitempty" example:"https://github.com/testedon/testedon/edit/main/seed/catalogue/sources/wso2-mi-4.4.0-installation-prerequisites.yaml#L2"`
	// ReportURL leads to the form for a report about it, filled in; only where it is asked for by itself, and the catalogue has a form.
	ReportURL string `json:"report_url,omitempty" example:"https://github.com/testedon/testedon/issues/new?title=Correction&body=Statement"`
} // @name Source

// Sources is a page of sources.
type Sources struct {
	wire.Page
	Items []Source `json:"items" validate:"max=1000"`
} // @name Sources

// SourceDetail is a source and what rests on it.
type SourceDetail struct {
	Source
	States States `json:"states"`
	// About is what it speaks of, each once.
	About []Subject `json:"about" validate:"max=100000"`
} // @name SourceDetail

// Subject is what a source speaks of: a platform, a product or one release of
// it, or a technology by itself.
type Subject struct {
	Platform   string `json:"platform,omitempty" example:"carbon"`
	Product    string `json:"product,omitempty" example:"mi"`
	Release    string `json:"release,omitempty" example:"4.4.0"`
	Technology string `json:"technology,omitempty" example:"postgresql"`
} // @name Subject

// @Summary		List the sources
// @Description	The documents that the facts are taken from, and who published them.
// @Tags			catalogue
// @ID				listSources
// @Success		200	{object}	Sources	"A page of the sources"
// @Router			/v1/sources [get]
func listSources(v *view, in wire.Input, _ none) (*wire.File, error) {
	found, err := question.SourceList.Whole(v.View.View, in)
	if err != nil {
		return nil, err
	}
	return wire.JSON(Sources{found.Page, wire.Each(found.Items, v.source)}), nil
}

// @Summary		Get a source
// @Description	The document, how many facts of each sort are taken from it, and what it speaks of. Every fact that the API shows names its source by this id.
// @Tags			catalogue
// @ID				getSource
// @Success		200		{object}	SourceDetail	"The source"
// @Router			/v1/sources/{source} [get]
func getSource(v *view, _ wire.Input, p sourcePath) (*wire.File, error) {
	found := v.Source(p.Source)
	if found == nil {
		return nil, v.UnknownSource(p.Source)
	}
	resting := v.Resting(found)
	detail := SourceDetail{Source: v.source(found), States: stated(resting.Lists), About: wire.Each(resting.About, func(s question.Subject) Subject { return Subject(s) })}
	detail.ReportURL = v.SourceCorrection(found, v.Matrix.Words().Text("report.day", v.Moment.AsOfText())).ReportURL()
	return wire.JSON(detail), nil
}

// sourcePath names a source.
type sourcePath struct {
	// The id of the source.
	Source string `path:"source" example:"wso2-mi-4.4.0-installation-prerequisites"`
}

func (v *view) source(s *fact.Source) Source {
	told := Source{ID: s.ID, Title: s.Title, URL: s.URL, Page: s.Page, Document: s.Document, Revision: s.Revision, Date: s.Date, Branch: s.Branch,
		Undated: s.Undated, Authority: string(s.Authority), EditURL: v.SourceCorrection(s, "").EditURL()}
	if last := s.Last(); last != 0 {
		told.Confirmed = last.String()
	}
	if due := s.Due(); due != 0 {
		told.Due = due.String()
	}
	return told
}
