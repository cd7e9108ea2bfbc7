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
// that the hint names, all of them, are not named again.
func explain(err error) string {
	e := known(err)
	more := strings.Join(e.Candidates, ", ")
	if !slices.ContainsFunc(e.Candidates, func(c string) bool { return !strings.Contains(e.Hint, c) }) {
		more = ""
	}
	return str.Join("\n  ", e.Message, e.Hint, str.With("Candidates: ", more)) + "\n"
}

// known gives any error in the one vocabulary.
func known(err error) *fact.Error {
	var told *fact.Error
	var faults sheet.Problems
	var parse *kong.ParseError
	switch {
	case errors.As(err, &faults):
		return &fact.Error{Code: fact.CodeUnavailable, Message: fmt.Sprintf("the catalogue cannot be used; %s:\n%s", str.Count(len(faults), "problem"), faults.Error())}
	case errors.As(err, &told):
		return told
	case errors.As(err, &parse):
		command, message := "", plainer(nearer(err.Error()))
		var node *kong.Node
		if parse.Context != nil {
			node = parse.Context.Selected()
		}
		if node != nil {
			command = node.Path() + " "
		}
		if node == nil || !node.Leaf() {
			message = strings.Replace(message, "unexpected argument", "unknown command", 1)
		}
		return fact.Invalid("", fmt.Sprintf("Run \"testedon %s--help\" for the flags and what they mean.", command), "%s", message)
	}
	return &fact.Error{Code: fact.CodeUnavailable, Message: err.Error()}
}

// parserWords are what the parser says, and what is said in its place.
var parserWords = [][2]string{
	{`expected duration but got (".*"): .*`, "$1 is no time; write it as 10s or 5m"},
	{`expected a valid \d+ bit u?int but got (".*")`, "$1 is no whole number"},
	{`expected \S+ value but got ".*" \(\S+ flag\); perhaps try (--\S+=)"(.*)"\?`, "to give $2, write $1$2"},
	{`missing value, expecting .*`, "a value is missing"},
}

// plainer puts what the parser says into words of this program.
func plainer(message string) string {
	for _, p := range parserWords {
		message = regexp.MustCompile(p[0]).ReplaceAllString(message, p[1])
	}
	return message
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
	meant := slices.DeleteFunc(fact.Closest(typed, names), func(name string) bool { return !strings.EqualFold(name[:1], typed[:1]) })
	for _, f := range export.Formats {
		if slices.Contains(names, f.Name) && (strings.EqualFold(f.Title, typed) || f.Extension == typed) {
			meant = []string{f.Name}
		}
	}
	return cmp.Or(m[1], message) + str.With(", did you mean ", strings.Join(meant, " or ")) + strings.Repeat("?", min(len(meant), 1))
}

// told writes an error in the members of a problem of the API, for programs that have asked for JSON;
// nothing where all is said already.
func (p Program) told(err error) error {
	var ended *exit.Error
	if err == nil || errors.As(err, &ended) && ended.Cause == nil {
		return nil
	}
	e := known(err)
	text, err := json.Marshal(map[string]any{"code": e.Code, "detail": e.Message, "field": e.Field, "hint": e.Hint, "candidates": wire.List(e.Candidates)})
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
