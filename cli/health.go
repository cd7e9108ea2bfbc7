package cli

import (
	"context"
	"errors"
	"net/http"
	"time"
)

// health asks a server whether it is ready. Like the server, it takes the
// address from TESTEDON_LISTEN, so that a container needs to be told once.
type health struct {
	URL     string        `name:"url" placeholder:"URL" help:"Ask this server, in place of the one that listens here."`
	Listen  string        `default:":8080" help:"Address that the server listens on, as in serve."`
	Timeout time.Duration `default:"3s" help:"How long the server may take."`
}

// Run asks. Whatever is not well ends with the code for a server.
func (h *health) Run(ctx context.Context, p Program) error {
	if h.URL == "" {
		h.URL = reachable(h.Listen, "127.0.0.1").String() // a container may have no name for it
	}
	server, err := newAsker(h.URL, h.Timeout, p)
	if err != nil {
		return err
	}
	if _, err := server.send(ctx, request{method: http.MethodGet, path: "/readyz"}); err != nil {
		e := &exit{cause: err}
		errors.As(err, &e)
		return &exit{exitServer, e.cause}
	}
	return write(p.Stdout, "ready\n")
}
