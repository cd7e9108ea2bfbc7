package api

import (
	"net/http"
	"net/http/pprof" // what it adds to the default mux nobody serves
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

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
		return &fact.Error{Code: fact.CodeUnavailable, Message: "The server is about to end, and answers what still comes",
			Hint: "Send requests to another server."}
	}
	if _, err := s.now(); err != nil {
		return err
	}
	state := s.options.Catalogue.State()
	h := Health{Status: "ok", SetAside: state.SetAside}
	if state.Stale != nil {
		h.Stale = str.Capital(state.Stale.Message)
	}
	return healthy(c, h)
}

func healthy(c echo.Context, h Health) error {
	c.Response().Header()["Cache-Control"] = wire.CacheNever
	wire.Send(c, http.StatusOK, wire.TypeJSON, wire.AppendJSON(nil, h))
	return nil
}

// latencies are the bounds of the histogram in seconds: an answer takes some
// ten microseconds, a whole matrix of a release some milliseconds.
var latencies = []float64{.00005, .0001, .00025, .0005, .001, .0025, .005, .01, .05, .25, 1, 5}

// metrics is what Prometheus is told, in a registry of its own.
type metrics struct {
	handler   http.Handler
	requests  *prometheus.CounterVec
	durations *prometheus.HistogramVec
}

func newMetrics(s *Server) *metrics {
	labels := []string{"route", "method", "status"}
	m := &metrics{
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "testedon_http_requests_total", Help: "Requests answered.",
		}, labels),
		durations: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "testedon_http_request_duration_seconds", Help: "Time to answer a request.", Buckets: latencies,
		}, labels),
	}
	registry := prometheus.NewRegistry()
	registry.MustRegister(m.requests, m.durations, collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	for _, v := range s.values() {
		o := prometheus.Opts{Name: "testedon_" + v.name, Help: v.help, ConstLabels: v.labels}
		if strings.HasSuffix(v.name, "_total") {
			registry.MustRegister(prometheus.NewCounterFunc(prometheus.CounterOpts(o), v.look))
		} else {
			registry.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts(o), v.look))
		}
	}
	m.handler = promhttp.HandlerFor(registry, promhttp.HandlerOpts{DisableCompression: true}) // compression is around all routes
	return m
}

// value is a metric that is looked up when it is asked for.
type value struct {
	name, help string
	labels     prometheus.Labels
	look       func() float64
}

// values are all of them. Those whose names end in "_total" are counters.
func (s *Server) values() []value {
	state, limits := s.options.Catalogue.State, s.limits
	const refused = "Requests refused since too many were running, or too many of the expensive ones, and connections closed to make room for others."
	return []value{
		{"build_info", "1, with the version of the build.", prometheus.Labels{"version": s.options.Version}, func() float64 { return 1 }},
		{"catalogue_revision", "Revision of the catalogue that answers; 0 while none does.", nil, func() float64 {
			if m := s.options.Catalogue.Matrix(); m != nil {
				return float64(m.Dataset().Revision)
			}
			return 0
		}},
		{"catalogue_stale", "1 while older facts answer than those there are, since they could not be loaded.", nil, func() float64 { return oneIf(state().Stale != nil) }},
		{"catalogue_loaded_timestamp_seconds", "When the facts that answer were loaded; 0 where that is not known.", nil, func() float64 { return max(0, float64(state().Loaded.UnixMilli())/1000) }},
		{"catalogue_loads_total", "How often facts were loaded.", nil, func() float64 { return float64(state().Loads) }},
		{"catalogue_load_failures_total", "How often facts could not be loaded.", nil, func() float64 { return float64(state().Failures) }},
		{"record_set_aside_total", "Damaged records that this server set aside and made anew from the catalogue files.", nil, func() float64 { return oneIf(state().SetAside != "") }},
		{"http_connections", "Connections that are open.", nil, func() float64 { return float64(s.open.Open()) }},
		{"http_requests_running", "Requests that are being answered, but for probes.", nil, func() float64 { return float64(limits.Running.Load()) }},
		{"http_expensive_running", "Expensive requests that are being answered.", nil, func() float64 { return float64(limits.Answering.Load()) }},
		{"http_expensive_waiting", "Expensive requests that wait for their turn or their reader.", nil, func() float64 { return float64(max(0, limits.Entered.Load()-limits.Answering.Load())) }},
		{"http_refused_total", refused, prometheus.Labels{"reason": "requests"}, func() float64 { return float64(limits.Refused.Load()) }},
		{"http_refused_total", refused, prometheus.Labels{"reason": "expensive"}, func() float64 { return float64(limits.RefusedExpensive.Load()) }},
		{"http_refused_total", refused, prometheus.Labels{"reason": "connections"}, func() float64 { return float64(s.open.Closed.Load()) }},
	}
}

func oneIf(so bool) float64 {
	if so {
		return 1
	}
	return 0
}

// observe counts an answered request. The route is the pattern that matched,
// and methods that none of ours is are counted together, so that callers cannot
// make up series.
func (m *metrics) observe(c echo.Context, took time.Duration) {
	method := c.Request().Method
	switch method {
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodOptions:
	default:
		method = "other"
	}
	m.of(c.Path(), method, c.Response().Status).add(took)
}

// of gives where requests of a kind are counted.
func (m *metrics) of(route, method string, status int) observed {
	code := strconv.Itoa(status)
	return observed{m.requests.WithLabelValues(route, method, code), m.durations.WithLabelValues(route, method, code)}
}

// @Summary		Get the metrics
// @Description	For Prometheus, in its text format: requests by route, method and status, how long they took, what is running and was refused, which revision of the catalogue answers and how it was loaded.
// @Tags			service
// @ID				getMetrics
// @Produce		plain
// @Success		200	{string}	string	"The metrics"
// @Router			/metrics [get]
func (s *Server) getMetrics(c echo.Context) error {
	if s.options.Admin != nil && c.Echo() == s.echo {
		return &fact.Error{Code: wire.CodeNoRoute, Message: "The metrics are not at this address",
			Hint: "Ask for them at the address for administration, which the server was started with."}
	}
	c.Response().Header()["Cache-Control"] = wire.CacheNever
	s.metrics.handler.ServeHTTP(c.Response(), c.Request())
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
		return &fact.Error{Code: wire.CodeNotImplemented, Message: "This server has nothing to load anew", Hint: "Start it again."}
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
