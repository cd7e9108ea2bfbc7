package cli

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"regexp"
	"slices"
	"strings"

	"github.com/alecthomas/kong"

	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/cli/exit"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/export"
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
		_ = write(stderr, str.Escaped("testedon: "+explain(e.Cause))) // there is nowhere left to tell it
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
		return str.Join("\n  ", known.Message, known.Hint, str.With("Candidates: ", strings.Join(more, ", "))) + "\n"
	case errors.As(err, &parse):
		command := ""
		if parse.Context != nil && parse.Context.Selected() != nil {
			command = parse.Context.Selected().Path() + " "
		}
		return fmt.Sprintf("%s\n  Run \"testedon %s--help\" for the flags and what they mean.\n", nearer(err.Error()), command)
	}
	return err.Error() + "\n"
}

// unknown is what the parser says of a name that it does not know, with those that it takes for
// near, or of a value with those that there are.
var unknown = regexp.MustCompile(`^(?:(\D+ (\S+)), did you mean (?:one of )?(.*)\?|--\S+ must be one of (\S+) but got "(.*)")$`)

// nearer names what may have been meant in a message of the parser: nothing far-fetched, and
// formats by their other names as well.
func nearer(message string) string {
	m := unknown.FindStringSubmatch(message)
	if m == nil {
		return message
	}
	typed, names := m[2]+m[5], strings.FieldsFunc(m[3]+m[4], func(r rune) bool { return strings.ContainsRune(`", `, r) })
	meant := fact.Closest(typed, names)
	for _, f := range export.Formats {
		if slices.Contains(names, f.Name) && (strings.EqualFold(f.Title, typed) || f.Extension == typed) {
			meant = []string{f.Name}
		}
	}
	return cmp.Or(m[1], message) + str.With(", did you mean ", strings.Join(meant, " or ")) + strings.Repeat("?", min(len(meant), 1))
}

// told writes an error in the members of a problem of the API, for programs that have asked for JSON.
func (p Program) told(err error) error {
	var known *fact.Error
	if !errors.As(err, &known) {
		return nil
	}
	text, err := json.Marshal(map[string]any{"code": known.Code, "detail": known.Message, "field": known.Field, "hint": known.Hint, "candidates": wire.List(known.Candidates)})
	return cmp.Or(err, p.print(string(text)+"\n"))
}

// write writes what a command has to say. That it could not, on a full disk for
// one, must not pass for an answer.
func write(w io.Writer, text string) error {
	if _, err := io.WriteString(w, text); err != nil {
		return exit.With(exit.Data, fmt.Errorf("cannot write to standard output: %w", err))
	}
	return nil
}
