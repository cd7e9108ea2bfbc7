package proposal_test

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/tools/txtar"

	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/seed"
	"github.com/testedon/testedon/seed/proposal"
)

const (
	kite = "releases/kite/2.0.yaml"
	jdks = "# Kite Server compatibility\n\n## Tested JDKs\n\n| JDK | Versions |\n|---|---|\n| CorrettoJDK | 11, 17, 21 |\n| OpenJDK | 17, 21, 25 |\n"
)

// importBase is the catalogue that pages are imported into.
func importBase(t testing.TB) fstest.MapFS {
	t.Helper()
	archive, err := txtar.ParseFile("testdata/catalogue.txtar")
	if err != nil {
		t.Fatal(err)
	}
	fsys := fstest.MapFS{}
	put(fsys, archive.Files)
	return fsys
}

// proposed imports a page that adds one JDK into the catalogue in a folder.
func proposed(t *testing.T, dir string) []*proposal.Proposal {
	t.Helper()
	proposals, err := proposal.Propose(matrix(t, os.DirFS(dir)), proposal.Subject{Product: "kite", Release: "2.0"},
		proposal.Document{Name: "page.md", Text: []byte(jdks)})
	if err != nil || len(proposals) != 1 || len(proposals[0].Changes) != 1 {
		t.Fatalf("proposed %+v, %v", proposals, err)
	}
	return proposals
}

// TestWriteLineEnds writes into files as they come from elsewhere.
func TestWriteLineEnds(t *testing.T) {
	for name, change := range map[string]func([]byte) []byte{
		"windows":    func(data []byte) []byte { return bytes.ReplaceAll(data, []byte("\n"), []byte("\r\n")) },
		"no newline": func(data []byte) []byte { return bytes.TrimRight(data, "\n") },
	} {
		t.Run(name, func(t *testing.T) {
			fsys, dir := importBase(t), t.TempDir()
			before := change(fsys[kite].Data)
			fsys[kite].Data = before
			try(t, os.CopyFS(dir, fsys))
			names, err := proposal.Write(dir, proposed(t, dir))
			if err != nil || !slices.Equal(names, []string{kite}) {
				t.Fatalf("wrote %v, %v", names, err)
			}
			after, err := os.ReadFile(filepath.Join(dir, kite))
			try(t, err)
			want := strings.Replace(string(before), `versions: ["17", "21"]`, `versions: ["17", "21", "25"]`, 1)
			want = strings.Replace(want, "quote: OpenJDK | 17, 21", "quote: OpenJDK | 17, 21, 25", 1)
			if string(after) != want {
				t.Errorf("the file is\n%q\nexpected\n%q", after, want)
			}
		})
	}
}

// TestWriteKeepsPermissions makes sure that a file may be read by whom it could.
func TestWriteKeepsPermissions(t *testing.T) {
	dir := t.TempDir()
	try(t, os.CopyFS(dir, importBase(t)))
	const mode = 0o640
	try(t, os.Chmod(filepath.Join(dir, kite), mode))
	if _, err := proposal.Write(dir, proposed(t, dir)); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(filepath.Join(dir, kite))
	try(t, err)
	if info.Mode().Perm() != mode {
		t.Errorf("the file is %v, want %o", info.Mode(), mode)
	}
}

// TestWriteNothing makes sure that a catalogue that is no longer what the proposal
// was made from, or cannot be written, stays as it is.
func TestWriteNothing(t *testing.T) {
	tests := []struct {
		name    string
		arrange func(t *testing.T, dir string)
		want    string
	}{
		{"broken since", func(t *testing.T, dir string) {
			try(t, os.WriteFile(filepath.Join(dir, kite), []byte("product: [kite\n"), 0o600))
		}, kite + ":1:10: "},
		{"another file broken since", func(t *testing.T, dir string) {
			try(t, os.WriteFile(filepath.Join(dir, "kinds.yaml"), []byte("kinds: none\n"), 0o600))
		}, "the catalogue would no longer load"},
		{"gone", func(t *testing.T, dir string) { try(t, os.RemoveAll(dir)) }, "no such file"},
		{"a link", func(t *testing.T, dir string) {
			outside := filepath.Join(t.TempDir(), "outside.yaml")
			try(t, os.WriteFile(outside, importBase(t)[kite].Data, 0o600))
			try(t, os.Remove(filepath.Join(dir, kite)))
			try(t, os.Symlink(outside, filepath.Join(dir, kite)))
		}, "is a symbolic link"},
		{"a folder in place of the new file", func(t *testing.T, dir string) {
			try(t, os.Mkdir(filepath.Join(dir, "releases/kite/.2.0.yaml.new"), 0o700))
		}, "nothing was written"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "catalogue")
			try(t, os.CopyFS(dir, importBase(t)))
			proposals := proposed(t, dir)
			test.arrange(t, dir)
			before := contents(t, dir)
			names, err := proposal.Write(dir, proposals)
			if err == nil || len(names) > 0 || !strings.Contains(err.Error(), test.want) {
				t.Errorf("wrote %v, %v; expected an error with %q", names, err, test.want)
			}
			if after := contents(t, dir); after != before {
				t.Errorf("the folder has changed from\n%s\nto\n%s", before, after)
			}
		})
	}
}

