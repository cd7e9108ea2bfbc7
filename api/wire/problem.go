package wire

import (
	"cmp"
	"errors"
	"strings"

	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/internal/str"
	"github.com/testedon/testedon/message"
)

// The ways in which a request can be wrong beside those of package fact.
const (
	CodeNoRoute          fact.Code = "no_such_route"
	CodeMethodNotAllowed fact.Code = "method_not_allowed"
	CodeUnsupportedMedia fact.Code = "unsupported_media_type"
	CodeTooSlow          fact.Code = "too_slow"
	CodeNotImplemented   fact.Code = "not_implemented"
	CodeBusy             fact.Code = "busy"
)

// Problem says what is wrong with a request and how to mend it (RFC 9457).
type Problem struct {
	// Type is the address of a page about this kind of problem.
	Type string `json:"type" example:"/problems/invalid"`
	// Title names the kind of problem; it is the same each time.
	Title string `json:"title" example:"Invalid request"`
	// Status is the HTTP status, repeated.
	Status int `json:"status" example:"400" minimum:"400" maximum:"599"`
	// Code is the kind of problem, for programs.
	Code string `json:"code" example:"invalid"`
	// Detail says what is wrong with this request.
	Detail string `json:"detail" example:"There is no parameter \"lmit\" here."`
	// Field is the parameter or the place in the body at fault, where there is one.
	Field string `json:"field,omitempty" example:"lmit"`
	// Hint says how to mend it.
	Hint string `json:"hint" example:"Did you mean limit?"`
	// See is the address that tells more, such as the list of the names that there are; missing where none does.
	See string `json:"see,omitempty" example:"/docs" format:"uri-reference"`
	// Candidates are names that may have been meant, best first.
	Candidates []string `json:"candidates" example:"limit" validate:"max=100"`
	// LimitBytes is how many bytes are read of what is too large; missing in any other problem.
	LimitBytes int64 `json:"limit_bytes,omitempty" example:"65536" minimum:"1"`
	// RequestID is the X-Request-Id of this answer; the log knows it.
	RequestID string `json:"request_id" example:"0f8b1c6e52d94a7f9c3e1d20b7a64581"`
} // @name Problem

// ProblemKind explains one kind of problem.
type ProblemKind struct {
	Type   string `json:"type" example:"/problems/invalid"`
	Title  string `json:"title" example:"Invalid request"`
	Status int    `json:"status" example:"400" minimum:"400" maximum:"599"`
	Code   string `json:"code" example:"invalid"`
	// About says when the problem arises and what to do.
	About string `json:"about" example:"A parameter or a part of the body cannot be read."`
} // @name ProblemKind

// AsError gives err in the one error vocabulary. What it does not know is a
// fault of ours.
func AsError(err error) *fact.Error {
	var e *fact.Error
	if errors.As(err, &e) {
		return e
	}
	e = fact.Refuse("", "problem.internal").Coded(fact.CodeInternal)
	e.Cause = err
	return e
}

// NewProblem tells of an error of a kind in a language; id is that of the request.
func NewProblem(e *fact.Error, kind ProblemKind, id string, l *message.Language) *Problem {
	detail, hint := e.In(l)
	p := &Problem{
		Type: kind.Type, Title: kind.Title, Status: kind.Status, Code: kind.Code,
		Detail: Sentence(detail), Field: e.Field, Hint: Sentence(hint), Candidates: List(e.Candidates), LimitBytes: e.Limit, RequestID: id,
	}
	if e.See != "" {
		p.See = cmp.Or(whereTo[e.See], "/v1/"+string(e.See))
		p.Hint = str.Join(" ", p.Hint, l.Text("problem.see", p.See))
	}
	return p
}

// The topics beside those of package fact, and where they are.
const (
	SeeBody      fact.Topic = "body"      // what a body looks like
	SeeReadiness fact.Topic = "readiness" // whether the server can answer
)

var whereTo = map[fact.Topic]string{SeeBody: "/docs", SeeReadiness: "/readyz"}

// SeeHint is the end of the English hint that tells of [Problem.See]; empty without it.
func (p *Problem) SeeHint() string { return message.English.Text("problem.see", p.See) }

// Sentence makes a sentence of a message, which as a Go error begins with a
// small letter and has no end.
func Sentence(text string) string {
	if text == "" {
		return ""
	}
	text = str.Capital(text)
	if strings.ContainsAny(text[len(text)-1:], ".?!") {
		return text
	}
	return text + "."
}
