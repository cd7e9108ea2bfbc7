package api

import (
	"errors"
	"log/slog"
	"maps"
	"math/rand/v2"
	"net/http"
	"slices"
	"strconv"

	"github.com/labstack/echo/v4"

	"github.com/testedon/testedon/api/answers"
	"github.com/testedon/testedon/api/question"
	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/compat/fact"
)

// problemKinds is the one table of codes: their status and their words.
var problemKinds = map[fact.Code]wire.ProblemKind{
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
	wire.CodeNoRoute: {Status: http.StatusNotFound, Title: "No such route",
		About: "Nothing is served at that path. The problem offers the nearest paths; /docs lists all."},
	wire.CodeMethodNotAllowed: {Status: http.StatusMethodNotAllowed, Title: "Method not allowed",
		About: "The path is served for other methods only. The Allow header lists them."},
	wire.CodeUnsupportedMedia: {Status: http.StatusUnsupportedMediaType, Title: "Unsupported media type",
		About: "The body is not of a type that the route reads, or has a Content-Encoding. The hint names the types."},
	wire.CodeNotImplemented: {Status: http.StatusNotImplemented, Title: "Not implemented",
		About: "What is asked for is not given in that form. The hint names one that is."},
	wire.CodeBusy: {Status: http.StatusServiceUnavailable, Title: "Too busy",
		About: "The server has more to answer than it can at once. Ask again after the seconds that Retry-After gives."},
	wire.CodeTooSlow: {Status: http.StatusRequestTimeout, Title: "Request too slow",
		About: "The body did not arrive in time. Send the request again on a new connection."},
}

// problemKind finds what is said of a code.
func problemKind(code fact.Code) (wire.ProblemKind, bool) {
	kind, ok := problemKinds[code]
	kind.Code, kind.Type = string(code), "/problems/"+string(code)
	return kind, ok
}

// @Summary		Explain a kind of problem
// @Description	Every problem has a `type`, which is the address of this page: when such a problem arises, and what to do. Browsers get it as a page.
// @Tags			service
// @ID				getProblem
// @Success		200		{object}	wire.ProblemKind	"What the problem means"
// @Router			/problems/{code} [get]
func (s *Server) getProblem(_ *view, in wire.Input, p problemPath) (*wire.File, error) {
	kind, err := problemOf(p.Code)
	base := s.address.Base(in)
	kind.Type = base + kind.Type
	f := wire.JSON(kind)
	f.Asked = base
	return f, err
}

// listProblems lists what the addresses of problems lead to.
func (s *Server) listProblems(_ *view, in wire.Input, _ none) (*wire.File, error) {
	all, base := allProblems(), s.address.Base(in)
	for i := range all {
		all[i].Type = base + all[i].Type
	}
	f := wire.JSON(map[string]any{"items": all})
	f.Asked = base
	return f, nil
}

// allProblems are the kinds of problems, in the order of their codes.
func allProblems() []wire.ProblemKind {
	return wire.Each(ProblemCodes(), func(code string) wire.ProblemKind {
		kind, _ := problemKind(fact.Code(code))
		return kind
	})
}

// problemPath names a kind of problem.
type problemPath struct {
	// The `code` of a problem.
	Code string `path:"code" example:"unknown_release"`
}

// problemOf finds the kind of problem that a code names.
func problemOf(code string) (wire.ProblemKind, error) {
	kind, ok := problemKind(fact.Code(code))
	if !ok {
		return kind, &fact.Error{Code: fact.CodeNotFound, Field: "code", Message: "There is no problem " + wire.Quotable(code),
			Hint: "The code stands in the problem.", Candidates: fact.Closest(code, ProblemCodes())}
	}
	return kind, nil
}

// ProblemCodes are those of all kinds of problems.
func ProblemCodes() []string {
	return wire.Each(slices.Sorted(maps.Keys(problemKinds)), func(c fact.Code) string { return string(c) })
}

// routed translates what the router says, and leaves every other error alone.
func routed(err error, c echo.Context) *fact.Error {
	switch {
	case errors.Is(err, echo.ErrNotFound):
		e := &fact.Error{Code: wire.CodeNoRoute, Message: "Nothing is served at " + wire.Quotable(c.Request().URL.Path),
			Hint: "/docs lists every path.", Candidates: nearestRoutes(c.Echo(), c.Request().URL.Path)}
		if len(e.Candidates) > 0 {
			e.Hint = "Did you mean " + e.Candidates[0] + "?"
		}
		return e
	case errors.Is(err, echo.ErrMethodNotAllowed):
		return &fact.Error{Code: wire.CodeMethodNotAllowed,
			Message: wire.Quotable(c.Request().Method) + " is not served at " + wire.Quotable(c.Request().URL.Path),
			Hint:    "Use one of: " + c.Response().Header().Get("Allow") + "."}
	}
	return wire.AsError(err)
}

// handleError is the one place that answers with errors.
func (s *Server) handleError(err error, c echo.Context) {
	if toCanonical(c, errors.Is(err, echo.ErrNotFound)) {
		return
	}
	e := routed(err, c)
	p := s.explain(e, c)
	if p.Status == http.StatusServiceUnavailable { // not all at once
		c.Response().Header().Set("Retry-After", strconv.Itoa(3+rand.IntN(5))) //nolint:gosec // which need not be secret
	}
	switch {
	case c.Response().Committed:
	case s.site.Tell(c, e, p):
	default:
		s.sendProblem(c, p)
	}
}

// explain makes a problem of an error. The cause of what is the server's fault is
// logged and never shown.
func (s *Server) explain(e *fact.Error, c echo.Context) *wire.Problem {
	kind, ok := problemKind(e.Code)
	if !ok {
		kind, _ = problemKind(fact.CodeInternal)
	}
	if kind.Status == http.StatusInternalServerError {
		attrs := []slog.Attr{slog.String("id", wire.RequestID(c)), slog.Any("code", e.Code), slog.String("message", e.Message)}
		if e.Cause != nil {
			attrs = append(attrs, slog.String("cause", e.Cause.Error()))
		}
		var p *wire.PanicError
		if errors.As(e.Cause, &p) {
			attrs = append(attrs, slog.String("stack", string(p.Stack)))
		}
		s.options.Logger.LogAttrs(c.Request().Context(), slog.LevelError, "request failed", traced(c.Response().Header(), attrs)...)
	}
	kind.Type = s.address.Base(c) + kind.Type
	return wire.NewProblem(e, kind, wire.RequestID(c))
}

// sendProblem takes back what a handler said of the answer it did not get to.
func (s *Server) sendProblem(c echo.Context, p *wire.Problem) {
	header := c.Response().Header()
	header.Del("Etag")
	header.Del("Content-Location")
	header.Del(question.VerdictHeader)
	header["Cache-Control"] = wire.CacheNever
	if asText(c) {
		wire.Send(c, p.Status, wire.TypeText, answers.AppendPlainProblem(nil, p))
		return
	}
	wire.Send(c, p.Status, wire.TypeProblem, wire.AppendJSON(nil, p))
}
