package seed_test

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"golang.org/x/tools/txtar"

	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/seed"
	"github.com/testedon/testedon/seed/sheet"
)

var update = flag.Bool("update", false, "write the problems found into testdata/faults")

// day is the day on which catalogues are looked at.
var day = fact.DayOf(time.Date(2026, 6, 30, 12, 0, 0, 0, time.UTC))

// TestFaults lints the base catalogue with one fault each put into it, and
// compares the problems with the list at the end of the fault's file.
func TestFaults(t *testing.T) {
	files, err := filepath.Glob("testdata/faults/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no faults to try", err)
	}
	for _, name := range files {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			last := &archive.Files[len(archive.Files)-1]
			if last.Name != "problems" {
				t.Fatal("the list of problems does not end the file")
			}
			fsys := base(t)
			put(fsys, archive.Files[:len(archive.Files)-1])
			remove(fsys, string(archive.Comment))
			got := lint(t, fsys)
			if *update {
				last.Data = []byte(got)
				if err := os.WriteFile(name, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if want := string(last.Data); got != want {
				t.Errorf("problems found:\n%s\nexpected:\n%s", got, want)
			}
			if got == "" {
				t.Error("nothing was found")
			}
		})
	}
}

// TestBase makes sure that the faults are the only ones in their catalogues.
func TestBase(t *testing.T) {
	if got := lint(t, base(t)); got != "" {
		t.Errorf("the base catalogue has problems:\n%s", got)
	}
}

// base is the catalogue without a fault.
func base(t *testing.T) fstest.MapFS {
	t.Helper()
	archive, err := txtar.ParseFile("testdata/base.txtar")
	if err != nil {
		t.Fatal(err)
	}
	fsys := fstest.MapFS{}
	put(fsys, archive.Files)
	return fsys
}

func put(fsys fstest.MapFS, files []txtar.File) {
	for _, f := range files {
		fsys[f.Name] = &fstest.MapFile{Data: bytes.Clone(f.Data)}
	}
}

// remove takes out the files that a comment names after "without:".
func remove(fsys fstest.MapFS, comment string) {
	for line := range strings.Lines(comment) {
		if name, ok := strings.CutPrefix(line, "without: "); ok {
			delete(fsys, strings.TrimSpace(name))
		}
	}
}

// lint gives the problems of a catalogue, one per line, and makes sure that
// Load agrees: it loads what has no error but that a source cannot be looked up, and else
// tells the same errors.
func lint(t *testing.T, fsys fstest.MapFS) string {
	t.Helper()
	var all, faults sheet.Problems
	for _, p := range seed.Lint(seed.Folder{Files: fsys}, day) {
		all = append(all, p)
		if p.Severity == sheet.SeverityError && !strings.HasPrefix(p.Message, "has no address;") && !strings.HasPrefix(p.Message, "has no day;") && !strings.Contains(p.Message, "is no address of the web;") {
			faults = append(faults, p)
		}
	}
	ds, err := seed.Load(fsys)
	switch {
	case len(faults) == 0 && (err != nil || ds == nil):
		t.Errorf("Load gave %v, though lint found no error", err)
	case len(faults) > 0 && ds != nil:
		t.Error("Load gave a dataset, though lint found errors")
	case len(faults) > 0 && err.Error() != faults.Error():
		t.Errorf("Load tells\n%v\nlint tells\n%v", err, faults)
	}
	if len(all) == 0 {
		return ""
	}
	return all.Error() + "\n"
}
