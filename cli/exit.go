package cli

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"slices"
	"strings"

	"github.com/alecthomas/kong"

	"github.com/testedon/testedon/cli/exit"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/internal/str"
	"github.com/testedon/testedon/seed/sheet"
)

// errHelp ends a parse that has shown the help.
var errHelp = &exit.Error{Code: exit.Pass}

// end tells the person at fault and gives the exit code. What no command has
// given a code is a fault of the command line.
func end(err error, stderr io.Writer) int {
	if err == nil {
		return exit.Pass
	}
	e := &exit.Error{Code: exit.Usage, Cause: err}
	errors.As(err, &e)
	if e.Cause != nil {
		_ = write(stderr, "testedon: "+explain(e.Cause)) // there is nowhere left to tell it
	}
	return e.Code
}

// crashed makes an error of a panic. The log has where it came from.
func crashed(value any, stack []byte, stderr io.Writer) error {
	slog.New(slog.NewTextHandler(stderr, nil)).Error("panic", "value", value, "stack", string(stack))
	return exit.With(exit.Fault, &fact.Error{
		Code:    fact.CodeInternal,
		Message: "a fault of this program, which had to stop",
		Hint:    "Report it, with the line of the log above.",
	})
}

// explain writes an error for a person: what is wrong, then how to mend it. Candidates
// that the hint names are not named again.
func explain(err error) string {
	var known *fact.Error
	var faults sheet.Problems
	var parse *kong.ParseError
	switch {
	case errors.As(err, &faults):
		return fmt.Sprintf("the catalogue cannot be used; %s:\n%s\n", str.Count(len(faults), "problem"), faults.Error())
	case errors.As(err, &known):
		more := slices.DeleteFunc(slices.Clone(known.Candidates), func(c string) bool { return strings.Contains(known.Hint, c) })
		return str.Visible(str.Join("\n  ", known.Message, known.Hint, str.With("Candidates: ", strings.Join(more, ", "))) + "\n")
	case errors.As(err, &parse):
		command := ""
		if parse.Context != nil && parse.Context.Selected() != nil {
			command = parse.Context.Selected().Path() + " "
		}
		return fmt.Sprintf("%v\n  Run \"testedon %s--help\" for the flags and what they mean.\n", err, command)
	}
	return err.Error() + "\n"
}

// write writes what a command has to say. That it could not, on a full disk for
// one, must not pass for an answer.
func write(w io.Writer, text string) error {
	if _, err := io.WriteString(w, text); err != nil {
		return exit.With(exit.Data, fmt.Errorf("cannot write to standard output: %w", err))
	}
	return nil
}
