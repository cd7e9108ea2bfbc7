package cli

import (
	"errors"
	"os"
	"path"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"

	"github.com/testedon/testedon/cli/exit"
	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/seed"
	"github.com/testedon/testedon/seed/mapping"
	"github.com/testedon/testedon/seed/sheet"
)

// catalogueFlag finds the folders of the catalogue on a command line that cannot
// be parsed yet.
func catalogueFlag(args []string) (dirs []string) {
	const flag = "--catalogue"
	for i, arg := range args {
		if value, ok := strings.CutPrefix(arg, flag+"="); ok {
			dirs = append(dirs, strings.Split(value, ",")...)
		} else if arg == flag && i+1 < len(args) {
			dirs = append(dirs, strings.Split(args[i+1], ",")...)
		}
	}
	if named := os.Getenv("TESTEDON_CATALOGUE"); dirs == nil && named != "" {
		dirs = strings.Split(named, ",")
	}
	return dirs
}

// files gives the catalogues in folders, each once; the one within the program where none
// is named.
func files(dirs ...string) []seed.Folder {
	if len(dirs) == 0 || len(dirs) == 1 && (dirs[0] == "" || dirs[0] == seed.EmbeddedName) {
		return []seed.Folder{{Files: seed.Embedded()}}
	}
	var all []seed.Folder
	for _, dir := range dirs {
		folder := seed.Folder{Path: filepath.Clean(dir), Files: os.DirFS(dir)}
		if dir == seed.EmbeddedName {
			folder = seed.Folder{Path: seed.EmbeddedName + ":", Files: seed.Embedded()}
		}
		if !slices.ContainsFunc(all, func(other seed.Folder) bool { return other.Path == folder.Path }) {
			all = append(all, folder)
		}
	}
	return all
}

// loadFiles reads catalogue folders, or the one within the program, for a command. It
// makes some fifty times as much garbage as it keeps, and would take nearly twice as long if
// that were picked up as usual.
func loadFiles(dirs ...string) (*fact.Dataset, error) {
	defer debug.SetGCPercent(debug.SetGCPercent(400))
	dataset, err := seed.LoadAll(files(dirs...))
	return dataset, exit.With(exit.Data, err)
}

// loadMatrix reads catalogue folders, or the one within the program.
func loadMatrix(dirs ...string) (*compat.Matrix, error) {
	dataset, err := loadFiles(dirs...)
	if err != nil {
		return nil, err
	}
	m, err := compat.Build(dataset)
	return m, exit.With(exit.Data, err)
}

// loadMappings gives what says how documents of data are read: the mappings of catalogue
// folders, then those within the program.
func loadMappings(dirs ...string) ([]*mapping.Mapping, error) {
	var all []*mapping.Mapping
	for _, folder := range append(files(dirs...), files()...) {
		own, err := mapping.Load(folder.Files)
		if err != nil {
			return nil, exit.With(exit.Data, inFolder(folder.Path, err))
		}
		all = append(all, own...)
	}
	return all, nil
}

// inFolder names the files of problems by where they are, not by their place in
// the catalogue.
func inFolder(dir string, err error) error {
	var faults sheet.Problems
	if !errors.As(err, &faults) {
		return err
	}
	moved := make(sheet.Problems, len(faults))
	for i, p := range faults {
		if !strings.HasPrefix(p.File, seed.EmbeddedName+":") {
			p.File = path.Join(dir, p.File)
		}
		moved[i] = p
	}
	return moved
}
