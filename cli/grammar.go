package cli

import (
	"errors"
	"slices"

	"github.com/alecthomas/kong"

	"github.com/testedon/testedon/cli/exit"
)

// description stands above the commands in the help.
const description = `Is your environment tested? testedon tells which operating systems, JDKs,
databases and other technologies a release of a product was tested with, and
where that is written.

Answers come from the catalogue within this program, without server and
database, unless --server or --catalogue name another one. Every flag can be
given as the environment variable beside it.`

// grammar is the command line: its fields are the commands, their fields the
// flags.
type grammar struct {
	Help help `short:"h" help:"Show this help."`

	Serve serve `cmd:"" help:"Answer questions over HTTP."`

	Check        check         `cmd:"" set:"outputs=${reports}" help:"Is an environment tested for a release?"`
	Ask          ask           `cmd:"" help:"Ask in plain words whether an environment is tested."`
	Doctor       examination   `cmd:"" help:"Is this machine tested for a release? Finds out what it runs."`
	Detect       recognition   `cmd:"" help:"Recognise an environment from what machines print: files of versions, commands, Dockerfiles."`
	Find         find          `cmd:"" help:"Which releases is an environment tested for?"`
	Compare      compare       `cmd:"" help:"What changes from one release or day to another, and what does that do to an environment?"`
	Changes      changes       `cmd:"" help:"What did vendors add to their pages, withdraw, narrow or widen, and when?"`
	TestPlan     testPlan      `cmd:"" set:"outputs=text,json,csv,github" help:"Which environments to test a release with?"`
	Retest       retest        `cmd:"" help:"What should be tested again, as vendors end the maintenance of what it was tested with?"`
	Coverage     coverage      `cmd:"" help:"What does the record lack: sources that nobody looked at for too long, statements without a day, contradictions, releases that are not here, what was never exercised?"`
	Requirements requirements  `cmd:"" help:"What does a release need of the machine it runs on?"`
	Ports        ports         `cmd:"" help:"Which ports does a release listen on?"`
	Export       exportCommand `cmd:"" set:"outputs=${exports}" set:"output=json" help:"Write everything that is stated of a release or a product, or the whole catalogue, as a file."` //nolint:staticcheck // kong takes a tag several times

	Snapshot publication `cmd:"" help:"Write the facts as a folder that any static host can serve, for servers to follow."`

	Init    beginning     `cmd:"" help:"Begin a catalogue of your own: a folder with one product, that builds on what this program knows of technologies."`
	Import  importCommand `cmd:"" help:"Read documentation pages and propose what they change in a catalogue."`
	Refresh refresh       `cmd:"" help:"Hold the sources of a catalogue against clones of the repositories that they are from: what still stands there, what has changed, moved or gone."`

	Record   recording `cmd:"" help:"Record a test run as evidence: reads its reports and what it ran on."`
	Database databases `cmd:"" help:"Work on the record of a server."`

	Seed    seeds   `cmd:"" help:"Work on the files of a catalogue."`
	Version version `cmd:"" help:"Tell the version of this program."`
	Health  health  `cmd:"" help:"Ask a server whether it is ready; for the health check of a container."`
}

// prepare completes the grammar. Only the commands that are told an environment
// know flags that come from a catalogue, and only then is one read, or for the example
// in the help of ask.
func (g *grammar) prepare(args []string, options []kong.Option) error {
	if len(args) == 0 {
		return nil
	}
	told := map[string]struct {
		*answerer
		*components
	}{
		"check": {&g.Check.answerer, &g.Check.components}, "doctor": {&g.Doctor.answerer, &g.Doctor.components},
		"find": {&g.Find.answerer, &g.Find.components}, "compare": {&g.Compare.answerer, &g.Compare.components},
	}
	c, ok := told[args[0]]
	if args[0] == "record" {
		c.answerer, c.components, ok = &answerer{}, &g.Record.components, true
	}
	if !ok {
		if args[0] == "ask" {
			g.Ask.prepare(args[1:])
		}
		return nil
	}
	taken, err := flagsOf(options, "check", args[0])
	if err != nil {
		return err
	}
	if c.dataset, err = loadFiles(catalogueFlag(args[1:])...); err != nil {
		return err
	}
	c.prepare(c.dataset.Kinds, taken)
	return nil
}

// flagsOf names all flags of commands that are the same with any catalogue. A kind has no
// such name, nor one of check, so that it has the same flags everywhere.
func flagsOf(options []kong.Option, commands ...string) (names []string, err error) {
	parser, err := kong.New(&grammar{}, options...)
	if err != nil {
		return nil, err
	}
	for _, command := range parser.Model.Children {
		if !slices.Contains(commands, command.Name) {
			continue
		}
		for _, flag := range slices.Concat(command.AllFlags(false)...) {
			names = append(append(names, flag.Name, string(flag.Short)), flag.Aliases...)
		}
	}
	return names, nil
}

// help is the flag that shows the help in place of everything else.
type help bool

// IgnoreDefault keeps the flag from being applied when it is not given.
func (help) IgnoreDefault() {}

// BeforeReset runs before anything about the other flags is looked at.
func (help) BeforeReset(ctx *kong.Context) error {
	err := errors.Join(ctx.PrintUsage(false), write(ctx.Stdout, "\n"+exit.Codes+"\n"))
	if err != nil {
		return err
	}
	return errHelp
}
