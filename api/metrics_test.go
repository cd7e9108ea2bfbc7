package api_test

import (
	"bytes"
	"math"
	"strings"
	"testing"

	"github.com/prometheus/client_golang/prometheus/testutil/promlint"
	"github.com/prometheus/common/expfmt"
	"github.com/prometheus/common/model"
)

// TestMetricsFormat: a reader of Prometheus's own reads the metrics, finds nothing to blame in
// ours, and finds each request once, in one bucket and in all above.
func TestMetricsFormat(t *testing.T) {
	c := newServer(t)
	for _, path := range []string{the, the, the, "/v1/products/mi", "/v1/products/no", `/nowhere"\`} {
		c.beyond().get(path)
	}
	text := c.get("/metrics").body
	problems, err := promlint.New(bytes.NewReader(text)).Lint()
	for _, p := range problems {
		if strings.HasPrefix(p.Metric, "testedon_") {
			t.Errorf("%s: %s", p.Metric, p.Text)
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	parser := expfmt.NewTextParser(model.UTF8Validation)
	families, err := parser.TextToMetricFamilies(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range families["testedon_http_request_duration_seconds"].GetMetric() {
		h, before := m.GetHistogram(), uint64(0)
		for _, b := range h.GetBucket() {
			if b.GetCumulativeCount() < before {
				t.Errorf("%v falls", m)
			}
			before = b.GetCumulativeCount()
		}
		if last := h.GetBucket()[len(h.GetBucket())-1]; !math.IsInf(last.GetUpperBound(), 1) || last.GetCumulativeCount() != h.GetSampleCount() || h.GetSampleCount() > 0 && h.GetSampleSum() <= 0 {
			t.Errorf("%v does not add up", m)
		}
	}
	for _, name := range []string{"go_goroutines", "process_open_fds", "process_max_fds", "process_resident_memory_bytes", "testedon_http_requests_total"} {
		if families[name] == nil {
			t.Errorf("there is no %s", name)
		}
	}
}
