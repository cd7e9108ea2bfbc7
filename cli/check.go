package cli

import (
	"context"
	"io/fs"
	"os"
	"runtime/debug"
	"strings"

	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/seed"
)

// check asks whether an environment is tested for a release.
type check struct {
	asking

	described
	fleet

	bar
}

// fixed are the flags of check that are no kinds.
var fixed = []string{
	"product", "release", "output", "server", "timeout", "catalogue", "with", "cores", "memory", "disk", "deployment",
	"require", "file", "format", "help", "o", "h",
}

// prepare makes the kinds of the catalogue flags.
func (c *check) prepare(args []string) error { return c.described.prepare(args, &c.answering, fixed) }

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
func loadFiles(dir string) (*fact.Dataset, error) {
	dataset, err := parse(files(dir))
	if err != nil {
		return nil, &exit{exitData, inFolder(dir, err)}
	}
	return dataset, nil
}

// parse reads catalogue files. It makes some fifty times as much garbage as it
// keeps, and would take nearly twice as long if that were picked up as usual.
func parse(files fs.FS) (*fact.Dataset, error) {
	defer debug.SetGCPercent(debug.SetGCPercent(400))
	return seed.Load(files)
}

// Run asks and prints the answer. It ends with the code of a question that does
// not pass.
func (c *check) Run(ctx context.Context, p Program) error {
	env, err := c.asked()
	if err != nil {
		return err
	}
	if c.File != "" {
		return c.runFleet(ctx, p, env)
	}
	if c.Output != "text" && c.Output != "json" {
		return fact.Invalid("output", "Write text or json; or check a file of environments with --file.",
			"--output cannot be %q for one environment", c.Output)
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
