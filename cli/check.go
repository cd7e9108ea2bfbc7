package cli

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/mattn/go-isatty"

	"github.com/testedon/testedon/cli/client"
	"github.com/testedon/testedon/cli/exit"
	"github.com/testedon/testedon/cli/report"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/fleet"
	"github.com/testedon/testedon/internal/str"
)

// check asks whether an environment is tested for a release, or every one of a file.
type check struct {
	releaseArguments
	release
	components
	resources
	answerer
	bar

	From    []string `placeholder:"FILE"`
	SBOM    []string `name:"sbom" placeholder:"FILE"`
	File    string   `short:"f" placeholder:"FILE"`
	Waivers string   `placeholder:"FILE"`
	Format  string   `needs:"file" enum:"auto,csv,json,ndjson" default:"auto"`

	Limit   int    `needs:"file" placeholder:"NUMBER"`
	GroupBy string `needs:"file" enum:"${groups}" default:"finding"`
}

// resources is what an environment offers beside its components, and how the
// release is to run in it: flags, and members of a question. What is not given
// is nil; that a text is empty is for the API to tell.
type resources struct {
	Cores      *string `json:"cores,omitempty" group:"environment" placeholder:"NUMBER"`
	Memory     *string `json:"memory,omitempty" group:"environment" placeholder:"AMOUNT"`
	Disk       *string `json:"disk,omitempty" group:"environment" placeholder:"AMOUNT"`
	Deployment *string `json:"deployment,omitempty" group:"environment" placeholder:"NAME"`
}

// question is one as JSON, which the flags ask.
type question struct {
	Product     *string            `json:"product,omitempty"`
	Release     *string            `json:"release,omitempty"`
	Environment client.Environment `json:"environment"`
	Texts       []string           `json:"texts,omitempty"`
	Require     string             `json:"require,omitempty"`
	resources
}

// body writes the question. Texts can always be written.
func (q question) body() []byte {
	text, _ := json.Marshal(q)
	return text
}

// Run asks and prints the answer, or a report on those of a file.
func (c *check) Run(ctx context.Context, p Program) error {
	if file, ok := p.Stdout.(*os.File); ok && c.Output == "xlsx" && isatty.IsTerminal(file.Fd()) {
		return fact.Refuse("output", "cli.check.workbook")
	}
	env, err := c.asked()
	if err == nil && len(c.From)+len(c.SBOM) == 0 && c.File == "" { // which may name them
		err = which(afterCommand, "product", c.Product, "release", c.Release)
	}
	if err != nil {
		return err
	}
	to, err := c.client(p)
	if err != nil {
		return err
	}
	q := question{Product: &c.Product, Release: &c.Release, Environment: env, Require: c.Require, resources: c.resources}
	if err := c.read(p, &q); err != nil {
		return err
	}
	asked := q.body()
	if c.File != "" {
		return c.all(ctx, p, to, env, asked)
	}
	run, err := c.run(ctx, p, to)
	if err != nil {
		return err
	}
	found, err := to.Check(ctx, &fleet.Item{Name: c.Product + " " + c.Release, Body: asked})
	if err != nil {
		return err
	}
	return p.answer(c.Output, run, found)
}

// read reads the texts of a question, where there are any.
func (c *check) read(p Program, q *question) (err error) {
	if len(c.From)+len(c.SBOM) == 0 {
		return nil
	}
	if c.File != "" {
		return fact.Refuse("from", "cli.check.texts")
	}
	if q.Texts, err = p.texts(c.From, c.SBOM...); err != nil {
		return err
	}
	if len(q.Texts) == 0 {
		return fact.Refuse("from", "cli.check.no_text")
	}
	for _, named := range []**string{&q.Product, &q.Release} { // else the texts name it
		if **named == "" {
			*named = nil
		}
	}
	return nil
}

// run is what a report is about, with the names of products where it has any, and with what is
// accepted.
func (c *check) run(ctx context.Context, p Program, to *client.Client) (run fleet.Run, err error) {
	run = fleet.Run{Words: p.Words, Version: p.Version, Began: p.Now(), Now: p.Now, By: c.GroupBy, Limit: c.Limit}
	if c.Output == "html" || c.Output == "xlsx" || c.Output == "text" && c.File != "" {
		run.Products = to.Products(ctx)
	}
	if c.Waivers != "" {
		run.Waivers, err = c.waivers(ctx, p, to)
	}
	return run, err
}

// waivers reads the file of what is accepted on the day that is asked about.
func (c *check) waivers(ctx context.Context, p Program, to *client.Client) (*fleet.Waivers, error) {
	in, err := p.open(c.Waivers)
	if err != nil {
		return nil, unreadable("waivers", c.Waivers, err)
	}
	defer in.Close()
	today, past := fact.ParseDay(c.AsOf)
	if !past {
		today = fact.DayOf(p.Now())
	}
	accepted, err := fleet.ReadWaivers(cmp.Or(strings.TrimPrefix(c.Waivers, "-"), "stdin"), in, today)
	var told *fact.Error
	if err != nil && !errors.As(err, &told) {
		err = unreadable("waivers", c.Waivers, err)
	}
	if err == nil {
		err = to.Resolve(ctx, accepted)
	}
	return accepted, err
}

// unheld tells of waivers that do not hold, beside the report.
func (p Program) unheld(run fleet.Run) {
	for _, f := range run.Waivers.Faults(p.Words) {
		fmt.Fprintln(p.Stderr, str.Escaped(f.Where()+": "+f.Why))
	}
}

// answer prints the answer about one environment.
func (p Program) answer(output string, run fleet.Run, found *fleet.Result) error {
	text, end := report.Alone(fleet.Find(output), run, found)
	p.unheld(run)
	if output == "text" {
		return cmp.Or(p.show(text), end)
	}
	return cmp.Or(p.print(text), end)
}

// all checks every environment of the file, each of which takes from defaults what it does not say.
func (c *check) all(ctx context.Context, p Program, to *client.Client, env client.Environment, defaults []byte) error {
	if len(env) > 0 {
		return fact.Refuse("file", "cli.check.component", env[0].Kind)
	}
	from, err := openFleet(p, c.File, c.Format)
	if err != nil {
		return err
	}
	items, err := from.Items(defaults, func() ([]string, map[string]string, error) { return to.Kinds(ctx) })
	if err != nil {
		return err
	}
	run, err := c.run(ctx, p, to)
	if err != nil {
		return err
	}
	run.File = from.Name
	made := fleet.Find(c.Output).Begin(run)
	bar := newProgress(p, len(items))
	err = to.CheckAll(ctx, items, func(r *fleet.Result) {
		made.Add(r)
		bar.step()
	})
	bar.clear()
	if err != nil {
		return err
	}
	if c.Output == "text" {
		var text strings.Builder
		err = cmp.Or(made.Write(&text), p.show(text.String()))
	} else if err = made.Write(p.Stdout); err != nil {
		err = exit.With(exit.Data, fact.Unavailable("", err, "cli.output", err))
	}
	p.unheld(run)
	return cmp.Or(err, report.End(&made.Page))
}

// openFleet reads a file of environments.
func openFleet(p Program, name, format string) (s *fleet.Source, err error) {
	in, err := p.open(name)
	if err == nil {
		defer in.Close()
		s, err = fleet.Open(p.Words, name, strings.TrimPrefix(format, "auto"), in)
	}
	var told *fact.Error
	if err == nil || errors.As(err, &told) {
		return s, err
	}
	return nil, unreadable("file", name, err)
}
