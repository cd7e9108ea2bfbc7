package cli

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/alecthomas/kong"
	"github.com/testedon/testedon/compat/fact"
)

// fleet are the flags that have check ask about every environment of a file.
type fleet struct {
	File   string `placeholder:"FILE" help:"Check every environment of this file; - is standard input. Then --product, --release, --require and what is offered are those of the environments that name none."`
	Format string `enum:"auto,csv,json,ndjson" default:"auto" help:"What the file is: ${enum}. By itself it goes by the name of the file."`
}

// fleetHelp is what the help says of files.
const fleetHelp = `A file of environments is a CSV with the columns product, release, require,
cores, memory, disk, deployment, name, and one for each kind of component, where
several are apart by ";"; or JSON, a list of objects with the members product,
release and environment, which has a member for each kind, alone or as "items";
or such an object on each line. What is called name
or id is repeated in the report. Beside text and json, --output can be csv, junit
or sarif. The exit code is 1 where any environment does not pass; where all
others pass it is 2 for a question that is wrong, and 5 for an unknown product
or release.

`

// Help is shown below the line about the command.
func (*check) Help() string { return fleetHelp + exitCodes }

// BeforeApply lets the product and the release be left out with a file, which may
// name them.
func (c *check) BeforeApply(ctx *kong.Context) error {
	flags := ctx.Flags()
	given := slices.ContainsFunc(flags, func(f *kong.Flag) bool { return f.Name == "file" && ctx.FlagValue(f) != "" })
	for _, f := range flags {
		if f.Name == "product" || f.Name == "release" {
			f.Required = f.Required && !given
		}
	}
	return nil
}

// runFleet checks every environment of the file and writes the report.
func (c *check) runFleet(ctx context.Context, p Program, env environment) error {
	if len(env) > 0 {
		return fact.Invalid("file", "The file names what each environment consists of.",
			"a component cannot be given with --file, and here is one of the kind %s", env[0].kind)
	}
	from, err := c.source(p)
	if err != nil {
		return err
	}
	to, err := c.asker(p)
	if err != nil {
		return err
	}
	read := fleetReader{source: from, kinds: func() ([]string, map[string]string, error) { return to.kinds(ctx) }}
	items, err := read.items(c.defaults())
	if err != nil {
		return err
	}
	report := newReport(c.Output, from.name, p)
	bar := newProgress(p.Stderr, len(items))
	err = to.askMany(ctx, items, func(r *result) {
		report.add(r)
		bar.step()
	})
	bar.clear()
	if err != nil {
		return err
	}
	if err := write(p.Stdout, report.text()); err != nil {
		return err
	}
	return report.tally.exit()
}

// defaults gives what the flags say of environments that do not say it themselves.
func (c *check) defaults() members {
	var all members
	for _, flag := range []struct {
		name  string
		value *string
	}{
		{"product", &c.Product}, {"release", &c.Release}, {"require", &c.Require},
		{"cores", c.Cores}, {"memory", c.Memory}, {"disk", c.Disk}, {"deployment", c.Deployment},
	} {
		if flag.value != nil && (*flag.value != "" || flag.name != "product" && flag.name != "release") {
			all = append(all, textMember(flag.name, *flag.value))
		}
	}
	return all
}

// maxFile is how many bytes of a file are read.
const maxFile = 64 << 20

// source is the text of a file.
type source struct {
	name   string // for reports
	format string
	text   []byte
}

// source reads the file.
func (f *fleet) source(p Program) (*source, error) {
	s := &source{name: f.File, format: f.Format}
	if f.File == "-" {
		s.name = "stdin"
	}
	if s.format == "auto" {
		s.format = formats[strings.ToLower(filepath.Ext(f.File))]
	}
	if s.format == "" {
		return nil, fact.Invalid("format", "Add --format csv, --format json or --format ndjson.", "the name %s does not tell what the file is", f.File)
	}
	in, err := f.open(p)
	if err == nil {
		defer in.Close()
		s.text, err = io.ReadAll(io.LimitReader(in, maxFile+1))
	}
	if err != nil {
		return nil, &fact.Error{Code: fact.CodeInvalid, Field: "file", Cause: err, Message: "cannot read the file: " + err.Error(),
			Hint: "Name a file that is there and may be read."}
	}
	return s, s.check()
}

// formats are the formats by the end of a name.
var formats = map[string]string{".csv": "csv", ".tsv": "csv", ".json": "json", ".ndjson": "ndjson", ".jsonl": "ndjson"}

func (f *fleet) open(p Program) (io.ReadCloser, error) {
	if f.File != "-" {
		return os.Open(f.File)
	}
	if p.Stdin == nil {
		return io.NopCloser(strings.NewReader("")), nil
	}
	return io.NopCloser(p.Stdin), nil
}
