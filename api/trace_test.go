package api_test

import (
	"log/slog"
	"strings"
	"testing"

	"github.com/testedon/testedon/api"
)

const traceID, spanID = "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"

// traceparents are headers, and what is kept of them: as the standard has it,
// https://www.w3.org/TR/trace-context/#traceparent-header.
var traceparents = map[string]string{
	"00-" + traceID + "-" + spanID + "-01":                       "00-" + traceID + "-" + spanID + "-01",
	"00-" + traceID + "-" + spanID + "-00":                       "00-" + traceID + "-" + spanID + "-00",
	"00-" + traceID + "-" + spanID + "-ff":                       "00-" + traceID + "-" + spanID + "-ff",
	"01-" + traceID + "-" + spanID + "-01":                       "01-" + traceID + "-" + spanID + "-01",
	"cc-" + traceID + "-" + spanID + "-01-what-the":              "cc-" + traceID + "-" + spanID + "-01", // of a future version the known fields are read
	"cc-" + traceID + "-" + spanID + "-01-":                      "cc-" + traceID + "-" + spanID + "-01",
	"cc-" + traceID + "-" + spanID + "-01.what":                  "",
	"cc-" + traceID + "-" + spanID + "-01x":                      "",
	"00-" + traceID + "-" + spanID + "-01-what":                  "",
	"00-" + traceID + "-" + spanID + "-01-":                      "",
	"ff-" + traceID + "-" + spanID + "-01":                       "",
	"0-" + traceID + "-" + spanID + "-01":                        "",
	"00-" + strings.Repeat("0", 32) + "-" + spanID + "-01":       "",
	"00-" + traceID + "-" + strings.Repeat("0", 16) + "-01":      "",
	"00-" + strings.ToUpper(traceID) + "-" + spanID + "-01":      "",
	"00-" + traceID + "-" + strings.ToUpper(spanID) + "-01":      "",
	"00-" + traceID + "-" + spanID + "-0A":                       "",
	"0A-" + traceID + "-" + spanID + "-01":                       "",
	"00-" + traceID[1:] + "-" + spanID + "-01":                   "",
	"00-" + traceID + "-" + spanID[1:] + "-01":                   "",
	"00-" + traceID + "-" + spanID + "-1":                        "",
	"00-" + traceID + "-" + spanID:                               "",
	"00_" + traceID + "_" + spanID + "_01":                       "",
	"00-" + strings.Replace(traceID, "f", "g", 1) + "-" + spanID: "",
	"": "",
}

// TestTraceparent: the trace of a caller is in the answer and in the log, with the span it
// came from; what is none is as if it were not there.
func TestTraceparent(t *testing.T) {
	log := &lines{}
	facts := newCatalogue(t)
	c := serve(t, api.Options{Catalogue: facts, Logger: slog.New(slog.NewJSONHandler(log, nil))})
	for sent, kept := range traceparents {
		if got := c.get(the, "Traceparent", sent).header.Get("Traceparent"); got != kept {
			t.Errorf("%q becomes %q", sent, got)
		}
		c.over()
		all := log.all(t)
		line := all[len(all)-1]
		if trace, span := line["trace_id"], line["span_id"]; kept == "" && (trace != nil || span != nil) || kept != "" && (trace != traceID || span != spanID) {
			t.Errorf("%q is logged as %v, %v", sent, trace, span)
		}
	}
	facts.before = func() { panic("cause") }
	c.get(the, "Traceparent", "00-"+traceID+"-"+spanID+"-01")
	all := log.all(t)
	if failed := all[len(all)-2]; failed["level"] != "ERROR" || failed["trace_id"] != traceID || failed["span_id"] != spanID {
		t.Errorf("the log has %v", failed)
	}
}

// TestTwoTraceparents are none.
func TestTwoTraceparents(t *testing.T) {
	c := newServer(t)
	one := "Traceparent: 00-" + traceID + "-" + spanID + "-01\r\n"
	connection := dial(t, strings.TrimPrefix(c.base, "http://"), "GET /livez HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"+one+one+"\r\n")
	if got := all(t, connection); !strings.HasPrefix(got, "HTTP/1.1 200 ") || strings.Contains(got, traceID) {
		t.Errorf("the answer is %s", got)
	}
}
