//go:build unix

package store_test

import (
	"bufio"
	"context"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"

	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/store"
)

// childEnv makes the test binary a process that does one of children instead
// of running tests, in the folder named by its argument.
const childEnv = "STORE_TEST_CHILD"

var children = map[string]func(dir string) error{
	"change for ever":     changeForEver,
	"open as nobody":      openAsNobody,
	"read the newest one": readNewest,
	"make anew":           makeAnew,
}

func TestMain(m *testing.M) {
	if child := children[os.Getenv(childEnv)]; child != nil {
		if err := child(os.Args[1]); err != nil {
			say("error:", err)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// say prints a line for the test to read.
func say(words ...any) { _, _ = fmt.Fprintln(os.Stdout, words...) }

// changeForEver changes the record again and again and prints each revision
// once it is acknowledged.
func changeForEver(dir string) error {
	say("opening")
	s, err := store.Open(context.Background(), store.Options{Dir: dir})
	if err != nil {
		return err
	}
	for {
		ds := synthetic(5, 20)
		revisions, err := s.Revisions(context.Background())
		if err != nil {
			return err
		}
		ds.Claims = ds.Claims[len(revisions)%50:]
		revision, _, err := s.Apply(context.Background(), ds, store.Change{Owner: store.SeedOwner})
		if err != nil {
			return err
		}
		say(revision)
	}
}

// openAsNobody opens, reads and changes the record as a user without rights, if it can become one.
func openAsNobody(dir string) error {
	const nobody = 65534
	if os.Getuid() == 0 {
		if err := syscall.Setgid(nobody); err != nil {
			return err
		}
		if err := syscall.Setuid(nobody); err != nil {
			return err
		}
	}
	s, err := store.Open(context.Background(), store.Options{Dir: dir})
	if err != nil {
		return err
	}
	ds, err := s.Dataset(context.Background())
	if err != nil {
		return err
	}
	_, _, applied := s.Apply(context.Background(), claimsOnly("anna/1", "Anna's"), store.Change{Owner: "anna"})
	say("revision", ds.Revision, "read-only:", s.ReadOnly(), "applied:", applied)
	return s.Close()
}

// readNewest prints the newest revision.
func readNewest(dir string) error {
	s, err := store.Open(context.Background(), store.Options{Dir: dir})
	if err != nil {
		return err
	}
	defer func() { _ = s.Close() }()
	ds, err := s.Dataset(context.Background())
	if err == nil {
		say(ds.Revision)
	}
	return err
}

// makeAnew prints the newest revision, of a record made anew if it is damaged, and
// how the damaged one is called now.
func makeAnew(dir string) error {
	ds, aside, err := read(context.Background(), dir)
	if err == nil {
		say(ds.Revision, aside)
	}
	return err
}

// child prepares a process of the test binary.
func child(t *testing.T, name, dir string) *exec.Cmd {
	t.Helper()
	binary, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), binary, dir)
	cmd.Env = append(os.Environ(), childEnv+"="+name)
	return cmd
}

// TestKilled kills a process in the midst of changes, several times over: what
// it acknowledged is there, and every revision is whole.
func TestKilled(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	acknowledged := int64(0)
	for kill := range 8 {
		acknowledged = max(acknowledged, killAfter(t, dir, kill))
		s := openAt(t, dir, store.Options{})
		revisions, err := s.Revisions(t.Context())
		if err != nil || int64(len(revisions)) < acknowledged {
			t.Fatalf("%d revisions, %v, want %d at least", len(revisions), err, acknowledged)
		}
		for _, r := range revisions {
			ds, err := s.DatasetAt(t.Context(), r.Number)
			if err != nil || ds.ContentDigest() != r.Digest {
				t.Fatalf("revision %d is not whole: %v", r.Number, err)
			}
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
	wantSound(t, filepath.Join(dir, store.FileName))
}

// killAfter kills a changing process after it has printed so many lines, and
// gives the last revision it acknowledged.
func killAfter(t *testing.T, dir string, lines int) (acknowledged int64) {
	t.Helper()
	cmd := child(t, "change for ever", dir)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	in := bufio.NewScanner(out)
	for i := 0; in.Scan(); i++ {
		if strings.HasPrefix(in.Text(), "error") {
			t.Error(in.Text())
		}
		if i == lines {
			if err := cmd.Process.Kill(); err != nil {
				t.Error(err)
			}
		}
		if revision, err := strconv.ParseInt(in.Text(), 10, 64); err == nil {
			acknowledged = revision
		}
	}
	_ = cmd.Wait() // it was killed
	return acknowledged
}

// wantSound lets SQLite check a file.
func wantSound(t *testing.T, file string) {
	t.Helper()
	db := openFile(t, file)
	var verdict string
	if err := db.QueryRow("PRAGMA integrity_check").Scan(&verdict); err != nil || verdict != "ok" {
		t.Errorf("integrity check: %s, %v", verdict, err)
	}
	var lost int
	if err := db.QueryRow("SELECT count(*) FROM pragma_foreign_key_check").Scan(&lost); err != nil || lost != 0 {
		t.Errorf("%d rows refer to nothing, %v", lost, err)
	}
}

// TestTwoProcesses reads in another process what this one has written, while
// both have the record open.
func TestTwoProcesses(t *testing.T) {
	dir := t.TempDir()
	s := openAt(t, dir, store.Options{})
	for want, ds := range []*fact.Dataset{{}, rich(), synthetic(2, 2)} {
		if _, _, err := s.Apply(t.Context(), ds, store.Change{Owner: store.SeedOwner}); err != nil {
			t.Fatal(err)
		}
		out, err := child(t, "read the newest one", dir).CombinedOutput()
		if got := strings.TrimSpace(string(out)); got != fmt.Sprint(want) || err != nil {
			t.Errorf("the other process reads %q, %v, want %d", got, err, want)
		}
	}
}

// TestManyStart starts several processes at once on a folder that is not there.
func TestManyStart(t *testing.T) {
	for range 4 {
		dir := filepath.Join(t.TempDir(), "data")
		var wait sync.WaitGroup
		for range 5 {
			wait.Go(func() {
				if out, err := child(t, "read the newest one", dir).CombinedOutput(); string(out) != "0\n" || err != nil {
					t.Errorf("%s, %v", out, err)
				}
			})
		}
		wait.Wait()
	}
}

// TestManyRenew starts several processes at once on a damaged record: one of them
// makes it anew, and all answer from the new one.
func TestManyRenew(t *testing.T) {
	dir := t.TempDir()
	seeded(t, dir)
	execute(t, filepath.Join(dir, store.FileName), "UPDATE facts SET body = replace(body, '17.2', '17.3')")
	var wait sync.WaitGroup
	for range 6 {
		wait.Go(func() {
			if out, err := child(t, "make anew", dir).CombinedOutput(); !strings.HasPrefix(string(out), "2 ") || err != nil {
				t.Errorf("%s, %v", out, err)
			}
		})
	}
	wait.Wait()
	left := files(t, dir)
	maps.DeleteFunc(left, func(name, content string) bool { // of whoever was looking when it was set aside
		return strings.HasSuffix(name, "-wal") && (content == "" || strings.Contains(name, ".damaged-"))
	})
	after := slices.Sorted(maps.Keys(left))
	if len(after) != 2 || after[0] != store.FileName || !strings.Contains(after[1], ".damaged-") {
		t.Errorf("there are %q", after)
	}
}

// TestNoRights opens a record that this user may read and not write: it answers, says so, and
// is not changed.
func TestNoRights(t *testing.T) {
	const denied = "cannot be written by this user: permission denied"
	for name, test := range map[string]struct {
		folder, file os.FileMode
		log          bool
		words        []string
	}{
		"a folder to read only":         {0o555, 0o666, false, []string{"revision 1", "read-only: the database", "applied: the database", denied}},
		"a file to read only":           {0o777, 0o444, false, []string{"revision 1", "read-only: the database", "applied: the database", denied}},
		"both":                          {0o555, 0o444, false, []string{"revision 1", denied}},
		"a log that a crash has left":   {0o555, 0o666, true, []string{"revision 2", denied}},
		"a folder that lets nobody in":  {0o700, 0o666, false, []string{"cannot be", "permission denied"}},
		"a file that nobody may read":   {0o755, 0o600, false, []string{"cannot be", "permission denied"}},
		"an empty folder to read alone": {0o555, 0, false, []string{"the data folder", "permission denied", "Give this user the right"}},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			open(t, filepath.Dir(dir))
			file := filepath.Join(dir, store.FileName)
			if test.file != 0 {
				seeded(t, dir)
			}
			if test.log {
				leaveRevision(t, dir)
			}
			if err := os.Chmod(file, test.file); err != nil && test.file != 0 {
				t.Fatal(err)
			}
			if test.log {
				open(t, file+"-wal")
			}
			if err := os.Chmod(dir, test.folder); err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = os.Chmod(dir, 0o700) })
			before := files(t, dir)
			out, err := child(t, "open as nobody", dir).CombinedOutput()
			for _, word := range append(test.words, dir) {
				if err != nil || !strings.Contains(string(out), word) {
					t.Errorf("it says %q, %v, and not %q", out, err, word)
				}
			}
			wantFiles(t, dir, before)
		})
	}
}

// open lets every user into the folder of a test.
func open(t *testing.T, dir string) {
	t.Helper()
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
}
