package api

import (
	"bytes"
	"fmt"
	"io"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	process "github.com/VictoriaMetrics/metrics"
	"github.com/labstack/echo/v4"

	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/compat/fact"
)

// latencies are the bounds of the histogram in seconds: an answer takes some
// ten microseconds, a whole matrix of a release some milliseconds.
var latencies = [...]float64{.00005, .0001, .00025, .0005, .001, .0025, .005, .01, .05, .25, 1, 5}

// metrics are the requests that were answered.
type metrics struct{ requests sync.Map } // counted to *observed

// counted is what is told of a request: those of which the same is told are counted together.
type counted struct {
	route, method string
	status        int
}

// observed is how many requests of a series were answered, and how long that took. Its parts
// are added one by one, so that the sum may be that of one request more or less.
type observed struct {
	within [len(latencies) + 1]atomic.Uint64 // each bound and no lower one; the last beyond all
	nanos  atomic.Int64
}

func (o *observed) add(took time.Duration) {
	at, _ := slices.BinarySearch(latencies[:], took.Seconds())
	o.within[at].Add(1)
	o.nanos.Add(int64(took))
}

// of gives where requests of a series are counted.
func (m *metrics) of(of counted) *observed {
	if found, ok := m.requests.Load(of); ok {
		return found.(*observed)
	}
	found, _ := m.requests.LoadOrStore(of, &observed{})
	return found.(*observed)
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
	m.of(counted{c.Path(), method, c.Response().Status}).add(took)
}

// write writes the requests in the text format of Prometheus.
func (m *metrics) write(w io.Writer) {
	all := map[string]*observed{}
	m.requests.Range(func(key, value any) bool {
		of := key.(counted)
		all[fmt.Sprintf("method=%q,route=%q,status=\"%d\"", of.method, of.route, of.status)] = value.(*observed)
		return true
	})
	const count, took = "testedon_http_requests_total", "testedon_http_request_duration_seconds"
	counts := map[string]uint64{}
	var histogram bytes.Buffer
	for _, labels := range slices.Sorted(maps.Keys(all)) {
		for at, bound := range append(latencies[:], 0) {
			counts[labels] += all[labels].within[at].Load()
			text := "+Inf"
			if at < len(latencies) {
				text = strconv.FormatFloat(bound, 'g', -1, 64)
			}
			fmt.Fprintf(&histogram, "%s_bucket{%s,le=%q} %d\n", took, labels, text, counts[labels])
		}
		fmt.Fprintf(&histogram, "%s_sum{%s} %g\n%s_count{%s} %d\n", took, labels, time.Duration(all[labels].nanos.Load()).Seconds(), took, labels, counts[labels])
	}
	describe(w, took, "histogram", "Time to answer a request.")
	_, _ = w.Write(histogram.Bytes())
	describe(w, count, "counter", "Requests answered.")
	for _, labels := range slices.Sorted(maps.Keys(counts)) {
		fmt.Fprintf(w, "%s{%s} %d\n", count, labels, counts[labels])
	}
}

func describe(w io.Writer, name, kind, help string) {
	fmt.Fprintf(w, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, kind)
}

// value is a metric that is looked up when it is asked for.
type value struct {
	name, help string
	labels     string
	look       func() float64
}

// label is a label and its value, which %q escapes as the format does.
func label(name, value string) string { return fmt.Sprintf("{%s=%q}", name, value) }

// values are all of them. Those whose names end in "_total" are counters; those of one name
// stand together.
func (s *Server) values() []value {
	state, limits := s.options.Catalogue.State, s.limits
	const refused = "Requests refused since too many were running, or too many of the expensive ones, and connections closed to make room for others."
	return []value{
		{"build_info", "1, with the version of the build.", label("version", s.options.Version), func() float64 { return 1 }},
		{"catalogue_revision", "Revision of the catalogue that answers; 0 while none does.", "", func() float64 {
			if m := s.options.Catalogue.Matrix(); m != nil {
				return float64(m.Dataset().Revision)
			}
			return 0
		}},
		{"catalogue_stale", "1 while older facts answer than those there are, since they could not be loaded.", "", func() float64 { return oneIf(state().Stale != nil) }},
		{"catalogue_loaded_timestamp_seconds", "When the facts that answer were loaded; 0 where that is not known.", "", func() float64 { return max(0, float64(state().Loaded.UnixMilli())/1000) }},
		{"catalogue_loads_total", "How often facts were loaded.", "", func() float64 { return float64(state().Loads) }},
		{"catalogue_load_failures_total", "How often facts could not be loaded.", "", func() float64 { return float64(state().Failures) }},
		{"record_set_aside_total", "Damaged records that this server set aside and made anew from the catalogue files.", "", func() float64 { return oneIf(state().SetAside != "") }},
		{"http_connections", "Connections that are open.", "", func() float64 { return float64(s.open.Open()) }},
		{"http_requests_running", "Requests that are being answered, but for probes.", "", func() float64 { return float64(limits.Running.Load()) }},
		{"http_expensive_running", "Expensive requests that are being answered.", "", func() float64 { return float64(limits.Answering.Load()) }},
		{"http_expensive_waiting", "Expensive requests that wait for their turn or their reader.", "", func() float64 { return float64(max(0, limits.Entered.Load()-limits.Answering.Load())) }},
		{"http_refused_total", refused, label("reason", "requests"), func() float64 { return float64(limits.Refused.Load()) }},
		{"http_refused_total", refused, label("reason", "expensive"), func() float64 { return float64(limits.RefusedExpensive.Load()) }},
		{"http_refused_total", refused, label("reason", "connections"), func() float64 { return float64(s.open.Closed.Load()) }},
	}
}

func oneIf(so bool) float64 {
	if so {
		return 1
	}
	return 0
}

// metricsType is the text format of Prometheus.
var metricsType = []string{"text/plain; version=0.0.4; charset=utf-8"}

// writeMetrics writes what Prometheus is told: the requests, how the server stands, and what
// the Go runtime and the operating system tell of the process.
func (s *Server) writeMetrics(w io.Writer) {
	before := ""
	for _, v := range s.values() {
		name, kind := "testedon_"+v.name, "gauge"
		if strings.HasSuffix(name, "_total") {
			kind = "counter"
		}
		if name != before {
			describe(w, name, kind, v.help)
		}
		before = name
		fmt.Fprintf(w, "%s%s %g\n", name, v.labels, v.look())
	}
	s.metrics.write(w)
	process.ExposeMetadata(true)
	process.WriteProcessMetrics(w)
	process.WriteFDMetrics(w)
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
		return fact.Refuse("", "health.metrics").Coded(wire.CodeNoRoute)
	}
	c.Response().Header()["Cache-Control"] = wire.CacheNever
	var b bytes.Buffer
	s.writeMetrics(&b)
	wire.Send(c, http.StatusOK, metricsType, b.Bytes())
	return nil
}
