package seed_test

import (
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/internal/sample"
	"github.com/testedon/testedon/seed"
)

const (
	demoEdit  = "https://example.com/edit/main/{path}#L{line}"
	demoIssue = "https://example.com/new?title={title}&body={body}"
)

// kept is the base catalogue, as it says that it is kept in a repository.
func kept(t *testing.T) fstest.MapFS {
	t.Helper()
	fsys := base(t)
	fsys["catalogue.yaml"] = &fstest.MapFile{Data: []byte("edit_url: " + demoEdit + "\nissue_url: " + demoIssue + "\n")}
	return fsys
}

func loadAll(t *testing.T, folders ...seed.Folder) *fact.Dataset {
	t.Helper()
	ds, err := seed.LoadAll(folders)
	if err != nil {
		t.Fatal(err)
	}
	return ds
}

// lines gives the line of each fact, as "path:line".
func lines(ds *fact.Dataset) map[string]string {
	all := map[string]string{}
	for _, f := range ds.Files {
		for _, l := range f.Lines {
			all[l.Fact] = fmt.Sprintf("%s:%d", f.Path, l.Line)
		}
	}
	return all
}

// TestLines reads statements that are written in many ways.
func TestLines(t *testing.T) {
	const head = "product: demo\nversion: \"1.0\"\n"
	for _, c := range []struct{ name, text, fact, want string }{
		{"block", head + "sections:\n  - section: A\n    source: page\n    status: tested\n    rows:\n      - technology: rhel\n        printed: RHEL\n        versions: [\"9\", \"8\"]\n        quote: RHEL\n", "claim demo/1.0/rhel/8", "8"},
		{"another key first", head + "sections:\n  - section: A\n    source: page\n    status: tested\n    rows:\n      - quote: RHEL\n        printed: RHEL\n        technology: rhel\n", "claim demo/1.0/rhel", "8"},
		{"in braces", head + "sections:\n  - section: A\n    source: page\n    status: tested\n    rows:\n      - {technology: openjdk, printed: OpenJDK, quote: O}\n      - {technology: rhel, printed: RHEL, quote: R}\n", "claim demo/1.0/rhel", "9"},
		{"remarks and blanks", "# A remark.\n\n" + head + "\nsections:\n  # Another.\n  - section: A\n    source: page\n    status: tested\n    rows:\n\n      # One more.\n      - technology: rhel\n        printed: RHEL\n        quote: R\n", "claim demo/1.0/rhel", "14"},
		{"text of several lines", head + "sections:\n  - section: A\n    source: page\n    status: tested\n    rows:\n      - technology: openjdk\n        printed: OpenJDK\n        quote: >-\n          one\n          two\n      - technology: rhel\n        printed: RHEL\n        quote: R\n", "claim demo/1.0/rhel", "13"},
		{"the dash alone", head + "sections:\n  - section: A\n    source: page\n    status: tested\n    rows:\n      -\n        technology: rhel\n        printed: RHEL\n        quote: R\n", "claim demo/1.0/rhel", "9"},
		{"a document's mark", "---\n" + head + "ports:\n  - source: page\n    rows:\n      - {name: web, number: 1, purpose: W, quote: Q}\n", "port demo/1.0/web", "7"},
		{"a release", "product: demo\naliases: [\"1\"]\nversion: \"1.0\"\n", "release demo/1.0", "3"},
	} {
		for ends, text := range map[string]string{"": c.text, " of Windows": strings.ReplaceAll(c.text, "\n", "\r\n")} {
			fsys := kept(t)
			fsys["releases/demo/1.0.yaml"] = &fstest.MapFile{Data: []byte(text)}
			if got := lines(loadAll(t, seed.Folder{Files: fsys}))[c.fact]; got != "releases/demo/1.0.yaml:"+c.want {
				t.Errorf("%s%s: %s is at %q, not in line %s", c.name, ends, c.fact, got, c.want)
			}
		}
	}
}

// TestEmbeddedLines: each fact of the embedded catalogue has a line, and what stands there is
// the fact: the words that it is told by begin in it or before the next entry.
func TestEmbeddedLines(t *testing.T) {
	ds := sample.Catalogue(t).Dataset()
	at := lines(ds)
	for _, n := range fact.Nouns {
		for i := range n.Len(ds) {
			if where := n.Word() + " " + n.ID(ds, i); n.Word() != "file" && at[where] == "" {
				t.Errorf("%s is in no file", where)
			}
		}
	}
	files := map[string][]string{}
	text := func(where string) string {
		name, number, _ := strings.Cut(at[where], ":")
		if files[name] == nil {
			data, err := fs.ReadFile(seed.Embedded(), name)
			if err != nil {
				t.Fatal(where, err)
			}
			files[name] = strings.Split(string(data), "\n")
		}
		line := 0
		if _, err := fmt.Sscan(number, &line); err != nil || line < 1 || line > len(files[name]) {
			t.Fatal(where, at[where])
		}
		entry := files[name][line-1]
		for _, more := range files[name][line:] {
			if strings.HasPrefix(strings.TrimSpace(more), "- technology: ") || strings.HasPrefix(strings.TrimSpace(more), "- {") {
				break
			}
			entry += "\n" + more
		}
		return entry
	}
	for _, s := range ds.Sources {
		if first, _, _ := strings.Cut(text("source "+s.ID), "\n"); first != "id: "+s.ID {
			t.Errorf("the source %s is at %s, where %q stands", s.ID, at["source "+s.ID], first)
		}
	}
	for _, c := range ds.Claims {
		entry := text("claim " + c.ID)
		if first, _, _ := strings.Cut(entry, "\n"); !strings.Contains(first, "technology: "+c.Technology) || !strings.Contains(entry, c.Version) {
			t.Errorf("the claim %s is at %s, where this stands: %s", c.ID, at["claim "+c.ID], entry)
		}
	}
}

