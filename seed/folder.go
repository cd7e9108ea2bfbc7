package seed

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"strings"

	"github.com/testedon/testedon/seed/sheet"
)

// Limits of a catalogue folder. They are far above any real one and keep a
// careless path (a home folder, a disk image) from being read whole.
const (
	maxEntries = 10_000  // files and folders
	maxFile    = 1 << 20 // bytes of one file
	maxTotal   = 64 << 20
)

// Digest gives "sha256:" and the hash of the names and bytes of a catalogue's
// YAML files. It reads, but does not parse, so it tells cheaply whether a
// catalogue has changed. The error is of type [sheet.Problems].
func Digest(fsys fs.FS) (string, error) { return DigestAll([]Folder{{Files: fsys}}) }

// DigestAll gives that of several catalogues, and of what they extend.
func DigestAll(folders []Folder) (string, error) {
	l := newLoader()
	hash := sha256.New()
	for i, files := range l.open(folders) {
		if i > 0 {
			fmt.Fprintln(hash)
		}
		for _, f := range files {
			fmt.Fprintf(hash, "%q %d\n", f.Name, len(f.Data))
			hash.Write(f.Data)
		}
	}
	if len(l.problems) > 0 {
		return "", l.problems
	}
	return "sha256:" + hex.EncodeToString(hash.Sum(nil)), nil
}

// folder collects the YAML files under a root.
type folder struct {
	fsys     fs.FS
	files    []sheet.File
	problems sheet.Problems
	entries  int
	total    int
}

// readFolder reads every YAML file of a catalogue, in the order of their names.
func readFolder(fsys fs.FS) ([]sheet.File, sheet.Problems) {
	d := folder{fsys: fsys}
	// visit turns every error into a problem, so that the walk itself has none.
	_ = fs.WalkDir(fsys, ".", d.visit)
	return d.files, d.problems.Sorted()
}

func (d *folder) fault(name, format string, args ...any) {
	d.problems = append(d.problems, sheet.Problem{File: name, Severity: sheet.SeverityError, Message: fmt.Sprintf(format, args...)})
}

// giveUp ends the walk and drops what was read: it is hardly a catalogue.
func (d *folder) giveUp(format string, limit int) error {
	d.fault(".", "holds more than "+format+"; is this the folder of a catalogue?", limit)
	d.files = nil
	return fs.SkipAll
}

// visit is called for each file and folder. Links are refused, wherever they
// lead: one that leaves the folder would make files readable that are not part
// of the catalogue.
func (d *folder) visit(name string, entry fs.DirEntry, err error) error {
	if err != nil {
		d.fault(name, "cannot be read: %v", cause(err))
		return nil
	}
	if name == "." {
		return nil
	}
	if d.entries++; d.entries > maxEntries {
		return d.giveUp("%d files and folders", maxEntries)
	}
	hidden := strings.HasPrefix(entry.Name(), ".")
	isYAML := path.Ext(name) == ".yaml" || path.Ext(name) == ".yml"
	switch {
	case entry.IsDir() && (hidden || isYAML):
		if isYAML && !hidden {
			d.fault(name, "is a folder; a file is expected here")
		}
		return fs.SkipDir
	case hidden || entry.IsDir():
		return nil
	case entry.Type()&fs.ModeSymlink != 0:
		d.fault(name, "is a symbolic link, and links are not followed; put the file itself here")
	case !isYAML:
		return nil
	case !entry.Type().IsRegular():
		d.fault(name, "is no regular file; put a text file here")
	default:
		return d.read(name)
	}
	return nil
}

// read takes in one file, up to the limits.
func (d *folder) read(name string) error {
	var data []byte
	f, err := d.fsys.Open(name)
	if err == nil {
		data, err = io.ReadAll(io.LimitReader(f, maxFile+1))
		_ = f.Close() // nothing was written to it
	}
	switch {
	case err != nil:
		d.fault(name, "cannot be read: %v", cause(err))
		return nil
	case len(data) > maxFile:
		d.fault(name, "is larger than %d KiB; split it", maxFile>>10)
		return nil
	}
	if d.total += len(data); d.total > maxTotal {
		return d.giveUp("%d MiB of YAML", maxTotal>>20)
	}
	d.files = append(d.files, sheet.File{Name: name, Data: data})
	return nil
}

// cause is what went wrong, without the path, which the problem tells already.
func cause(err error) error {
	var pathError *fs.PathError
	if errors.As(err, &pathError) {
		return pathError.Err
	}
	return err
}
