package cli

import (
	"github.com/alecthomas/kong"
)

// description stands above the commands in the help.
const description = `Is your environment tested? testedon tells which operating systems, JDKs,
databases and other technologies a release of a product was tested with, and
where that is written.

Every flag can be given as the environment variable beside it.

` + exitCodes

// grammar is the command line: its fields are the commands, their fields the
// flags.
type grammar struct {
	Help help `short:"h" help:"Show this help."`

	Serve serve `cmd:"" help:"Answer questions over HTTP."`

	Check        check        `cmd:"" set:"outputs=text,json,csv,junit,sarif" help:"Is an environment tested for a release? Answers from the catalogue within this program, without server and database."`
	Ask          ask          `cmd:"" help:"Ask in plain words whether an environment is tested. Answers from where check does."`
	Doctor       checkup      `cmd:"" help:"Is this machine tested for a release? Finds out what it runs, and answers from where check does."`
	Detect       recognise    `cmd:"" help:"Recognise an environment from what machines print: files of versions, commands, Dockerfiles. Answers from where check does."`
	Find         find         `cmd:"" help:"Which releases is an environment tested for? Answers from where check does."`
	Compare      compare      `cmd:"" help:"What changes from one release to another, and what does that do to an environment? Answers from where check does."`
	TestPlan     testPlan     `cmd:"" set:"outputs=text,json,csv,github" help:"Which environments to test a release with? Answers from where check does."`
	Retest       retest       `cmd:"" help:"What should be tested again, as vendors end the maintenance of what it was tested with? Answers from where check does."`
	Coverage     covering     `cmd:"" help:"What does the record lack: sources that nobody looked at for too long, statements without a day, contradictions, releases that are not here, what was never exercised? Answers from where check does."`
	Requirements requirements `cmd:"" help:"What does a release need of the machine it runs on? Answers from where check does."`
	Ports        ports        `cmd:"" help:"Which ports does a release listen on? Answers from where check does."`
	Export       exporting    `cmd:"" help:"Write everything that is stated of a release, or the whole catalogue, as a file. Answers from where check does."`

	Import  importing `cmd:"" help:"Read documentation pages and propose what they change in a catalogue."`
	Refresh refresh   `cmd:"" help:"Hold the sources of a catalogue against clones of the repositories that they are from: what still stands there, what has changed, moved or gone."`

	Seed    seeds   `cmd:"" help:"Work on the files of a catalogue."`
	Version version `cmd:"" help:"Tell the version of this program."`
	Health  health  `cmd:"" help:"Ask a server whether it is ready; for the health check of a container."`
}

// prepare completes the grammar. Only the commands that are told an environment
// know flags that come from a catalogue, and only then is one read, or for the example
// in the help of ask.
func (g *grammar) prepare(args []string) error {
	if len(args) == 0 {
		return nil
	}
	told := map[string]interface{ prepare([]string) error }{
		"check": &g.Check, "doctor": &g.Doctor, "find": &g.Find, "compare": &g.Compare, "ask": &g.Ask,
	}
	if command := told[args[0]]; command != nil {
		return command.prepare(args[1:])
	}
	return nil
}

// help is the flag that shows the help in place of everything else.
type help bool

// IgnoreDefault keeps the flag from being applied when it is not given.
func (help) IgnoreDefault() {}

// BeforeReset runs before anything about the other flags is looked at.
func (help) BeforeReset(ctx *kong.Context) error {
	if err := ctx.PrintUsage(false); err != nil {
		return err
	}
	return errHelp
}
