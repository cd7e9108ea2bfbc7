package api

import (
	"errors"
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/compat/fact"
)

// Health says that all is well; what is not is a [Problem].
type Health struct {
	Status string `json:"status" example:"ok" enums:"ok"`
	// SetAside names the file in the data folder that a damaged record was set aside
	// as when the server started. The record was made anew from the catalogue files.
	SetAside string `json:"set_aside,omitempty" example:"testedon.db.damaged-20260822T101500Z"`
} // @name Health

// livez tells that the process answers.
//
//	@Summary		Does the process answer?
//	@Description	For whoever restarts a process that does not.
//	@Tags			service
//	@ID				livez
//	@Produce		json
//	@Success		200	{object}	Health	"It does"
//	@Failure		500	{object}	wire.Problem	"A fault of the server"
//	@Router			/livez [get]
func (s *Server) livez(c echo.Context) error { return healthy(c, Health{Status: "ok"}) }

// readyz tells whether questions are answered from the facts on record.
//
//	@Summary		Are questions answered?
//	@Description	For whoever sends requests here. Where a change of the record could not be loaded, questions are still answered from the facts before it, and this says so. Where the record was damaged when the server started, and was made anew from the catalogue files, `set_aside` names the damaged file.
//	@Tags			service
//	@ID				readyz
//	@Produce		json
//	@Success		200	{object}	Health	"They are"
//	@Failure		500	{object}	wire.Problem	"A fault of the server"
//	@Failure		503	{object}	wire.Problem	"They are not, or only from older facts"
//	@Router			/readyz [get]
func (s *Server) readyz(c echo.Context) error {
	if err := s.options.Catalogue.Ready(); err != nil {
		e := unready(err)
		kind, _ := problemKind(e.Code)
		s.sendProblem(c, wire.NewProblem(e, kind, wire.RequestID(c))) // its cause was logged when it arose, and is not at each probe
		return nil
	}
	if _, err := s.view(); err != nil {
		return err
	}
	return healthy(c, Health{Status: "ok", SetAside: s.options.Catalogue.SetAside()})
}

// unready says what the catalogue says in the words meant for callers, and
// nothing of other errors.
func unready(err error) *fact.Error {
	var known *fact.Error
	if errors.As(err, &known) {
		e := *known
		e.Code = fact.CodeUnavailable
		return &e
	}
	return &fact.Error{Code: fact.CodeUnavailable, Message: "The catalogue could not be loaded as it is on record", Cause: err,
		Hint: "The log of the server has the cause."}
}

func healthy(c echo.Context, h Health) error {
	c.Response().Header()["Cache-Control"] = wire.CacheNever
	wire.Send(c, http.StatusOK, wire.TypeJSON, wire.AppendJSON(nil, h))
	return nil
}
