package cli

import (
	"context"
	"time"

	"github.com/testedon/testedon/compat/fact"
)

// asking is what the commands that ask about a release have in common.
type asking struct {
	Product string `required:"" placeholder:"NAME" help:"The product: id, name or alias."`
	Release string `required:"" placeholder:"VERSION" help:"The release: version or alias."`

	answering
}

// answering is what all commands that ask have in common: whom they ask, and how
// they print the answer.
type answering struct {
	Output    string        `short:"o" enum:"${outputs}" default:"text" help:"Write text, or the JSON that the API answers: ${enum}."`
	Server    string        `placeholder:"URL" help:"Ask this server, in place of any catalogue here."`
	Timeout   time.Duration `default:"10s" help:"How long a server may take."`
	Catalogue string        `placeholder:"DIR" help:"Answer from the catalogue in this folder."`

	dataset *fact.Dataset // of the catalogue, where it is read already
}

// bar is what commands that judge an environment are told to let pass.
type bar struct {
	Require string `default:"tested" placeholder:"BAR" help:"What passes: tested, compatible or conditional; after a comma, exact or combination besides."`
}

// Help is shown below the line about the command.
func (*answering) Help() string { return exitCodes }

// tell asks, prints the answer, and leaves it in found.
func (a *answering) tell(ctx context.Context, p Program, r request, found answer) error {
	to, err := a.asker(p)
	if err != nil {
		return err
	}
	raw, err := to.ask(ctx, r, found)
	if err != nil {
		return err
	}
	if a.Output == "json" {
		return write(p.Stdout, string(raw))
	}
	return write(p.Stdout, plain(found.text()))
}

// asker is who answers: a server, or the API in this process.
func (a *answering) asker(p Program) (*asker, error) {
	if a.Server != "" {
		return newAsker(a.Server, a.Timeout, p)
	}
	if a.dataset == nil {
		dataset, err := loadFiles(a.Catalogue)
		if err != nil {
			return nil, err
		}
		a.dataset = dataset
	}
	return newLocalAsker(a.dataset, p)
}
