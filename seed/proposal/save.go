package proposal

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"slices"

	"github.com/testedon/testedon/internal/order"
)

// save writes files into a folder: all of them beside those they replace, then
// each in its place. It gives their names. No name leads out of the folder.
func save(dir string, changed map[string][]byte) ([]string, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	defer func() { _ = root.Close() }() // nothing is left to write
	names := slices.Sorted(maps.Keys(changed))
	slices.Reverse(names)
	order.Stable(names, func(a, b string) int { return turn(root, a) - turn(root, b) })
	for i, name := range names {
		if err := stage(root, name, changed[name]); err != nil {
			return nil, errors.Join(fmt.Errorf("nothing was written: %w", err), unstage(root, names[:i+1]))
		}
	}
	for i, name := range names {
		if err := root.Rename(staged(name), name); err != nil {
			return nil, errors.Join(fmt.Errorf("%d of %d files were written: %w", i, len(names), err), unstage(root, names[i:]))
		}
	}
	slices.Sort(names)
	return names, nil
}

// turn is when a file takes its place: first what is new, backwards, so that nothing is
// stated before what it cites; last the sources that were there, so that none says that a
// text was read of which a release has only what stood there before.
func turn(root *os.Root, name string) int {
	switch _, err := root.Stat(name); {
	case err != nil:
		return 0
	case path.Dir(name) == "sources":
		return 2
	}
	return 1
}

// staged is the name of a file until it takes its place. It is hidden, so that
// nobody takes it for a part of the catalogue.
func staged(name string) string { return path.Join(path.Dir(name), "."+path.Base(name)+".new") }

// stage writes a file beside the one it will replace, with its permissions.
func stage(root *os.Root, name string, data []byte) error {
	const folder, plain = 0o755, 0o644
	mode := fs.FileMode(plain)
	if info, err := root.Stat(name); err == nil {
		mode = info.Mode().Perm()
	}
	if err := root.MkdirAll(path.Dir(name), folder); err != nil {
		return err
	}
	f, err := root.OpenFile(staged(name), os.O_CREATE|os.O_WRONLY|os.O_TRUNC, mode)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	return errors.Join(err, f.Chmod(mode), f.Sync(), f.Close())
}

// unstage takes away the files that did not take their place.
func unstage(root *os.Root, names []string) error {
	var all error
	for _, name := range names {
		if err := root.Remove(staged(name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			all = errors.Join(all, err)
		}
	}
	return all
}
