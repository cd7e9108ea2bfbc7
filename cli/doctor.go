package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/doctor"
)

// checkup asks whether the machine the program runs on is tested for a release.
// It is the command doctor.
type checkup struct {
	asking
	described

	bar
	DB      string   `name:"db" placeholder:"URL" help:"Ask this database for its version: postgresql://USER@HOST:PORT/DATABASE, mysql:// or mariadb://, or a JDBC URL of them. The password is taken from TESTEDON_DB_PASSWORD in the environment."`
	Without []string `placeholder:"KIND" help:"Leave out this kind of what can be found, such as arch. May repeat."`
}

// Help is shown below the line about the command.
func (*checkup) Help() string {
	return exitCodes + `

The operating system, the architecture and Java are looked for on this
machine; --timeout is for each command and for the database, too. What a flag
tells is not looked for. A database that cannot be asked ends with 3.`
}

// fixedInDoctor are the flags of doctor that are no kinds.
var fixedInDoctor = slices.Concat(fixed, []string{"db", "without"})

// prepare makes the kinds of the catalogue flags.
func (c *checkup) prepare(args []string) error {
	return c.described.prepare(args, &c.answering, fixedInDoctor)
}

// Run examines the machine, asks, and prints what was found and the answer. It
// ends with the code of check.
func (c *checkup) Run(ctx context.Context, p Program) error {
	told, err := c.asked()
	if err != nil {
		return err
	}
	facts := &catalogue{}
	if err := facts.take(c.dataset); err != nil {
		return err
	}
	found, err := c.examine(ctx, p, facts.Matrix(), told)
	if err != nil {
		return err
	}
	answer, raw, err := c.ask(ctx, p, facts, found)
	if err != nil {
		return err
	}
	if err := c.print(p, found, answer, raw); err != nil {
		return err
	}
	if !answer.Pass {
		return &exit{code: exitFail}
	}
	return nil
}

// examine finds out what the machine runs besides what is told.
func (c *checkup) examine(ctx context.Context, p Program, m *compat.Matrix, told environment) (*doctor.Report, error) {
	o := doctor.Options{Without: c.Without, Database: c.DB, Limit: c.Timeout}
	for _, a := range told {
		for _, text := range a.texts {
			o.Given = append(o.Given, compat.Asked{Kind: a.kind, Text: text})
		}
	}
	machine := p.Machine
	if machine == nil {
		machine = doctor.Here()
	}
	found, err := doctor.Examine(ctx, machine, m, o)
	var known *fact.Error
	if errors.As(err, &known) && known.Code == fact.CodeUnavailable {
		return nil, &exit{exitServer, err}
	}
	if err == nil && len(found.Facts) == 0 {
		return nil, fact.Invalid("", "Tell what it runs: --"+strings.Join(c.kinds.names[:min(len(c.kinds.names), 3)], ", --")+".", "nothing on this machine was recognised:\n%s", reasons(found))
	}
	return found, err
}

// reasons tells what was not found, a line for each.
func reasons(found *doctor.Report) string {
	lines := make([]string, len(found.Missing))
	for i, m := range found.Missing {
		lines[i] = "  " + missing(m)
	}
	return strings.Join(lines, "\n")
}

// ask asks about the facts, and about what is there and not known, and gives the answer and how it came.
func (c *checkup) ask(ctx context.Context, p Program, facts *catalogue, found *doctor.Report) (*checked, []byte, error) {
	var env environment
	for _, f := range found.Facts {
		env.add(f.Asked.Kind, f.Asked.Text)
	}
	for _, a := range found.Unknown {
		env.add(a.Kind, a.Text)
	}
	r, err := question{Product: c.Product, Release: c.Release, Environment: env, Require: c.Require, resources: c.resources}.request()
	if err != nil {
		return nil, nil, err
	}
	to, err := c.whom(facts, p)
	if err != nil {
		return nil, nil, err
	}
	answer := &checked{}
	raw, err := to.ask(ctx, r, answer)
	return answer, raw, err
}

// whom gives who answers: a server, or the API here, about the facts that the
// machine was examined with.
func (c *checkup) whom(facts *catalogue, p Program) (*asker, error) {
	if c.Server != "" {
		return newAsker(c.Server, c.Timeout, p)
	}
	return askerOf(facts, p)
}

// print prints the facts, then the answer as check does.
func (c *checkup) print(p Program, found *doctor.Report, answer *checked, raw []byte) error {
	if c.Output == "json" {
		var b bytes.Buffer
		to := json.NewEncoder(&b)
		to.SetEscapeHTML(false) // so that the answer stays as it came
		if err := to.Encode(struct {
			*doctor.Report
			Answer json.RawMessage `json:"answer"`
		}{found, raw}); err != nil {
			return err
		}
		return write(p.Stdout, b.String())
	}
	var b strings.Builder
	writeTable(&b, "Found", found.Facts, factCells)
	writeList(&b, "Not found", found.Missing, missing)
	return write(p.Stdout, plain(strings.TrimPrefix(b.String(), "\n")+"\n"+answer.text()))
}

// factCells is the row of one fact.
func factCells(f doctor.Fact) []string {
	return []string{f.Kind, list(" ", f.Technology, f.Version), f.From, f.Text}
}

func missing(m doctor.Missing) string { return m.Kind + ": " + m.Reason }
