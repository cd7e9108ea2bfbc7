package cli

import (
	"bytes"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/alecthomas/kong"

	"github.com/testedon/testedon/cli/exit"
	"github.com/testedon/testedon/compat/fact"
)

// commandLine is the parser of a program, with the flags of the kinds.
func commandLine(t *testing.T, p Program) *kong.Kong {
	t.Helper()
	g := &grammar{}
	if err := g.prepare([]string{"check"}, p.options(t.Context())); err != nil {
		t.Fatal(err)
	}
	parser, err := kong.New(g, p.options(t.Context())...)
	if err != nil {
		t.Fatal(err)
	}
	return parser
}

// helpOf is what --help prints, blanks drawn together.
func helpOf(t *testing.T, command string) string {
	t.Helper()
	var out bytes.Buffer
	p := Program{Args: append(strings.Fields(command), "--help"), Stdout: &out, Stderr: &out}
	if code := p.Run(t.Context()); code != exit.Pass {
		t.Fatalf("%s --help ends with %d: %s", command, code, &out)
	}
	return strings.Join(strings.Fields(out.String()), " ")
}

// TestHelpTellsEveryFlag holds flags, environment variables and help together.
func TestHelpTellsEveryFlag(t *testing.T) {
	if testing.Short() {
		t.Skip("SKIPPED: asks for the help of each command")
	}
	for _, command := range commandLine(t, Program{}).Model.Leaves(false) {
		_, help, _ := strings.Cut(helpOf(t, command.Path()), " Flags: ")
		for _, group := range command.AllFlags(false) {
			for _, flag := range group {
				if flag.Name == "help" {
					continue
				}
				variable := "TESTEDON_" + strings.ToUpper(strings.ReplaceAll(flag.Name, "-", "_"))
				if len(flag.Envs) != 1 || flag.Envs[0] != variable {
					t.Errorf("%s --%s: is set by %v, want %s", command.Path(), flag.Name, flag.Envs, variable)
				}
				end := "="
				if flag.IsBool() {
					end = " "
				}
				_, after, found := strings.Cut(help, "--"+flag.Name+end)
				if next, _, _ := strings.Cut(after, "). "); !found || !strings.Contains(next+").", "($"+variable+").") {
					t.Errorf("%s --help does not tell --%s with its variable %s", command.Path(), flag.Name, variable)
				}
				if flag.Help == "" {
					t.Errorf("%s --%s has no help", command.Path(), flag.Name)
				}
			}
		}
	}
}

// TestKindsTakeNoOtherFlag offers kinds that are called like the flags of a
// command that is told an environment: none of them becomes a flag.
func TestKindsTakeNoOtherFlag(t *testing.T) {
	options := Program{}.options(t.Context())
	parser, err := kong.New(&grammar{}, options...)
	if err != nil {
		t.Fatal(err)
	}
	for _, command := range parser.Model.Children {
		if !slices.Contains([]string{"check", "doctor", "find", "compare"}, command.Name) {
			continue
		}
		var kinds []fact.Kind
		for _, flag := range command.Flags {
			kinds = append(kinds, fact.Kind{ID: flag.Name, Name: flag.Name})
		}
		if len(kinds) < 6 {
			t.Fatalf("%s has %d flags", command.Name, len(kinds))
		}
		taken, err := flagsOf(options, "check", command.Name)
		if err != nil {
			t.Fatal(err)
		}
		var c components
		c.prepare(kinds, taken)
		for _, flag := range c.names {
			t.Errorf("%s: a kind takes --%s", command.Name, flag)
		}
	}
}

// TestExitCodes freezes the codes, and holds what is said of them to the same
// words wherever it is.
func TestExitCodes(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: starts the program for each command")
	}
	meanings := map[int]string{
		exit.Pass:    "0  the environment passes; the command did its work",
		exit.Fail:    "1  the environment does not pass; detect: nothing was recognised",
		exit.Usage:   "2  the command line or the question is wrong",
		exit.Server:  "3  a server or the network failed",
		exit.Data:    "4  the database or the catalogue files cannot be used",
		exit.Unknown: "5  no such product or release",
	}
	doc, err := os.ReadFile("doc.go")
	if err != nil {
		t.Fatal(err)
	}
	for code, meaning := range meanings {
		if !strings.HasPrefix(meaning, fmt.Sprint(code)) {
			t.Errorf("code %d has changed: %s", code, meaning)
		}
		if !strings.Contains(exit.Codes, "\n  "+meaning) || !strings.Contains(string(doc), "\n//\t"+meaning+"\n") {
			t.Errorf("the help and the package comment do not both say: %s", meaning)
		}
		for _, command := range []string{"", "check", "ask", "doctor", "detect", "find", "compare", "test-plan", "requirements", "ports"} {
			if words := strings.Join(strings.Fields(meaning), " "); !strings.Contains(helpOf(t, command), words) {
				t.Errorf("%q --help does not say: %s", command, meaning)
			}
		}
	}
}
