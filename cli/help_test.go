package cli

import (
	"bytes"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/alecthomas/kong"
	"golang.org/x/text/language"

	"github.com/testedon/testedon/cli/exit"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/message"
)

// commandLine is the parser of a program, with the flags of the kinds.
func commandLine(t *testing.T, p Program) *kong.Kong {
	t.Helper()
	g := &grammar{}
	if err := g.prepare([]string{"check"}, p.options(t.Context())); err != nil {
		t.Fatal(err)
	}
	parser, err := g.parser(p, p.options(t.Context()))
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

// TestHelpTellsEveryFlag holds flags, environment variables and help together: each flag is
// told, and its variable is the one that the help of the program makes of its name.
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
				if !found || strings.Contains(after, "($"+variable+")") {
					t.Errorf("%s --help does not tell --%s, or its variable again", command.Path(), flag.Name)
				}
				if flag.Help == "" {
					t.Errorf("%s --%s has no help", command.Path(), flag.Name)
				}
			}
		}
	}
}

// TestHelpIsMessages: every command, flag and argument has a message of its own or one that
// several share, and none is left over.
func TestHelpIsMessages(t *testing.T) {
	text, err := os.ReadFile("../message/en/help.properties")
	if err != nil {
		t.Fatal(err)
	}
	var identities strings.Builder // a language in which each message says its identity
	for _, line := range regexp.MustCompile(`(?m)^help\S*`).FindAllString(string(text), -1) {
		identities.WriteString(line + " = " + line + "\n")
	}
	spoken, err := message.Read(language.Und, identities.String())
	if err != nil {
		t.Fatal(err)
	}
	said := map[string]bool{"help.codes": true, "help.examples": true}
	_ = kong.Visit(commandLine(t, Program{Words: spoken}).Model.Node, func(node kong.Visitable, next kong.Next) error {
		switch n := node.(type) {
		case *kong.Node:
			said[n.Help] = true
			if n.Group != nil {
				said[n.Group.Title] = true
			}
		case *kong.Flag:
			said[n.Help] = true
			if n.Group != nil {
				said[n.Group.Title] = true
			}
		case *kong.Value:
			said[n.Help] = true
		}
		return next(nil)
	})
	for line := range strings.Lines(identities.String()) {
		if identity, _, _ := strings.Cut(line, " "); !said[identity] {
			t.Errorf("nothing says %s", identity)
		}
		delete(said, strings.Fields(line)[0])
	}
	for identity := range said {
		t.Errorf("%q is no message", identity)
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
		exit.Pass:    "0 passes, or done",
		exit.Fail:    "1 does not pass, or nothing was found",
		exit.Usage:   "2 the command line or the question is wrong",
		exit.Server:  "3 a server or the network failed",
		exit.Data:    "4 a database or a catalogue cannot be used",
		exit.Unknown: "5 no such product or release",
		exit.Fault:   "6 this program is at fault",
	}
	doc, err := os.ReadFile("doc.go")
	if err != nil {
		t.Fatal(err)
	}
	for code, meaning := range meanings {
		number, words, _ := strings.Cut(meaning, " ")
		if number != fmt.Sprint(code) {
			t.Errorf("code %d has changed: %s", code, meaning)
		}
		if !strings.Contains(string(doc), "\n//\t"+number+"  "+words+"\n") {
			t.Errorf("the package comment does not say: %s", meaning)
		}
		for _, command := range []string{"", "check", "ask", "doctor", "detect", "find", "compare", "test-plan", "requirements", "ports"} {
			if !strings.Contains(helpOf(t, command), meaning) {
				t.Errorf("%q --help does not say: %s", command, meaning)
			}
		}
	}
}

// offline are the commands whose examples need neither a network nor files that are not there.
var offline = []string{"testedon", "check", "ask", "doctor", "find", "compare", "detect", "requirements", "ports", "changes", "export",
	"test-plan", "retest", "coverage", "init", "seed lint", "seed new", "seed diff", "snapshot", "completion", "man", "version"}

