package api

import (
	"net/http"
	"slices"

	"github.com/labstack/echo/v4"

	"github.com/testedon/testedon/api/answers"
	"github.com/testedon/testedon/api/question"
	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/internal/str"
)

// maxLocation is the longest address worth repeating in a header, in bytes.
const maxLocation = 2000

// @Summary		Is an environment tested for a release?
// @Description	Gives a graded verdict for the environment and for each of its components, with the statement it rests on: the label as printed, the document, the section and the quote.
// @Description
// @Description	A component is a technology and versions as people write them: `RHEL 9`, `rhel:9`, `rhel@9.4`, `Postgres 17.2-1.pgdg120+1`, `JDK 1.8.0_392`. Each kind of component is a parameter and may repeat. `/v1/catalogue` lists the other names of the kinds.
// @Description
// @Description	A component that cannot be read is answered as `unresolved` with candidates. A component that no statement covers is `not_listed`, which does not mean that it does not work.
// @Description
// @Description	With `Accept: text/plain` the answer is a text: `pass` or `fail` and the verdict on the first line, in the product's own word where it has one, the summary on the second, then what a person at a shell needs. `X-TestedOn-Verdict` says the same of every answer.
// @Description
// @Description	`cores`, `memory` and `disk` say what the environment offers, for one instance. They are held against the requirements of each way to run the release, or of the one that `deployment` names, and `resources` of the answer says for each whether it is enough. An unmet requirement does not pass, whatever the verdict. They may be asked about without any component.
// @Tags			check
// @ID				check
// @Success		200			{object}	answers.Answer	"The verdict"
// @Header			200		{string}	X-TestedOn-Verdict	"The verdict, and whether it passes"
// @Router			/v1/check [get]
func (s *Server) check(c echo.Context) error {
	v, err := s.view(c)
	if err != nil {
		return err
	}
	q := v.Ask()
	defer q.Done()
	target := c.Request().URL
	asked, own := wire.CutQuery(target.RawQuery, question.ChoiceParams...)
	if err := q.FromQuery(asked); err != nil {
		return err
	}
	target.RawQuery = own
	return answer(c, v, q)
}

// @Summary		Is an environment tested for a release? (asked in a body)
// @Description	The same question as a JSON object, for programs. `environment` has one member for each kind of component; its value is a string or a list of strings. `cores` may be a number. A member that is null counts as left out. What `texts` tell, as `/v1/detect` reads them, is added to the environment, and `detected` says what that is. Where `product` or `release` is left out, the one that the texts name is asked about; where they name another one than is asked about, `detected.contradictions` says so.
// @Description
// @Description	`Content-Location` is the address that answers the same question to GET; a question with texts has none.
// @Tags			check
// @ID				checkEnvironment
// @Param			question	body		Question	true	"The question"
// @Success		200			{object}	answers.Answer	"The verdict"
// @Header			200			{string}	ETag	"That of the answer at Content-Location"
// @Header			200			{string}	X-TestedOn-Verdict	"The verdict, and whether it passes"
// @Header			200			{string}	Content-Location	"The address that answers the same question to GET"
// @Router			/v1/check [post]
func (*Server) checkEnvironment(c echo.Context, v *view, _ string, body []byte) error {
	q := v.Ask()
	defer q.Done()
	if err := q.FromJSON("body", body); err != nil {
		return err
	}
	return answer(c, v, q)
}

// answer checks the question and sends the verdict, or what the query wants of the answer, in JSON.
func answer(c echo.Context, v *view, q *question.Question) error {
	wanted, err := chosen(c)
	if err != nil {
		return err
	}
	if err := q.Check(); err != nil {
		return err
	}
	own, tag := c.Request().URL.RawQuery, q.Fingerprint()
	if c.Request().Method == http.MethodPost && q.Detected == nil {
		if location := q.Location() + str.With("&", own); len(location) <= maxLocation {
			c.Response().Header().Set("Content-Location", location)
		}
	}
	question.TellVerdict(c, &q.Answer)
	text := func(dst []byte) []byte { return answers.AppendPlain(q, dst) }
	if wanted != nil {
		tag, text = tag.Add(own), nil
	}
	tell(c, v, tag, text, func(dst []byte) []byte { return append(v.appendAnswer(dst, q, wanted), '\n') })
	return nil
}

// tell sends an answer of today as JSON or as text, where there is one, unless the client has it.
func tell(c echo.Context, v *view, tag wire.Fingerprint, text, json func(dst []byte) []byte) {
	media, write := wire.TypeJSON, json
	if text != nil && asText(c) {
		media, write, tag = wire.TypeText, text, tag.Add(wire.MediaText)
	}
	if wire.Fresh(c, v.ETagToday(tag), media) {
		return
	}
	b := wire.Buffer()
	defer wire.Keep(b)
	*b = write((*b)[:0])
	wire.Send(c, http.StatusOK, media, *b)
}

// Question is the body of POST /v1/check.
type Question struct {
	// Product is its id, name or alias. It may be missing where texts name one product.
	Product string `json:"product,omitempty" example:"mi" minLength:"1" maxLength:"200"`
	// Release is its version or alias. It may be missing where texts name one release.
	Release string `json:"release,omitempty" example:"4.4.0" minLength:"1" maxLength:"200"`
	// Environment has one member for each kind of component. Its value is a string or a list of strings, 32 components in all. It may be missing where resources are asked about.
	Environment map[string]any `json:"environment,omitempty" extensions:"x-components=true"`
	// Texts are what machines printed, as for /v1/detect.
	Texts []string `json:"texts,omitempty" minLength:"1" maxLength:"1048576" validate:"min=1,max=64"`
	// Require is the worst verdict that passes, and besides, apart by commas, exact and combination.
	Require string `json:"require,omitempty" example:"tested" minLength:"1" maxLength:"200"`
	// Cores is how many processor cores the environment offers: 2, 0.5, 500m.
	Cores any `json:"cores,omitempty" extensions:"x-amount=true"`
	// Memory is how much memory it offers: 4GB, 2048 MiB. Units are B, kB, MB, GB, TB, KiB, MiB, GiB and TiB.
	Memory string `json:"memory,omitempty" example:"4GB" minLength:"1" maxLength:"200"`
	// Disk is how much free disk space it offers, in the units of memory.
	Disk string `json:"disk,omitempty" example:"20 GB" minLength:"1" maxLength:"200"`
	// Deployment is the way in which the release is to run: id, name or alias.
	Deployment string `json:"deployment,omitempty" example:"centralized" minLength:"1" maxLength:"200"`
} // @name Question

// inText are the routes that answer in plain text, too, and tell so what is wrong.
var inText = map[string]bool{"/v1/check": true, "/v1/ask": true, "/v1/find": true}

// asText reports whether a client of such a route would rather read text than JSON.
// What it is answered depends on that, which is said to caches.
func asText(c echo.Context) bool {
	if !inText[c.Path()] {
		return false
	}
	if header := c.Response().Header(); !slices.Contains(header["Vary"], "Accept") {
		header.Add("Vary", "Accept")
	}
	accept := c.Request().Header["Accept"]
	if len(accept) == 0 || len(accept) == 1 && (accept[0] == "*/*" || accept[0] == wire.MediaJSON) {
		return false // as nearly all say
	}
	return wire.Prefers(accept, wire.MediaText)
}
