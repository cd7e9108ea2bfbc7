package cli

import (
	"fmt"
	"path"
	"strings"

	"github.com/testedon/testedon/seed"
)

// seeds groups the commands for catalogue files.
type seeds struct {
	Lint lint `cmd:"" help:"Find every problem of a catalogue folder, by file and line."`
}

// lint checks a catalogue folder.
type lint struct {
	Dir string `arg:"" help:"Folder of the catalogue."`
}

// Run prints the problems. It ends with the code for data where one keeps the
// catalogue from being loaded.
func (l *lint) Run(p Program) error {
	problems := seed.Lint(files(l.Dir))
	errors := 0
	var report strings.Builder
	for _, problem := range problems {
		problem.File = path.Join(l.Dir, problem.File)
		fmt.Fprintln(&report, problem)
		if problem.Severity == seed.SeverityError {
			errors++
		}
	}
	if err := write(p.Stdout, report.String()); err != nil {
		return err
	}
	tally := fmt.Sprintf("%s: %s, %s\n", l.Dir, count(errors, "error"), count(len(problems)-errors, "warning"))
	if err := write(p.Stderr, tally); err != nil {
		return err
	}
	if errors > 0 {
		return &exit{code: exitData}
	}
	return nil
}
