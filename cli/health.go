package cli

import (
	"context"
	"errors"
	"time"

	"github.com/testedon/testedon/cli/client"
	"github.com/testedon/testedon/cli/exit"
)

// health asks a server whether it is ready. Like the server, it takes the
// address from TESTEDON_LISTEN, so that a container needs to be told once.
type health struct {
	URL     string        `name:"url" placeholder:"URL"`
	Listen  string        `default:":8080"`
	Timeout time.Duration `default:"3s"`
}

// Run asks. Whatever is not well ends with the code for a server.
func (h *health) Run(ctx context.Context, p Program) error {
	flag := "url"
	if h.URL == "" {
		flag = "listen"
		h.URL = reachable(h.Listen, "127.0.0.1").String() // a container may have no name for it
	}
	server, err := client.To(flag, h.URL, h.Timeout, p.Version)
	if err != nil {
		return err
	}
	if _, err := server.Send(ctx, client.Request{Path: "/readyz"}); err != nil {
		e := &exit.Error{Cause: err}
		errors.As(err, &e)
		return exit.With(exit.Server, e.Cause)
	}
	return p.print("ready\n")
}
