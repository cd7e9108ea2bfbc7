package cli

import (
	"context"
	"errors"
	"time"

	"github.com/testedon/testedon/cli/exit"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/mcp"
)

// tools is the command mcp.
type tools struct {
	Server    string        `placeholder:"URL"`
	Timeout   time.Duration `default:"10s"`
	Catalogue []string      `without:"server" placeholder:"DIR"`
}

// Run answers on the standard streams until the input ends.
func (t *tools) Run(ctx context.Context, p Program) error {
	to, err := (&answerer{Server: t.Server, Timeout: t.Timeout, Catalogue: t.Catalogue}).client(p)
	if err != nil {
		return err
	}
	err = mcp.New(to, p.Version).Stream(ctx, p.Stdin, p.Stdout)
	if err == nil || errors.Is(err, context.Canceled) {
		return nil
	}
	return exit.With(exit.Usage, fact.Refuse("", "cli.mcp.ended", err))
}
