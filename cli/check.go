package cli

import (
	"context"
	"io/fs"
	"os"
	"strings"

	"github.com/alecthomas/kong"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/seed"
)

// check asks whether an environment is tested for a release.
type check struct {
	asking

	Kinds kong.Plugins `embed:""`
	With  []string     `placeholder:"KIND=TEXT" sep:"none" help:"A component of any kind, where it has no flag of its own. Like the flags of the kinds, it may repeat."`
	resources

	Require string `default:"tested" placeholder:"BAR" help:"What passes: tested, compatible or conditional; after a comma, exact or combination besides."`

	kinds *kindFlags
}

// fixed are the flags of check that are no kinds.
var fixed = []string{
	"product", "release", "output", "server", "timeout", "catalogue", "with", "cores", "memory", "disk", "deployment",
	"require", "help", "o", "h",
}

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
	r, err := question{c.Product, c.Release, env, c.Require, c.resources}.request()
	if err != nil {
		return err
	}
	var found checked
	if err := c.tell(ctx, p, r, &found); err != nil {
		return err
	}
	if !found.Pass {
		return &exit{code: exitFail}
	}
	return nil
}
