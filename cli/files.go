package cli

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"runtime/debug"
	"strings"

	"github.com/testedon/testedon/cli/exit"
	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/seed"
	"github.com/testedon/testedon/seed/sheet"
)

// catalogueFlag finds the folder of the catalogue on a command line that cannot
// be parsed yet.
func catalogueFlag(args []string) string {
	const flag = "--catalogue"
	dir := os.Getenv("TESTEDON_CATALOGUE")
	for i, arg := range args {
		if value, ok := strings.CutPrefix(arg, flag+"="); ok {
			dir = value
		} else if arg == flag && i+1 < len(args) {
			dir = args[i+1]
		}
	}
	return dir
}

// files gives the catalogue in a folder; the one within the program where none
// is named.
func files(dir string) fs.FS {
	if dir == "" {
		return seed.Embedded()
	}
	return os.DirFS(dir)
}

// loadFiles reads a catalogue folder, or the one within the program, for a command. It
// makes some fifty times as much garbage as it keeps, and would take nearly twice as long if
// that were picked up as usual.
func loadFiles(dir string) (*fact.Dataset, error) {
	defer debug.SetGCPercent(debug.SetGCPercent(400))
	dataset, err := seed.Load(files(dir))
	if err != nil {
		return nil, exit.With(exit.Data, inFolder(dir, err))
	}
	return dataset, nil
}

// loadMatrix reads a catalogue folder, or the one within the program.
func loadMatrix(dir string) (*compat.Matrix, error) {
	dataset, err := loadFiles(dir)
	if err != nil {
		return nil, err
	}
	m, err := compat.Build(dataset)
	return m, exit.With(exit.Data, err)
}

// inFolder names the files of problems by where they are, not by their place in
// the catalogue.
func inFolder(dir string, err error) error {
	var faults sheet.Problems
	if dir == "" || !errors.As(err, &faults) {
		return err
	}
	moved := make(sheet.Problems, len(faults))
	for i, p := range faults {
		p.File = path.Join(dir, p.File)
		moved[i] = p
	}
	return moved
}
