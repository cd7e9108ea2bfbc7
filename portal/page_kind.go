package portal

import (
	"bytes"
	"encoding/json"
	"net/http"
	"os"
	"strconv"

	"github.com/testedon/testedon/api/question"
	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/compat/survey"
)

// ProblemKind is the page that explains a kind of problem.
type ProblemKind struct {
	Frame
	Heading string // "Unknown release"
	Meaning string // when it arises
	Mend    string // what to do
	Type    string // its address, as problems name it
	HTTP    string // the status, "404 Not Found"
	Example string // such a problem as JSON
}

// remedy says what to do about a kind of problem, with an example of it from the catalogue.
type remedy struct {
	text    string
	example func(*question.View) error
}

// always is an example that is the same for every catalogue.
func always(err error) func(*question.View) error { return func(*question.View) error { return err } }

// remedies has every kind of problem.
var remedies = map[fact.Code]remedy{
	fact.CodeInvalid: {"Change the parameter or field that the problem names, as its hint says.", func(v *question.View) error {
		return wire.Unknown("parameter", "relaese", v.Parameters)
	}},
	fact.CodeUnknownProduct: {"Use one of the candidates, or choose a product from the list of products.", func(v *question.View) error {
		q, _ := survey.Example(v.Matrix)
		_, err := v.Product(q.Product + "x")
		return err
	}},
	fact.CodeUnknownRelease: {"Use one of the candidates, or choose a release on the page of the product.", func(v *question.View) error {
		q, _ := survey.Example(v.Matrix)
		_, err := v.Release(q.Product, q.Release+"9")
		return err
	}},
	fact.CodeNotFound: {"Use one of the candidates, or search for the name.", func(v *question.View) error {
		_, err := v.Technology("postgers")
		return err
	}},
	fact.CodeTooLarge: {"Send less in one request: ask about fewer environments at a time.", always(wire.TooLarge(64 << 10))},
	fact.CodeUnavailable: {"Wait as long as the Retry-After header says, and send the request again.", always(&fact.Error{
		Code: fact.CodeUnavailable, Message: "The catalogue is not loaded yet", Hint: "Ask again in a few seconds; /readyz tells when it is."})},
	fact.CodeInternal: {"Send the request again. If it fails again, give the request id to the operators of this server.", always(os.ErrInvalid)},
	wire.CodeNoRoute: {"Check the path against the contract. A parameter in it may need escaping.", always(&fact.Error{
		Code: wire.CodeNoRoute, Message: "Nothing is served at /v1/chek", Hint: "Did you mean /v1/check?", Candidates: []string{"/v1/check"}})},
	wire.CodeMethodNotAllowed: {"Use one of the methods in the Allow header.", always(&fact.Error{
		Code: wire.CodeMethodNotAllowed, Message: "PUT is not served at /v1/check", Hint: "Use one of: OPTIONS, GET, HEAD, POST."})},
	wire.CodeUnsupportedMedia: {"Send the body as one of the types that the hint names, and without compression.", always(&fact.Error{
		Code: wire.CodeUnsupportedMedia, Field: "Content-Type", Message: "The body is text/plain by its Content-Type", Hint: "Send it with Content-Type: application/json."})},
	wire.CodeNotImplemented: {"Ask for the format that the hint names.", always(&fact.Error{
		Code: wire.CodeNotImplemented, Field: "format", Message: "There is no oEmbed as xml", Hint: "Ask for format=json."})},
	wire.CodeBusy:    {"Wait as long as the Retry-After header says, and send the request again. Send fewer at a time.", always(wire.ErrBusy)},
	wire.CodeTooSlow: {"Send the request again on a new connection, and check the network.", always(os.ErrDeadlineExceeded)},
}

// problemKindRoute explains a kind of problem to people.
var problemKindRoute = route{path: "/problems/:code", name: "kind", takes: pageParams{}, draw: func(s *Site, v *question.View, in address) (Page, error) {
	code, err := in.Part("code")
	if err != nil {
		return nil, err
	}
	kind, err := s.Kind(code)
	if err != nil {
		return nil, err
	}
	kind.Type = s.Base(in) + kind.Type
	remedy := remedies[fact.Code(kind.Code)]
	example := wire.NewProblem(wire.AsError(remedy.example(v)), kind, "0f8b1c6e52d94a7f9c3e1d20b7a64581")
	var indented bytes.Buffer
	if err := json.Indent(&indented, wire.AppendJSON(nil, example), "", "  "); err != nil {
		return nil, err
	}
	return &ProblemKind{Frame: s.frameOf(v, in, kind.Title, kind.About), Heading: kind.Title, Meaning: kind.About, Mend: remedy.text,
		Type: kind.Type, HTTP: strconv.Itoa(kind.Status) + " " + http.StatusText(kind.Status), Example: indented.String()}, nil
}}

// ProblemKinds is the page that lists the kinds of problems.
type ProblemKinds struct {
	Frame
	Kinds []wire.ProblemKind
}

var problemKindsRoute = route{path: "/problems", name: "kinds", takes: pageParams{}, draw: func(s *Site, v *question.View, in address) (Page, error) {
	return &ProblemKinds{s.frameOf(v, in, "Kinds of problems", "What the API answers in place of an answer."), s.Kinds()}, nil
}}
