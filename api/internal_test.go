package api

import "net/http"

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
