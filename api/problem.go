package api

import (
	"cmp"
	"errors"
	"maps"
	"net/http"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/labstack/echo/v4"
	"github.com/testedon/testedon/compat/fact"
)

// The ways in which a request can be wrong beside those of package compat.
const (
	codeNoRoute          fact.Code = "no_such_route"
	codeMethodNotAllowed fact.Code = "method_not_allowed"
	codeUnsupportedMedia fact.Code = "unsupported_media_type"
	codeTooSlow          fact.Code = "too_slow"
	codeNotImplemented   fact.Code = "not_implemented"
)

// Problem says what is wrong with a request and how to mend it (RFC 9457).
type Problem struct {
	// Type is the address of a page about this kind of problem.
	Type string `json:"type" example:"/problems/unknown_release"`
	// Title names the kind of problem; it is the same each time.
	Title string `json:"title" example:"Unknown release"`
	// Status is the HTTP status, repeated.
	Status int `json:"status" example:"404" minimum:"400" maximum:"599"`
	// Code is the kind of problem, for programs.
	Code string `json:"code" example:"unknown_release" enums:"invalid,unknown_product,unknown_release,not_found,too_large,unavailable,internal,no_such_route,method_not_allowed,unsupported_media_type,too_slow,not_implemented"`
	// Detail says what is wrong with this request.
	Detail string `json:"detail" example:"WSO2 Micro Integrator has no release 4.4.1"`
	// Field is the parameter or the place in the body at fault, where there is one.
	Field string `json:"field,omitempty" example:"release"`
	// Hint says how to mend it.
	Hint string `json:"hint" example:"Did you mean 4.4.0?"`
	// See is the address that tells more, such as the list of the names that there are; missing where none does.
	See string `json:"see,omitempty" example:"/v1/products" format:"uri-reference"`
	// Candidates are names that may have been meant, best first.
	Candidates []string `json:"candidates" example:"4.4.0" validate:"max=100"`
	// LimitBytes is how many bytes are read of what is too large; missing in any other problem.
	LimitBytes int64 `json:"limit_bytes,omitempty" example:"65536" minimum:"1"`
	// RequestID is the X-Request-Id of this answer; the log knows it.
	RequestID string `json:"request_id" example:"0f8b1c6e52d94a7f9c3e1d20b7a64581"`
} // @name Problem

// ProblemKind explains one kind of problem.
type ProblemKind struct {
	Type   string `json:"type" example:"/problems/unknown_release"`
	Title  string `json:"title" example:"Unknown release"`
	Status int    `json:"status" example:"404" minimum:"400" maximum:"599"`
	Code   string `json:"code" example:"unknown_release"`
	// About says when the problem arises and what to do.
	About string `json:"about" example:"The product has no release of that version or alias. The problem offers the nearest ones."`
} // @name ProblemKind

