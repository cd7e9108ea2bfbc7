package cli_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/testedon/testedon/cli"
)

// asked runs the program and gives what it prints as JSON.
func asked(t *testing.T, into any, args ...string) string {
	t.Helper()
	var stdout, stderr bytes.Buffer
	program := cli.Program{Args: append(args, "-o", "json"), Stdout: &stdout, Stderr: &stderr}
	program.Run(t.Context())
	if err := json.Unmarshal(stdout.Bytes(), into); err != nil {
		t.Errorf("%v: %v: %s", args, err, stderr.String())
	}
	return stderr.String()
}

// TestCatalogues lints the catalogues of other vendors and asks each of them what
// catalogues/questions.txt has; all of them together, which products run on what there is.
func TestCatalogues(t *testing.T) {
	text, err := os.ReadFile("../catalogues/questions.txt")
	if err != nil {
		t.Fatal(err)
	}
	field := regexp.MustCompile(`"([^"]*)"|[^\s"]+`)
	questions := map[string]int{}
	for line := range strings.Lines(string(text)) {
		parts := strings.Split(strings.TrimSpace(line), "|")
		if strings.HasPrefix(line, "#") {
			continue
		}
		for i := range parts {
			parts[i] = strings.TrimSpace(parts[i])
		}
		end := strings.LastIndexByte(parts[1], ' ')
		args := []string{"check", "--catalogue", "../catalogues/" + parts[0], "--product", parts[1][:end], "--release", parts[1][end+1:]}
		for _, word := range field.FindAllStringSubmatch(parts[2], -1) {
			args = append(args, strings.Trim(word[0], `"`))
		}
		questions[parts[0]]++
		var answer struct {
			Components []struct{ Verdict, Match string }
		}
		stderr := asked(t, &answer, args...)
		n := len(answer.Components)
		if n == 0 || answer.Components[n-1].Verdict+" "+answer.Components[n-1].Match != parts[3] {
			t.Errorf("%s: %+v %s", strings.TrimSpace(line), answer.Components, stderr)
		}
	}
	folders, err := filepath.Glob("../catalogues/*/catalogue.yaml")
	if err != nil || len(folders) < 4 {
		t.Fatalf("%d catalogues, %v", len(folders), err)
	}
	for _, folder := range folders {
		dir := filepath.Dir(folder)
		if questions[filepath.Base(dir)] < 5 {
			t.Errorf("%s is asked %d questions", dir, questions[filepath.Base(dir)])
		}
		var stdout bytes.Buffer
		program := cli.Program{Args: []string{"seed", "lint", dir}, Stdout: &stdout, Stderr: &stdout}
		if code := program.Run(t.Context()); code != 0 {
			t.Errorf("%s: exit code %d\n%s", dir, code, stdout.String())
		}
	}
	args := []string{"find", "--os", "RHEL 9.6", "--require", "compatible"}
	for _, folder := range folders {
		args = append(args, "--catalogue", filepath.Dir(folder))
	}
	var found json.RawMessage
	asked(t, &found, args...)
	for _, product := range []string{`"dotnet"`, `"neo4j"`} {
		if !bytes.Contains(found, []byte(product)) {
			t.Errorf("find across the catalogues does not have %s: %s", product, found)
		}
	}
}
