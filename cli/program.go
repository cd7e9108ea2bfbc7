package cli

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"github.com/alecthomas/kong"

	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/cli/exit"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/doctor"
	"github.com/testedon/testedon/export"
	"github.com/testedon/testedon/fleet"
	"github.com/testedon/testedon/internal/str"
	"github.com/testedon/testedon/message"
)

// Program is one run of testedon.
type Program struct {
	Args   []string  // without the name of the program
	Stdin  io.Reader // for what a command is told to read from there; nil means nothing
	Stdout io.Writer // for what was asked
	Stderr io.Writer // for logs and complaints

	Words   *message.Language // that people are told in; nil is English
	Machine doctor.Machine    // that doctor examines; nil means the one the program runs on

	Now     func() time.Time // dates revisions, and tells the day on which answers say what is maintained; nil means time.Now
	Version string           // of the build; empty for that of the build info
	Commit  string           // the build was made from; empty for that of the build info
}

// Run does what the arguments say and gives the exit code. It ends early when
// ctx does.
func (p Program) Run(ctx context.Context) int {
	return p.end(p.run(ctx))
}

func (p Program) run(ctx context.Context) (err error) {
	told := wantJSON().MatchString(strings.Join(p.Args, " ")) // as far as can be seen before the line is read
	defer func() {
		if value := recover(); value != nil {
			err = crashed(value, debug.Stack(), p.Stderr)
		}
		if told {
			err = cmp.Or(p.told(err), err)
		}
	}()
	if len(p.Args) > 0 && p.Args[0] == "help" {
		p.Args = append(slices.Clone(p.Args[1:]), "--help")
	} else if len(p.Args) == 1 && p.Args[0] == "--version" {
		p.Args = []string{"version"}
	}
	if err := readable(p.Args); err != nil {
		return err
	}
	forgetEmpty()
	var g grammar
	options := p.options(ctx)
	if err := g.prepare(p.Args, options); err != nil {
		return err
	}
	parser, err := g.parser(p, options)
	if err != nil {
		return err
	}
	if len(p.Args) > 1 && p.Args[0] == completing {
		return p.complete(parser.Model, p.Args[1:])
	}
	selected, err := parser.Parse(p.Args)
	if errors.Is(err, errHelp) {
		return nil
	}
	if err != nil {
		return err
	}
	for _, f := range selected.Flags() {
		if f.Name == "output" {
			told = f.Target.String() == "json"
		}
	}
	if err = settle(selected); err != nil {
		return err
	}
	return selected.Run()
}

// wantJSON finds the flag that asks for JSON on a command line.
var wantJSON = str.Regexp(`(^| )(-o[ =]?|--output[ =])json( |$)`)

// variables is what the names of our environment variables begin with.
const variables = "TESTEDON"

// forgetEmpty makes a variable that is empty count for nothing: files that list
// every variable leave those empty that are not wanted.
func forgetEmpty() {
	for _, pair := range os.Environ() {
		if name, value, _ := strings.Cut(pair, "="); value == "" && strings.HasPrefix(name, variables+"_") {
			_ = os.Unsetenv(name) // a name that is there can be taken away
		}
	}
}

func (p Program) options(ctx context.Context) []kong.Option {
	exports := strings.Join(wire.Each(export.Formats, func(f export.Format) string { return f.Name }), ",")
	return []kong.Option{
		kong.Name("testedon"),
		kong.DefaultEnvars(variables),
		kong.Vars{
			"words":   strings.ReplaceAll(fact.Members(fact.Vouching), " ", ""),
			"outputs": "text,json", "output": "text", // unless a command has others
			"reports": fleet.Names(), "groups": fleet.GroupBys, "exports": "json," + exports + "," + strings.Join(lifecycleFormats, ","),
		},
		kong.NoDefaultHelp(),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, NoExpandSubcommands: true}),
		kong.ValueFormatter(func(v *kong.Value) string { return v.Help }), // the variables are told once, above
		kong.Writers(p.Stdout, p.Stderr),
		kong.BindTo(ctx, (*context.Context)(nil)),
		kong.Bind(p.completed()),
	}
}

// completed fills in what the caller leaves out.
func (p Program) completed() Program {
	if p.Now == nil {
		p.Now = time.Now
	}
	if p.Stdin == nil {
		p.Stdin = strings.NewReader("")
	}
	if p.Machine == nil {
		p.Machine = doctor.Here()
	}
	info, ok := debug.ReadBuildInfo()
	if p.Version == "" && ok {
		p.Version = info.Main.Version
	}
	for i := 0; ok && p.Commit == "" && i < len(info.Settings); i++ {
		if info.Settings[i].Key == "vcs.revision" {
			p.Commit = info.Settings[i].Value
		}
	}
	return p
}

// open opens a file, or standard input for "-".
func (p Program) open(name string) (io.ReadCloser, error) {
	if name == "-" {
		return io.NopCloser(p.Stdin), nil
	}
	return os.Open(name) //nolint:gosec // it is the caller who names the file
}

// unreadable is the error for a file that a flag or an argument names and that cannot be read.
func unreadable(field, name string, err error) error {
	return fact.Refuse(field, "cli.file", name, exit.Reason(err))
}

// say is the text of a message.
func (p Program) say(id string, values ...any) string { return p.Words.Say(message.Of(id, values...)) }

// print prints what a command has to say.
func (p Program) print(text string) error {
	if _, ok := p.terminal(); ok { // which names must not steer
		text = str.Escaped(text)
	}
	return write(p.Stdout, text)
}

// tell prints a value as one line of JSON, or the text about it.
func (p Program) tell(output string, value any, text string) error {
	if output != "json" {
		return p.show(str.Escaped(text))
	}
	var b strings.Builder
	to := json.NewEncoder(&b)
	to.SetEscapeHTML(false)
	return errors.Join(to.Encode(value), p.print(b.String()))
}
