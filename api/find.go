package api

import (
	"encoding/csv"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/testedon/testedon/api/answers"
	"github.com/testedon/testedon/api/question"
	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/compat/survey"
)

// findParams say where to look, for what and for how many.
type findParams struct {
	// Only the releases of this product: id, name or alias. It may repeat.
	Product []string `query:"product"`
	question.Kinds
	question.Bar
	// How many releases to tell.
	Limit int `query:"limit" min:"1" max:"1000" usual:"20"`
	// How to write it; without it, what `Accept` prefers of JSON and text.
	Format findFormat `query:"format"`
}

// findFormat names a format of what was found.
type findFormat string

// Words are the names of all formats.
func (findFormat) Words() []string { return []string{formatJSON, formatCSV} }

// foundColumns are the names of the columns of what was found, as CSV.
var foundColumns = []string{"outcome", "verdict", "product", "release", "name", "not tested"}

// Findings are the releases that an environment was held against: what
// [appendFindings] writes.
type Findings struct {
	// Summary says in a sentence or two how many pass, and which is the best.
	Summary string `json:"summary" example:"1 of 2 releases passes. The best answer is that of WSO2 Micro Integrator 4.4.0: tested."`
	// AsOf is the past day that was asked about; missing for today.
	AsOf string `json:"as_of,omitempty" example:"2026-09-01" format:"date"`
	// Passing is how many releases reach what the caller required.
	Passing int `json:"passing" example:"1" minimum:"0"`
	// Total is how many releases there are.
	Total int `json:"total" example:"2" minimum:"0"`
	// Limit is how many of them are told at most.
	Limit int `json:"limit" example:"20" minimum:"1" maximum:"1000"`
	// Items are the best of them, best first.
	Items     []Found              `json:"items" validate:"max=1000"`
	Catalogue answers.CatalogueRef `json:"catalogue"`
} // @name Findings

// Found is one release and the verdict for the environment.
type Found struct {
	// Product is the id of the product.
	Product string `json:"product" example:"mi"`
	// Name is that of the product.
	Name string `json:"name" example:"WSO2 Micro Integrator"`
	// Release is the version of the release.
	Release string `json:"release" example:"4.4.0"`
	Verdict string `json:"verdict" example:"tested" enums:"tested,compatible,conditional,not_listed,unresolved,incompatible"`
	// Pass says whether the verdict reaches what was required.
	Pass bool `json:"pass" example:"true"`
	// Require is the bar that was set: where the caller sets none, that of each product.
	Require string `json:"require" example:"tested"`
	// RequireBy says who set it, as in `/v1/check`.
	RequireBy string `json:"require_by" example:"default" enums:"caller,product,default"`
	// Word is what to call the verdict, as in `/v1/check`; missing where there is none.
	Word string `json:"word,omitempty" example:"supported"`
	// Provisional says that the answer rests on another account's copy of a vendor's page, which may speak of what is not yet out; missing where it does not.
	Provisional bool `json:"provisional,omitempty" example:"false"`
	// NoPage says that no page about the release is known; missing where one is.
	NoPage bool `json:"no_page,omitempty" example:"false"`
	// Stale are the documents that it rests on and that nobody has held against their source for long, as in `/v1/check`.
	Stale []answers.Stale `json:"stale" validate:"max=100"`
	// Summary is that of the answer.
	Summary string `json:"summary" example:"Red Hat Enterprise Linux 9 is listed as tested for WSO2 Micro Integrator 4.4.0."`
	// Components are the answers for each component, in the order of the catalogue's kinds, those of one kind in the order asked. What is asked twice, however it is written, is answered once.
	Components []answers.Component `json:"components" validate:"max=32"`
	// Assumed are the components that are taken for granted, as in `/v1/check`.
	Assumed []answers.Assumed `json:"assumed" validate:"max=32"`
	// Check is the address of the whole answer for this release.
	Check string `json:"check" example:"/v1/check?product=mi&release=4.4.0&os=RHEL+9" format:"uri-reference"`
} // @name Found

