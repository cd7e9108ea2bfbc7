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

// always is an example that is the same for every catalogue.
func always(err error) func(*question.View) error { return func(*question.View) error { return err } }

// problemExamples have every kind of problem, from the catalogue where that has one.
var problemExamples = map[fact.Code]func(*question.View) error{
	fact.CodeInvalid: func(v *question.View) error { return wire.Unknown("parameter", "relaese", v.Parameters) },
	fact.CodeUnknownProduct: func(v *question.View) error {
		q, _ := survey.Example(v.Matrix)
		_, err := v.Product(q.Product + "x")
		return err
	},
	fact.CodeUnknownRelease: func(v *question.View) error {
		q, _ := survey.Example(v.Matrix)
		_, err := v.Release(q.Product, q.Release+"9")
		return err
	},
	fact.CodeNotFound: func(v *question.View) error {
		_, err := v.Technology("postgers")
		return err
	},
	fact.CodeTooLarge:         always(wire.TooLarge(64 << 10)),
	fact.CodeUnavailable:      always(unloaded()),
	fact.CodeInternal:         always(os.ErrInvalid),
	wire.CodeNoRoute:          always(unserved()),
	wire.CodeMethodNotAllowed: always(fact.Refuse("", "problem.method", "PUT", "/v1/check", "OPTIONS, GET, HEAD, POST").Coded(wire.CodeMethodNotAllowed)),
	wire.CodeUnsupportedMedia: always(fact.Refuse("Content-Type", "body.media", wire.MediaText, wire.MediaJSON).Coded(wire.CodeUnsupportedMedia)),
	wire.CodeNotImplemented:   always(noOEmbed("xml")),
	wire.CodeBusy:             always(wire.ErrBusy),
	wire.CodeTooSlow:          always(fact.Refuse("body", "body.slow").Coded(wire.CodeTooSlow)),
}

func unloaded() error {
	e := fact.Refuse("", "problem.unloaded").Coded(fact.CodeUnavailable)
	e.See = wire.SeeReadiness
	return e
}

func unserved() error {
	e := fact.Refuse("", "problem.unserved", "/v1/chek", "/docs").Coded(wire.CodeNoRoute)
	e.Candidates = []string{"/v1/check"}
	return e.Suggest()
}

// problemKindRoute explains a kind of problem to people.
var problemKindRoute = route{path: "/problems/:code", name: "kind", takes: pageParams{}, draw: func(s *Site, v *question.View, in address) (Page, error) {
	code, err := in.Part("code")
	if err != nil {
		return nil, err
	}
	kind, err := s.Kind(code, v.Matrix.Words())
	if err != nil {
		return nil, err
	}
	kind.Type = s.Base(in) + kind.Type
	example := wire.NewProblem(wire.AsError(problemExamples[fact.Code(kind.Code)](v)), kind, "0f8b1c6e52d94a7f9c3e1d20b7a64581", v.Matrix.Words())
	var indented bytes.Buffer
	if err := json.Indent(&indented, wire.AppendJSON(nil, example), "", "  "); err != nil {
		return nil, err
	}
	frame := s.frameOf(v, in, "portal.kind", kind.Title, kind.About)
	return &ProblemKind{Frame: frame, Heading: kind.Title, Meaning: kind.About, Mend: frame.words.Text("portal.kind.mend", kind.Code),
		Type: kind.Type, HTTP: strconv.Itoa(kind.Status) + " " + http.StatusText(kind.Status), Example: indented.String()}, nil
}}

// ProblemKinds is the page that lists the kinds of problems.
type ProblemKinds struct {
	Frame
	Kinds []wire.ProblemKind
}

var problemKindsRoute = route{path: "/problems", name: "kinds", takes: pageParams{}, draw: func(s *Site, v *question.View, in address) (Page, error) {
	return &ProblemKinds{s.frameOf(v, in, "portal.problems"), s.Kinds(v.Matrix.Words())}, nil
}}
