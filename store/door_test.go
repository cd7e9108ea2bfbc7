package store_test

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/mattn/go-sqlite3"

	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/store"
)

// TestRefused opens what must not be opened, and finds every byte of the data
// folder as it was.
func TestRefused(t *testing.T) {
	for name, test := range map[string]struct {
		prepare func(t *testing.T, dir, file string)
		words   []string
	}{
		"text": {func(t *testing.T, _, file string) { write(t, file, "not a database at all") },
			[]string{"is not a TestedOn database", "not changed"}},
		"random bytes": {func(t *testing.T, _, file string) { write(t, file, strings.Repeat("\x00\xffabc", 4096)) },
			[]string{"is not a TestedOn database"}},
		"half a header": {func(t *testing.T, _, file string) { write(t, file, "SQLite format 3\x00\x10\x00") },
			[]string{"is not a TestedOn database"}},
		"a database without application id": {func(t *testing.T, _, file string) { execute(t, file, "CREATE TABLE x (y)") },
			[]string{"is not a TestedOn database"}},
		"a database of another program": {func(t *testing.T, _, file string) {
			execute(t, file, "PRAGMA journal_mode = WAL", "CREATE TABLE x (y)", "PRAGMA application_id = 7")
		}, []string{"is not a TestedOn database", "another data folder"}},
		"a newer schema": {func(t *testing.T, dir, file string) {
			seeded(t, dir)
			execute(t, file, "PRAGMA user_version = 7")
		}, []string{fmt.Sprintf("was written by a newer testedon (schema 7, this binary knows up to %d)", store.Known()),
			"Use that version or restore a backup"}},
		"a newer schema and a log left by a crash": {func(t *testing.T, dir, file string) {
			seeded(t, dir)
			execute(t, file, "PRAGMA user_version = 7")
			leaveLog(t, file, "CREATE TABLE crash (x)")
		}, []string{"newer testedon (schema 7"}},
		"a newer schema that is in the log only": {func(t *testing.T, dir, file string) {
			seeded(t, dir)
			leaveLog(t, file, "PRAGMA user_version = 7")
		}, []string{"newer testedon (schema 7"}},
		"a folder in its place": {func(t *testing.T, _, file string) {
			if err := os.Mkdir(file, 0o700); err != nil {
				t.Fatal(err)
			}
		}, []string{"is not a regular file"}},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			test.prepare(t, dir, filepath.Join(dir, store.FileName))
			before := files(t, dir)
			_, err := store.Open(t.Context(), store.Options{Dir: dir})
			wantCode(t, err, fact.CodeUnavailable, append(test.words, dir)...)
			wantFiles(t, dir, before)
		})
	}
}

// TestTornCheckpoint opens what a crash leaves that came while the log was being
// copied into the file: a header that promises pages which are in the log only.
func TestTornCheckpoint(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, store.FileName)
	seeded(t, dir)
	old := files(t, dir)[store.FileName]
	s := openAt(t, dir, store.Options{})
	if _, _, err := s.Apply(t.Context(), synthetic(5, 100), store.Change{Owner: store.SeedOwner}); err != nil {
		t.Fatal(err)
	}
	log := files(t, dir)[store.FileName+"-wal"]
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	whole := files(t, dir)[store.FileName]
	const page = 4096
	if len(whole) <= len(old) || whole[:page] == old[:page] {
		t.Fatal("the change did not make the file grow")
	}
	write(t, file, whole[:page]+old[page:])
	write(t, file+"-wal", log)

	ds, err := openAt(t, dir, store.Options{}).Dataset(t.Context())
	if err != nil || ds.Revision != 2 || len(ds.Claims) != 500 || ds.ContentDigest() != ds.Digest {
		t.Errorf("it reads %+v, %v", ds, err)
	}
}

// TestFolder opens in data folders of all sorts.
func TestFolder(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	write(t, file, "hello")
	_, err := store.Open(t.Context(), store.Options{Dir: file})
	wantCode(t, err, fact.CodeUnavailable, file, "is a file", "Name a folder")
	_, err = store.Open(t.Context(), store.Options{Dir: filepath.Join(file, "below")})
	wantCode(t, err, fact.CodeUnavailable, "not a directory")
	_, err = store.Open(t.Context(), store.Options{})
	wantCode(t, err, fact.CodeInvalid, "no data folder")

	for _, name := range []string{"new/and deep", "odd ?#%25&=\"'ü", "empty file"} {
		dir := filepath.Join(t.TempDir(), name)
		if name == "empty file" {
			write(t, filepath.Join(dir, store.FileName), "")
		}
		seeded(t, dir)
		info, err := os.Stat(dir)
		if err != nil || info.Mode().Perm() != 0o700 {
			t.Errorf("folder %q: %v, %v", name, info, err)
		}
		if got := files(t, dir); len(got) != 1 || got[store.FileName] == "" {
			t.Errorf("folder %q has other files than the database", name)
		}
	}
}