// TestExamples runs the examples of the help in the order of the help, in a folder with a fleet:
// each is read and answered. Those of other commands are read.
func TestExamples(t *testing.T) {
	if testing.Short() {
		t.Skip("SKIPPED: runs each example of the help")
	}
	fleet := "product,release,os\nmi,4.4.0,RHEL 9\n"
	t.Chdir(t.TempDir())
	if err := os.WriteFile("fleet.csv", []byte(fleet), 0o600); err != nil {
		t.Fatal(err)
	}
	told := map[string]bool{}
	for section := range strings.SplitSeq(strings.TrimPrefix(helpText, "# "), "\n\n# ") {
		command, lines, _ := strings.Cut(section, "\n")
		lines, _, _ = strings.Cut(lines, "\n\n")
		told[command] = true
		for line := range strings.SplitSeq(strings.TrimSpace(lines), "\n") {
			_, line, _ = strings.Cut(line, "testedon ")
			args := words(line)
			if command != "testedon" && !strings.HasPrefix(line, strings.TrimPrefix(command, "testedon ")) {
				t.Errorf("%s has an example of another command: %s", command, line)
			}
			if !slices.ContainsFunc(offline, func(c string) bool { return strings.HasPrefix(strings.TrimPrefix(command, "testedon "), c) }) {
				if _, err := commandLine(t, Program{}).Parse(args); err != nil && !strings.Contains(err.Error(), "--os") {
					t.Errorf("%s: %v", line, err)
				}
				continue
			}
			var out bytes.Buffer
			p := Program{Args: args, Stdin: strings.NewReader("openjdk version \"21.0.5\" 2024-10-15\n"), Stdout: &out, Stderr: &out}
			if code := p.Run(t.Context()); code > exit.Fail || out.Len() == 0 && command != "testedon export" {
				t.Errorf("%s ends with %d: %s", line, code, &out)
			}
		}
	}
	for _, command := range commandLine(t, Program{}).Model.Leaves(true) {
		if !told[command.FullPath()] {
			t.Errorf("%s has no example", command.FullPath())
		}
	}
}

// words are those of a command line, in which blanks may stand between quotes.
func words(line string) (all []string) {
	for i, part := range strings.Split(line, `"`) {
		if i%2 == 1 {
			all = append(all, part)
		} else {
			all = append(all, strings.Fields(part)...)
		}
	}
	return all
}

// TestComplete: what a line may go on with.
func TestComplete(t *testing.T) {
	for line, want := range map[string]string{
		"chec":                             "check",
		"check|m":                          "mi microgateway",
		"check|--require|":                 "tested compatible conditional",
		"check|-o|j":                       "json junit",
		"check|--output=j":                 "--output=json --output=junit",
		"check|mi|4.4":                     "4.4.0",
		"check|--product|mi|--release|4.4": "4.4.0",
		"compare|mi|4.4.0|4.4":             "4.4.0",
		"check|mi|4.4.0|--os|rock":         "rocky rocky 10 rocky 9 rocky 8",
		"check|mi|4.4.0|--os|rocky 9":      "rocky 9",
		"check|mi|4.4.0|--java|corretto 2": "corretto 27 corretto 26 corretto 25 corretto 24 corretto 23 corretto 22 corretto 21 corretto 20",
		"retest|--kind|o":                  "os",
		"retest|--technology|rhe":          "rhel",
		"changes|--change|w":               "withdrawn widened",
		"seed|n":                           "new",
		"seed|new|r":                       "release",
		"check|--fil":                      "--file",
		"check|--file|f":                   "",
		"check|--catalogue|testdata/acme|": "rocket shuttle",
		"check|--catalogue|testdata/acme|rocket|--mo": "",
		"nothing|": "",
	} {
		var out bytes.Buffer
		p := Program{Args: append([]string{completing}, strings.Split(line, "|")...), Stdout: &out, Stderr: &out}
		if code := p.Run(t.Context()); code != exit.Pass {
			t.Errorf("%s ends with %d: %s", line, code, &out)
		}
		var got []string
		for offered := range strings.Lines(out.String()) {
			text, _, _ := strings.Cut(offered, "\t")
			got = append(got, text)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: %s, want %s", line, strings.Join(got, " "), want)
		}
	}
}

// TestCompletedValues: every word that a flag may have as by its tag is taken.
func TestCompletedValues(t *testing.T) {
	if testing.Short() {
		t.Skip("SKIPPED: asks with each word")
	}
	for _, args := range []string{"check|mi|4.4.0|--os|RHEL 9|--require", "test-plan|mi|4.4.0|--strategy", "changes|--change"} {
		line := strings.Split(args, "|")
		var out bytes.Buffer
		Program{Args: append(append([]string{completing}, line...), ""), Stdout: &out, Stderr: &out}.Run(t.Context())
		for offered := range strings.Lines(out.String()) {
			text, _, _ := strings.Cut(offered, "\t")
			var said bytes.Buffer
			if code := (Program{Args: append(slices.Clone(line), text), Stdout: &said, Stderr: &said}).Run(t.Context()); code > exit.Fail {
				t.Errorf("%s %s ends with %d: %s", args, text, code, &said)
			}
		}
	}
}
