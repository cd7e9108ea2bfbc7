package cli

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"slices"
	"strings"

	"github.com/alecthomas/kong"

	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/seed/sheet"
)

// The exit codes, as the package comment explains them.
const (
	exitPass    = 0
	exitFail    = 1
	exitUsage   = 2
	exitServer  = 3
	exitData    = 4
	exitUnknown = 5
	exitFault   = 6
)

// exitCodes is what --help says of them.
const exitCodes = `Exit codes:

  0  the environment passes; the command did its work
  1  the environment does not pass; detect: nothing was recognised
  2  the command line or the question is wrong
  3  a server or the network failed
  4  the database or the catalogue files cannot be used
  5  no such product or release
  6  this program is at fault`

// exit ends the program with a code. It has no cause where all is said already.
type exit struct {
	code  int
	cause error
}

// Error gives the cause.
func (e *exit) Error() string {
	if e.cause == nil {
		return fmt.Sprintf("exit code %d", e.code)
	}
	return e.cause.Error()
}

// Unwrap gives the cause.
func (e *exit) Unwrap() error { return e.cause }

// errHelp ends a parse that has shown the help.
var errHelp = &exit{code: exitPass}

// end tells the person at fault and gives the exit code. What no command has
// given a code is a fault of the command line.
func end(err error, stderr io.Writer) int {
	if err == nil {
		return exitPass
	}
	e := &exit{exitUsage, err}
	errors.As(err, &e)
	if e.cause != nil {
		_ = write(stderr, "testedon: "+explain(e.cause)) // there is nowhere left to tell it
	}
	return e.code
}

// crashed makes an error of a panic. The log has where it came from.
func crashed(value any, stack []byte, stderr io.Writer) error {
	slog.New(slog.NewTextHandler(stderr, nil)).Error("panic", "value", value, "stack", string(stack))
	return &exit{exitFault, &fact.Error{
		Code:    fact.CodeInternal,
		Message: "a fault of this program, which had to stop",
		Hint:    "Report it, with the line of the log above.",
	}}
}

// explain writes an error for a person: what is wrong, then how to mend it.
func explain(err error) string {
	var known *fact.Error
	var faults sheet.Problems
	var parse *kong.ParseError
	switch {
	case errors.As(err, &faults):
		return fmt.Sprintf("the catalogue cannot be used; %s:\n%s\n", count(len(faults), "problem"), faults.Error())
	case errors.As(err, &known):
		return lines(known)
	case errors.As(err, &parse):
		return fmt.Sprintf("%v\n  Run \"testedon %s--help\" for the flags and what they mean.\n", err, command(parse))
	}
	return err.Error() + "\n"
}

// lines writes an error of the one vocabulary. Candidates that the hint names
// are not named again.
func lines(e *fact.Error) string {
	var b strings.Builder
	fmt.Fprintln(&b, e.Message)
	if e.Hint != "" {
		fmt.Fprintln(&b, "  "+e.Hint)
	}
	more := slices.DeleteFunc(slices.Clone(e.Candidates), func(c string) bool { return strings.Contains(e.Hint, c) })
	if len(more) > 0 {
		fmt.Fprintln(&b, "  Candidates: "+strings.Join(more, ", "))
	}
	return plain(b.String())
}

// command is the command that a parse got to, with a blank after it.
func command(e *kong.ParseError) string {
	if e.Context == nil || e.Context.Selected() == nil {
		return ""
	}
	return e.Context.Selected().Path() + " "
}

// write prints what a command has to say. That it could not, on a full disk for
// one, must not pass for an answer.
func write(w io.Writer, text string) error {
	if _, err := io.WriteString(w, text); err != nil {
		return &exit{exitData, fmt.Errorf("cannot write to standard output: %w", err)}
	}
	return nil
}

// count is a number with its noun: "1 problem", "2 problems".
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
