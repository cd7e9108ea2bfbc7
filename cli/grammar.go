package cli

import (
	"cmp"
	_ "embed" // for the help
	"slices"
	"strings"

	"github.com/alecthomas/kong"

	"github.com/testedon/testedon/cli/exit"
	"github.com/testedon/testedon/seed"
)

// grammar is the command line: its fields are the commands, their fields the
// flags.
type grammar struct {
	Help help `short:"h" help:"Show this help, or that of a command."`

	Check   check       `cmd:"" group:"Ask:" set:"outputs=${reports}" help:"Is an environment tested for a release?"`
	Ask     ask         `cmd:"" group:"Ask:" help:"Ask in plain words."`
	Doctor  examination `cmd:"" group:"Ask:" help:"Is this machine tested for a release?"`
	Find    find        `cmd:"" group:"Ask:" help:"Which releases is an environment tested for?"`
	Compare compare     `cmd:"" group:"Ask:" help:"What changes between two releases or days, and what breaks?"`
	Detect  recognition `cmd:"" group:"Ask:" help:"Recognise an environment in what machines print."`

	Requirements requirements  `cmd:"" group:"About a release:" help:"What does it need of the machine?"`
	Ports        ports         `cmd:"" group:"About a release:" help:"Which ports does it listen on?"`
	Changes      changes       `cmd:"" group:"About a release:" help:"What did vendors change on their pages, and when?"`
	Export       exportCommand `cmd:"" group:"About a release:" set:"outputs=${exports}" set:"output=json" help:"Write all that is stated of it, or of a product, as a file."` //nolint:staticcheck // kong takes a tag several times

	TestPlan testPlan  `cmd:"" group:"For owners of a matrix:" set:"outputs=text,json,csv,github" help:"Which environments to test a release with?"`
	Retest   retest    `cmd:"" group:"For owners of a matrix:" help:"What to test again, as its vendors end its maintenance?"`
	Coverage coverage  `cmd:"" group:"For owners of a matrix:" help:"What does the record lack?"`
	Record   recording `cmd:"" group:"For owners of a matrix:" help:"Record a test run as evidence, by its reports."`

	Init     beginning     `cmd:"" group:"Catalogues:" help:"Begin a catalogue of your own."`
	Import   importCommand `cmd:"" group:"Catalogues:" help:"Read documentation pages and propose what they change."`
	Refresh  refresh       `cmd:"" group:"Catalogues:" help:"Hold sources against clones of their repositories."`
	Seed     seeds         `cmd:"" group:"Catalogues:" help:"Add files to a catalogue, check it, compare two."`
	Snapshot publication   `cmd:"" group:"Catalogues:" help:"Write the facts as a folder for servers to follow."`

	Serve    serve     `cmd:"" group:"The service:" help:"Answer over HTTP: API, pages and what portals embed."`
	MCP      tools     `cmd:"" name:"mcp" group:"The service:" help:"Answer an assistant on the standard streams, by the Model Context Protocol."`
	Database databases `cmd:"" group:"The service:" help:"Work on the record of a server."`
	Health   health    `cmd:"" group:"The service:" help:"Ask a server whether it is ready."`

	Completion completion `cmd:"" group:"This program:" help:"Print the script that completes commands in a shell."`
	Man        man        `cmd:"" group:"This program:" help:"Print the manual page."`
	Version    version    `cmd:"" group:"This program:" help:"Tell the version."`
}

// prepare completes the grammar. Only the commands that are told an environment
// know flags that come from a catalogue, and only then is one read; to complete a line, its
// kinds alone.
func (g *grammar) prepare(args []string, options []kong.Option) error {
	line := len(args) > 1 && args[0] == completing
	if line {
		args = args[1:]
	}
	told := map[string]struct {
		*answerer
		*components
	}{
		"check": {&g.Check.answerer, &g.Check.components}, "doctor": {&g.Doctor.answerer, &g.Doctor.components},
		"find": {&g.Find.answerer, &g.Find.components}, "compare": {&g.Compare.answerer, &g.Compare.components},
		"record": {&answerer{}, &g.Record.components},
	}
	if len(args) == 0 || told[args[0]].answerer == nil {
		return nil
	}
	c := told[args[0]]
	taken, err := flagsOf(options, "check", args[0])
	if err != nil {
		return err
	}
	if dirs := catalogueFlag(args[1:]); line {
		c.dataset = seed.Outline(files(dirs...), "")
	} else if c.dataset, err = loadFiles(dirs...); err != nil {
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
	return cmp.Or(ctx.PrintUsage(false), write(ctx.Stdout, "\n"+exit.Codes+"\n"), error(errHelp))
}

// helpText has a section for each command, below a line of "# " and its name: examples, then
// after an empty line what else there is to say.
//
//go:embed help.txt
var helpText string

// parser makes the parser of the grammar, with the text of each command in its help. Examples
// are of the catalogue within the program, and not shown with another one.
func (g *grammar) parser(args []string, options []kong.Option) (*kong.Kong, error) {
	parser, err := kong.New(g, options...)
	if err != nil {
		return nil, err
	}
	for _, node := range append(parser.Model.Leaves(false), parser.Model.Node) {
		_, section, _ := strings.Cut("\n"+helpText, "\n# "+node.FullPath()+"\n")
		section, _, _ = strings.Cut(section, "\n\n# ")
		examples, more, _ := strings.Cut(section, "\n\n")
		if node.Detail = strings.TrimSpace(more); len(catalogueFlag(args)) == 0 {
			node.Detail = "Examples:\n\n  " + strings.ReplaceAll(strings.TrimSpace(examples), "\n", "\n  ") + "\n\n" + node.Detail
		}
	}
	return parser, nil
}
