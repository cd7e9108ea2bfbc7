package api

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/labstack/echo/v4"
)

// toCanonical leads a request for which nothing is served to the path that is meant, and
// reports whether it did: the one that differs in slashes, or in the case of its fixed parts,
// alone. Method and query stay as they are; a preflight is let through. Only what went wrong is
// looked at, so that no answer waits for it.
func toCanonical(c echo.Context, noRoute bool) bool {
	request := c.Request()
	path := request.URL.EscapedPath()
	doubled := strings.Contains(path, "//") || strings.HasSuffix(path, "/")
	if c.Response().Committed || !noRoute && !doubled {
		return false
	}
	to := canonicalPath(c.Echo().Routes(), path)
	if to == "" || to == path {
		return false
	}
	if request.Method == http.MethodOptions && request.Header.Get("Access-Control-Request-Method") != "" {
		// A browser follows no redirect before it may ask, and follows one then.
		c.Response().Header()["Access-Control-Allow-Methods"] = []string{"OPTIONS, GET, HEAD, POST"}
		return c.NoContent(http.StatusNoContent) == nil
	}
	// What was sent: handlers take parameters out of the query that they have read.
	if _, query, asked := strings.Cut(request.RequestURI, "?"); asked {
		to += "?" + query
	}
	return c.Redirect(http.StatusPermanentRedirect, to) == nil
}

// canonicalPath writes an escaped path as the route does that it matches; empty where it
// matches none. It begins with one slash and a fixed part of a route, so that it never leads
// to another host, and written so again it is the same.
func canonicalPath(routes []*echo.Route, path string) string {
	split := func(path string) []string { return strings.FieldsFunc(path, func(r rune) bool { return r == '/' }) }
	parts := split(path)
	for _, part := range parts {
		if plain, err := url.PathUnescape(part); err != nil || plain == "." || plain == ".." { // which clients take out
			return ""
		}
	}
	best, most := "", -1
	for _, route := range routes {
		pattern, fixed := split(route.Path), 0
		matches := len(pattern) == len(parts)
		for i := 0; matches && i < len(pattern); i++ {
			switch {
			case i > 0 && pattern[i][0] == ':':
				pattern[i] = parts[i]
			case strings.EqualFold(pattern[i], parts[i]):
				fixed++
			default:
				matches = false
			}
		}
		if matches && fixed > most {
			best, most = "/"+strings.Join(pattern, "/"), fixed
		}
	}
	return best
}
