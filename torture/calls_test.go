//go:build torture

package torture

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// tampered is a host on which calls to the files of a record are injected with what an
// expression of strace says. Its trace is written to the file trace.
func tampered(data, trace, expression string, files ...string) host {
	calls, _, _ := strings.Cut(expression, ":")
	before := []string{"strace", "-f", "-qq", "-y", "-o", trace, "-e", "trace=" + calls, "-e", "inject=" + expression}
	if !strings.Contains(expression, "signal") { // which is not sent where the kernel filters
		before = append(before, "--seccomp-bpf")
	}
	if len(files) == 0 {
		files = []string{"", databaseFile, databaseFile + "-wal", databaseFile + "-shm", databaseFile + "-journal"}
	}
	for _, name := range files {
		before = append(before, "-P", filepath.Join(data, name))
	}
	return host{before: before}
}

// injected reports whether a trace tells that something was.
func injected(trace, mark string) bool {
	b, err := os.ReadFile(trace)
	return err == nil && strings.Contains(string(b), mark)
}

// fault is a system call that fails.
type fault struct{ calls, with string }

func faults() (all []fault) {
	for calls, errs := range map[string][]string{
		"openat":               {"EIO", "EMFILE", "EACCES", "ENOSPC"},
		"pwrite64":             {"EIO", "ENOSPC", "EDQUOT"},
		"pread64":              {"EIO"},
		"fsync,fdatasync":      {"EIO", "ENOSPC"},
		"ftruncate":            {"EIO", "ENOSPC"},
		"mmap":                 {"ENOMEM"},
		"fcntl":                {"ENOLCK", "EIO"},
		"newfstatat,fstat":     {"EIO", "EACCES"},
		"unlink":               {"EIO", "EACCES"},
		"faccessat,faccessat2": {"EACCES", "EROFS"},
	} {
		for _, err := range errs {
			all = append(all, fault{calls, err})
		}
	}
	return all
}

// TestCalls lets the N-th call to a file of the record fail, in first starts, in starts that
// change all facts, and in starts after a crash. The server answers rightly or says what is
// wrong and ends; and the next start, without the fault, is whole.
func TestCalls(t *testing.T) {
	needs(t, false, "strace")
	first, second := truths(t)
	seeded := seed(t, first)
	crashed := crash(t, seeded, second)
	phases := map[string]func(data string) error{
		"first start": func(data string) error { return os.MkdirAll(data, 0o700) },
		"re-seed":     func(data string) error { return copyRecord(data, seeded) },
		"after crash": func(data string) error { return copyRecord(data, crashed) },
	}
	type series struct {
		fault
		phase string
	}
	var all []series
	for _, f := range faults() {
		for phase := range phases {
			all = append(all, series{f, phase})
		}
	}
	var tried outcome
	var became tally
	each(t, len(all), func(i int) error {
		var errs []error
		for _, n := range []int{1, 2, 3, 5, 13, 55, 233} {
			data := filepath.Join(t.TempDir(), "data")
			if err := phases[all[i].phase](data); err != nil {
				return err
			}
			fired, how, err := failing(t, data, all[i].fault, n, first, second)
			if !fired && err == nil {
				break
			}
			if err != nil {
				err = fmt.Errorf("%s, call %d of %s fails with %s: %w", all[i].phase, n, all[i].calls, all[i].with, err)
			}
			errs = append(errs, err)
			tried.add(err)
			became.add(how)
			os.RemoveAll(data)
		}
		return errors.Join(errs...)
	})
	figure(t, "calls", "%s; with the fault: %s", &tried, &became)
	if n := tried.survived.Load(); n < 125 {
		t.Errorf("only %d calls failed", n)
	}
}

// crash gives a folder with a record whose newest revision is in the log only.
func crash(t *testing.T, seeded string, u *truth) string {
	t.Helper()
	data := t.TempDir()
	must(t, copyRecord(data, seeded))
	h := tampered(data, filepath.Join(t.TempDir(), "trace"), "ftruncate:signal=KILL:when=1", databaseFile)
	s := h.serve(t, "--catalogue", u.folder, "--data", data)
	if code := s.code(slow); code != -1 {
		t.Fatalf("the server ends with %d: %s", code, s.log)
	}
	return data
}

// failing starts a server whose n-th call fails, and another one after it without that.
func failing(t *testing.T, data string, f fault, n int, first, second *truth) (fired bool, how string, err error) {
	trace := data + ".trace"
	s := tampered(data, trace, fmt.Sprintf("%s:error=%s:when=%d", f.calls, f.with, n)).
		serve(t, "--catalogue", second.folder, "--data", data)
	how, err = s.honest(second, first)
	if strings.Contains(how, "anew") {
		t.Logf("made anew: call %d of %s, %s: %s", n, f.calls, f.with, last(s.log.String(), 700))
	}
	s.kill()
	if err == nil {
		err = sound(t, data, second, first)
	}
	return injected(trace, "(INJECTED)"), how, err
}

// honest holds a server that meets a fault to the law: it answers rightly; or it says that it
// could not read what is newer, and answers from what was before; or it ends and says what to do.
func (s *server) honest(now *truth, before ...*truth) (how string, err error) {
	if err := s.ready(); err != nil && !errors.Is(err, errEnded) {
		return "silent", err
	}
	select {
	case <-s.ended:
		text := s.log.String()
		code := s.code(slow)
		lines := strings.Split(strings.TrimSpace(text), "\n")
		if code != 4 && code != 3 || panicked(text) || len(lines) < 2 || !strings.HasPrefix(lines[len(lines)-1], "  ") {
			return "broken", fmt.Errorf("it ends with %d: %s", code, last(text, 600))
		}
		return "refused with a message", nil
	default:
	}
	r, status, err := s.readiness()
	switch {
	case err != nil || status != 200:
		return "not ready", fmt.Errorf("readyz: %d %v", status, err)
	case r.SetAside != "":
		return "served, the record made anew", now.hold(s.base)
	case len(r.Stale) > 0:
		for _, u := range append(before, now) {
			if err = u.hold(s.base); err == nil {
				break
			}
		}
		return "served from the facts before, and told so", err
	}
	return "served", now.hold(s.base)
}

// sound starts a server on a record without any fault: it is whole, and nothing was set aside.
func sound(t testing.TB, data string, now *truth, before ...*truth) error {
	if r, err := inspect(data); err != nil {
		return err
	} else if _, err := r.wholly(append(before, now)...); err != nil {
		return err
	}
	s := serve(t, "--catalogue", now.folder, "--data", data)
	defer s.kill()
	if err := s.ready(); err != nil {
		return fmt.Errorf("the next start: %w", err)
	}
	r, _, err := s.readiness()
	if err != nil || r.SetAside != "" || len(r.Stale) > 0 {
		return fmt.Errorf("the next start: %+v %w", r, err)
	}
	return now.hold(s.base)
}
