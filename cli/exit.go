package cli

import (
	"cmp"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"slices"
	"strings"

	"github.com/alecthomas/kong"

	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/cli/exit"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/internal/str"
	"github.com/testedon/testedon/seed/sheet"
)

// errHelp ends a parse that has shown the help.
var errHelp = &exit.Error{Code: exit.Pass}

// end tells the person at fault and gives the exit code. What no command has
// given a code is a fault of the command line.
func (p Program) end(err error) int {
	if err == nil {
		return exit.Pass
	}
	e := &exit.Error{Code: exit.Usage, Cause: err}
	errors.As(err, &e)
	if e.Cause != nil {
		_ = write(p.Stderr, str.Escaped("testedon: "+p.explain(e.Cause))) // there is nowhere left to tell it
	}
	return e.Code
}

// crashed makes an error of a panic. The log has where it came from.
func crashed(value any, stack []byte, stderr io.Writer) error {
	slog.New(slog.NewTextHandler(stderr, nil)).Error("panic", "value", value, "stack", string(stack))
	e := fact.Refuse("", "cli.crashed")
	e.Code = fact.CodeInternal
	return exit.With(exit.Fault, e)
}

// explain writes an error for a person: what is wrong, then how to mend it. Candidates
// that the hint names, all of them, are not named again.
func (p Program) explain(err error) string {
	e := p.known(err)
	said, hint := e.In(p.Words)
	more := ""
	if slices.ContainsFunc(e.Candidates, func(c string) bool { return !strings.Contains(hint, c) }) {
		more = p.say("cli.candidates", strings.Join(e.Candidates, ", "))
	}
	return str.Join("\n  ", said, hint, more) + "\n"
}

// known gives any error in the one vocabulary.
func (p Program) known(err error) *fact.Error {
	var told *fact.Error
	var faults sheet.Problems
	var parse *kong.ParseError
	switch {
	case errors.As(err, &faults):
		return fact.Unavailable("", nil, "cli.catalogue", len(faults), faults.Error())
	case errors.As(err, &told):
		return told
	case errors.As(err, &parse):
		command, message := "", p.plainer(p.nearer(err.Error()))
		var node *kong.Node
		if parse.Context != nil {
			node = parse.Context.Selected()
		}
		if node != nil {
			command = node.Path() + " "
		}
		if node == nil || !node.Leaf() {
			message = strings.Replace(message, "unexpected argument", p.Words.Text("cli.line.command"), 1)
		}
		return fact.Refuse("", "cli.line", message, command)
	}
	return &fact.Error{Code: fact.CodeUnavailable, Message: err.Error()}
}

// told writes an error in the members of a problem of the API, for programs that have asked for JSON;
// nothing where all is said already.
func (p Program) told(err error) error {
	var ended *exit.Error
	if err == nil || errors.As(err, &ended) && ended.Cause == nil {
		return nil
	}
	e := p.known(err)
	said, hint := e.In(p.Words)
	text, err := json.Marshal(map[string]any{"code": e.Code, "detail": said, "field": e.Field, "hint": hint, "candidates": wire.List(e.Candidates)})
	return cmp.Or(err, p.print(string(text)+"\n"))
}

// write writes what a command has to say. That it could not, on a full disk for
// one, must not pass for an answer.
func write(w io.Writer, text string) error {
	if _, err := io.WriteString(w, text); err != nil {
		return exit.With(exit.Data, fact.Unavailable("", err, "cli.output", err))
	}
	return nil
}
