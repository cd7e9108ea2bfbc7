package wire

import (
	"net/http"
	"regexp"
	"strings"

	"github.com/labstack/echo/v4"
)

// traceparent is what a caller says of the trace that a request is part of, in any
// version: https://www.w3.org/TR/trace-context/#traceparent-header.
var traceparent = regexp.MustCompile(`^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}(-.*)?$`)

// traceIn reads the trace that a request is part of. There is none where the header
// breaks a rule of the standard, as if it were not there.
func traceIn(header http.Header) (text, trace, span string) {
	all := header["Traceparent"]
	if len(all) != 1 {
		return "", "", ""
	}
	part := traceparent.FindStringSubmatch(all[0])
	if part == nil || part[1] == "ff" || part[1] == "00" && part[4] != "" || strings.Trim(part[2], "0") == "" || strings.Trim(part[3], "0") == "" {
		return "", "", ""
	}
	return strings.TrimSuffix(all[0], part[4]), part[2], part[3]
}

// KeepTrace tells in the answer of which trace the request is part.
func KeepTrace(c echo.Context) {
	if text, _, _ := traceIn(c.Request().Header); text != "" {
		c.Response().Header()["Traceparent"] = []string{text}
	}
}

// Trace names the trace that a request is part of by the headers of its answer, and the span
// that it came from; empty where it tells of none.
func Trace(answer http.Header) (trace, span string) {
	_, trace, span = traceIn(answer)
	return trace, span
}