// TestMovedLine: a line more at the top of a file changes what is told of that file, and nothing else.
func TestMovedLine(t *testing.T) {
	fsys := kept(t)
	before := loadAll(t, seed.Folder{Files: fsys})
	moved := fsys["releases/demo/1.0.yaml"]
	moved.Data = append([]byte("\n"), moved.Data...)
	after := loadAll(t, seed.Folder{Files: fsys})
	var changed []string
	for _, n := range fact.Nouns {
		was, is := documents(n, before), documents(n, after)
		for id, text := range is {
			if was[id] != text {
				changed = append(changed, n.Word()+" "+id)
			}
		}
		if len(was) != len(is) {
			t.Errorf("there were %d of %s, and are %d", len(was), n.Word(), len(is))
		}
	}
	if want := "file releases/demo/1.0.yaml " + demoEdit + " 1"; len(changed) != 1 || changed[0] != want {
		t.Errorf("%q changed, and not %q alone", changed, want)
	}
}

func documents(n fact.Noun, ds *fact.Dataset) map[string]string {
	all, i := map[string]string{}, 0
	for text := range n.Documents(ds) {
		for line := range strings.Lines(text) {
			all[n.ID(ds, i)] = line
			i++
		}
	}
	return all
}

// TestSeveralRepositories: each catalogue leads to where it is kept, and one that does not say where
// leads nowhere.
func TestSeveralRepositories(t *testing.T) {
	one := func(id, edit string) seed.Folder {
		fsys := fstest.MapFS{
			"catalogue.yaml":           {Data: []byte("extends: embedded\n" + edit)},
			"products/" + id + ".yaml": {Data: []byte("id: " + id + "\nname: " + id + "\nvendor: Example\n")},
			"releases/" + id + "/1.0.yaml": {Data: []byte("product: " + id + "\nversion: \"1.0\"\nsections:\n  - section: A\n    source: " + id +
				"\n    status: tested\n    rows:\n      - {technology: tomcat, printed: Tomcat, versions: [\"10\"], quote: Tomcat}\n")},
			"sources/" + id + ".yaml": {Data: []byte("id: " + id + "\ntitle: " + id + "\nurl: https://example.com/\ndate: 2026-01-31\nauthority: official\n")},
		}
		return seed.Folder{Path: id, Files: fsys}
	}
	ds := loadAll(t, one("one", "edit_url: https://one.example/{path}:{line}\n"), one("two", "edit_url: https://two.example/{path}:{line}\n"), one("three", ""))
	m := sample.Build(t, ds)
	for where, want := range map[string]string{
		"claim one/1.0/tomcat/10": "https://one.example/releases/one/1.0.yaml:8", "claim two/1.0/tomcat/10": "https://two.example/releases/two/1.0.yaml:8",
		"claim three/1.0/tomcat/10": "", "source two": "https://two.example/sources/two.yaml:1",
		"technology rhel":   "https://github.com/testedon/testedon/edit/main/seed/catalogue/technologies/os/rhel.yaml#L2",
		"technology tomcat": "https://github.com/testedon/testedon/edit/main/seed/shared/technologies/app-server/tomcat.yaml#L2",
	} {
		noun, id, _ := strings.Cut(where, " ")
		if got := m.Correction(noun, id, "", fact.Citation{}, "").EditURL(); got != want {
			t.Errorf("%s leads to %q, not %q", where, got, want)
		}
	}
}

// TestLongFile: a file of more facts than one document takes has several.
func TestLongFile(t *testing.T) {
	fsys := kept(t)
	var rows strings.Builder
	for i := range 2500 {
		fmt.Fprintf(&rows, "      - {name: p%d, number: 1, purpose: P, quote: Q}\n", i)
	}
	fsys["platforms/base.yaml"] = &fstest.MapFile{Data: []byte("id: base\nname: Base\nvendor: Example\nports:\n  - source: page\n    rows:\n" + rows.String())}
	ds := loadAll(t, seed.Folder{Files: fsys})
	if at := lines(ds); at["port base/p2499"] != "platforms/base.yaml:2506" || at["port base/p0"] != "platforms/base.yaml:7" {
		t.Error(at["port base/p0"], at["port base/p2499"])
	}
	if problems := compat.Validate(ds); len(problems) > 0 {
		t.Error(problems)
	}
	for _, f := range ds.Files {
		if len(f.Lines) > 1000 {
			t.Errorf("%s has %d lines", f.ID, len(f.Lines))
		}
	}
}
