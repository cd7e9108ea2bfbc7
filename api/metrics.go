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
)

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
	registry.MustRegister(m.requests, m.durations, revision(catalogue), setAside(catalogue), buildInfo(build),
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	m.handler = promhttp.HandlerFor(registry, promhttp.HandlerOpts{DisableCompression: true}) // compression is around all routes
	return m
}

// revision tells which revision of the catalogue answers; 0 when none does.
func revision(catalogue Catalogue) prometheus.Collector {
	return prometheus.NewGaugeFunc(prometheus.GaugeOpts{
		Name: "testedon_catalogue_revision", Help: "Revision of the catalogue that answers.",
	}, func() float64 {
		if m := catalogue.Matrix(); m != nil {
			return float64(m.Dataset().Revision)
		}
		return 0
	})
}

// setAside tells whether the record was damaged when the server started.
func setAside(catalogue Catalogue) prometheus.Collector {
	return prometheus.NewCounterFunc(prometheus.CounterOpts{
		Name: "testedon_record_set_aside_total", Help: "Damaged records that this server set aside and made anew from the catalogue files.",
	}, func() float64 {
		if catalogue.SetAside() != "" {
			return 1
		}
		return 0
	})
}

func buildInfo(build string) prometheus.Collector {
	return prometheus.NewGaugeFunc(prometheus.GaugeOpts{
		Name: "testedon_build_info", Help: "1, with the version of the build.",
		ConstLabels: prometheus.Labels{"version": build},
	}, func() float64 { return 1 })
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

// getMetrics serves the metrics.
//
//	@Summary		Get the metrics
//	@Description	For Prometheus, in its text format: requests by route, method and status, how long they took, which revision of the catalogue answers, and whether a damaged record was set aside.
//	@Tags			service
//	@ID				getMetrics
//	@Produce		plain
//	@Success		200	{string}	string	"The metrics"
//	@Failure		500	{object}	wire.Problem	"A fault of the server"
//	@Router			/metrics [get]
func (s *Server) getMetrics(c echo.Context) error {
	c.Response().Header()["Cache-Control"] = wire.CacheNever
	s.metrics.handler.ServeHTTP(c.Response(), c.Request())
	return nil
}