// contents is every file of a folder with what it holds.
func contents(t *testing.T, dir string) string {
	t.Helper()
	var b strings.Builder
	_ = filepath.WalkDir(dir, func(name string, entry os.DirEntry, err error) error { // a folder that is gone has none
		if err == nil && entry.Type().IsRegular() {
			data, err := os.ReadFile(name)
			try(t, err)
			b.WriteString(name + "\n" + string(data))
		}
		return nil
	})
	return b.String()
}

// TestProposeRefuses names what cannot be a release or a source: these names
// become those of files.
func TestProposeRefuses(t *testing.T) {
	m := matrix(t, importBase(t))
	for _, about := range []proposal.Subject{
		{Product: "kite", Release: "../2.0"},
		{Product: "kite", Release: ""},
		{Product: "kite", Release: "2.0", Source: "../kite"},
		{Product: "kite", Release: "2.0", Source: "Kite Page"},
	} {
		if proposals, err := proposal.Propose(m, about, proposal.Document{Name: "x", Text: []byte(jdks)}); err == nil {
			t.Errorf("%+v gave %+v", about, proposals)
		}
	}
}

// FuzzWrite edits a release file of any layout. Either it is refused, or what is
// written loads, says what the page does, and says all else as it did.
func FuzzWrite(f *testing.F) {
	base := importBase(f)
	f.Add(base[kite].Data, jdks)
	f.Add(base["releases/reel/1.0.yaml"].Data, "# x\n\n## Supported JDKs\n\n| JDK | Versions |\n|---|---|\n| OpenJDK | 21 |\n")
	f.Add([]byte("product: kite\nversion: \"2.0\"\nsections:\n- section: a\n  source: kite-page\n  status: tested\n  rows:\n  -\n    technology: openjdk\n    printed: OpenJDK\n    versions: [\n      \"17\", # one\n      \"21\"]\n    quote: |-\n      # no remark\n  # a remark\n"), jdks)
	f.Add([]byte("{product: kite, version: \"2.0\"}\n"), jdks)
	f.Add([]byte("product: kite\nversion: \"2.0\"\nnotes:\n  - source: kite-page\n    rows: [{id: a, topic: b, title: c, text: d, quote: e}]\n"), jdks+"\n## System requirements\n\n| Resource | Minimum |\n|---|---|\n| Memory | 4 GB |\n")
	f.Fuzz(func(t *testing.T, data []byte, text string) {
		fsys := importBase(t)
		fsys[kite] = &fstest.MapFile{Data: data}
		if _, err := seed.Load(fsys); err != nil {
			return
		}
		dir := t.TempDir()
		try(t, os.CopyFS(dir, fsys))
		document := proposal.Document{Name: "page.md", Text: []byte(text)}
		about := proposal.Subject{Product: "kite", Release: "2.0", Source: "kite-page"}
		proposals, err := proposal.Propose(matrix(t, fsys), about, document)
		if err != nil {
			t.Fatal(err)
		}
		names, err := proposal.Write(dir, proposals)
		if err != nil {
			if strings.Contains(err.Error(), "would still be") || contents(t, dir) == "" {
				t.Error(err)
			}
			return
		}
		again, err := proposal.Propose(matrix(t, os.DirFS(dir)), about, document)
		if err != nil || len(again[0].Changes) > 0 {
			t.Errorf("a second time: %+v, %v", again[0].Changes, err)
		}
		kept(t, fsys, os.DirFS(dir), proposals[0])
		if len(names) == 0 && len(proposals[0].Changes) > 0 {
			t.Errorf("nothing was written of %+v", proposals[0].Changes)
		}
	})
}

// kept makes sure that a catalogue has every claim, port and note that another has,
// but for those that a proposal changes.
func kept(t *testing.T, before, after fs.FS, p *proposal.Proposal) {
	t.Helper()
	old, err := seed.Load(before)
	try(t, err)
	now, err := seed.Load(after)
	try(t, err)
	gone := 0
	for _, c := range p.Changes {
		if c.Change != proposal.Added && c.Kind != "requirement" && c.Kind != "incompatibility" {
			gone++
		}
	}
	for _, c := range old.Claims {
		if !slices.ContainsFunc(now.Claims, func(n fact.Claim) bool {
			return n.Technology == c.Technology && n.Label == c.Label && n.Status == c.Status && n.When == c.When && n.Citation.Source == c.Citation.Source
		}) {
			gone--
		}
	}
	if gone < 0 {
		t.Errorf("%d claims more are gone than were to go", -gone)
	}
	if !slices.Equal(old.Ports, now.Ports) || len(old.Notes) != len(now.Notes) {
		t.Error("ports or notes have changed")
	}
}

// BenchmarkPropose imports a page into the embedded catalogue, which is loaded
// before.
func BenchmarkPropose(b *testing.B) {
	m := matrix(b, seed.Embedded())
	text, about := []byte(jdks), proposal.Subject{Product: "mi", Release: "4.4.0"}
	for range 6 { // as long as the longest real page
		text = append(text, jdks[strings.Index(jdks, "##"):]...)
	}
	for b.Loop() {
		if _, err := proposal.Propose(m, about, proposal.Document{Name: "page.md", Text: text}); err != nil {
			b.Fatal(err)
		}
	}
}
