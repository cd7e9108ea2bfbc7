package cli

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"strings"

	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/cli/client"
	"github.com/testedon/testedon/cli/exit"
	"github.com/testedon/testedon/cli/report"
	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/doctor"
	"github.com/testedon/testedon/fleet"
	"github.com/testedon/testedon/internal/str"
)

// examination asks whether the machine the program runs on is tested for a release.
// It is the command doctor.
type examination struct {
	releaseArguments
	release
	components
	resources
	answerer
	bar
	DB      string   `name:"db" placeholder:"URL"`
	Without []string `placeholder:"KIND" values:"kind"`
}

// Run examines the machine, asks, and prints what was found and the answer. It
// ends with the code of check.
func (e *examination) Run(ctx context.Context, p Program) error {
	told, err := e.asked()
	if err != nil {
		return err
	}
	m, err := e.matrix(p)
	if err != nil {
		return err
	}
	found, err := e.examine(ctx, p, m, told)
	if err != nil {
		return err
	}
	to, err := e.client(p)
	if err != nil {
		return err
	}
	var env client.Environment
	for _, f := range found.Facts {
		env.Add(f.Asked.Kind, f.Asked.Text)
	}
	for _, a := range found.Unknown { // what is there and not known, which no answer may pass over
		env.Add(a.Kind, a.Text)
	}
	answer, err := to.Check(ctx, &fleet.Item{Body: question{Product: &found.Product, Release: &found.Release, Environment: env, Require: e.Require, resources: e.resources}.body()})
	if err != nil {
		return err
	}
	text, end := report.Alone(fleet.Find(e.Output), fleet.Run{Words: p.Words}, answer)
	if answer.Problem != nil {
		return end
	}
	return cmp.Or(e.print(p, m, found, text), end)
}

// examine finds out what the machine runs besides what is told.
func (e *examination) examine(ctx context.Context, p Program, m *compat.Matrix, told client.Environment) (*doctor.Report, error) {
	o := doctor.Options{Installed: true, Product: e.Product, Release: e.Release, Without: e.Without, Database: e.DB, Limit: e.Timeout}
	for _, a := range told {
		for _, text := range a.Texts {
			o.Given = append(o.Given, compat.Asked{Kind: a.Kind, Text: text})
		}
	}
	found, err := doctor.Examine(ctx, p.Machine, m, o)
	var known *fact.Error
	if errors.As(err, &known) && known.Code == fact.CodeUnavailable {
		return nil, exit.With(exit.Server, err)
	}
	if err == nil && len(found.Facts) == 0 {
		reasons := wire.Each(found.Missing, func(m doctor.Missing) string { return "  " + missing(m) })
		return nil, fact.Refuse("", "cli.doctor.nothing", strings.Join(reasons, "\n"), strings.Join(e.names[:min(len(e.names), 3)], ", --"))
	}
	return found, err
}

// print prints the facts, then the answer as check does.
func (e *examination) print(p Program, m *compat.Matrix, found *doctor.Report, answer string) error {
	t := report.Text{Words: p.Words}
	if i := found.Installation; i != nil {
		rows := [][]string{{"product", str.Join(" ", i.Product, i.Release), i.From, i.Text}}
		for _, driver := range i.Drivers {
			rows = append(rows, []string{"driver", driver, "", t.Say("cli.doctor.driver")})
		}
		t.Table(t.Say("cli.doctor.installed", i.Home), rows...)
		t.List(t.Say("cli.doctor.mind"), i.Contradiction)
	}
	t.Table(t.Say("cli.doctor.found"), wire.Each(found.Facts, func(f doctor.Fact) []string {
		name := f.Technology
		if t, err := m.Technology(name); err == nil {
			name = t.Name
		}
		return []string{f.Kind, str.Join(" ", name, f.Version), f.From, f.Text}
	})...)
	t.List(t.Say("cli.doctor.missing"), wire.Each(found.Missing, missing)...)
	return p.tell(e.Output, struct {
		*doctor.Report
		Answer json.RawMessage `json:"answer"`
	}{found, json.RawMessage(answer)}, strings.TrimPrefix(t.String(), "\n")+"\n"+answer)
}

func missing(m doctor.Missing) string { return m.Kind + ": " + m.Reason }
