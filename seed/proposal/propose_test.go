package proposal_test

import (
	"bytes"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/tools/txtar"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/page"
	"github.com/testedon/testedon/seed"
	"github.com/testedon/testedon/seed/proposal"
)

var update = flag.Bool("update", false, "write what is proposed and written into testdata/import")

func put(fsys fstest.MapFS, files []txtar.File) {
	for _, f := range files {
		fsys[f.Name] = &fstest.MapFile{Data: bytes.Clone(f.Data)}
	}
}

func try(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// TestImport imports the pages in testdata/import into the catalogue beside that
// folder. Each file tells in its comment what the page is read for, has the page,
// what is proposed, and what that changes in the files. What is proposed is
// written into a copy of the catalogue: it loads, and proposes nothing more.
func TestImport(t *testing.T) {
	files, err := filepath.Glob("testdata/import/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no pages to import", err)
	}
	for _, name := range files {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			about, documents, catalogue := importCase(t, archive)
			proposals, err := proposal.Propose(matrix(t, catalogue), about, documents...)
			if err != nil {
				t.Fatal(err)
			}
			var got strings.Builder
			for _, p := range proposals {
				tell(&got, p)
			}
			expect(t, archive, "proposal", got.String())
			expect(t, archive, "written", written(t, catalogue, about, proposals, documents))
			if *update {
				if err := os.WriteFile(name, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

// importCase reads what a file says: pages end with .md or .html, files of the
// catalogue are in place of those of the same name.
func importCase(t *testing.T, archive *txtar.Archive) (about proposal.Subject, documents []proposal.Document, catalogue fstest.MapFS) {
	t.Helper()
	catalogue = importBase(t)
	var cut *page.Unread
	for line := range strings.Lines(string(archive.Comment)) {
		key, value, _ := strings.Cut(strings.TrimSpace(line), ": ")
		switch key {
		case "product":
			about.Product = value
		case "release":
			about.Release = value
		case "source":
			about.Source = value
		case "cut":
			cut = &page.Unread{}
		}
	}
	for _, f := range archive.Files {
		switch filepath.Ext(f.Name) {
		case ".yaml":
			put(catalogue, []txtar.File{f})
		case ".md", ".html":
			documents = append(documents, proposal.Document{Name: f.Name, Text: f.Data, Cut: cut})
		}
	}
	if len(documents) == 0 || about.Product == "" || about.Release == "" {
		t.Fatal("the file names no product and release, or has no page")
	}
	return about, documents, catalogue
}

func matrix(t testing.TB, fsys fs.FS) *compat.Matrix {
	t.Helper()
	ds, err := seed.Load(fsys)
	if err != nil {
		t.Fatal(err)
	}
	m, err := compat.Build(ds)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// tell writes a proposal for people.
func tell(b *strings.Builder, p *proposal.Proposal) {
	fmt.Fprintf(b, "%s %s as %q %s\n", p.Product, p.Release, p.Source, p.Because)
	fmt.Fprintf(b, "new: product %t, release %t, source %t; removes too much: %t\n", p.NewProduct, p.NewRelease, p.NewSource, p.Removes())
	for _, s := range p.Pages {
		fmt.Fprintf(b, "%s %q: %d tables, %d statements, %d resolved, %d not\n", s.Page, s.Title, s.Tables, s.Statements, s.Resolved, s.Unresolved)
		for _, o := range s.Others {
			fmt.Fprintf(b, "  left out: %d about %s\n", o.Statements, o)
		}
	}
	fmt.Fprintf(b, "%d unchanged\n", p.Unchanged)
	for _, c := range p.Changes {
		fmt.Fprintf(b, "%s %s %s, %q %s", c.Change, c.Kind, c.Technology, c.Label, c.Status)
		for _, part := range []string{"with: " + c.With, "was: " + c.Was, "section: " + c.Section} {
			if !strings.HasSuffix(part, ": ") {
				b.WriteString(", " + part)
			}
		}
		fmt.Fprintf(b, ", line %d\n", c.Line)
	}
	for _, u := range p.Unresolved {
		fmt.Fprintf(b, "unresolved %s:%d %q: %s %q\n", u.Page, u.Line, u.Text, u.Reason, u.Candidates)
	}
	for _, h := range p.Held {
		fmt.Fprintf(b, "held %q: %s\n", h.Label, h.Because)
	}
}

// expect compares a text with the file of an archive that has the name; with
// -update it becomes the file.
func expect(t *testing.T, archive *txtar.Archive, name, got string) {
	t.Helper()
	for i := range archive.Files {
		if f := &archive.Files[i]; f.Name == name {
			if *update {
				f.Data = []byte(got)
			}
			if want := string(f.Data); got != want {
				t.Errorf("%s:\n%s\nexpected:\n%s", name, got, want)
			}
			return
		}
	}
	if *update {
		archive.Files = append(archive.Files, txtar.File{Name: name, Data: []byte(got)})
		return
	}
	t.Errorf("the file does not tell what is expected as %q:\n%s", name, got)
}

// written writes proposals into a copy of a catalogue and tells which lines
// change; for what cannot be written, why.
func written(t *testing.T, catalogue fstest.MapFS, about proposal.Subject, proposals []*proposal.Proposal, documents []proposal.Document) string {
	t.Helper()
	dir := t.TempDir()
	try(t, os.CopyFS(dir, catalogue))
	names, err := proposal.Write(dir, proposals)
	if err != nil {
		return "error: " + err.Error() + "\n"
	}
	again, err := proposal.Propose(matrix(t, os.DirFS(dir)), about, documents...)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range again {
		if len(p.Changes) > 0 {
			t.Errorf("the same page proposes %d changes again, first %+v", len(p.Changes), p.Changes[0])
		}
	}
	var b strings.Builder
	for _, name := range names {
		before := ""
		if f := catalogue[name]; f != nil {
			before = string(f.Data)
		}
		after, err := os.ReadFile(filepath.Join(dir, name))
		try(t, err)
		fmt.Fprintf(&b, "%s\n%s", name, difference(before, string(after)))
	}
	untouched(t, dir, catalogue, names)
	return b.String()
}

// untouched makes sure that no other file changed or was left behind.
func untouched(t *testing.T, dir string, catalogue fstest.MapFS, names []string) {
	t.Helper()
	changed := strings.Join(names, "\n")
	try(t, fs.WalkDir(os.DirFS(dir), ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || strings.Contains(changed, name) {
			return err
		}
		data, err := os.ReadFile(filepath.Join(dir, name))
		if f := catalogue[name]; f == nil || !bytes.Equal(f.Data, data) {
			t.Errorf("%s was not to change", name)
		}
		return err
	}))
}

// difference lists the lines that go and come, by the longest common
// subsequence.
func difference(before, after string) string {
	a, b := strings.SplitAfter(before, "\n"), strings.SplitAfter(after, "\n")
	common := make([][]int, len(a)+1)
	for i := range common {
		common[i] = make([]int, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			common[i][j] = max(common[i+1][j], common[i][j+1])
			if a[i] == b[j] {
				common[i][j] = common[i+1][j+1] + 1
			}
		}
	}
	var out strings.Builder
	for i, j := 0, 0; i < len(a) || j < len(b); {
		switch {
		case i < len(a) && j < len(b) && a[i] == b[j]:
			i, j = i+1, j+1
		case j == len(b) || i < len(a) && common[i+1][j] >= common[i][j+1]:
			out.WriteString("- " + a[i])
			i++
		default:
			out.WriteString("+ " + b[j])
			j++
		}
	}
	return out.String()
}
