package cli

import (
	"cmp"
	_ "embed" // for the help
	"slices"
	"strings"

	"github.com/alecthomas/kong"

	"github.com/testedon/testedon/doctor"
	"github.com/testedon/testedon/internal/str"
	"github.com/testedon/testedon/message"
	"github.com/testedon/testedon/seed"
)

// grammar is the command line: its fields are the commands, their fields the
// flags.
type grammar struct {
	Help help `short:"h"`

	Check   check       `cmd:"" group:"ask" set:"outputs=${reports}"`
	Ask     ask         `cmd:"" group:"ask"`
	Doctor  examination `cmd:"" group:"ask"`
	Find    find        `cmd:"" group:"ask"`
	Compare compare     `cmd:"" group:"ask"`
	Detect  recognition `cmd:"" group:"ask"`

	Requirements requirements  `cmd:"" group:"release"`
	Ports        ports         `cmd:"" group:"release"`
	Changes      changes       `cmd:"" group:"release"`
	Export       exportCommand `cmd:"" group:"release" set:"outputs=${exports}" set:"output=json"` //nolint:staticcheck // kong takes a tag several times

	TestPlan testPlan  `cmd:"" group:"matrix" set:"outputs=text,json,csv,github"`
	Retest   retest    `cmd:"" group:"matrix"`
	Coverage coverage  `cmd:"" group:"matrix"`
	Record   recording `cmd:"" group:"matrix"`

	Init     beginning     `cmd:"" group:"catalogues"`
	Import   importCommand `cmd:"" group:"catalogues"`
	Refresh  refresh       `cmd:"" group:"catalogues"`
	Seed     seeds         `cmd:"" group:"catalogues"`
	Snapshot publication   `cmd:"" group:"catalogues"`

	Serve    serve     `cmd:"" group:"service"`
	MCP      tools     `cmd:"" name:"mcp" group:"service"`
	Database databases `cmd:"" group:"service"`
	Health   health    `cmd:"" group:"service"`

	Completion completion `cmd:"" group:"program"`
	Man        man        `cmd:"" group:"program"`
	Version    version    `cmd:"" group:"program"`
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
func (help) BeforeReset(ctx *kong.Context, p Program) error {
	return cmp.Or(ctx.PrintUsage(false), write(ctx.Stdout, "\n"+p.Words.Text("help.codes")+"\n"), error(errHelp))
}

// helpText has a section for each command, below a line of "# " and its name: examples, then
// after an empty line what else there is to say.
//
//go:embed help.txt
var helpText string

// parser makes the parser of the grammar, with the text of each command in its help. Examples
// are of the catalogue within the program, and not shown with another one.
func (g *grammar) parser(p Program, options []kong.Option) (*kong.Kong, error) {
	parser, err := kong.New(g, options...)
	if err != nil {
		return nil, err
	}
	_ = kong.Visit(parser.Model.Node, func(node kong.Visitable, next kong.Next) error {
		if command, ok := node.(*kong.Node); ok {
			describe(p.Words, command)
		}
		return next(nil)
	})
	for _, node := range append(parser.Model.Leaves(false), parser.Model.Node) {
		_, section, _ := strings.Cut("\n"+helpText, "\n# "+node.FullPath()+"\n")
		section, _, _ = strings.Cut(section, "\n\n# ")
		examples, more, _ := strings.Cut(section, "\n\n")
		if node.Detail = strings.TrimSpace(more); len(catalogueFlag(p.Args)) == 0 {
			node.Detail = p.Words.Text("help.examples") + "\n\n  " + strings.ReplaceAll(strings.TrimSpace(examples), "\n", "\n  ") + "\n\n" + node.Detail
		}
	}
	return parser, nil
}

// describe gives a command, its flags and its arguments their help: the message of their place,
// or else the one of all commands that have a flag or an argument of that name.
func describe(words *message.Language, n *kong.Node) {
	_, path, _ := strings.Cut(n.FullPath(), " ")
	path = str.Join(".", "help", strings.ReplaceAll(path, " ", "."))
	_, databases := doctor.Databases()
	about := func(name, enum string) string {
		id := path + "." + name
		if message.Find(id) == 0 {
			id = "help." + name
		}
		return words.Text(id, enum, databases)
	}
	titled := func(g *kong.Group) {
		if g != nil {
			g.Title = words.Text("help.group." + g.Key)
		}
	}
	n.Help = words.Text(path)
	titled(n.Group)
	for _, a := range n.Positional {
		a.Help = about("<"+a.Name+">", a.Enum)
	}
	for _, f := range n.Flags {
		titled(f.Group)
		if kind := f.Tag.Get("kind"); kind != "" {
			f.Help = words.Text("help.kind", kind, f.Tag.Get("example"), str.With("--", strings.Join(f.Aliases[:min(len(f.Aliases), mostNames-1)], ", --")))
		} else {
			f.Help = about("--"+f.Name, f.Enum)
		}
	}
}