// TestLocked changes a record while another process is changing it.
func TestLocked(t *testing.T) {
	dir := t.TempDir()
	seeded(t, dir)
	other := openFile(t, filepath.Join(dir, store.FileName))
	if _, err := other.Exec("BEGIN IMMEDIATE"); err != nil {
		t.Fatal(err)
	}
	s := openAt(t, dir, store.Options{Busy: 1}) // a start that writes nothing needs no lock
	_, _, err := s.Apply(t.Context(), &fact.Dataset{}, store.Change{Owner: "seed"})
	wantCode(t, err, fact.CodeUnavailable, dir, "is locked", "another process", "try again")
	if ds, err := s.Dataset(t.Context()); err != nil || len(ds.Claims) != 4 {
		t.Errorf("reading meanwhile: %v", err)
	}
	if _, err := other.Exec("ROLLBACK"); err != nil {
		t.Fatal(err)
	}
	if _, _, err := s.Apply(t.Context(), &fact.Dataset{}, store.Change{Owner: "seed"}); err != nil {
		t.Errorf("afterwards: %v", err)
	}
}

// TestDiskFull changes a record that cannot grow.
func TestDiskFull(t *testing.T) {
	s := openAt(t, t.TempDir(), store.Options{})
	apply := func(ds *fact.Dataset) error {
		_, _, err := s.Apply(t.Context(), ds, store.Change{Owner: "seed"})
		return err
	}
	if err := apply(rich()); err != nil {
		t.Fatal(err)
	}
	if err := s.LimitPages(t.Context(), 1); err != nil { // SQLite takes the size there is
		t.Fatal(err)
	}
	wantCode(t, apply(synthetic(20, 50)), fact.CodeUnavailable, "disk is full", "Make room")
	if ds, err := s.Dataset(t.Context()); err != nil || ds.Revision != 1 || ds.ContentDigest() != rich().ContentDigest() {
		t.Errorf("afterwards the record reads %+v, %v", ds, err)
	}
	if err := s.LimitPages(t.Context(), 0); err != nil {
		t.Fatal(err)
	}
	if err := apply(synthetic(20, 50)); err != nil {
		t.Errorf("with room again: %v", err)
	}
}

// TestWords says what the system and SQLite say, in words that do not mislead.
func TestWords(t *testing.T) {
	const (
		full = "the database x.db cannot grow: the disk is full"
		disk = "the database x.db cannot be read or written: the disk reports an error: input/output error"
		open = "the database x.db cannot be opened: too many "
	)
	for want, causes := range map[string][]error{
		full: {
			sqlite3.Error{Code: sqlite3.ErrFull},
			sqlite3.Error{Code: sqlite3.ErrIoErr, ExtendedCode: sqlite3.ErrIoErrSHMSize, SystemErrno: syscall.ENOSPC},
			sqlite3.Error{Code: sqlite3.ErrIoErr, ExtendedCode: sqlite3.ErrIoErrFsync, SystemErrno: syscall.EDQUOT},
			sqlite3.Error{Code: sqlite3.ErrCantOpen, SystemErrno: syscall.ENOSPC},
			&fs.PathError{Op: "mkdir", Path: "x", Err: syscall.ENOSPC},
		},
		disk: {sqlite3.Error{Code: sqlite3.ErrIoErr, ExtendedCode: sqlite3.ErrIoErrRead, SystemErrno: syscall.EIO}},
		open: {
			sqlite3.Error{Code: sqlite3.ErrCantOpen, SystemErrno: syscall.EMFILE},
			&fs.PathError{Op: "stat", Path: "x", Err: syscall.ELOOP},
		},
	} {
		for _, cause := range causes {
			err := store.Fault(fmt.Errorf("in the midst: %w", cause))
			wantCode(t, err, fact.CodeUnavailable, want)
			if errors.Is(err, store.ErrDamaged) {
				t.Errorf("%v is taken for damage", cause)
			}
		}
	}
}

// TestSecondStart starts again with the same seed and finds every byte as it
// was, both after closing and in the log of a running process.
func TestSecondStart(t *testing.T) {
	dir := t.TempDir()
	seeded(t, dir)
	before := files(t, dir)
	seeded(t, dir)
	wantFiles(t, dir, before)

	s := openAt(t, dir, store.Options{})
	running := files(t, dir)
	if _, changed, err := s.Apply(t.Context(), rich(), store.Change{Owner: "seed", SeedDigest: "files"}); changed || err != nil {
		t.Fatal(changed, err)
	}
	if got := files(t, dir); got[store.FileName+"-wal"] != running[store.FileName+"-wal"] {
		t.Error("applying the same again wrote to the log")
	}
}

// TestNothingTwice states a fact once more, as no change does: the schema does not take
// it, be it the same or another one.
func TestNothingTwice(t *testing.T) {
	dir := t.TempDir()
	seeded(t, dir)
	db := openFile(t, filepath.Join(dir, store.FileName))
	for _, columns := range []string{"added, withdrawn, body", "added + 1, withdrawn, body || ' '"} {
		_, err := db.Exec("INSERT INTO facts SELECT noun, id, owner, " + columns + " FROM facts LIMIT 1")
		if err == nil || !strings.Contains(err.Error(), "UNIQUE") {
			t.Errorf("%s: %v", columns, err)
		}
	}
}
