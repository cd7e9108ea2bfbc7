package cli_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/testedon/testedon/cli"
	"github.com/testedon/testedon/doctor"
)

// TestPanic runs on a machine that is not there: the program tells of its fault by
// a code of its own, and the log has where it was.
func TestPanic(t *testing.T) {
	var stdout, stderr bytes.Buffer
	program := cli.Program{
		Args:   []string{"doctor", "--product", "mi", "--release", "4.4.0"},
		Stdout: &stdout, Stderr: &stderr, Machine: struct{ doctor.Machine }{},
	}
	if code := program.Run(t.Context()); code != 6 {
		t.Errorf("exit code %d", code)
	}
	for _, part := range []string{"testedon: a fault of this program", "Report it", "level=ERROR msg=panic", "program_test.go"} {
		if !strings.Contains(stderr.String(), part) {
			t.Errorf("it does not say %q: %s", part, stderr.String())
		}
	}
	if stdout.Len() > 0 {
		t.Errorf("it answers %s", stdout.String())
	}
}
