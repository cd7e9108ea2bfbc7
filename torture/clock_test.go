//go:build torture

package torture

import (
	"database/sql"
	"encoding/binary"
	"math"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

// vdso takes the place of what the kernel gives programs to read the clock by, which the
// program asks without a system call: it adds to the time of day what is written in a file
// that the loader below has mapped.
const vdso = `
#define NOW 0x7e0000000000L
struct timespec { long s, n; };
static inline long syscall2(long n, long a, long b) {
	long r;
	__asm__ volatile("syscall" : "=a"(r) : "0"(n), "D"(a), "S"(b) : "rcx", "r11", "memory");
	return r;
}
int __vdso_clock_gettime(int clock, struct timespec *t) {
	long r = syscall2(228, clock, (long)t);
	if (r == 0 && (clock == 0 || clock == 5)) t->s += *(volatile long *)NOW;
	return r;
}
int __vdso_gettimeofday(struct timespec *t, void *zone) {
	long r = syscall2(96, (long)t, (long)zone);
	if (r == 0) t->s += *(volatile long *)NOW;
	return r;
}
`

// loader is loaded into the program before it begins, and puts the other one in the place of
// the kernel's.
const loader = `
#define _GNU_SOURCE
#include <elf.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
extern char **environ;
__attribute__((constructor)) static void begin(void) {
	int now = open(getenv("TORTURE_CLOCK"), O_RDONLY), code = open(getenv("TORTURE_VDSO"), O_RDONLY);
	struct stat size;
	if (now < 0 || code < 0 || fstat(code, &size) < 0) _exit(99);
	if (mmap((void *)0x7e0000000000L, 4096, PROT_READ, MAP_SHARED | MAP_FIXED, now, 0) == MAP_FAILED) _exit(98);
	char *at = mmap((void *)0, size.st_size, PROT_READ | PROT_EXEC, MAP_PRIVATE, code, 0);
	if (at == MAP_FAILED) _exit(97);
	char **end = environ;
	while (*end) end++;
	for (Elf64_auxv_t *a = (Elf64_auxv_t *)(end + 1); a->a_type != AT_NULL; a++)
		if (a->a_type == AT_SYSINFO_EHDR) a->a_un.a_val = (unsigned long)at;
}
`

// clock is a time of day that servers live by, which can be set.
type clock struct {
	file *os.File
	host host
}

func newClock(t *testing.T) *clock {
	t.Helper()
	needs(t, false, "gcc")
	dir := t.TempDir()
	source, lib := filepath.Join(dir, "vdso.c"), filepath.Join(dir, "vdso.so")
	must(t, os.WriteFile(source, []byte(vdso), 0o600))
	versions := filepath.Join(dir, "versions")
	must(t, os.WriteFile(versions, []byte("LINUX_2.6 { global: *; };\n"), 0o600))
	must(t, command("gcc", "-O1", "-fPIC", "-shared", "-nostdlib", "-fno-stack-protector", "-Wl,-z,norelro", "-Wl,-z,noseparate-code", "-Wl,-N",
		"-Wl,--hash-style=both", "-Wl,--version-script="+versions, "-o", lib, source))
	before, preload := filepath.Join(dir, "loader.c"), filepath.Join(dir, "loader.so")
	must(t, os.WriteFile(before, []byte(loader), 0o600))
	must(t, command("gcc", "-O1", "-fPIC", "-shared", "-o", preload, before))
	f, err := os.Create(filepath.Join(dir, "clock"))
	must(t, err)
	must(t, f.Truncate(4096))
	c := &clock{file: f, host: host{env: []string{"LD_PRELOAD=" + preload, "TORTURE_CLOCK=" + f.Name(), "TORTURE_VDSO=" + lib}}}
	return c
}

// set sets the clock so much before or after what it is.
func (c *clock) set(t testing.TB, by time.Duration) {
	t.Helper()
	_, err := c.file.WriteAt(binary.LittleEndian.AppendUint64(nil, uint64(int64(by/time.Second))), 0)
	must(t, err)
}

// TestClock sets the clock of servers, while they run and between starts, years forward and
// back. Answers that tell of no day stay the same, revisions stay in order, nothing ends and
// nothing hangs.
func TestClock(t *testing.T) {
	first, second := truths(t)
	c := newClock(t)
	const year = 365 * 24 * time.Hour
	jumps := []time.Duration{0, time.Hour, -time.Hour, 24 * time.Hour, 10 * year, -10 * year, -50 * year, 200 * year, 0, time.Second, -time.Second, 0}
	timeless := []question{questions[10], questions[12], questions[13], questions[14]}

	link := current{filepath.Join(t.TempDir(), "current")}
	must(t, link.to(first))
	data := t.TempDir()
	s := c.host.serve(t, "--catalogue", link.path, "--data", data, "--log-level", "info")
	must(t, s.ready())
	seen := func() time.Time {
		res, err := client.Get(s.base + "/livez")
		must(t, err)
		defer res.Body.Close()
		at, err := time.Parse(time.RFC1123, res.Header.Get("Date"))
		must(t, err)
		return at
	}
	clients := under(2, time.Millisecond, func(k, n int) error {
		return oneOf(s.base, timeless[(k+n)%len(timeless)], first, second)
	})
	worst := time.Duration(0)
	for i, by := range jumps {
		c.set(t, by)
		want := time.Now().Add(by)
		if off := seen().Sub(want); math.Abs(off.Seconds()) > 5 {
			t.Fatalf("the clock of the server was to jump by %v, and is %v off", by, off)
		}
		to := []*truth{second, first}[i%2]
		must(t, link.to(to))
		start := time.Now()
		s.hup()
		await(t, "new facts are answered", time.Minute, func() bool { return to.holdOne(s.base, questions[14]) == nil })
		worst = max(worst, time.Since(start))
	}
	clients.end()
	clients.clean(t)
	if code := s.stop(); code != 0 {
		t.Errorf("the server ends with %d: %s", code, last(s.log.String(), 600))
	}
	for i, by := range []time.Duration{-73 * year, 0, 100 * year, -year} { // a start each
		c.set(t, by)
		s := c.host.serve(t, "--catalogue", []*truth{second, first}[i%2].folder, "--data", data)
		must(t, s.ready())
		for _, q := range timeless {
			if err := []*truth{second, first}[i%2].holdOne(s.base, q); err != nil {
				t.Error(err)
			}
		}
		s.stop()
	}
	times := revisionTimes(t, data)
	if !slices.IsSorted(times) {
		t.Errorf("the times of the revisions are not in order: %v", times)
	}
	r, err := inspect(data)
	must(t, err)
	if _, err := r.wholly(first, second); err != nil {
		t.Error(err)
	}
	figure(t, "clock", "%d jumps of up to 200 years while a server ran, 4 between starts: %s; facts loaded at most %v after each; %d revisions in order",
		len(jumps), clients, worst.Round(time.Millisecond), len(times))
}

func revisionTimes(t *testing.T, data string) (times []string) {
	t.Helper()
	db, err := sql.Open("sqlite3", filepath.Join(data, databaseFile))
	must(t, err)
	defer db.Close()
	rows, err := db.Query("SELECT time FROM revisions ORDER BY number")
	must(t, err)
	defer rows.Close()
	for rows.Next() {
		var text string
		must(t, rows.Scan(&text))
		times = append(times, text)
	}
	must(t, rows.Err())
	return times
}
