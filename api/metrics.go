package api

import (
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
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
