package fleet

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus/testutil/promlint"
	dto "github.com/prometheus/client_model/go"
	"github.com/prometheus/common/expfmt"
	"github.com/prometheus/common/model"
)

// families reads a text as Prometheus does, and holds it against what promtool checks.
func families(t *testing.T, text []byte) map[string]*dto.MetricFamily {
	t.Helper()
	problems, err := promlint.New(bytes.NewReader(text)).Lint()
	if err != nil || len(problems) > 0 {
		t.Fatalf("%v %v in %s", problems, err, text)
	}
	parser := expfmt.NewTextParser(model.LegacyValidation)
	all, err := parser.TextToMetricFamilies(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// labels are those of a metric.
func labels(m *dto.Metric) map[string]string {
	all := map[string]string{}
	for _, l := range m.GetLabel() {
		all[l.GetName()] = l.GetValue()
	}
	return all
}

// TestPrometheus: whatever environments are called, a reader gets each of them with its result,
// those that could not be read among them, and no two are one series.
func TestPrometheus(t *testing.T) {
	names := []string{"", "", "same", "same", `quote " and \ stroke`, "two\nlines", `\n`, "}\n# TYPE testedon_environment_pass counter\n", "\r\x00\x01\x7f\u0085", "\xff", "é → 𝄞 {};,", strings.Repeat("é", 500)}
	run := Run{Version: `1 "x"`, Began: time.Unix(1796062331, 0), Now: time.Now}
	report, passing, problems := Find("prometheus").Begin(run), 0, 0
	for i, name := range names {
		reply := answered(t)
		switch i % 3 {
		case 0:
			passing++
		case 1:
			reply = answered(t, name)
		case 2:
			problems++
			reply = (&Source{}).refuse("invalid_parameter", 400, "fleet.file", name, "No.")
		}
		report.Add(&Result{&Item{Line: 1, Name: name}, reply})
	}
	var b bytes.Buffer
	if err := report.Write(&b); err != nil {
		t.Fatal(err)
	}
	all, seen := families(t, b.Bytes()), map[string]bool{}
	for name, family := range all {
		for _, m := range family.Metric {
			series := name + fmt.Sprint(labels(m))
			if seen[series] || family.GetType() != dto.MetricType_GAUGE || m.TimestampMs != nil {
				t.Errorf("%s is there twice, or no gauge, or has a time", series)
			}
			seen[series] = true
		}
	}
	for i, m := range all["testedon_environment_read"].Metric {
		got, want := labels(m), names[i]
		plain := strings.NewReplacer("\r", "\uFFFD", "\x00", "\uFFFD", "\x01", "\uFFFD", "\x7f", "\uFFFD", "\u0085", "\uFFFD", "\xff", "\uFFFD").Replace(want)
		if cut := []rune(plain); len(cut) > 200 {
			plain = string(cut[:199]) + "…"
		}
		if got["name"] != plain || got["index"] != fmt.Sprint(i) || m.Gauge.GetValue() != map[bool]float64{true: 0, false: 1}[i%3 == 2] || (got["code"] != "") != (i%3 == 2) {
			t.Errorf("%q: %v %v", want, got, m.Gauge)
		}
	}
	for i, m := range all["testedon_environment_pass"].Metric {
		got := labels(m)
		if want := map[bool]float64{true: 1}[i%2 == 0]; m.Gauge.GetValue() != want || got["product"] != "mi" || got["release"] != "4.4.0" {
			t.Errorf("%v %v", got, m.Gauge)
		}
	}
	counts := map[string]float64{}
	for _, m := range all["testedon_environments"].Metric {
		counts[labels(m)["result"]] = m.Gauge.GetValue()
	}
	if len(all["testedon_environment_read"].Metric) != len(names) || len(all["testedon_environment_pass"].Metric) != len(names)-problems ||
		counts["pass"] != float64(passing) || counts["unread"] != float64(problems) || counts["fail"] != float64(len(names)-passing-problems) {
		t.Errorf("%v of %d", counts, len(names))
	}
}

// TestPrometheusWithoutAnswers: a file of which nothing could be read is told as that.
func TestPrometheusWithoutAnswers(t *testing.T) {
	report := Find("prometheus").Begin(Run{Began: time.Unix(0, 0), Now: time.Now})
	report.Add(&Result{&Item{}, (&Source{}).refuse("invalid_parameter", 400, "fleet.csv.cells", 1, 2)})
	var b bytes.Buffer
	if err := report.Write(&b); err != nil {
		t.Fatal(err)
	}
	if all := families(t, b.Bytes()); len(all["testedon_environment_read"].GetMetric()) != 1 || len(all["testedon_environment_pass"].GetMetric()) != 0 {
		t.Error(b.String())
	}
}
