package cli

import (
	"encoding/json"
	"fmt"
	"path"
	"strings"

	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/seed"
	"github.com/testedon/testedon/seed/sheet"
)

// seeds groups the commands for catalogue files.
type seeds struct {
	Lint lint `cmd:"" help:"Find every problem of a catalogue folder, by file and line. What looks like a slip, but may stand so on the page, is a warning."`
}

// lint checks a catalogue folder.
type lint struct {
	Dir    string `arg:"" optional:"" help:"Folder of the catalogue; the one within this program where it is left out."`
	Output string `short:"o" enum:"text,json" default:"text" help:"Write text or json."`
}

// Run prints the problems. It ends with the code for data where one keeps the
// catalogue from being loaded; warnings are no failure.
func (l *lint) Run(p Program) error {
	problems := seed.Lint(files(l.Dir), fact.DayOf(p.Now()))
	errors := 0
	for i := range problems {
		problems[i].File = path.Join(l.Dir, problems[i].File)
		if problems[i].Severity == sheet.SeverityError {
			errors++
		}
	}
	report, err := l.report(problems)
	if err != nil {
		return err
	}
	if err := write(p.Stdout, report); err != nil {
		return err
	}
	tally := fmt.Sprintf("%s: %s, %s\n", l.name(), count(errors, "error"), count(len(problems)-errors, "warning"))
	if err := write(p.Stderr, tally); err != nil {
		return err
	}
	if errors > 0 {
		return &exit{code: exitData}
	}
	return nil
}

// name says what was looked at.
func (l *lint) name() string {
	if l.Dir == "" {
		return "the catalogue within this program"
	}
	return l.Dir
}

// report writes the problems, one per line or as JSON.
func (l *lint) report(problems []sheet.Problem) (string, error) {
	if l.Output == "json" {
		if problems == nil {
			problems = []sheet.Problem{}
		}
		text, err := json.Marshal(map[string][]sheet.Problem{"items": problems})
		return string(text) + "\n", err
	}
	var report strings.Builder
	for _, problem := range problems {
		fmt.Fprintln(&report, problem)
	}
	return report.String(), nil
}
