package api

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/testedon/testedon/api/question"
	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/detect"
)

// detectBodies is how many times larger than another a body with texts to
// recognise may be: 1 MiB, where the limit is 64 KiB.
const detectBodies = 16

// Texts is the body of POST /v1/detect.
type Texts struct {
	// Texts are what was printed, each as it is; one may hold several things. Each is of up to 65536 bytes.
	Texts []string `json:"texts" example:"ID=\"rhel\"\nVERSION_ID=\"9.4\"" minLength:"1" maxLength:"65536" validate:"min=1,max=64"`
} // @name Texts

// Detected is what was recognised in texts.
type Detected struct {
	// Environment has one member for each kind of component that was found.
	Environment map[string][]DetectedComponent `json:"environment"`
	// Unrecognised is what was not: a line, with the reason in brackets where there is one. Secrets are masked. Nothing is guessed.
	Unrecognised []string `json:"unrecognised" example:"ID=alpine VERSION_ID=3.20.3 (os-release: no technology is marked so)" validate:"max=100"`
	// Catalogue is missing within the answer to a question, which has it.
	Catalogue *CatalogueRef `json:"catalogue,omitempty"`
} // @name Detected

// DetectedComponent is a technology and version that was recognised.
type DetectedComponent struct {
	// Technology is its id.
	Technology string `json:"technology" example:"rhel"`
	// Version is as printed, without what says nothing about it; missing where none is printed.
	Version string `json:"version,omitempty" example:"9.4"`
	// From is the format it was read from.
	From string `json:"from" example:"os-release"`
	// Text is the line it was read from, with secrets masked.
	Text string `json:"text" example:"ID=\"rhel\" VERSION_ID=\"9.4\""`
	// Asked is the component as the environment of a question has it.
	Asked string `json:"asked" example:"rhel@9.4"`
} // @name DetectedComponent

// detect recognises an environment from what machines print.
//
//	@Summary		Recognise an environment from what machines print
//	@Description	Takes text as machines print it and recognises which is which: `/etc/os-release`, `/etc/redhat-release`, `lsb_release`, `uname`, `sw_vers`, Windows `ver` and `systeminfo`; `java -version` and `$JAVA_HOME/release`; `SELECT version()`, `@@VERSION`, the banner of Oracle, `db2level`, `mysql --version`; a JDBC URL with a version after it; references to images, and a Dockerfile, of which the last stage counts. A text may be a whole terminal session.
//	@Description
//	@Description	Only what tells of the machine a product runs on, and of the databases it uses, is found; the machine of a database server is another one. Nothing is guessed: what is no technology or version known here is in `unrecognised`. Of a JDBC URL nothing but the driver is given back.
//	@Description
//	@Description	Up to 64 texts of up to 64 KiB each, and 1 MiB in all. `texts` may also be given to `POST /v1/check`.
//	@Tags			check
//	@ID				detect
//	@Accept			json
//	@Produce		json
//	@Param			texts	body		Texts	true	"What was printed"
//	@Success		200		{object}	Detected	"What was recognised, and what was not"
//	@Failure		400		{object}	wire.Problem	"The body cannot be read; the problem names the field"
//	@Failure		408		{object}	wire.Problem	"The body did not arrive in time"
//	@Failure		413		{object}	wire.Problem	"The body or a text is too large"
//	@Failure		415		{object}	wire.Problem	"The body is not plain JSON"
//	@Failure		500		{object}	wire.Problem	"A fault of the server"
//	@Failure		503		{object}	wire.Problem	"Not available"
//	@Router			/v1/detect [post]
func (s *Server) detect(c echo.Context) error {
	v, err := s.view()
	if err != nil {
		return err
	}
	if _, err := wire.ReadParams(c.Request().URL.RawQuery); err != nil {
		return err
	}
	_, body, err := wire.ReadTyped(c, detectBodies*s.options.BodyLimit, wire.MediaJSON)
	if err != nil {
		return err
	}
	texts, err := question.ReadTexts(body)
	if err != nil {
		return err
	}
	found := detected(detect.Read(v.Matrix, texts))
	found.Catalogue = &v.Catalogue
	c.Response().Header()["Cache-Control"] = wire.CacheNever // it is about the caller's machines
	b := wire.Buffer()
	defer wire.Keep(b)
	*b = wire.AppendJSON((*b)[:0], found)
	wire.Send(c, http.StatusOK, wire.TypeJSON, *b)
	return nil
}

// detected gives what was recognised as callers see it.
func detected(r *detect.Result) Detected {
	all := Detected{Environment: map[string][]DetectedComponent{}, Unrecognised: wire.List(r.Unrecognised)}
	for _, f := range r.Found {
		all.Environment[f.Kind] = append(all.Environment[f.Kind], DetectedComponent{f.Technology, f.Version, f.From, f.Text, f.Asked.Text})
	}
	return all
}

// appendDetected appends what the texts of a question told to the answer before
// it; nothing where it had none.
func appendDetected(q *question.Question, answer []byte) []byte {
	if q.Detected == nil {
		return answer
	}
	end := len(answer) - len("}\n")
	answer = wire.AppendValue(append(answer[:end], `,"detected":`...), detected(q.Detected))
	return append(answer, "}\n"...)
}
