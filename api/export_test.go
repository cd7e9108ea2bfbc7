package api

import (
	"io"
	"math/rand/v2"
	"net/http"
	"slices"
	"strconv"
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

// Flood has n different answers of so many bytes kept, in which nothing repeats, with headers of
// so many kinds, where all may take so much room. It gives how many are found again, how many bytes these take, and how
// many are counted.
func Flood(n, length, kinds int, room int64) (found int, bytes, counted int64) {
	all := newKept(nil, room)
	ask := func(i int) asking { return asking{query: strconv.Itoa(i), host: "x"} }
	noise := rand.NewChaCha8([32]byte{})
	for i := range n {
		c := &copied{header: http.Header{"Etag": {strconv.Itoa(i)}, "Vary": {strconv.Itoa(i % kinds)}}}
		_, _ = io.CopyN(&c.body, noise, int64(length))
		all.keep(ask(i), all.answers.Hash(ask(i)), c)
	}
	for i := range n {
		if a, ok := all.answers.Find(ask(i), all.answers.Hash(ask(i))); ok {
			found, bytes = found+1, bytes+a.bytes
		}
	}
	return found, bytes, all.bytes.Load()
}
