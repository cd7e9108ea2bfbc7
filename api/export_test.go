package api

import (
	"net/http"
	"slices"
	"strings"
)

// Paths gives every path below /v1 that is served for GET, as the router has it.
func (s *Server) Paths() []string {
	var all []string
	for _, route := range s.echo.Routes() {
		if route.Method == http.MethodGet && strings.HasPrefix(route.Path, "/v1/") {
			all = append(all, route.Path)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// CursorText writes a cursor.
func CursorText(value, key string, before bool, scope uint64) string {
	return cursor{spot{value, key}, before}.text(fingerprint(scope))
}

// ParseCursor reads a cursor.
func ParseCursor(text string) (value, key string, before bool, scope uint64, ok bool) {
	c, bound, ok := parseCursor(text)
	return c.value, c.key, c.before, uint64(bound), ok
}
