package store

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/testedon/testedon/compat/fact"
)

// prepareFolder makes the data folder if missing and gives its full path.
func prepareFolder(dir string) (string, error) {
	if dir == "" {
		return "", fact.Invalid("data", "Name a folder", "no data folder is given")
	}
	path, err := filepath.Abs(dir)
	if err != nil {
		return "", folderError(dir, err)
	}
	if err := os.MkdirAll(path, 0o700); err != nil {
		return "", folderError(path, err)
	}
	if onNetwork(path) {
		return "", &fact.Error{
			Code:    fact.CodeUnavailable,
			Field:   "data",
			Message: fmt.Sprintf("the data folder %s is on a network file system, which cannot carry the database", path),
			Hint:    "Name a folder on a local disk",
		}
	}
	return path, nil
}

// folderError says what is wrong with the data folder.
func folderError(dir string, cause error) error {
	e := &fact.Error{
		Code:    fact.CodeUnavailable,
		Field:   "data",
		Message: fmt.Sprintf("the data folder %s cannot be used: %s", dir, reason(cause)),
		Hint:    "Give this user the right to write there, or name another folder",
		Cause:   cause,
	}
	if system, ok := errno(cause); ok && isFull(system) {
		e.Hint = "Make room and try again, or name another folder"
	}
	if info, err := os.Stat(dir); err == nil && !info.IsDir() {
		e.Message = fmt.Sprintf("the data folder %s is a file", dir)
		e.Hint = "Name a folder; the database is made in it"
	}
	return e
}

// reason is what the operating system says, without the path and the call.
func reason(err error) string {
	var path *fs.PathError
	if errors.As(err, &path) {
		return path.Err.Error()
	}
	return err.Error()
}
