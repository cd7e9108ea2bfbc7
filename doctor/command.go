package doctor

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"time"

	"github.com/testedon/testedon/detect"
)

// passed are the variables that a command is given: no secrets, and no options of a Java runtime.
var passed = []string{"PATH", "HOME", "SystemRoot", "USERPROFILE"}

// patience is how long the children of a command that was ended may keep its streams open.
const patience = 100 * time.Millisecond

// Run runs a program without a shell and without input.
func (here) Run(ctx context.Context, name string, args ...string) (string, error) {
	cmd := exec.CommandContext(ctx, name, args...) //nolint:gosec // a program of this package's tables, or the operator's own Java
	cmd.Env = []string{"LC_ALL=C"}
	for _, variable := range passed {
		if value, ok := os.LookupEnv(variable); ok {
			cmd.Env = append(cmd.Env, variable+"="+value)
		}
	}
	var out beginning
	cmd.Stdout, cmd.Stderr = &out, &out
	cmd.WaitDelay = patience
	err := cmd.Run()
	if ctx.Err() != nil {
		err = ctx.Err()
	}
	return out.text.String(), err
}

// beginning keeps as much of what is written as is read of one text.
type beginning struct{ text bytes.Buffer }

// Write takes everything, so that a program that prints more is not disturbed.
func (b *beginning) Write(p []byte) (int, error) {
	room := detect.MaxText - b.text.Len()
	b.text.Write(p[:min(room, len(p))])
	return len(p), nil
}