// problemKinds is the one table of codes: their status and their words.
var problemKinds = map[fact.Code]ProblemKind{
	fact.CodeInvalid: {Status: http.StatusBadRequest, Title: "Invalid request",
		About: "A parameter or a part of the body cannot be read. The field names it and the hint says how to mend it."},
	fact.CodeUnknownProduct: {Status: http.StatusNotFound, Title: "Unknown product",
		About: "No product has that id, name or alias. The problem offers the nearest ones; /v1/products lists all."},
	fact.CodeUnknownRelease: {Status: http.StatusNotFound, Title: "Unknown release",
		About: "The product has no release of that version or alias. The problem offers the nearest ones."},
	fact.CodeNotFound: {Status: http.StatusNotFound, Title: "Not found",
		About: "Nothing has that name. The problem offers the nearest ones where there are any."},
	fact.CodeTooLarge: {Status: http.StatusRequestEntityTooLarge, Title: "Body too large",
		About: "The body, or an item of it, is larger than the server reads, which `limit_bytes` tells. A question of 32 components fits easily."},
	fact.CodeUnavailable: {Status: http.StatusServiceUnavailable, Title: "Not available",
		About: "The server cannot answer now. Ask again after the seconds that Retry-After gives."},
	fact.CodeInternal: {Status: http.StatusInternalServerError, Title: "Internal error",
		About: "A fault of the server. The log has its cause under the request id of the problem."},
	codeNoRoute: {Status: http.StatusNotFound, Title: "No such route",
		About: "Nothing is served at that path. The problem offers the nearest paths; /docs lists all."},
	codeMethodNotAllowed: {Status: http.StatusMethodNotAllowed, Title: "Method not allowed",
		About: "The path is served for other methods only. The Allow header lists them."},
	codeUnsupportedMedia: {Status: http.StatusUnsupportedMediaType, Title: "Unsupported media type",
		About: "The body is not of a type that the route reads, or has a Content-Encoding. The hint names the types."},
	codeNotImplemented: {Status: http.StatusNotImplemented, Title: "Not implemented",
		About: "What is asked for is not given in that form. The hint names one that is."},
	codeTooSlow: {Status: http.StatusRequestTimeout, Title: "Request too slow",
		About: "The body did not arrive in time. Send the request again on a new connection."},
}

// problemKind finds what is said of a code.
func problemKind(code fact.Code) (ProblemKind, bool) {
	kind, ok := problemKinds[code]
	kind.Code, kind.Type = string(code), "/problems/"+string(code)
	return kind, ok
}

// getProblem explains a kind of problem: it is what the type of a problem
// leads to.
//
//	@Summary		Explain a kind of problem
//	@Description	Every problem has a `type`, which is the address of this page: when such a problem arises, and what to do. Browsers get it as a page.
//	@Tags			service
//	@ID				getProblem
//	@Produce		json,text/html
//	@Param			code	path		string		true	"The `code` of a problem."	example(unknown_release) minlength(1) maxlength(200)
//	@Success		200		{object}	ProblemKind	"What the problem means"
//	@Header			200		{string}	ETag	"Changes with the catalogue and the build"
//	@Success		304		"The client has this answer already"
//	@Failure		400		{object}	Problem		"The code cannot be read, or there is an unknown parameter"
//	@Failure		404		{object}	Problem		"No such code"
//	@Failure		500		{object}	Problem		"A fault of the server"
//	@Failure		503		{object}	Problem		"Not available"
//	@Router			/problems/{code} [get]
func getProblem(_ *view, in input) (any, error) {
	code, err := in.path("code")
	if err != nil {
		return nil, err
	}
	kind, ok := problemKind(fact.Code(code))
	if !ok {
		return nil, &fact.Error{Code: fact.CodeNotFound, Field: "code", Message: "There is no problem " + quotable(code),
			Hint: "The code stands in the problem.", Candidates: fact.Closest(code, problemCodes())}
	}
	return kind, nil
}

func problemCodes() []string {
	return each(slices.Sorted(maps.Keys(problemKinds)), func(c fact.Code) string { return string(c) })
}

// asError gives err in the one error vocabulary. What it does not know is a
// fault of ours.
func asError(err error) *fact.Error {
	var e *fact.Error
	if errors.As(err, &e) {
		return e
	}
	return &fact.Error{Code: fact.CodeInternal, Message: "Something went wrong on the server", Cause: err,
		Hint: "Try again. If it stays, report the request id to whoever runs this server."}
}

// routed translates what the router says, and leaves every other error alone.
func (s *Server) routed(err error, c echo.Context) *fact.Error {
	switch {
	case errors.Is(err, echo.ErrNotFound):
		e := &fact.Error{Code: codeNoRoute, Message: "Nothing is served at " + quotable(c.Request().URL.Path),
			Hint: "/docs lists every path.", Candidates: s.nearestRoutes(c.Request().URL.Path)}
		if len(e.Candidates) > 0 {
			e.Hint = "Did you mean " + e.Candidates[0] + "?"
		}
		return e
	case errors.Is(err, echo.ErrMethodNotAllowed):
		return &fact.Error{Code: codeMethodNotAllowed,
			Message: quotable(c.Request().Method) + " is not served at " + quotable(c.Request().URL.Path),
			Hint:    "Use one of: " + c.Response().Header().Get("Allow") + "."}
	}
	return asError(err)
}

