package api

import (
	"net/http"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/testedon/testedon/api/wire"
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
// @ID				livez
// @Success		200	{object}	Health	"It does"
// @Failure		500	{object}	wire.Problem	"A fault of the server"
// @Router			/livez [get]
func (s *Server) livez(c echo.Context) error { return healthy(c, Health{Status: "ok"}) }

// @Summary		Are questions answered?
// @Description	For whoever sends requests here. Where newer facts could not be loaded, questions are still answered from those before them, and `stale` says why. Where the record was damaged when the server started, and was made anew from the catalogue files, `set_aside` names the damaged file.
// @Tags			service
// @ID				readyz
// @Success		200	{object}	Health	"They are"
// @Failure		500	{object}	wire.Problem	"A fault of the server"
// @Failure		503	{object}	wire.Problem	"They are not"
// @Router			/readyz [get]
func (s *Server) readyz(c echo.Context) error {
	if _, err := s.view(); err != nil {
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

func newMetrics(catalogue Catalogue, build string) *metrics {
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
	gauge := func(name, help string, labels prometheus.Labels, value func() float64) prometheus.Collector {
		return prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: name, Help: help, ConstLabels: labels}, value)
	}
	registry.MustRegister(m.requests, m.durations,
		gauge("testedon_catalogue_revision", "Revision of the catalogue that answers.", nil, func() float64 {
			if v := catalogue.Matrix(); v != nil {
				return float64(v.Dataset().Revision)
			}
			return 0 // when none does
		}),
		gauge("testedon_catalogue_stale", "1 while older facts answer than those there are, since they could not be loaded.", nil, func() float64 {
			if catalogue.State().Stale != nil {
				return 1
			}
			return 0
		}),
		prometheus.NewCounterFunc(prometheus.CounterOpts{
			Name: "testedon_record_set_aside_total", Help: "Damaged records that this server set aside and made anew from the catalogue files.",
		}, func() float64 { return float64(min(1, len(catalogue.State().SetAside))) }),
		gauge("testedon_build_info", "1, with the version of the build.", prometheus.Labels{"version": build}, func() float64 { return 1 }),
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	m.handler = promhttp.HandlerFor(registry, promhttp.HandlerOpts{DisableCompression: true}) // compression is around all routes
	return m
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
	status := strconv.Itoa(c.Response().Status)
	m.requests.WithLabelValues(c.Path(), method, status).Inc()
	m.durations.WithLabelValues(c.Path(), method, status).Observe(took.Seconds())
}

// @Summary		Get the metrics
// @Description	For Prometheus, in its text format: requests by route, method and status, how long they took, which revision of the catalogue answers, and whether a damaged record was set aside.
// @Tags			service
// @ID				getMetrics
// @Produce		plain
// @Success		200	{string}	string	"The metrics"
// @Failure		500	{object}	wire.Problem	"A fault of the server"
// @Router			/metrics [get]
func (s *Server) getMetrics(c echo.Context) error {
	c.Response().Header()["Cache-Control"] = wire.CacheNever
	s.metrics.handler.ServeHTTP(c.Response(), c.Request())
	return nil
}
