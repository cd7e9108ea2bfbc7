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
	"github.com/testedon/testedon/message"
)

// problemKinds is the one table of codes, by their status.
var problemKinds = map[fact.Code]int{
	fact.CodeInvalid:          http.StatusBadRequest,
	fact.CodeUnknownProduct:   http.StatusNotFound,
	fact.CodeUnknownRelease:   http.StatusNotFound,
	fact.CodeNotFound:         http.StatusNotFound,
	fact.CodeTooLarge:         http.StatusRequestEntityTooLarge,
	fact.CodeUnavailable:      http.StatusServiceUnavailable,
	fact.CodeInternal:         http.StatusInternalServerError,
	wire.CodeNoRoute:          http.StatusNotFound,
	wire.CodeMethodNotAllowed: http.StatusMethodNotAllowed,
	wire.CodeUnsupportedMedia: http.StatusUnsupportedMediaType,
	wire.CodeNotImplemented:   http.StatusNotImplemented,
	wire.CodeBusy:             http.StatusServiceUnavailable,
	wire.CodeTooSlow:          http.StatusRequestTimeout,
}

// problemKind is what is said of a code, which is one of them.
func problemKind(code fact.Code, l *message.Language) wire.ProblemKind {
	return wire.ProblemKind{Type: "/problems/" + string(code), Status: problemKinds[code], Code: string(code),
		Title: l.Text("problem.title", string(code)), About: l.Text("problem.about", string(code))}
}

// words is the language of what was answered last, English before that: a fault is told
// without asking the catalogue.
func (s *Server) words() *message.Language {
	if v := s.latest.Load(); v != nil {
		return v.Matrix.Words()
	}
	return message.English
}

// @Summary		Explain a kind of problem
// @Description	Every problem has a `type`, which is the address of this page: when such a problem arises, and what to do. Browsers get it as a page.
// @Tags			service
// @ID				getProblem
// @Success		200		{object}	wire.ProblemKind	"What the problem means"
// @Router			/problems/{code} [get]
func (s *Server) getProblem(_ *view, in wire.Input, p problemPath) (*wire.File, error) {
	kind, err := problemOf(p.Code, s.words())
	base := s.address.Base(in)
	kind.Type = base + kind.Type
	f := wire.JSON(kind)
	f.Asked = base
	return f, err
}

// listProblems lists what the addresses of problems lead to.
func (s *Server) listProblems(_ *view, in wire.Input, _ none) (*wire.File, error) {
	all, base := allProblems(s.words()), s.address.Base(in)
	for i := range all {
		all[i].Type = base + all[i].Type
	}
	f := wire.JSON(map[string]any{"items": all})
	f.Asked = base
	return f, nil
}

// allProblems are the kinds of problems, in the order of their codes.
func allProblems(l *message.Language) []wire.ProblemKind {
	return wire.Each(ProblemCodes(), func(code string) wire.ProblemKind { return problemKind(fact.Code(code), l) })
}

// problemPath names a kind of problem.
type problemPath struct {
	// The `code` of a problem.
	Code string `path:"code" example:"unknown_release"`
}

// problemOf finds the kind of problem that a code names.
func problemOf(code string, l *message.Language) (wire.ProblemKind, error) {
	if problemKinds[fact.Code(code)] == 0 {
		e := fact.Refuse("code", "problem.unknown", wire.Quotable(code)).Coded(fact.CodeNotFound)
		e.Candidates = fact.Closest(code, ProblemCodes())
		return wire.ProblemKind{}, e
	}
	return problemKind(fact.Code(code), l), nil
}

// ProblemCodes are those of all kinds of problems.
func ProblemCodes() []string {
	return wire.Each(slices.Sorted(maps.Keys(problemKinds)), func(c fact.Code) string { return string(c) })
}

// routed translates what the router says, and leaves every other error alone.
func routed(err error, c echo.Context) *fact.Error {
	switch {
	case errors.Is(err, echo.ErrNotFound):
		e := fact.Refuse("", "problem.unserved", wire.Quotable(c.Request().URL.Path), "/docs").Coded(wire.CodeNoRoute)
		if e.Candidates = nearestRoutes(c.Echo(), c.Request().URL.Path); len(e.Candidates) > 0 {
			e = e.Advise("hint.did_you_mean", e.Candidates[0])
		}
		return e
	case errors.Is(err, echo.ErrMethodNotAllowed):
		return fact.Refuse("", "problem.method", wire.Quotable(c.Request().Method), wire.Quotable(c.Request().URL.Path), c.Response().Header().Get("Allow")).Coded(wire.CodeMethodNotAllowed)
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
	code, words := e.Code, s.words()
	if problemKinds[code] == 0 {
		code = fact.CodeInternal
	}
	kind := problemKind(code, words)
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
	return wire.NewProblem(e, kind, wire.RequestID(c), words)
}

// sendProblem takes back what a handler said of the answer it did not get to.
func (s *Server) sendProblem(c echo.Context, p *wire.Problem) {
	header := c.Response().Header()
	header.Del("Etag")
	header.Del("Content-Location")
	header.Del(question.VerdictHeader)
	header["Cache-Control"] = wire.CacheNever
	if asText(c) {
		wire.Send(c, p.Status, wire.TypeText, answers.AppendPlainProblem(nil, s.words(), p))
		return
	}
	wire.Send(c, p.Status, wire.TypeProblem, wire.AppendJSON(nil, p))
}
