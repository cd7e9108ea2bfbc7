package current

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"

	"github.com/testedon/testedon/cli/exit"
	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
)

// Kept is the file of the last good snapshot, which a server starts from while its origin is
// away. That it cannot be read or written is no reason not to answer. Nil keeps nothing.
type Kept struct {
	Path   string
	Logger *slog.Logger
}

// read gives the snapshot; nil where there is none that is sound.
func (k *Kept) read() *fact.Snapshot {
	if k == nil {
		return nil
	}
	data, err := os.ReadFile(k.Path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	var s *fact.Snapshot
	if err == nil {
		s, err = fact.OpenSnapshot(data)
	}
	if err != nil {
		k.warn("read", err)
		return nil
	}
	return s
}

// write keeps the snapshot of a matrix.
func (k *Kept) write(m *compat.Matrix) {
	if k == nil {
		return
	}
	err := os.MkdirAll(filepath.Dir(k.Path), 0o700)
	if err == nil {
		err = ReplaceFile(k.Path, m.Snapshot().Data)
	}
	if err != nil {
		k.warn("written", err)
	}
}

func (k *Kept) warn(done string, err error) {
	k.Logger.Warn("kept snapshot cannot be "+done, "file", k.Path, "problem", exit.Reason(err), "cause", cause(err))
}

// name is that of the file, to be removed; empty where there is none.
func (k *Kept) name() string {
	if k == nil {
		return ""
	}
	return filepath.Base(k.Path)
}

// ReplaceFile makes a file of that content, which is whole or as it was, whatever happens.
// One that has the content already is not touched.
func ReplaceFile(path string, data []byte) error {
	if old, err := os.ReadFile(path); err == nil && bytes.Equal(old, data) { //nolint:gosec // the caller names it
		return nil
	}
	return ReplaceBy(path, func(w io.Writer) error {
		_, err := w.Write(data)
		return err
	})
}

// ReplaceBy makes a file of what is written, as [ReplaceFile] does.
func ReplaceBy(path string, write func(io.Writer) error) error {
	file, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*")
	if err != nil {
		return err
	}
	defer os.Remove(file.Name()) //nolint:errcheck // it was moved, or something else is wrong
	defer file.Close()           //nolint:errcheck // it was closed, or something else is wrong
	if err := write(file); err != nil {
		return err
	}
	const everyone = 0o644 // may read it, as far as the folder lets them
	if err = errors.Join(file.Chmod(everyone), file.Sync(), file.Close()); err != nil {
		return err
	}
	if err := os.Rename(file.Name(), path); err != nil {
		return err
	}
	dir, err := os.Open(filepath.Dir(path))
	if err == nil {
		_ = dir.Sync() // not every file system can
		_ = dir.Close()
	}
	return nil
}
