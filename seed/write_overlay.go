package seed

import (
	"io"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
)

// overlay is a catalogue with some files changed.
type overlay struct {
	fs.FS
	changed map[string][]byte
}

// ReadDir lists a folder with the files that are new in it.
func (o overlay) ReadDir(name string) ([]fs.DirEntry, error) {
	entries, err := fs.ReadDir(o.FS, name)
	if err != nil && !o.holds(name) {
		return nil, err
	}
	for _, changed := range slices.Sorted(maps.Keys(o.changed)) {
		if next, ok := o.below(name, changed); ok && !slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return e.Name() == next }) {
			entries = append(entries, newEntry{next, path.Join(name, next) != changed})
		}
	}
	slices.SortFunc(entries, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return entries, nil
}

// below gives the first step from a folder to a file in it.
func (o overlay) below(folder, name string) (string, bool) {
	rest, ok := name, true
	if folder != "." {
		rest, ok = strings.CutPrefix(name, folder+"/")
	}
	next, _, _ := strings.Cut(rest, "/")
	return next, ok
}

// holds reports whether some changed file is in a folder.
func (o overlay) holds(folder string) bool {
	for name := range o.changed {
		if _, ok := o.below(folder, name); ok {
			return true
		}
	}
	return false
}

// Open opens a file as it would be.
func (o overlay) Open(name string) (fs.File, error) {
	if data, ok := o.changed[name]; ok {
		return &newFile{newEntry{path.Base(name), false}, strings.NewReader(string(data))}, nil
	}
	return o.FS.Open(name)
}

// newEntry is a file, or a folder, that is not written yet.
type newEntry struct {
	name   string
	folder bool
}

func (e newEntry) Name() string               { return e.name }
func (e newEntry) IsDir() bool                { return e.folder }
func (e newEntry) Type() fs.FileMode          { return e.mode().Type() }
func (e newEntry) Info() (fs.FileInfo, error) { return nil, fs.ErrInvalid }

func (e newEntry) mode() fs.FileMode {
	if e.folder {
		return fs.ModeDir
	}
	return 0
}

// newFile is an open file that is not written yet.
type newFile struct {
	newEntry
	io.Reader
}

func (f *newFile) Stat() (fs.FileInfo, error) { return nil, fs.ErrInvalid }
func (f *newFile) Close() error               { return nil }
