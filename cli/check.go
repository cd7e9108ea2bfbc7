package cli

import (
	"context"
	"io"
	"io/fs"
	"os"
	"strings"
	"time"

	"github.com/alecthomas/kong"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/seed"
)

// check asks whether an environment is tested for a release.
type check struct {
	Product string `required:"" placeholder:"NAME" help:"The product: id, name or alias."`
	Release string `required:"" placeholder:"VERSION" help:"The release: version or alias."`

	Kinds kong.Plugins `embed:""`
	With  []string     `placeholder:"KIND=TEXT" sep:"none" help:"A component of any kind, where it has no flag of its own. Like the flags of the kinds, it may repeat."`

	Require string        `default:"tested" placeholder:"BAR" help:"What passes: tested, compatible or conditional; after a comma, exact or combination besides."`
	Output  string        `short:"o" enum:"text,json" default:"text" help:"Write text, or the JSON that the API answers: text or json."`
	Server  string        `placeholder:"URL" help:"Ask this server, in place of any catalogue here."`
	Timeout time.Duration `default:"10s" help:"How long a server may take."`

	Catalogue string `placeholder:"DIR" help:"Answer from the catalogue in this folder."`

	kinds   *kindFlags
	dataset *compat.Dataset
}

// Help is shown below the line about the command.
func (*check) Help() string { return exitCodes }

// fixed are the flags of check that are no kinds.
var fixed = []string{"product", "release", "with", "require", "output", "server", "timeout", "catalogue", "help", "o", "h"}

// prepare reads the catalogue, whose kinds are flags of the command, before the
// command line can be parsed.
func (c *check) prepare(args []string) error {
	dataset, err := loadFiles(catalogueFlag(args))
	if err != nil {
		return err
	}
	c.dataset = dataset
	c.kinds = newKindFlags(dataset.Kinds, fixed)
	c.Kinds = c.kinds.plugins()
	return nil
}

// catalogueFlag finds the folder of the catalogue on a command line that cannot
// be parsed yet.
func catalogueFlag(args []string) string {
	const flag = "--catalogue"
	dir := os.Getenv("TESTEDON_CATALOGUE")
	for i, arg := range args {
		if value, ok := strings.CutPrefix(arg, flag+"="); ok {
			dir = value
		} else if arg == flag && i+1 < len(args) {
			dir = args[i+1]
		}
	}
	return dir
}

// files gives the catalogue in a folder; the one within the program where none
// is named.
func files(dir string) fs.FS {
	if dir == "" {
		return seed.Embedded()
	}
	return os.DirFS(dir)
}

// loadFiles reads a catalogue folder, or the one within the program.
func loadFiles(dir string) (*compat.Dataset, error) {
	dataset, err := seed.Load(files(dir))
	if err != nil {
		return nil, &exit{exitData, inFolder(dir, err)}
	}
	return dataset, nil
}

// Run asks and prints the answer. It ends with the code of a question that does
// not pass.
func (c *check) Run(ctx context.Context, p Program) error {
	env := c.kinds.asked()
	if err := env.addPairs(c.With); err != nil {
		return err
	}
	q := question{Product: c.Product, Release: c.Release, Environment: env, Require: c.Require}
	to, err := c.asker(p)
	if err != nil {
		return err
	}
	answer, err := to.ask(ctx, q)
	if err != nil {
		return err
	}
	if err := c.print(p.Stdout, answer); err != nil {
		return err
	}
	if !answer.Pass {
		return &exit{code: exitFail}
	}
	return nil
}

// asker is who answers: a server, or the API in this process.
func (c *check) asker(p Program) (*asker, error) {
	if c.Server != "" {
		return newAsker(c.Server, c.Timeout, p)
	}
	return newLocalAsker(c.dataset, p)
}

func (c *check) print(w io.Writer, a *answer) error {
	if c.Output == "json" {
		return write(w, string(a.raw))
	}
	return write(w, a.text())
}
