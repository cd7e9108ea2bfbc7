package cli

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/testedon/testedon/cli/exit"
	"github.com/testedon/testedon/mcp"
)

// tools is the command mcp.
type tools struct {
	Server    string        `placeholder:"URL" help:"Ask this server."`
	Timeout   time.Duration `default:"10s" help:"How long a server may take."`
	Catalogue []string      `without:"server" placeholder:"DIR" help:"Answer from the catalogue in this folder; embedded is the one within this program. May repeat."`
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
	return exit.With(exit.Usage, fmt.Errorf("the conversation ended: %w", err))
}