// @Summary		Which releases is an environment tested for?
// @Description	Holds an environment against every release, or every release of one product, and gives those with the best verdicts: first what passes, then by verdict, by the verdicts of the components together, and by how many match exactly; then what is known of not only provisionally, and the newest of a product.
// @Description
// @Description	Components are written as in `/v1/check`, and `check` is the address of the whole answer for a release.
// @Description
// @Description	With `Accept: text/plain` the answer is a text: how many pass on the first line, then a line for each release. With `format=csv` or `Accept: text/csv` it is a table, whose first row names the columns.
// @Tags			check
// @ID				find
// @Success		200			{object}	Findings	"The releases, best first"
// @Router			/v1/find [get]
func find(v *view, q *question.Question, c echo.Context, p findParams) (*wire.File, error) {
	if len(q.Asked) == 0 {
		return nil, nothingNamed(v)
	}
	require, err := q.Weigh(p.Bar)
	if err != nil {
		return nil, err
	}
	products, err := v.Select(p.Product...)
	if err != nil {
		return nil, err
	}
	found, err := survey.Find(survey.FindQuestion{Products: products, Components: q.Components, Require: require, Limit: p.Limit, Today: v.Today})
	if err != nil {
		return nil, err
	}
	switch {
	case p.Format == "" && asText(c):
		return wire.Written(wire.TypeText, func(dst []byte) []byte { return answers.AppendPlainFound(dst, v.View.View, found) }), nil
	case p.Format == formatCSV, p.Format == "" && wire.Prefers(c.Request().Header.Values("Accept"), wire.MediaCSV):
		return wire.Written(wire.TypeCSV, func(dst []byte) []byte {
			_ = csv.NewWriter(wire.Writer{To: &dst}).WriteAll(append([][]string{foundColumns}, wire.Each(found.Answers, question.FoundRow)...)) // memory takes everything
			return dst
		}), nil
	}
	return wire.Written(wire.TypeJSON, func(dst []byte) []byte { return appendFindings(dst, v, q, found, p.Limit) }), nil
}

// nothingNamed reports an environment without any component.
func nothingNamed(v *view) error {
	e := fact.Refuse("environment", "environment.none", v.ExampleComponent(), strings.Join(v.Words, ", "))
	e.Candidates = v.Words
	return e
}

// appendFindings appends what was found and a line break.
func appendFindings(dst []byte, v *view, q *question.Question, found *survey.Finding, limit int) []byte {
	dst = wire.AppendField(dst, `{"summary":`, v.Moment.On(v.Matrix.Words())+found.Summary())
	dst = wire.AppendOptional(dst, `,"as_of":`, v.Moment.AsOfText())
	dst = strconv.AppendInt(append(dst, `,"passing":`...), int64(found.Passing), 10)
	dst = strconv.AppendInt(append(dst, `,"total":`...), int64(found.Total), 10)
	dst = strconv.AppendInt(append(dst, `,"limit":`...), int64(limit), 10)
	dst = append(dst, `,"items":[`...)
	for i := range found.Answers {
		dst = appendFound(wire.Comma(dst, i), v, q, &found.Answers[i])
	}
	dst = wire.AppendValue(append(dst, `],"catalogue":`...), v.Catalogue)
	return append(dst, "}\n"...)
}

// appendFound appends the verdict for one release.
func appendFound(dst []byte, v *view, q *question.Question, a *compat.Answer) []byte {
	dst = wire.AppendField(dst, `{"product":`, a.Product.ID)
	dst = wire.AppendField(dst, `,"name":`, a.Product.Name)
	dst = wire.AppendField(dst, `,"release":`, a.Release.Version)
	dst = wire.AppendField(dst, `,"verdict":`, string(a.Verdict))
	dst = strconv.AppendBool(append(dst, `,"pass":`...), a.Pass)
	dst = wire.AppendField(dst, `,"require":`, a.Require.String())
	dst = wire.AppendField(dst, `,"require_by":`, a.RequireBy)
	dst = wire.AppendOptional(dst, `,"word":`, string(a.Word()))
	dst = wire.AppendTrue(dst, `,"provisional":`, a.Provisional())
	dst = wire.AppendTrue(dst, `,"no_page":`, a.Unpaged())
	dst = append(dst, `,"stale":[`...)
	for i := range a.Stale {
		dst = v.AppendStale(wire.Comma(dst, i), &a.Stale[i])
	}
	dst = append(dst, `],"summary":"`...)
	dst = wire.EscapeTail(a.AppendSummary(dst), len(dst))
	dst = append(dst, `","components":`...)
	dst = append(dst, '[')
	for i := range a.Components {
		dst = v.AppendComponent(wire.Comma(dst, i), &a.Components[i])
	}
	dst = append(dst, `],"assumed":[`...)
	for i := range a.Assumed {
		dst = v.AppendAssumed(wire.Comma(dst, i), a.Assumed[i])
	}
	alone := *q
	alone.Product, alone.Release = a.Product.ID, a.Release.Version
	return append(wire.AppendField(dst, `],"check":`, alone.Location()), '}')
}
