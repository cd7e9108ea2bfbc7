package api

import (
	"bytes"
	"context"
	"io"
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/testedon/testedon/api/wire"
)

// toolsPath is where the tools of the options are.
const toolsPath = "/mcp"

// serveTools serves the tools of the options. Their bodies are read as those of all requests
// are, and what they ask the API is counted as a request of its own.
func (s *Server) serveTools() error {
	if s.options.Tools == nil {
		return nil
	}
	tools, err := s.options.Tools(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.echo.ServeHTTP(w, r.WithContext(within{r.Context()})) //nolint:contextcheck // it ends with that of the request
	}))
	if err != nil {
		return err
	}
	s.echo.POST(toolsPath, func(c echo.Context) error {
		request := c.Request()
		err := s.limits.Outside(c, func() error {
			_, body, err := wire.ReadTyped(c, s.options.BodyLimit, wire.MediaJSON)
			request.Body = io.NopCloser(bytes.NewReader(body))
			return err
		})
		if err == nil {
			tools.ServeHTTP(c.Response(), request)
		}
		return err
	})
	return nil
}

// within is the context of a request that is made to answer another: it ends with that one,
// and is on no connection of its own.
type within struct{ context.Context }

// Value gives nothing.
func (within) Value(any) any { return nil }
