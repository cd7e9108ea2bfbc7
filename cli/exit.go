package cli

import (
	"cmp"
	"encoding/json"
	"errors"
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

// parserWords are what the parser says, and the messages that are said in its place.
var parserWords = [][2]string{
	{`expected duration but got (".*"): .*`, "cli.line.time"},
	{`expected a valid \d+ bit u?int but got (".*")`, "cli.line.number"},
	{`expected \S+ value but got ".*" \(\S+ flag\); perhaps try (--\S+=)"(.*)"\?`, "cli.line.value"},
	{`missing value, expecting .*`, "cli.line.missing"},
}

// plainer puts what the parser says into words of this program.
func (p Program) plainer(message string) string {
	for _, words := range parserWords {
		if m := regexp.MustCompile(words[0]).FindStringSubmatch(message); m != nil {
			message = strings.Replace(message, m[0], p.Words.Text(words[1], m[1:]...), 1)
		}
	}
	return message
}

// unknown is what the parser says of a name that it does not know, with those that it takes for
// near, or of a value with those that there are.
var unknown = regexp.MustCompile(`^(?:(\D+ (\S+)), did you mean (?:one of )?(.*)\?|--\S+ must be one of (\S+) but got "(.*)")$`)

// nearer names what may have been meant in a message of the parser: nothing far-fetched, and
// formats by their other names as well.
func (p Program) nearer(message string) string {
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
	return p.Words.Text("cli.line.meant", cmp.Or(m[1], message), p.Words.Or(meant))
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
