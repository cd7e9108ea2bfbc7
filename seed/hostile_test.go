package seed_test

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/testedon/testedon/seed"
	"github.com/testedon/testedon/seed/sheet"
)

const rhel = "technologies/os/rhel.yaml"

// TestHostileFiles puts files into the base catalogue that cannot be written
// down in a list of faults.
func TestHostileFiles(t *testing.T) {
	tests := []struct {
		name, data, want string
	}{
		{"not UTF-8", "id: rhel\nname: R\xffH\n", rhel + ":2:8: is not UTF-8; save it in that encoding"},
		{"byte order mark", "\ufeffid: rhel\n", rhel + ":1:1: begins with a byte order mark; save it as UTF-8 without one"},
		{"too large", strings.Repeat("# remark\n", 200_000), rhel + ": is larger than 1024 KiB; split it"},
		{"too many words", strings.Repeat("a: b\n", 50_000), rhel + ": has more than 50000 words and signs; split it"},
		{"too deep", "a: " + strings.Repeat("[", 40_000), rhel + ":1:20: lists and keys are nested more than 16 deep"},
		{"too many dashes", strings.Repeat("- ", 20_000) + "x", rhel + ":1:33: lists and keys are nested more than 16 deep"},
		{"too long a text", "id: " + strings.Repeat("x", 5_000), rhel + ":1:5: the text is longer than 4000 bytes; shorten it"},
		{"bomb", bomb(), rhel + ":1:4: an anchor (&) is not allowed here; write the value out, in quotes if it begins with that sign"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			fsys := base(t)
			fsys[rhel] = &fstest.MapFile{Data: []byte(test.data)}
			got := lint(t, fsys)
			if !strings.Contains("\n"+got, "\n"+test.want+"\n") {
				t.Errorf("found\n%.500s\nexpected\n%s", got, test.want)
			}
		})
	}
}

// bomb is a document of a few hundred bytes that stands for billions of values.
func bomb() string {
	text := "a: &a [x, x, x, x, x, x, x, x, x, x]\n"
	for c := 'b'; c < 'k'; c++ {
		text += fmt.Sprintf("%c: &%[1]c [%s]\n", c, strings.TrimSuffix(strings.Repeat(fmt.Sprintf("*%c, ", c-1), 10), ", "))
	}
	return text
}

// TestLineEnds makes sure that a file saved on Windows reads as any other.
func TestLineEnds(t *testing.T) {
	fsys := base(t)
	for _, f := range fsys {
		f.Data = []byte(strings.ReplaceAll(string(f.Data), "\n", "\r\n"))
	}
	if got := lint(t, fsys); got != "" {
		t.Error(got)
	}
}

// TestHostileFolders tries folders of the real file system.
func TestHostileFolders(t *testing.T) {
	tests := []struct {
		name    string
		arrange func(t *testing.T, dir string)
		want    string
	}{
		{"link to a file outside", func(t *testing.T, dir string) {
			outside := filepath.Join(t.TempDir(), "secret")
			try(t, os.WriteFile(outside, []byte("id: rhel\n"), 0o600))
			try(t, os.Remove(filepath.Join(dir, rhel)))
			try(t, os.Symlink(outside, filepath.Join(dir, rhel)))
		}, rhel + ": is a symbolic link, and links are not followed; put the file itself here"},
		{"link to a folder", func(t *testing.T, dir string) {
			try(t, os.Symlink("/", filepath.Join(dir, "technologies", "root")))
		}, "technologies/root: is a symbolic link, and links are not followed; put the file itself here"},
		{"folder in place of a file", func(t *testing.T, dir string) {
			try(t, os.Remove(filepath.Join(dir, rhel)))
			try(t, os.Mkdir(filepath.Join(dir, rhel), 0o755))
		}, rhel + ": is a folder; a file is expected here"},
		{"empty", func(t *testing.T, dir string) {
			try(t, os.RemoveAll(dir))
			try(t, os.Mkdir(dir, 0o755))
		}, ".: no catalogue found: there is neither kinds.yaml nor a catalogue.yaml that extends another; testedon init makes one; expected kinds.yaml, technologies/KIND/ID.yaml"},
		{"not there", func(t *testing.T, dir string) {
			try(t, os.RemoveAll(dir))
		}, ".: cannot be read: no such file or directory"},
		{"a file", func(t *testing.T, dir string) {
			try(t, os.RemoveAll(dir))
			try(t, os.WriteFile(dir, nil, 0o644))
		}, ".: cannot be read: not a directory"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "catalogue")
			try(t, os.CopyFS(dir, base(t)))
			test.arrange(t, dir)
			fsys := os.DirFS(dir)
			problems := seed.Lint(seed.Folder{Files: fsys}, day)
			if len(problems) == 0 || !strings.HasPrefix(problems[0].String(), test.want) {
				t.Errorf("found\n%v\nexpected\n%s", sheet.Problems(problems), test.want)
			}
			if ds, err := seed.Load(fsys); err == nil || ds != nil {
				t.Error("it was loaded")
			}
		})
	}
}

// TestTooMuch makes sure that reading stops somewhere.
func TestTooMuch(t *testing.T) {
	tests := []struct {
		files int
		name  string
		data  []byte
		want  string
	}{
		{files: 10_001, name: "%d.txt", want: ".: holds more than 10000 files and folders; is this the folder of a catalogue?\n"},
		{files: 65, name: "sources/%d.yaml", data: make([]byte, 1<<20), want: ".: holds more than 64 MiB of YAML; is this the folder of a catalogue?\n"},
	}
	for _, test := range tests {
		fsys := base(t)
		for i := range test.files {
			fsys[fmt.Sprintf(test.name, i)] = &fstest.MapFile{Data: test.data}
		}
		if got := lint(t, fsys); got != test.want {
			t.Errorf("found\n%s\nexpected\n%s", got, test.want)
		}
	}
}

func try(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// FuzzLoad reads arbitrary files. Whatever they hold, lint and Load agree and
// every problem stands at a place that the file has.
func FuzzLoad(f *testing.F) {
	for _, name := range []string{"technologies/jdk/adoptopenjdk.yaml", "technologies/os/windows.yaml", "releases/mi/4.4.0.yaml", "platforms/carbon.yaml", "kinds.yaml"} {
		data, err := fs.ReadFile(seed.Embedded(), name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	for _, text := range []string{"a: [b: 1, : {", "? a\n: b", "- - - x", "a: |\n  x\n y", "%YAML 1.2\n---\na", "a: !!binary x", "{a, b: c}", "\"a\":b", "a:\n\tb"} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		fsys := base(t)
		for _, name := range []string{"kinds.yaml", rhel, "platforms/base.yaml", "releases/demo/1.0.yaml"} {
			fsys[name] = &fstest.MapFile{Data: data}
		}
		lines := strings.Count(string(data), "\n") + strings.Count(string(data), "\r") + 1
		for _, p := range seed.Lint(seed.Folder{Files: fsys}, day) {
			if p.Message == "" || p.File == "" || p.Line < 0 || p.Line > 0 && p.Column < 1 {
				t.Errorf("a problem without a place or a message: %#v", p)
			}
			if p.File == rhel && p.Line > lines {
				t.Errorf("%v lies behind the end, line %d", p, lines)
			}
		}
		lint(t, fsys)
	})
}
