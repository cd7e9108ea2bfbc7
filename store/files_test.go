package store_test

import (
	"crypto/sha256"
	"database/sql"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/store"
)

// seeded opens a record, applies rich as its seed, and closes it.
func seeded(t *testing.T, dir string) {
	t.Helper()
	s := openAt(t, dir, store.Options{})
	if _, _, err := s.Apply(t.Context(), rich(), store.Change{Owner: "seed", SeedDigest: "files"}); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Dataset(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}

func write(t *testing.T, file, content string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}

// openFile opens a SQLite file as another program would.
func openFile(t *testing.T, file string) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite3", file)
	if err != nil {
		t.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	t.Cleanup(func() { _ = db.Close() })
	return db
}

// execute changes a SQLite file and closes it.
func execute(t *testing.T, file string, statements ...string) {
	t.Helper()
	db := openFile(t, file)
	for _, statement := range statements {
		if _, err := db.Exec(statement); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}

// leaveLog leaves the files as a crash does: a change is in the log only.
func leaveLog(t *testing.T, file, change string) {
	t.Helper()
	db := openFile(t, file)
	if _, err := db.Exec(change); err != nil {
		t.Fatal(err)
	}
	left := map[string][]byte{}
	for _, name := range []string{file, file + "-wal"} {
		content, err := os.ReadFile(name)
		if err != nil || len(content) == 0 {
			t.Fatal(name, len(content), err)
		}
		left[name] = content
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	for name, content := range left { // SQLite makes the -shm anew
		write(t, name, string(content))
	}
}

// leaveRevision leaves the files of a seeded record as a crash does after another revision.
func leaveRevision(t *testing.T, dir string) {
	t.Helper()
	s := openAt(t, dir, store.Options{})
	alter(t, s, "Anna's")
	left := files(t, dir)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	for name, content := range left {
		write(t, filepath.Join(dir, name), content)
	}
}

// files reads every file below a folder.
func files(t *testing.T, dir string) map[string]string {
	t.Helper()
	all := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		if strings.HasSuffix(path, "-shm") {
			return nil // memory that processes share; SQLite makes it anew
		}
		content, err := os.ReadFile(path)
		name, _ := filepath.Rel(dir, path)
		all[name] = string(content)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func wantFiles(t *testing.T, dir string, want map[string]string) {
	t.Helper()
	if got := files(t, dir); !reflect.DeepEqual(got, want) {
		for name := range got {
			t.Errorf("file %s: %d bytes, were %d", name, len(got[name]), len(want[name]))
		}
		t.Fatal("the files of the data folder changed")
	}
}

// digestOf is the digest of the facts of a record that one owner has changed once, as the
// documents of package fact tell.
func digestOf(t *testing.T, db *sql.DB) string {
	t.Helper()
	var text strings.Builder
	for _, noun := range fact.Words([]string{"run"}) {
		var count int
		var facts sql.NullString
		err := db.QueryRow("SELECT count(*), group_concat(body || char(10), '' ORDER BY id) FROM facts WHERE noun = ?", noun).Scan(&count, &facts)
		if err != nil {
			t.Fatal(err)
		}
		if count > 0 {
			fmt.Fprintf(&text, "%s %d\n%s", noun, count, facts.String)
		}
	}
	return fmt.Sprintf("sha256:%x", sha256.Sum256([]byte(text.String())))
}
