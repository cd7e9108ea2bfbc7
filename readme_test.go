package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/testedon/testedon/cli"
)

// readme is the text of README.md.
func readme(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// today is the day on which the examples were asked.
var today = time.Date(2026, time.November, 21, 12, 0, 0, 0, time.UTC)

// run runs the program on that day and gives what it prints.
func run(t *testing.T, args ...string) string {
	t.Helper()
	var out bytes.Buffer
	cli.Program{Args: args, Stdout: &out, Stderr: &out, Now: func() time.Time { return today }}.Run(context.Background())
	return out.String()
}

// The answer that the README shows is the one the program gives, but for the
// state of the catalogue.
func TestReadmeAnswer(t *testing.T) {
	_, rest, _ := strings.Cut(readme(t), "```json\n")
	shown, _, ok := strings.Cut(rest, "```")
	if !ok {
		t.Fatal("README.md shows no answer")
	}
	given := run(t, "check", "--product", "mi", "--release", "4.4.0", "--dbms", "Postgres 17", "-o", "json")
	if a, b := answer(t, shown), answer(t, given); !reflect.DeepEqual(a, b) {
		t.Errorf("README.md shows\n%v\nthe program answers\n%v", a, b)
	}
}

func answer(t *testing.T, text string) map[string]any {
	t.Helper()
	var all map[string]any
	if err := json.Unmarshal([]byte(text), &all); err != nil {
		t.Fatalf("%v in %s", err, text)
	}
	delete(all, "catalogue")
	return all
}

// The configuration table names each flag of serve with its variable, and no
// other.
func TestReadmeConfiguration(t *testing.T) {
	help := run(t, "serve", "--help")
	flags := regexp.MustCompile(`--([a-z-]+)(?:\[?=)`).FindAllStringSubmatch(help, -1)
	text := readme(t)
	for _, f := range flags {
		variable := "TESTEDON_" + strings.ToUpper(strings.ReplaceAll(f[1], "-", "_"))
		if !strings.Contains(text, "| `--"+f[1]+"` | `"+variable+"` |") {
			t.Errorf("README.md does not describe --%s with %s", f[1], variable)
		}
	}
	if rows := strings.Count(text, "` | `TESTEDON_"); rows != len(flags) || rows == 0 {
		t.Errorf("README.md describes %d flags, serve has %d", rows, len(flags))
	}
}
