package wire

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"

	"github.com/labstack/echo/v4"
)

var (
	// Any origin, or all headers: what is asked without credentials is no secret.
	anyOrAll = []string{"*"}
	// A page may send any header, as its libraries for tracing do. Those are named that * does
	// not stand for (Authorization), or not in older browsers.
	allowedHeaders = []string{"Authorization, Baggage, Content-Type, If-None-Match, Traceparent, Tracestate, X-Request-Id, X-Requested-With, *"}
	preflightAge   = []string{"86400"} // seconds; browsers cap it
)

// CORS lets pages of other origins read the answers and their headers, without credentials. Where
// every origin may, the answer says so to all, whether or not they send Origin:
// then it is one answer for every cache, with no Vary.
func CORS(origins []string) echo.MiddlewareFunc {
	open := slices.Contains(origins, "*")
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			request, header := c.Request(), c.Response().Header()
			origin := request.Header.Get("Origin")
			switch {
			case open:
				header["Access-Control-Allow-Origin"] = anyOrAll
			case slices.Contains(origins, origin):
				header["Access-Control-Allow-Origin"] = []string{origin}
			}
			if !open {
				header.Add("Vary", "Origin")
			}
			header["Access-Control-Expose-Headers"] = anyOrAll
			if request.Method == http.MethodOptions && request.Header.Get("Access-Control-Request-Method") != "" {
				preflight(c)
			}
			return next(c)
		}
	}
}

// preflight says what a page may send. The router answers the request itself,
// and knows the methods of the path.
func preflight(c echo.Context) {
	header := c.Response().Header()
	if methods, ok := c.Get(echo.ContextKeyHeaderAllow).(string); ok {
		header["Access-Control-Allow-Methods"] = []string{methods}
	}
	header["Access-Control-Allow-Headers"] = allowedHeaders
	header["Access-Control-Max-Age"] = preflightAge
}

// CheckOrigins reports an origin that no browser sends.
func CheckOrigins(origins []string) error {
	for _, origin := range origins {
		u, err := url.Parse(origin)
		if origin != "*" && (err != nil || u.Scheme == "" || u.Host == "" || origin != u.Scheme+"://"+u.Host) {
			return fmt.Errorf("the CORS origin %q is none: write * or scheme and host, such as https://portal.example.com", origin)
		}
	}
	return nil
}
