package cli

import (
	"fmt"
	"strings"

	"github.com/testedon/testedon/cli/exit"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/seed"
	"github.com/testedon/testedon/seed/sheet"
)

// seeds groups the commands for catalogue files.
type seeds struct {
	New  creation `cmd:""`
	Lint lint     `cmd:""`
	Diff diff     `cmd:""`
}

// lint checks a catalogue folder.
type lint struct {
	Dir    string `arg:"" optional:""`
	Output string `short:"o" enum:"text,json" default:"text"`
}

// Run prints the problems. It ends with the code for data where one keeps the
// catalogue from being loaded; warnings are no failure.
func (l *lint) Run(p Program) error {
	problems := seed.Lint(files(l.Dir)[0], fact.DayOf(p.Now()))
	errors := 0
	var text strings.Builder
	for i := range problems {
		if problems[i].Severity == sheet.SeverityError {
			errors++
		}
		fmt.Fprintln(&text, problems[i])
	}
	if err := p.tell(l.Output, map[string][]sheet.Problem{"items": append([]sheet.Problem{}, problems...)}, text.String()); err != nil {
		return err
	}
	tally := p.say("cli.lint.done", l.Dir, errors, len(problems)-errors) + "\n"
	if err := write(p.Stderr, tally); err != nil {
		return err
	}
	return exit.Unless(errors == 0, exit.Data)
}
