package doctor

import (
	"context"
	"errors"
	"io/fs"
	"os/exec"
	"strings"
	"time"

	"github.com/testedon/testedon/message"
)

// source is one place that tells something: a file, a command or a variable.
type source struct {
	file     string
	command  []string
	variable string
}

// from names the source for a person.
func (s source) from() string {
	switch {
	case s.file != "":
		return s.file
	case s.variable != "":
		return "$" + s.variable
	}
	return strings.Join(s.command, " ")
}

// errAbsent is the fault of a source that is not on the machine.
var errAbsent = message.Of("doctor.absent")

func isAbsent(err error) bool {
	said, ok := err.(message.Said) //nolint:errorlint // it is never wrapped
	return ok && said.ID == errAbsent.ID
}

// read gives what the source tells. A command may take as long as limit.
func (s source) read(ctx context.Context, on Machine, limit time.Duration) (text string, err error) {
	switch {
	case s.file != "":
		text, err = on.ReadFile(s.file)
		err = plainly(err)
	case s.variable != "":
		if text = on.Getenv(s.variable); text == "" {
			err = errAbsent
		}
	default:
		ctx, cancel := context.WithTimeout(ctx, limit)
		defer cancel()
		text, err = on.Run(ctx, s.command[0], s.command[1:]...)
		err = failed(err, text, limit)
	}
	if err == nil && strings.TrimSpace(text) == "" {
		err = message.Of("doctor.silent")
	}
	return text, err
}

// failed says why a command did not do its work, in what it printed first.
func failed(err error, printed string, limit time.Duration) error {
	var ended *exec.ExitError
	switch {
	case errors.Is(err, context.DeadlineExceeded):
		return message.Of("doctor.late", limit)
	case errors.As(err, &ended):
		first, _, _ := strings.Cut(strings.TrimSpace(printed), "\n")
		return errors.New(strings.TrimSuffix(ended.Error()+": "+strings.TrimSpace(first), ": "))
	}
	return plainly(err)
}

// plainly says why a source cannot be read without naming the source again.
func plainly(err error) error {
	var path *fs.PathError
	switch {
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, exec.ErrNotFound):
		return errAbsent
	case errors.As(err, &path):
		return path.Err
	}
	return err
}
