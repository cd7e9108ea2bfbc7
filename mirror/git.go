package mirror

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"time"
)

// The bounds of one command.
const (
	patience = 2 * time.Minute
	lingers  = 100 * time.Millisecond // the streams of one that was ended, in the hands of its children
	most     = 16 << 20               // bytes that it prints
)

// errTooLong is the error for more than was asked for.
var errTooLong = errors.New("git prints too much")

// apart are the options that keep git from doing anything that a clone or this machine has
// configured. Only commands are run besides that have no hooks, filters or pagers.
var apart = []string{"--no-pager", "--no-optional-locks", "--literal-pathspecs", "--no-replace-objects", "-c", "core.fsmonitor=false", "-c", "core.hooksPath=" + os.DevNull,
	"-c", "log.showSignature=false", "-c", "log.showRoot=true"}

// environment is all that git is given: where programs are, and that objects which are not
// in the clone are fetched from nowhere. Older ones do not know the first of these, so no
// protocol is allowed either.
func environment() []string {
	all := []string{
		"GIT_NO_LAZY_FETCH=1", "GIT_ALLOW_PROTOCOL=none", "GIT_TERMINAL_PROMPT=0", "GIT_CONFIG_NOSYSTEM=1",
		"GIT_CONFIG_GLOBAL=" + os.DevNull, "GIT_GRAFT_FILE=" + os.DevNull, "LC_ALL=C",
	}
	for _, variable := range []string{"PATH", "SystemRoot"} {
		if value, ok := os.LookupEnv(variable); ok {
			all = append(all, variable+"="+value)
		}
	}
	return all
}

// git runs a command of git on the clone and gives what it prints; what is longer than it
// may be is cut, and the error is [errTooLong].
func (c *clone) git(ctx context.Context, args ...string) ([]byte, error) {
	ctx, stop := context.WithTimeout(ctx, patience)
	defer stop()
	cmd := exec.CommandContext(ctx, "git", append(append([]string{"--git-dir=" + c.dir}, apart...), args...)...) //nolint:gosec // arguments of this package's own, and names of objects
	cmd.Env, cmd.WaitDelay = environment(), lingers
	var out, complaint beginning
	cmd.Stdout, cmd.Stderr = &out, &complaint
	err := cmd.Run()
	switch {
	case out.full:
		return out.text.Bytes(), errTooLong
	case ctx.Err() != nil:
		return nil, fmt.Errorf("git %s took too long", args[0])
	case errors.Is(err, exec.ErrNotFound):
		return nil, fmt.Errorf("there is no git on this machine: %w", err)
	case err != nil:
		first, _, _ := strings.Cut(complaint.text.String(), "\n")
		return nil, fmt.Errorf("git %s: %w, %s", args[0], err, first)
	}
	return out.text.Bytes(), nil
}

// beginning takes a text up to the limit, and ends the program that prints more.
type beginning struct {
	text bytes.Buffer
	full bool
}

// Write takes what there is room for.
func (b *beginning) Write(p []byte) (int, error) {
	room := min(most-b.text.Len(), len(p))
	b.text.Write(p[:room])
	if b.full = room < len(p); b.full {
		return room, errTooLong
	}
	return room, nil
}
