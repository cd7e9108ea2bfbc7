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

// GETs lists the patterns of the paths at which the server answers GET, as its router
// has them.
func (s *Server) GETs() []string {
	var all []string
	for _, route := range s.echo.Routes() {
		if route.Method == http.MethodGet {
			all = append(all, route.Path)
		}
	}
	return all
}
