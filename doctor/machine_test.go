package doctor_test

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/testedon/testedon/detect"
	"github.com/testedon/testedon/doctor"
	"github.com/testedon/testedon/internal/sample"
	"github.com/testedon/testedon/internal/secret"
)

// java makes a $JAVA_HOME whose java is a script.
func java(t *testing.T, script string) {
	t.Helper()
	home := t.TempDir()
	if err := os.Mkdir(filepath.Join(home, "bin"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(home, "bin", "java"), []byte("#!/bin/sh\n"+script), 0o700); err != nil {
		t.Fatal(err)
	}
	t.Setenv("JAVA_HOME", home)
}

// examine looks for the Java of this machine.
func examine(t *testing.T, limit time.Duration) *doctor.Report {
	t.Helper()
	o := doctor.Options{Without: []string{"os", "dbms", "arch"}, Limit: limit}
	r, err := doctor.Examine(t.Context(), doctor.Here(), sample.Catalogue(t), o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestHere examines this machine, whose Java is a script.
func TestHere(t *testing.T) {
	java(t, `echo 'openjdk version "21.0.5" 2024-10-15 LTS
OpenJDK Runtime Environment Corretto-21.0.5.11.1 (build 21.0.5+11-LTS)' >&2`)
	r := examine(t, time.Minute)
	if len(r.Facts) != 1 || len(r.Missing) != 0 {
		t.Fatalf("got %+v", r)
	}
	fact := r.Facts[0]
	if fact.Technology != "corretto" || fact.Version != "21.0.5" || fact.From != os.Getenv("JAVA_HOME")+"/bin/java -version" {
		t.Errorf("got %+v", fact)
	}
}

// TestBrokenJava runs programs that are no Java: what is told is why.
func TestBrokenJava(t *testing.T) {
	for name, test := range map[string]struct {
		script string
		limit  time.Duration
		says   string
	}{
		"fails":          {"echo cannot find libjvm.so >&2; echo more; exit 3", time.Minute, "exit status 3: cannot find libjvm.so"},
		"fails silently": {"exit 3", time.Minute, "exit status 3"},
		"says nothing":   {"exit 0", time.Minute, "tells nothing"},
		"hangs":          {"exec tail -f /dev/null", 50 * time.Millisecond, "took longer than 50ms"},
		"says something": {"echo hello", time.Minute, "hello"},
	} {
		t.Run(name, func(t *testing.T) {
			java(t, test.script)
			r := examine(t, test.limit)
			if len(r.Facts) != 0 || len(r.Missing) != 1 || r.Missing[0].Kind != "jdk" || !strings.HasSuffix(r.Missing[0].Reason, test.says) {
				t.Errorf("got %+v, want the reason %q", r, test.says)
			}
		})
	}
	t.Setenv("JAVA_HOME", t.TempDir())
	if r := examine(t, time.Minute); len(r.Missing) != 1 || strings.Count(r.Missing[0].Reason, "not there") != 2 {
		t.Errorf("got %+v", r)
	}
}

// TestRun makes sure that a command gets little and cannot give too much.
func TestRun(t *testing.T) {
	t.Setenv(secret.Variable, "hunter2")
	t.Setenv("JAVA_TOOL_OPTIONS", "-Dx=y")
	here := doctor.Here()
	out, err := here.Run(t.Context(), "sh", "-c", "env; cat; echo done")
	if err != nil || !strings.Contains(out, "LC_ALL=C\n") || !strings.Contains(out, "PATH=") || !strings.HasSuffix(out, "done\n") {
		t.Errorf("got %q, %v", out, err)
	}
	if strings.Contains(out, "hunter2") || strings.Contains(out, "JAVA_TOOL_OPTIONS") {
		t.Errorf("a command is told too much: %s", out)
	}
	out, err = here.Run(t.Context(), "head", "-c", "2000000", "/dev/zero")
	if err != nil || len(out) != detect.MaxText {
		t.Errorf("got %d bytes, %v", len(out), err)
	}
	if _, err := here.Run(t.Context(), "no-such-program"); !errors.Is(err, exec.ErrNotFound) {
		t.Errorf("got %v", err)
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := here.Run(ended, "true"); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

// TestReadFile reads what is a file, and not too much of it.
func TestReadFile(t *testing.T) {
	here, dir := doctor.Here(), t.TempDir()
	long := filepath.Join(dir, "long")
	if err := os.WriteFile(long, make([]byte, 2*detect.MaxText), 0o600); err != nil {
		t.Fatal(err)
	}
	if text, err := here.ReadFile(long); err != nil || len(text) != detect.MaxText {
		t.Errorf("got %d bytes, %v", len(text), err)
	}
	pipe := filepath.Join(dir, "pipe")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{pipe, dir, "/dev/zero"} {
		if _, err := here.ReadFile(name); err == nil || !strings.Contains(err.Error(), "no regular file") {
			t.Errorf("%s: got %v", name, err)
		}
	}
	if _, err := here.ReadFile(filepath.Join(dir, "none")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("got %v", err)
	}
	if here.System() != runtime.GOOS {
		t.Errorf("the system is %s", here.System())
	}
}
