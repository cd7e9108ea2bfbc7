package cli_test

import (
	"cmp"
	"context"
	"io/fs"
	"os"
	"os/exec"
	"slices"
	"strings"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/testedon/testedon/doctor"
	"github.com/testedon/testedon/internal/secret"
)

// described is a machine out of a file of testdata/machines: the network is that
// of the machine it runs on, everything else stands in the file. Its sections are
//
//	-- system --               its name in Go
//	-- folder --               the working directory; / where there is none
//	-- env NAME --             a variable
//	-- file PATH --            a file
//	-- forbid PATH --          a file that must not be read
//	-- run COMMAND --          what a command prints
//	-- fail COMMAND --         what it prints, and ends with 1
//	-- hang COMMAND --         a command that does not end
type described struct {
	doctor.Machine
	sections map[string]string
}

// machine is the one that the variable MACHINE names the file of; nil where it
// names none.
func machine() doctor.Machine {
	name := os.Getenv("MACHINE")
	if name == "" {
		return nil
	}
	archive, err := txtar.ParseFile(name)
	if err != nil {
		panic(err)
	}
	m := described{doctor.Here(), map[string]string{}}
	for _, f := range archive.Files {
		m.sections[f.Name] = string(f.Data)
	}
	return m
}

func (m described) System() string { return strings.TrimSpace(m.sections["system"]) }

// Getenv knows the password of the tests, too.
func (m described) Getenv(name string) string {
	if name == secret.Variable {
		return os.Getenv(name)
	}
	return strings.TrimSpace(m.sections["env "+name])
}

func (m described) ReadFile(name string) (string, error) {
	if _, forbidden := m.sections["forbid "+name]; forbidden {
		return "", &fs.PathError{Op: "open", Path: name, Err: fs.ErrPermission}
	}
	if text, ok := m.sections["file "+name]; ok {
		return text, nil
	}
	return "", &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
}

func (m described) Folder() (string, error) {
	return cmp.Or(strings.TrimSpace(m.sections["folder"]), "/"), nil
}

// ReadDir knows the folders that files of the machine stand in.
func (m described) ReadDir(name string) ([]string, error) {
	var names []string
	for section := range m.sections {
		file, ok := strings.CutPrefix(section, "file "+strings.TrimSuffix(name, "/")+"/")
		if first, _, _ := strings.Cut(file, "/"); ok && !slices.Contains(names, first) {
			names = append(names, first)
		}
	}
	slices.Sort(names)
	return names, nil
}

func (m described) Run(ctx context.Context, name string, args ...string) (string, error) {
	command := strings.Join(append([]string{name}, args...), " ")
	if text, ok := m.sections["fail "+command]; ok {
		return text, exec.Command("false").Run()
	}
	if _, ok := m.sections["hang "+command]; ok {
		<-ctx.Done()
		return "", ctx.Err()
	}
	if text, ok := m.sections["run "+command]; ok {
		return text, nil
	}
	return "", &exec.Error{Name: name, Err: exec.ErrNotFound}
}
