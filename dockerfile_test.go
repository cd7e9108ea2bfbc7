package main

import (
	"bytes"
	"database/sql"
	"debug/elf"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"

	_ "github.com/mattn/go-sqlite3"
)

// read gives the text of a file.
func read(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestImageHasEveryRoom makes sure that what the program is made of reaches the
// build of the image: .dockerignore lets in only what it names.
func TestImageHasEveryRoom(t *testing.T) {
	named := strings.Fields(read(t, ".dockerignore"))
	for _, p := range goList(t, "-deps", ".") {
		path, ours := place(p.ImportPath)
		room, _, _ := strings.Cut(path, "/")
		if ours && room != "." && !slices.Contains(named, "!"+room) {
			t.Errorf(".dockerignore keeps out %s, which is part of the program", room)
		}
	}
}

// TestImageUsesTheGoOfTheModule holds the two places together that name it.
func TestImageUsesTheGoOfTheModule(t *testing.T) {
	image := regexp.MustCompile(`(?m)^FROM docker\.io/library/golang:(\d+\.\d+)\.\d+-alpine@sha256:[0-9a-f]{64} AS build$`).FindStringSubmatch(read(t, "Dockerfile"))
	module := regexp.MustCompile(`(?m)^go (\d+\.\d+)`).FindStringSubmatch(read(t, "go.mod"))
	if image == nil || module == nil || image[1] != module[1] {
		t.Errorf("the Dockerfile builds with Go %v, the module wants %v", image, module)
	}
}

// TestActionsArePinned makes sure that what a workflow runs is named by its commit, which
// nobody can move, and by the tag that Dependabot and readers know.
func TestActionsArePinned(t *testing.T) {
	names, err := filepath.Glob(".github/workflows/*.yml")
	if err != nil || len(names) == 0 {
		t.Fatalf("there are no workflows: %v", err)
	}
	pinned := regexp.MustCompile(`uses: [a-z-]+/[a-z-]+(/[a-z-]+)?@[0-9a-f]{40} # v\d+\.\d+\.\d+$`)
	for _, name := range append(names, "action.yml") {
		for line := range strings.Lines(read(t, name)) {
			if strings.Contains(line, "uses:") && !pinned.MatchString(strings.TrimSpace(line)) {
				t.Errorf("%s does not pin %s", name, strings.TrimSpace(line))
			}
		}
	}
}

// build makes the program from the sources in dir, whatever the test was run with.
func build(t *testing.T, dir string) string {
	t.Helper()
	if testing.Short() {
		t.Skip("-short: builds the program")
	}
	if runtime.GOOS != "linux" {
		t.Skip("what is read here is an ELF file")
	}
	program := filepath.Join(t.TempDir(), "testedon")
	cmd := exec.Command("make", "-C", dir, "build", "PROGRAM="+program, "VERSION=v1.0.0", "COMMIT=c0ffee")
	cmd.Env = []string{"GOFLAGS=-buildvcs=false"}
	for _, v := range os.Environ() {
		if name, _, _ := strings.Cut(v, "="); !slices.Contains([]string{"GOFLAGS", "CGO_CFLAGS", "CGO_LDFLAGS", "MAKEFLAGS", "MFLAGS"}, name) {
			cmd.Env = append(cmd.Env, v)
		}
	}
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("make build: %v\n%s", err, out)
	}
	return program
}

// TestBuildIsHardened reads the program that `make build` gives.
func TestBuildIsHardened(t *testing.T) {
	program := build(t, ".")
	f, err := elf.Open(program)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if f.Type != elf.ET_DYN {
		t.Errorf("its type is %v: it is not position-independent", f.Type)
	}
	if !slices.ContainsFunc(f.Progs, func(p *elf.Prog) bool { return p.Type == elf.PT_GNU_RELRO }) {
		t.Error("no part of it becomes read-only after it is loaded")
	}
	if flags, err := f.DynValue(elf.DT_FLAGS); err != nil || len(flags) != 1 || elf.DynFlag(flags[0])&elf.DF_BIND_NOW == 0 {
		t.Errorf("its flags are %v, %v: symbols are not bound at the start", flags, err)
	}
	for _, p := range f.Progs {
		if p.Type == elf.PT_GNU_STACK && p.Flags&elf.PF_X != 0 || p.Type == elf.PT_LOAD && p.Flags&elf.PF_W != 0 && p.Flags&elf.PF_X != 0 {
			t.Errorf("%v may be written and executed", p.ProgHeader)
		}
	}
	imported, err := f.ImportedSymbols()
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"__stack_chk_fail", "__memcpy_chk"} {
		if !slices.ContainsFunc(imported, func(s elf.ImportedSymbol) bool { return s.Name == want }) {
			t.Errorf("it does not use %s: its C is not checked", want)
		}
	}
	text, err := os.ReadFile(program)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Contains(text, []byte("OMIT_LOAD_EXTENSION")) || bytes.Contains(text, []byte("sqlite3_extension_init")) {
		t.Error("its SQLite can load extensions")
	}
	if size := len(text); size > 32<<20 {
		t.Errorf("it has %d bytes, more than 32 MB", size)
	}
}

// TestBuildIsReproducible builds in another folder: the same sources give the same bytes.
func TestBuildIsReproducible(t *testing.T) {
	first, err := os.ReadFile(build(t, "."))
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if out, err := exec.Command("sh", "-c", `git ls-files -z | xargs -0 cp --parents -t "$0"`, dir).CombinedOutput(); err != nil {
		t.Fatalf("copy: %v\n%s", err, out)
	}
	second, err := os.ReadFile(build(t, dir))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(first, second) {
		t.Error("two builds of the same sources differ")
	}
}

// TestExtensionsAreNotLoaded holds what every build has, also that of `go install`, which
// knows nothing of the Makefile: the functions of SQL load nothing.
func TestExtensionsAreNotLoaded(t *testing.T) {
	db, err := sql.Open("sqlite3", ":memory:")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	_, err = db.Exec("select load_extension('/none')")
	if err == nil || !strings.Contains(err.Error(), "not authorized") && !strings.Contains(err.Error(), "no such function") {
		t.Errorf("load_extension gave %v", err)
	}
}