// handleError is the one place that answers with errors.
func (s *Server) handleError(err error, c echo.Context) {
	e := s.routed(err, c)
	p := s.explain(e, c)
	switch {
	case c.Response().Committed:
	case s.onPage(c) && s.drawProblem(c, e, p) == nil:
	default:
		s.sendProblem(c, p)
	}
}

// explain makes a problem of an error. The cause of what is the server's fault is
// logged and never shown.
func (s *Server) explain(e *fact.Error, c echo.Context) *Problem {
	kind, ok := problemKind(e.Code)
	if !ok {
		kind, _ = problemKind(fact.CodeInternal)
	}
	if kind.Status >= http.StatusInternalServerError && kind.Status != http.StatusNotImplemented {
		s.logCause(e, c)
	}
	return problem(e, kind, requestID(c))
}

func problem(e *fact.Error, kind ProblemKind, id string) *Problem {
	p := &Problem{
		Type: kind.Type, Title: kind.Title, Status: kind.Status, Code: kind.Code,
		Detail: sentence(e.Message), Field: e.Field, Hint: sentence(e.Hint), Candidates: list(e.Candidates), LimitBytes: e.Limit, RequestID: id,
	}
	if e.See != "" {
		p.See = cmp.Or(whereTo[e.See], "/v1/"+string(e.See))
		p.Hint = strings.TrimSpace(p.Hint + " " + p.SeeHint())
	}
	return p
}

// The topics beside those of package compat, and where they are.
const (
	theBody      fact.Topic = "body"      // what a body looks like
	theReadiness fact.Topic = "readiness" // whether the server can answer
)

var whereTo = map[fact.Topic]string{theBody: "/docs", theReadiness: "/readyz"}

// SeeHint is the end of the hint that tells of [Problem.See]; empty without it.
func (p *Problem) SeeHint() string {
	switch p.See {
	case "":
		return ""
	case whereTo[theBody]:
		return "See the request body in the contract, /docs."
	case whereTo[theReadiness]:
		return "/readyz tells when it is."
	}
	return p.See + " lists them."
}

// sentence makes a sentence of a message, which as a Go error begins with a
// small letter and has no end.
func sentence(text string) string {
	if text == "" {
		return ""
	}
	first, size := utf8.DecodeRuneInString(text)
	text = string(unicode.ToUpper(first)) + text[size:]
	if strings.ContainsAny(text[len(text)-1:], ".?!") {
		return text
	}
	return text + "."
}

// sendProblem takes back what a handler said of the answer it did not get to.
func (s *Server) sendProblem(c echo.Context, p *Problem) {
	header := c.Response().Header()
	header.Del("Etag")
	header.Del("Content-Location")
	header.Del(verdictHeader)
	header["Cache-Control"] = cacheNever
	if p.Status == http.StatusServiceUnavailable {
		header.Set("Retry-After", "5")
	}
	if asText(c) {
		send(c, p.Status, typeText, appendPlainProblem(nil, p))
		return
	}
	send(c, p.Status, typeProblem, appendJSON(nil, p))
}

// logCause tells the operator what the caller is not told.
func (s *Server) logCause(e *fact.Error, c echo.Context) {
	attrs := []any{"id", requestID(c), "code", e.Code, "message", e.Message}
	if e.Cause != nil {
		attrs = append(attrs, "cause", e.Cause.Error())
	}
	var p *panicError
	if errors.As(e.Cause, &p) {
		attrs = append(attrs, "stack", string(p.stack))
	}
	s.options.Logger.Error("request failed", attrs...)
}
