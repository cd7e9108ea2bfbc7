package store_test

import (
	"errors"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/sys/unix"

	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/store"
)

// mount mounts something at a folder until the test ends, and skips the test where this
// user may not.
func mount(t *testing.T, dir, kind, options string, flags uintptr) {
	t.Helper()
	source := dir
	if kind != "" {
		source = kind
	}
	err := unix.Mount(source, dir, kind, flags, options)
	if errors.Is(err, unix.EPERM) || errors.Is(err, unix.EACCES) {
		t.Skip("SKIPPED: this user may not mount")
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = unix.Unmount(dir, unix.MNT_DETACH) })
}

// freeze makes a folder read-only.
func freeze(t *testing.T, dir string) {
	t.Helper()
	mount(t, dir, "", "", unix.MS_BIND)
	mount(t, dir, "", "", unix.MS_BIND|unix.MS_REMOUNT|unix.MS_RDONLY)
}

// crowd fills a folder's file system to the last byte.
func crowd(t *testing.T, dir string) {
	t.Helper()
	file, err := os.Create(filepath.Join(dir, "ballast"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	for size := 1 << 16; size > 0; size /= 2 {
		for err = nil; err == nil; {
			_, err = file.Write(make([]byte, size))
		}
	}
	if !errors.Is(err, unix.ENOSPC) {
		t.Fatal(err)
	}
}

// TestDiskReadOnlyOrFull opens records on file systems that take nothing: what is good
// answers, says why it cannot be changed, and stays as it is.
func TestDiskReadOnlyOrFull(t *testing.T) {
	for kind, test := range map[string]struct {
		close func(*testing.T, string)
		says  string
	}{
		"read-only": {freeze, "cannot be written by this user: read-only file system"},
		"full":      {crowd, "cannot grow: the disk is full"},
	} {
		for name, prepare := range map[string]func(*testing.T, string){
			"a good record":               seeded,
			"a log that a crash has left": func(t *testing.T, dir string) { seeded(t, dir); leaveRevision(t, dir) },
		} {
			t.Run(kind+": "+name, func(t *testing.T) {
				dir := t.TempDir()
				mount(t, dir, "tmpfs", "size=1m", 0)
				prepare(t, dir)
				want, _, err := read(t.Context(), copyOf(t, dir))
				if err != nil {
					t.Fatal(err)
				}
				test.close(t, dir)
				before := files(t, dir)
				var log notes
				s := openAt(t, dir, store.Options{Logger: log.logger()})
				if !strings.Contains(log.String(), test.says) {
					t.Errorf("the log says %q", &log)
				}
				wantCode(t, s.ReadOnly(), fact.CodeUnavailable, dir, test.says)
				for range 2 {
					ds, err := s.Dataset(t.Context())
					if err != nil || ds.Revision != want.Revision || ds.Digest != want.Digest {
						t.Errorf("it reads %+v, %v", ds, err)
					}
				}
				_, _, err = s.Apply(t.Context(), claimsOnly("anna/2", "x"), store.Change{Owner: "anna"})
				wantCode(t, err, fact.CodeUnavailable, test.says)
				if err := s.Close(); err != nil {
					t.Error(err)
				}
				wantFacts(t, dir, before)
			})
		}
		t.Run(kind+": nothing to answer from", func(t *testing.T) {
			dir := t.TempDir()
			mount(t, dir, "tmpfs", "size=1m", 0)
			test.close(t, dir)
			_, err := store.Open(t.Context(), store.Options{Dir: dir})
			wantCode(t, err, fact.CodeUnavailable, dir)
			t.Log(err)
		})
		t.Run(kind+": an older schema", func(t *testing.T) {
			dir := t.TempDir()
			mount(t, dir, "tmpfs", "size=1m", 0)
			write(t, filepath.Join(dir, store.FileName), files(t, ofSchema4(t))[store.FileName])
			test.close(t, dir)
			before := files(t, dir)
			_, err := store.Open(t.Context(), store.Options{Dir: dir})
			wantCode(t, err, fact.CodeUnavailable, dir, test.says)
			wantFacts(t, dir, before)
		})
		t.Run(kind+": damaged", func(t *testing.T) {
			dir := t.TempDir()
			mount(t, dir, "tmpfs", "size=1m", 0)
			seeded(t, dir)
			execute(t, filepath.Join(dir, store.FileName), "UPDATE facts SET body = replace(body, '17.2', '17.3')")
			test.close(t, dir)
			before := files(t, dir)
			_, _, err := read(t.Context(), dir)
			wantCode(t, err, fact.CodeUnavailable, dir)
			t.Log(err)
			wantFacts(t, dir, before)
		})
	}
}

// wantFacts compares files; SQLite may have begun a log, and written nothing to it.
func wantFacts(t *testing.T, dir string, want map[string]string) {
	t.Helper()
	got := files(t, dir)
	maps.DeleteFunc(got, func(name, content string) bool { return content == "" && want[name] == "" })
	if !maps.Equal(got, want) {
		t.Error("the files of the data folder changed")
	}
}

// copyOf copies the files of a folder into another one.
func copyOf(t *testing.T, dir string) string {
	t.Helper()
	other := t.TempDir()
	for name, content := range files(t, dir) {
		write(t, filepath.Join(other, name), content)
	}
	return other
}
