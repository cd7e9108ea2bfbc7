package api

import (
	"net/http"
	"net/http/pprof" // what it adds to the default mux nobody serves

	"github.com/labstack/echo/v4"

	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/internal/str"
)

// Health says that all is well; what is not is a [wire.Problem].
type Health struct {
	Status string `json:"status" example:"ok" enums:"ok"`
	// Stale tells why older facts answer than those there are.
	Stale string `json:"stale,omitempty" example:"the catalogue could not be brought up to date, so the facts before it answer"`
	// SetAside names the file in the data folder that a damaged record was set aside
	// as when the server started. The record was made anew from the catalogue files.
	SetAside string `json:"set_aside,omitempty" example:"testedon.db.damaged-20260822T101500Z"`
} // @name Health

// @Summary		Does the process answer?
// @Description	For whoever restarts a process that does not.
// @Tags			service
// @ID				getLiveness
// @Success		200	{object}	Health	"It does"
// @Router			/livez [get]
func (s *Server) livez(c echo.Context) error { return healthy(c, Health{Status: "ok"}) }

// @Summary		Are questions answered?
// @Description	For whoever sends requests here. A server that is about to end is not ready, and still answers for some seconds. Where newer facts could not be loaded, questions are still answered from those before them, and `stale` says why. Where the record was damaged when the server started, and was made anew from the catalogue files, `set_aside` names the damaged file.
// @Tags			service
// @ID				getReadiness
// @Success		200	{object}	Health	"They are"
// @Router			/readyz [get]
func (s *Server) readyz(c echo.Context) error {
	if s.ending.Load() {
		return fact.Refuse("", "health.ending").Coded(fact.CodeUnavailable)
	}
	if _, err := s.now(); err != nil {
		return err
	}
	state := s.options.Catalogue.State()
	h := Health{Status: "ok", SetAside: state.SetAside}
	if state.Stale != nil {
		stale, _ := state.Stale.In(s.words())
		h.Stale = str.Capital(stale)
	}
	return healthy(c, h)
}

func healthy(c echo.Context, h Health) error {
	c.Response().Header()["Cache-Control"] = wire.CacheNever
	wire.Send(c, http.StatusOK, wire.TypeJSON, wire.AppendJSON(nil, h))
	return nil
}

// adminConnections is how many may ask at the address for administration at once.
const adminConnections = 256

// admin is what is served there: probes, metrics, profiles and the reload, which no page
// of another origin may ask for.
func (s *Server) admin() http.Handler {
	e := s.door()
	e.GET("/livez", s.livez)
	e.GET("/readyz", s.readyz)
	e.GET("/metrics", s.getMetrics)
	e.POST("/reload", s.reload)
	for name, profile := range map[string]http.HandlerFunc{
		"*": pprof.Index, "cmdline": pprof.Cmdline, "profile": pprof.Profile, "symbol": pprof.Symbol, "trace": pprof.Trace,
	} {
		e.GET("/debug/pprof/"+name, echo.WrapHandler(profile))
	}
	return http.NewCrossOriginProtection().Handler(e)
}

// reload looks for newer facts and tells which answer now.
func (s *Server) reload(c echo.Context) error {
	if s.options.Reload == nil {
		return fact.Refuse("", "health.reload").Coded(wire.CodeNotImplemented)
	}
	if err := s.options.Reload(c.Request().Context()); err != nil {
		return err
	}
	v, err := s.now()
	if err != nil {
		return err
	}
	c.Response().Header()["Cache-Control"] = wire.CacheNever
	wire.Send(c, http.StatusOK, wire.TypeJSON, wire.AppendJSON(nil, v.Catalogue))
	return nil
}
