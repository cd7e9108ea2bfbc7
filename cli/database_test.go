package cli_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/testedon/testedon/cli"
	"github.com/testedon/testedon/cli/exit"
	"github.com/testedon/testedon/internal/dbserver"
	"github.com/testedon/testedon/seed"
	"github.com/testedon/testedon/store"
)

// does runs a command, which has to end with a code, and gives what it says.
func does(t *testing.T, code int, args ...string) string {
	t.Helper()
	var said bytes.Buffer
	if got := (cli.Program{Args: args, Stdout: &said, Stderr: &said}).Run(t.Context()); got != code {
		t.Fatalf("%q ends with %d, want %d: %s", args, got, code, said.String())
	}
	return said.String()
}

// annas is a folder of the facts of one owner.
func annas(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range map[string]string{
		"sources/anna.yaml": "id: anna\ntitle: What Anna tested\nurl: https://example.com/anna\ndate: \"2026-01-31\"\nauthority: official\n",
		"releases/mi/4.4.0.yaml": "product: mi\nversion: \"4.4.0\"\nsections:\n  - section: Databases\n    source: anna\n    status: tested\n" +
			"    rows:\n      - technology: postgresql\n        printed: PostgreSQL\n        versions: [\"18.1\"]\n        quote: PostgreSQL 18.1\n",
	} {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// TestDatabase moves a record of two owners through every engine and a backup: it is the
// same everywhere.
func TestDatabase(t *testing.T) {
	server := dbserver.NewPostgreSQL(t)
	first, _ := server.Schema(t)
	second, _ := server.Schema(t)
	dir, file := t.TempDir(), filepath.Join(t.TempDir(), "backup.db")
	record(t, dir)
	tail := func(said string) string { return said[strings.LastIndex(said, ": revision "):] }

	does(t, exit.Pass, "database", "apply", "--data", dir, "--owner", "anna", annas(t))
	want := tail(does(t, exit.Pass, "database", "copy", dir, first))
	if !strings.HasPrefix(want, ": revision 2, sha256:") {
		t.Errorf("copied %q", want)
	}
	for name, got := range map[string]string{
		"backup of PostgreSQL":  does(t, exit.Pass, "database", "backup", "--database", first, file),
		"restored as a file":    does(t, exit.Pass, "database", "restore", "--data", t.TempDir(), file),
		"restored into a table": does(t, exit.Pass, "database", "restore", "--database", second, file),
	} {
		if tail(got) != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	if got := does(t, exit.Pass, "database", "apply", "--database", second, "--owner", "anna", "--withdraw"); !strings.Contains(got, "2 withdrawn; the record is at revision 3.") {
		t.Errorf("withdrawn: %s", got)
	}
}

// TestDatabaseRefused copies nothing where something is in the way, and leaves nothing
// behind.
func TestDatabaseRefused(t *testing.T) {
	dir, other, backups := t.TempDir(), t.TempDir(), t.TempDir()
	record(t, dir)
	record(t, other)
	file := filepath.Join(backups, "a.db")
	does(t, exit.Pass, "database", "backup", "--data", dir, file)
	broken := filepath.Join(backups, "broken.db")
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(broken, bytes.ReplaceAll(content, []byte("17.2"), []byte("17.3")), 0o600); err != nil {
		t.Fatal(err)
	}
	empty, nothing := filepath.Join(t.TempDir(), "empty"), filepath.Join(t.TempDir(), "nothing.db")
	if err := os.WriteFile(nothing, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct {
		args []string
		code int
		says string
	}{
		"target in use":       {[]string{"copy", dir, other}, exit.Data, "is not empty"},
		"no record":           {[]string{"copy", empty, other}, exit.Data, "there is no database"},
		"backup there":        {[]string{"backup", "--data", dir, file}, exit.Data, "is there already"},
		"no folder":           {[]string{"backup", "--data", dir, filepath.Join(backups, "no", "b.db")}, exit.Data, "nothing can be written beside"},
		"no backup":           {[]string{"restore", "--data", empty, filepath.Join(backups, "none.db")}, exit.Data, "cannot be read: no such file"},
		"damaged backup":      {[]string{"restore", "--data", empty, broken}, exit.Data, broken + " is damaged\n  Name another backup."},
		"empty backup":        {[]string{"restore", "--data", empty, nothing}, exit.Data, "nothing is in the database " + nothing},
		"folder for a backup": {[]string{"restore", "--data", empty, backups}, exit.Data, "is not a regular file"},
		"restored over facts": {[]string{"restore", "--data", other, file}, exit.Data, "is not empty"},
		"password in address": {[]string{"copy", dir, "postgresql://ada:hunter2@localhost/x"}, exit.Data, "password"},
		"no such server":      {[]string{"copy", dir, "postgresql://ada@127.0.0.1:1/x?connect_timeout=2"}, exit.Data, "127.0.0.1"},
	} {
		said := does(t, test.code, append([]string{"database"}, test.args...)...)
		t.Log(name, "→", said)
		if !strings.Contains(said, test.says) || strings.Contains(said, "hunter2") {
			t.Errorf("%s: %s", name, said)
		}
	}
	if _, err := os.Stat(empty); err == nil {
		t.Error("a record was begun for what could not be copied")
	}
	if left, err := os.ReadDir(backups); err != nil || len(left) != 2 {
		t.Errorf("beside the backups there is %v, %v", left, err)
	}
}

// record makes a record as a first start does.
func record(t *testing.T, dir string) {
	t.Helper()
	s, err := store.Open(t.Context(), store.Options{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	ds, err := seed.Load(seed.Embedded())
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := s.Apply(t.Context(), ds, store.Change{Owner: store.SeedOwner, SeedDigest: "sha256:0"}); err != nil {
		t.Fatal(err)
	}
}
